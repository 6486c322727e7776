"""Properties that always hold (design of the project, § 9), on random cases and the rules of `generated.py`."""

import copy
import os
import random
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enplan.formulas import Leaf, Node, of_requirement
from enplan.result import Assessment, Obligation, Occurrence
from enplan.truth import Truth
from generated import EVERYTHING, EXEMPTION, RULES, Facts, assessed, cases, days
from small import corpus

# The same cases in every run; ENPLAN_EXAMPLES=2000 looks at more of them.
often = settings(
    max_examples=int(os.environ.get("ENPLAN_EXAMPLES", "80")),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
assessed_on = st.one_of(days(300), days(600))


def everything(found: Assessment) -> tuple[Obligation, ...]:
    return (*found.obligations, *found.not_raised)


def seen(one: Occurrence) -> tuple[Any, ...]:
    """An occurrence without the places in the file that its facts stand in."""
    return (one.number, one.opens, one.due, one.fulfilment, one.needed, one.met_on, one.changed_by, one.forecast)


def summary(found: Assessment) -> list[tuple[Any, ...]]:
    return sorted(
        (o.occasion.key, o.binding, o.display, o.lapsed_on, o.actor, [seen(one) for one in o.occurrences]) for o in everything(found)
    )  # fmt: skip


@often
@given(cases(municipality="751"), assessed_on)
def test_an_exemption_whose_network_gate_is_shut_changes_nothing(case: Facts, on: str) -> None:
    without, with_it = (assessed(case, corpus(*rules), on) for rules in ((RULES,), (RULES, EXEMPTION)))
    assert summary(with_it) == summary(without)


@often
@given(cases(), assessed_on, st.randoms(use_true_random=False))
def test_the_order_of_the_records_in_a_file_changes_nothing(case: Facts, on: str, rng: random.Random) -> None:
    for event in case["events"]:
        event.pop("grund", None)
    one_answer_a_day = {(one["about"], one["date"]): one for one in case["judgements"]}
    case["judgements"] = list(one_answer_a_day.values())
    shuffled = copy.deepcopy(case)
    for group in ("persons", "statuses", "events", "documents", "measures", "judgements", "consents"):
        rng.shuffle(shuffled[group])
    assert summary(assessed(shuffled, corpus(RULES), on)) == summary(assessed(case, corpus(RULES), on))


@often
@given(cases(), assessed_on)
def test_the_order_of_the_rules_in_a_file_changes_nothing(case: Facts, on: str) -> None:
    head, *duties = RULES.partition("clocks:")[0].split("  - id: ")
    turned = head + "".join("  - id: " + one for one in reversed(duties)) + "clocks:" + RULES.partition("clocks:")[2]
    assert summary(assessed(case, corpus(turned), on)) == summary(assessed(case, corpus(RULES), on))


FORGETTABLE = (("ydelse", "barn"), ("ydelse", "mor"), ("visitation", "barn"), ("visitation", "mor"))


@often
@given(cases(), assessed_on, st.sets(st.sampled_from([*FORGETTABLE, "grund", "behov", "samtykke"]), min_size=1))
def test_a_fact_that_becomes_known_never_contradicts_what_was_certain(
    case: Facts, on: str, forgotten: set[Any]
) -> None:
    before = copy.deepcopy(case)
    before["statuses"] = [s for s in case["statuses"] if (s["status"], s["of"]) not in forgotten]
    if "grund" in forgotten:
        for event in before["events"]:
            event.pop("grund", None)
    if "behov" in forgotten:
        before["judgements"] = []
    if "samtykke" in forgotten:
        before["consents"] = []
    now = {o.occasion.key: o.binding for o in everything(assessed(case, corpus(RULES), on))}
    for was in everything(assessed(before, corpus(RULES), on)):
        if was.binding in ("binds", "does-not-bind") and was.occasion.key in now:
            assert now[was.occasion.key] == was.binding


PAUSE = f"""changes:
  - id: fl-1
    kind: suspension
    verb: suspend
    title: {{da: Pause, en: Pause}}
    provision: FL § 3
    reaches: {{{EVERYTHING}}}
    suspends: {{effect: EFFECT, from: {{event: pause-begynder, about: CHILD}}, until: {{event: pause-ender, about: CHILD}}}}
"""


@pytest.mark.parametrize("effect", ["stop", "extend-real"])
@often
@given(cases(), assessed_on, st.lists(days(), min_size=1, max_size=3))
def test_suspending_and_resuming_on_one_day_moves_no_limit(
    effect: str, case: Facts, on: str, paused: list[str]
) -> None:
    rules = corpus(RULES, PAUSE.replace("EFFECT", effect).replace("CHILD", "child").replace(", tl-7]", "]"))
    for group in ("events", "documents"):
        for record in case[group]:
            record["date"] = record["date"].partition("T")[0]
    with_pause = copy.deepcopy(case)
    for day in paused:
        for kind in ("pause-begynder", "pause-ender"):
            with_pause["events"].append({"event": kind, "date": day, "about": "barn"})
    assert summary(assessed(with_pause, rules, on)) == summary(assessed(case, rules, on))


@often
@given(cases(), assessed_on)
def test_the_baseline_is_the_same_before_and_after_any_comparison(case: Facts, on: str) -> None:
    trial = "act: FL\nlayer: proeve\nsource: {instrument: lta/2016/10, read: 2024-01-01}\n" + EXEMPTION
    known = corpus(RULES, trial)
    before = assessed(case, known, on, regime="uden-proeve")
    assessed(case, known, on, assume=["proeve-a"])
    after = assessed(case, known, on, regime="uden-proeve")
    assert after == before
    assert summary(before) == summary(assessed(case, corpus(RULES), on))


TURN = date(2018, 7, 1)
STARTING = f"""changes:
  - id: fl-1
    kind: reform
    title: {{da: Reform, en: Reform}}
    provision: FL § 1
    in_force: {{from: {TURN}}}
    reaches: {{{EVERYTHING}}}
"""
VERBS = (
    "    verb: waive\n",
    "    verb: re-time\n    window: {closes: {after: {amount: 1, unit: weeks}}}\n    every: {amount: 1, unit: weeks}\n",
    "    verb: re-time\n    times: 5\n",
    "    verb: transfer\n    actor: regionen\n",
    "    verb: re-scope\n    unless: [{age: child, below: 99}]\n",
)


@often
@given(cases(), assessed_on, st.sampled_from(VERBS))
def test_a_change_that_starts_on_a_day_changes_nothing_governed_by_an_earlier_day(
    case: Facts, on: str, verb: str
) -> None:
    changed = {o.occasion.key: o for o in everything(assessed(case, corpus(RULES, STARTING + verb), on))}
    for before in everything(assessed(case, corpus(RULES), on)):
        if before.requirement.id != "tl-4":  # raised by the outcome of another
            after = changed[before.occasion.key]
            assert after.binding == before.binding
            again = {one.number: seen(one) for one in after.occurrences}
            for one in before.occurrences:
                if (
                    one.opens and one.opens.last < TURN and one.due
                ):  # a window without a last day is open after the turn too
                    assert again[one.number] == seen(one)


def classical(part: Leaf | Node, row: Sequence[bool]) -> bool:
    if isinstance(part, Leaf):
        return row[part.index] is part.positive
    inner = [classical(one, row) for one in part.parts]
    return all(inner) if part.op == "all" else any(inner)


@often
@given(cases(), assessed_on)
def test_what_hangs_on_an_unknown_condition_never_comes_out_as_certain(case: Facts, on: str) -> None:
    for obligation in everything(assessed(case, corpus(RULES), on)):
        truths = [reading.truth for _, reading in obligation.row]
        possible = [(True, False) if one is Truth.UNKNOWN else (one is Truth.TRUE,) for one in truths]
        root = of_requirement(obligation.requirement).root
        outcomes = {classical(root, row) for row in product(*possible)}
        if obligation.binding == "binds":
            assert outcomes == {True}
        if len(outcomes) == 2:
            assert obligation.binding in ("open", "lapsed")
        assert (obligation.binding == "open") <= bool(obligation.questions)
