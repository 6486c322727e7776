"""The shipped scenarios, one test each: what a lawyer expects is what the engine finds."""

from pathlib import Path

import pytest

from enplan import data
from enplan.casefile import load_case
from enplan.corpus import load
from enplan.scenarios import Coverage, files, run, run_file

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


def test_every_rule_fires_in_one_scenario_and_does_not_in_another(corpus):
    seen = Coverage()
    for path in FILES:
        run_file(path, corpus, seen)
    rules = [*corpus.requirements, *corpus.changes]
    transitions = {name for name, change in corpus.changes.items() if change.carries or change.kind == "reading"}
    never_fired = sorted(name for name in rules if name not in seen.fired and name not in transitions)
    assert never_fired == []


def test_the_corpus_has_the_size_asked_for(corpus):
    assert len(corpus.requirements) >= 120
    assert len(corpus.changes) >= 20
    assert len(corpus.not_encoded) >= 1
