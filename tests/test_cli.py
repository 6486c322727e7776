"""The command line as its users meet it: what it prints, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from enplan import data, productions
from enplan.cli import run_command
from enplan.corpus import load
from enplan.show import schema_of

CASE = str(data.folder("scenarios") / "familie" / "birk-2-opfoelgning.yaml")


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = run_command(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check_prints_a_report_in_danish_with_the_standing_line(capsys):
    code, out, err = run(capsys, "check", CASE)
    assert code == 0
    assert err == ""
    assert "Vejledende beregning, ikke en afgørelse; sagsbehandleren vurderer." in out
    assert "Regnet af interpreter, durable-rules" in out


def test_check_in_english(capsys):
    code, out, _ = run(capsys, "check", CASE, "--lang", "en")
    assert code == 0
    assert "A guiding calculation, not a decision; the caseworker judges." in out


def test_json_has_every_documented_key(capsys):
    code, out, _ = run(capsys, "check", CASE, "--json")
    assert code == 0
    result = json.loads(out)
    assert {"case", "regime", "date", "assumptions", "law_versions", "obligations", "findings", "not_encoded"} <= set(
        result
    )
    row = result["obligations"][0]
    assert {"id", "requirement", "provision", "instrument", "eli", "roles", "actor", "trigger", "display", "binding",
            "changed_by", "occurrences", "documents", "why", "findings", "confidence"} <= set(row)  # fmt: skip
    assert set(row["trigger"]) == {"kind", "date"}
    assert set(row["binding"]) == {"state", "questions"}
    occurrence = next(o for r in result["obligations"] for o in r["occurrences"])
    assert {"opens", "due", "act_by", "fulfilment", "met_by", "provenance"} <= set(occurrence)


def test_only_keeps_the_rows_with_the_word(capsys):
    _, out, _ = run(capsys, "check", CASE, "--json", "--only", "gælder")
    assert {row["display"] for row in json.loads(out)["obligations"]} == {"gælder"}


def test_strict_ends_with_1_when_a_limit_has_passed(capsys):
    assert run(capsys, "check", CASE, "--strict")[0] == 1


def test_why_explains_a_requirement_that_does_not_bind(capsys):
    code, out, _ = run(capsys, "why", CASE, "bl-91-1-a")
    assert code == 0
    assert "BL § 91, stk. 1 var ikke i kraft" in out or "er ikke udløst i denne sag" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "no-such-file.yaml"), "no such file: no-such-file.yaml"),
        (("check", CASE, "--date", "2018-02-30"), "'2018-02-30' is not a day; expected YYYY-MM-DD"),
        (("check", CASE, "--regime", "gaeldende-rt"), "did you mean 'gaeldende-ret'?"),
        (("check", CASE, "--assume", "en-plan-minpln"), "did you mean 'en-plan-minplan'?"),
        (("why", CASE, "lab16-27-11"), "no requirement 'lab16-27-11'; did you mean 'lab16-27-1'?"),
        (("rules", "show", "lab16-27-11"), "did you mean 'lab16-27-1'?"),
        (("chek", CASE), "No such command"),
    ],
)
def test_wrong_use_ends_with_2(capsys, arguments, said):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert said in err


def test_a_case_without_a_day_asks_for_one(capsys, tmp_path):
    path = tmp_path / "sag.yaml"
    path.write_text("case: sag\ntitle: {da: x, en: x}\npersons: [{id: a, born: 1980-01-01}]\n", encoding="utf-8")
    code, _, err = run(capsys, "check", str(path))
    assert code == 2
    assert "no day of assessment: give --date, or date: in the case" in err


BAD = {
    "truncated": b"case: x\ntitle: {da: x",
    "nul": b"case: x\0y\n",
    "latin1": "case: sk\u00f8n\n".encode("latin-1"),
    "alias-bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (98 + i, 98 + i, *[97 + i] * 9) for i in range(8)
    ),
    "list": b"- a\n- b\n",
    "empty": b"",
    "wrong-types": b"case: x\ntitle: 3\npersons: nobody\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_3_and_a_list_of_errors(capsys, tmp_path, name):
    path = tmp_path / "sag.yaml"
    path.write_bytes(BAD[name])
    code, out, err = run(capsys, "check", str(path))
    assert code == 3
    assert out == ""
    assert str(path) in err
    assert "found" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_file_of_50_mb_ends_with_3(capsys, tmp_path):
    path = tmp_path / "sag.yaml"
    path.write_bytes(b"# " + b"x" * 50_000_000)
    code, _, err = run(capsys, "check", str(path))
    assert code == 3
    assert "the file is too large; expected at most 2,000,000 bytes" in err


def test_invalid_rules_end_with_4(capsys, tmp_path):
    (tmp_path / "legislation").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.yaml").write_text(
        "act: NO\nsource: {instrument: lta/2020/1, read: 2026-11-24}\n", encoding="utf-8"
    )
    code, _, err = run(capsys, "rules", "validate", str(tmp_path))
    assert code == 4
    assert "rules/x.yaml:1: act: unknown act 'NO'" in err


def test_a_difference_between_the_engines_ends_with_5_and_no_answer(capsys, monkeypatch):
    def flipped(self, rows):
        from enplan.truth import Truth

        return [Truth.UNKNOWN for _ in rows]

    monkeypatch.setattr(productions.Productions, "evaluate", flipped)
    code, out, err = run(capsys, "check", CASE)
    assert code == 5
    assert out == ""
    assert "no answer is given: the engines differ on" in err


def test_an_unexpected_failure_ends_with_5_and_no_traceback(capsys, monkeypatch):
    def broken(*_a, **_k):
        raise RuntimeError("lost")

    monkeypatch.setattr("enplan.assess.assess", broken)
    code, out, err = run(capsys, "check", CASE)
    assert code == 5
    assert out == ""
    assert "internal error (RuntimeError: lost)" in err


def test_standard_input_is_read_with_a_dash():
    text = Path(CASE).read_bytes()
    command = [sys.executable, "-m", "enplan.cli", "check", "-", "--json"]
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    assert json.loads(done.stdout)["obligations"]
    assert done.stderr == b""


def test_rules_list_as_data_gives_every_rule_a_sentence(capsys):
    code, out, _ = run(capsys, "rules", "list", "--json")
    rules = json.loads(out)
    assert code == 0
    assert all(rule["sentence"].endswith(".") for rule in rules["requirements"])
    assert {"requirements", "changes", "not_encoded"} == set(rules)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["case", "rules", "legislation"])
def test_the_schema_is_a_schema_and_fits_the_shipped_files(kind):
    import yaml

    schema = schema_of(kind, load())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    folder = {"case": "scenarios", "rules": "rules", "legislation": "legislation"}[kind]
    checked = 0
    for path in sorted(data.folder(folder).rglob("*.yaml")):
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if kind == "rules" and "act" not in value:
            continue
        from enplan.yamlfile import read

        errors = [
            f"{path.name}: {'.'.join(map(str, e.path))}: {e.message[:200]}"
            for e in validator.iter_errors(read(path).value)
        ]
        assert errors == []
        checked += 1
    assert checked


def test_the_schema_rejects_what_the_loader_rejects():
    validator = jsonschema.Draft202012Validator(schema_of("case", load()))
    assert list(validator.iter_errors({"case": "x", "title": {"da": "x", "en": "x"}, "persons": [], "unknown": 1}))


def test_the_corpus_is_read_back_from_its_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = load()
    kept = list((tmp_path / "enplan").glob("corpus-*.pickle"))
    assert len(kept) == 1
    assert load().requirements == first.requirements
    kept[0].write_bytes(b"broken")
    assert load().requirements == first.requirements


def test_an_age_reached_before_the_case_begins_is_counted_and_not_shown(capsys, tmp_path):
    path = tmp_path / "sten.yaml"
    path.write_text(
        "case: sten\ntitle: {da: Borger Sten, en: Citizen Sten}\ndate: 2023-02-10\nsectors: [employment]\n"
        "persons: [{id: sten, name: Borger Sten, born: 1975-05-05}]\n"
        "statuses: [{of: sten, status: handlekommune, is: '217', from: 2010-01-01}]\n"
        "events: [{event: foerste-henvendelse, date: 2023-02-01, about: sten}]\n",
        encoding="utf-8",
    )
    _, shown, _ = run(capsys, "check", str(path))
    assert "krav om tidligere år er ikke vist: de hænger på en alder nået, før noget er registreret i sagen" in shown
    assert "1993" not in shown
    everything = json.loads(run(capsys, "check", str(path), "--json")[1])
    assert any(row["trigger"] == {"kind": "age", "date": "1993-05-05"} for row in everything["obligations"])
    assert not any("18-års dag" in item["question"] for item in everything["missing"])


@pytest.mark.parametrize(("command", "kind"), [(("why", CASE), "requirement"), (("rules", "show"), "rule")])
def test_a_provision_in_the_place_of_an_id_is_answered_with_its_ids(capsys, command, kind):
    code, _, said = run(capsys, *command, "BL § 138")
    assert code == 2
    assert f"no {kind} 'BL § 138'; its requirements are bl-138-1, bl-138-1-b, bl-138-2" in said
