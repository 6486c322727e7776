"""Every rule reads as a sentence in both languages; the awkward provisions are pinned word for word."""

from pathlib import Path

import pytest
import yaml

from enplan import data
from enplan.corpus import load
from enplan.sentence import Sentence

TABLE = Path(__file__).parent / "awkward.yaml"
AWKWARD = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus():
    return load()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_requirement_reads_as_a_sentence(corpus, lang):
    words = Sentence(corpus, lang)
    modals = {"must": ("skal", "must"), "must_not": ("må ikke", "must not"), "may": ("kan", "may")}
    for rule in corpus.requirements.values():
        text = words.requirement(rule)
        assert text[0].isupper(), rule.id
        assert text.endswith("."), rule.id
        assert modals[rule.modality][lang == "en"] in text, rule.id
        assert "None" not in text, rule.id
        assert "  " not in text, rule.id


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_change_reads_as_a_sentence(corpus, lang):
    words = Sentence(corpus, lang)
    for change in corpus.changes.values():
        text = words.change(change)
        assert change.title[lang] in text
        assert "None" not in text


def test_no_two_roles_or_names_are_left_as_identifiers(corpus):
    """A term that the register does not hold would be printed as its identifier."""
    words = Sentence(corpus, "da")
    identifiers = {
        name for names in corpus.terms.values() for name, term in names.items() if name != term.da and "-" in name
    }
    for rule in corpus.requirements.values():
        spoken = set(words.requirement(rule).replace(",", " ").replace(".", " ").split())
        assert not spoken & (identifiers - {t.da for names in corpus.terms.values() for t in names.values()}), rule.id


def test_all_45_awkward_provisions_are_encoded_or_registered(corpus):
    assert sorted(AWKWARD) == list(range(1, 46))
    registered = [number for number, entry in AWKWARD.items() if "not_encoded" in entry]
    assert len(registered) <= 5
    for number, entry in AWKWARD.items():
        if "not_encoded" in entry:
            assert any(x.provision == entry["not_encoded"] for x in corpus.not_encoded), number
        else:
            assert entry["rules"], number
            for name in entry["rules"]:
                assert name in corpus.places, (number, name)


@pytest.mark.parametrize("number", sorted(AWKWARD))
def test_an_awkward_provision_has_a_case_with_its_dates(corpus, number):
    entry = AWKWARD[number]
    if "not_encoded" in entry:
        return
    files = sorted((data.folder("scenarios") / "bestemmelser").glob(f"{number:02d}-*.yaml"))
    assert files, f"no case for entry {number}"


def test_the_awkward_sentences_are_those_that_were_read(corpus):
    """tests/awkward-sentences.md holds the sentences as a lawyer read them; a change of wording is seen in review."""
    expected = (Path(__file__).parent / "awkward-sentences.md").read_text(encoding="utf-8")
    assert sentences_page(corpus) == expected


def sentences_page(corpus) -> str:
    lines = ["# The awkward provisions as sentences", ""]
    for number, entry in sorted(AWKWARD.items()):
        for name in entry.get("rules", ()):
            lines.append(f"## {number}. {name}")
            lines.append("")
            for lang in ("da", "en"):
                words = Sentence(corpus, lang)
                if name in corpus.requirements:
                    lines.append(words.requirement(corpus.requirements[name]))
                elif name in corpus.changes:
                    lines.append(words.change(corpus.changes[name]))
                else:
                    rule = corpus.clocks.get(name) or corpus.definitions[name]
                    lines.append(rule.title[lang])
                lines.append("")
    return "\n".join(lines)
