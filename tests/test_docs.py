"""Every example of the README and of docs/ is run: shell lines as commands, YAML blocks by the loader they belong to."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from enplan import data
from enplan.casefile import parse_case
from enplan.cli import cli, run_command
from enplan.corpus import load
from enplan.language import acts, conditions, patterns, rules, triggers, windows
from enplan.language.legislation import LegislationFile
from enplan.language.rules import Change, Clock, Definition, Requirement, RulesFile
from enplan.language.words import Word
from enplan.validate import validate
from enplan.yamlfile import parse

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CASE = data.folder("scenarios") / "familie" / "birk-2-opfoelgning.yaml"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def commands() -> list:
    found = []
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                line = line.partition("  #")[0].strip()
                if line.startswith("enplan "):
                    slow = [pytest.mark.slow] if line.startswith("enplan scenarios -") else []  # every shipped case
                    found.append(pytest.param(page.name, line, marks=slow))
    return found


@pytest.mark.parametrize(("page", "line"), commands())
def test_a_documented_command_works(page, line, tmp_path, monkeypatch):
    for name, text in files_of(ROOT / "docs" / page if page != "README.md" else ROOT / page).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    line = line.partition(" > ")[0]
    arguments = [str(CASE) if word == "CASE" else word for word in shlex.split(line)[1:]]
    arguments = [str(ROOT / word) if word.startswith("scenarios/") else word for word in arguments]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code in (0, 1), result.output
    assert result.output.strip()
    if result.exit_code == 1:
        assert "--strict" in arguments


def files_of(page: Path) -> dict[str, str]:
    """The files that a page tells its reader to write: YAML blocks that begin with `# file: NAME`."""
    found = {}
    for block in blocks(page, "yaml"):
        if match := re.match(r"# file: (\S+)\n", block):
            found[match[1]] = block
    return found


def test_the_cases_of_the_pages_load():
    corpus = load()
    seen = 0
    for page in PAGES:
        for name, text in files_of(page).items():
            parse_case(text.encode(), name, corpus)
            seen += 1
    assert seen >= 1


def test_the_yaml_of_the_language_page_is_of_the_language():
    models = {"requirements": Requirement, "changes": Change, "clocks": Clock, "definitions": Definition}
    seen = set()
    for block in blocks(ROOT / "docs" / "language.md", "yaml"):
        text = block.replace(", …}", "}").replace("{da: …, en: …}", "{da: x, en: x}")
        text = re.sub(r"\[conditions\]", "[]", text)
        value = yaml.safe_load(text)
        if "provisions" in value:
            assert validate(parse(text.encode(), "page"), LegislationFile)[1] == []
            seen.add("legislation")
        elif "act" in value:
            assert validate(parse(text.encode(), "page"), RulesFile)[1] == []
            seen.add("rules")
        elif "case" in value:
            assert parse_case(text.encode(), "page", load()).case == value["case"]
            seen.add("case")
        for key, model in models.items():
            for item in value.get(key, ()) if "act" not in value else ():
                item.setdefault("provision", "BL § 1")
                item.setdefault("title", {"da": "x", "en": "x"})
                item.setdefault("counts", [{"status": "ydelse", "is": "su"}]) if key == "clocks" else None
                model.model_validate(item)
                seen.add(key)
    assert seen == {"legislation", "rules", "case", "changes", "clocks", "definitions"}


WORDS = (patterns, windows, conditions, triggers, acts, rules)


def test_every_word_of_the_rule_language_stands_in_the_index_with_a_test_that_uses_it():
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    index = page.partition("## 10.")[2]
    indexed: dict[str, str] = {}
    for words, section, files, _ in re.findall(r"^\| (.+?) \| (.*?) \| (.+?) \| (.*?)\|$", index, re.M):
        texts = [(ROOT / name).read_text(encoding="utf-8") for name in re.findall(r"`(tests/\w+\.py)`", files)]
        assert all(f"\n## {number}." in page for number in re.findall(r"§ (\d+)", section)), section
        for word in re.findall(r"`([a-z_]+)`", words):
            indexed[word] = indexed.get(word, "") + "".join(texts)
    keys = {
        field.alias or name
        for module in WORDS
        for word in vars(module).values()
        if isinstance(word, type) and issubclass(word, Word) and word.__module__ == module.__name__
        for name, field in word.model_fields.items()
    }
    assert sorted(keys - set(indexed)) == []
    unused = [key for key in sorted(keys) if not re.search(rf"(?<![\w-]){key}\b", indexed[key])]
    assert unused == []


def test_the_readme_names_every_exit_code():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (\d) \| (.+?) \|$", text, re.M))
    assert sorted(table) == ["0", "1", "2", "3", "4", "5"]
    assert run_command(["check", "no-such-file.yaml"]) == 2
