"""The shipped scenarios, one test each: what a lawyer expects is what the engine finds."""

from pathlib import Path

import pytest
import yaml

from enplan import data
from enplan.casefile import load_case
from enplan.corpus import load
from enplan.scenarios import files, run, run_files

ROOT = data.folder("scenarios")
FILES = files((ROOT,))


@pytest.fixture(scope="module")
def corpus():
    return load()


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(ROOT)) for p in FILES])
def test_scenario_comes_out_as_expected(path: Path, corpus):
    case = load_case(path, corpus)
    assert case.expect, "a scenario without expectations asserts nothing"
    for outcome in run(case, corpus, str(path)):
        assert outcome.checked > 0
        assert outcome.differences == ()


def test_there_are_enough_scenarios_and_a_third_were_written_before_the_rules(corpus):
    stories = [p for p in FILES if p.parent.name not in ("tabeller", "bestemmelser")]
    before = [p for p in stories if any(r.expect.written == "before-rules" for r in load_case(p, corpus).expect)]
    assert len(stories) >= 25
    assert len(before) * 3 >= len(stories)


@pytest.mark.slow
def test_the_rules_that_no_scenario_reaches_are_listed_and_only_they(corpus):
    """Every rule should fire in one scenario and not fire in another; tests/uncovered.yaml holds the debt, and can only shrink."""
    _, seen = run_files(FILES, corpus)
    rules = [*corpus.requirements, *(name for name, change in corpus.changes.items() if not change.carries)]
    never_fired = sorted(name for name in rules if name not in seen.fired)
    always_fired = sorted(name for name in rules if name not in seen.not_fired and not everywhere(corpus, name))
    debt = yaml.safe_load((Path(__file__).parent / "uncovered.yaml").read_text(encoding="utf-8"))
    assert never_fired == debt["never_fired"]
    assert always_fired == debt["never_not_fired"]


def everywhere(corpus, name: str) -> bool:
    """Whether a requirement asks nothing beyond its trigger: where that occurs it fires, and elsewhere it is not raised."""
    rule = corpus.requirements.get(name)
    return rule is not None and not (rule.if_ or rule.unless or rule.while_ or rule.under)


def test_the_corpus_has_the_size_asked_for(corpus):
    assert len(corpus.requirements) >= 120
    assert len(corpus.changes) >= 20
    assert len(corpus.not_encoded) >= 1
