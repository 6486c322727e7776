"""What the engine looks up instead of going through everything: rules by their trigger, records by person, days on which a
state may turn. None of it may change an answer; each is held against going through everything, or against days counted by hand.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from enplan import clocks, lasting, matching, regime, scenarios
from enplan.corpus import Corpus, Unencoded
from enplan.language.legislation import NotEncoded
from enplan.result import Assessment
from enplan.situation import Situation
from enplan.truth import Truth
from enplan.yamlfile import parse
from generated import RULES, Facts, assessed, cases
from small import CLOCK, case, corpus, dues, fulfilments, merged, row, run
from test_properties import assessed_on, summary

often = settings(
    max_examples=int(os.environ.get("ENPLAN_EXAMPLES", "60")),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def rule(name: str, when: str, *more: str, must: str = "{hold: samtale, about: child}") -> str:
    lines = (f"when: {when}", f"must: {must}", *more)
    head = f"  - id: {name}\n    provision: TL § 1\n    title: {{da: Pligt, en: Duty}}\n"
    return head + "".join(f"    {line}\n" for line in lines)


@contextmanager
def everything_looked_at() -> Iterator[None]:
    """No index: every rule is asked, every record of a kind is looked at, clocks are counted anew, every day is tried."""

    def every_day(self: Any, persons: object, subjects: object) -> list[date]:
        return [
            date(2015, 1, 1) + timedelta(days=n) for n in range((self._situation.today - date(2015, 1, 1)).days + 1)
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regime, "_VIEWS", {})
        patch.setattr(regime, "signals", lambda trigger, corpus: None)
        patch.setattr(regime, "needed", lambda conditions, corpus: ())
        patch.setattr(
            Situation, "of_kind_about", lambda self, kind, terms, who: tuple(r for r in self.of_kind(kind, terms) if who in r.about)
        )  # fmt: skip
        patch.setattr(clocks, "intervals", clocks._intervals)
        patch.setattr(lasting.Lasting, "_turning_days", every_day)
        yield


# --- rules by what may raise them

NO_TALK = "{none_of: [{event: samtale, about: child}], for: {amount: %s, unit: months}, from: {event: underretning, about: child}}"
ENDED = "{measure: indsats, about: child, state: ended}"
MORE = (
    rule("tl-8", "{status: ydelse, of: child, is: [kontanthjaelp], turn: ends}", "in_force: {to: 2018-03-31}")
    + rule("tl-9", NO_TALK % 2)
    + rule("tl-10", f"{{any_of: [{ENDED}, {{consent: samtykke, by: child}}, {{age: child, reaches: 10}}]}}")
    + rule("tl-11", "{any_of: [{missed: tl-3}, {met: tl-2}]}", "window: {closes: {after: {amount: 1, unit: weeks}}}")
    + rule("tl-12", "{measure: tilbud, about: child, state: planned-end}", "while: [{age: child, below: 11}]")
    + rule(
        "tl-13",
        "{document: [undersoegelse, handleplan], about: child}",
        "while: [{not: {clock: ur, of: child, at_least: {amount: 3, unit: months}}}]",
    )
)
STATE = """definitions:
  - id: i-forloeb
    provision: TL § 5
    title: {da: I forløb, en: In course}
    role: child
    holds: [{status: ydelse, of: child, is: [kontanthjaelp, dagpenge]}, {exists: {measure: [indsats, tilbud], about: child}}]
"""
ALL = RULES.replace("clocks:\n", MORE + "clocks:\n") + STATE
NOT_ENCODED = (  # conditions on which law that is not encoded matters to the child
    "{status: ydelse, of: child, is: kontanthjaelp}",
    "{status: ydelse, of: child, is_not: kontanthjaelp}",
    "{exists: {event: [hoering, afgoerelse], about: child}}",
    "{judged: behov, about: child}",
    "{member: i-forloeb, who: child}",
    "{any: [{judged: behov, about: child}, {status: visitation, of: child, is: [jobparat, revalidend]}]}",
    "{any: [{consent: samtykke, by: child}, {judged: behov, about: child}]}",
    "{all: [{member: i-forloeb, who: child}, {exists: {document: handleplan, about: child}}]}",
    "{not: {exists: {event: underretning, about: child}}}",
)


@cache
def registered() -> Corpus:
    """The small corpus with these rules, and with law that is not encoded, by one condition and by two."""
    words = {"da": "Ord", "en": "Words"}
    asked = [(one,) for one in NOT_ENCODED] + [*permutations(NOT_ENCODED, 2)]
    entries = [
        {"ref": f"§ {number}", "about": words, "reason": words, "by_hand": words, "matters_to": "child",
         "matters_if": [parse(one.encode(), "condition").value for one in conditions]}
        for number, conditions in enumerate(asked, 1)
    ]  # fmt: skip
    return replace(
        corpus(ALL), not_encoded=tuple(Unencoded("TL", NotEncoded.model_validate(entry)) for entry in entries)
    )


@often
@given(cases(), assessed_on)
def test_nothing_is_lost_by_looking_only_at_what_the_case_holds(facts: Facts, on: str) -> None:
    found = assessed(facts, registered(), on)
    with everything_looked_at():
        slow = assessed(facts, registered(), on)
    assert summary(found) == summary(slow)
    assert (found.findings, found.not_encoded) == (slow.findings, slow.not_encoded)


CASE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}]
statuses: [{of: barn, status: handlekommune, is: '190', from: 2008-06-15}]
"""
NOTIFIED = "events: [{event: underretning, date: 2018-02-10, about: barn}]"
MEASURE = "measures: [{measure: indsats, about: barn, granted: 2018-01-01, from: 2018-02-01, %s}]"
PAPER = "documents: [{document: handleplan, date: 2018-01-05, about: barn, revised: [2018-02-05]}]"
BENEFIT = "statuses: [{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01, to: 2018-03-31}]"
CONSENT = "consents: [{consent: samtykke, by: barn, date: 2018-02-07}]"
JUDGED = "judgements: [{judged: behov, about: barn, answer: true, date: 2018-02-08}]"


@pytest.mark.parametrize(
    ("when", "facts", "days"),
    [
        ("{event: underretning, about: child}", NOTIFIED, ["2018-02-10"]),
        ("{event: [henvendelse, underretning], about: child}", NOTIFIED, ["2018-02-10"]),
        ("{document: handleplan, about: child}", PAPER, ["2018-01-05"]),
        ("{revision: handleplan, about: child}", PAPER, ["2018-02-05"]),
        ("{measure: indsats, about: child}", MEASURE % "planned_to: 2018-05-01", ["2018-02-01"]),
        ("{measure: indsats, about: child, state: granted}", MEASURE % "planned_to: 2018-05-01", ["2018-01-01"]),
        ("{measure: indsats, about: child, state: ended}", MEASURE % "to: 2018-03-01", ["2018-03-01"]),
        ("{measure: indsats, about: child, state: planned-end}", MEASURE % "planned_to: 2018-09-01", ["2018-09-01"]),
        ("{judged: behov, about: child, answer: true}", JUDGED, ["2018-02-08"]),
        ("{consent: samtykke, by: child}", CONSENT, ["2018-02-07"]),
        ("{status: ydelse, of: child}", BENEFIT, ["2018-01-01"]),
        ("{status: ydelse, of: child, turn: ends}", BENEFIT, ["2018-03-31"]),
        ("{age: child, reaches: 9}", "", ["2017-06-15"]),
        ("{clock: ur, of: child, reaches: {amount: 2, unit: months}}", BENEFIT, ["2018-03-01"]),
        (NO_TALK % 1, NOTIFIED, ["2018-03-10"]),
        ("{any_of: [{event: henvendelse, about: child}, {revision: handleplan, about: child}]}", PAPER, ["2018-02-05"]),
        ("{any_of: [{event: henvendelse, about: child}, {age: child, reaches: 9}]}", "", ["2017-06-15"]),
    ],
)  # fmt: skip
def test_every_kind_of_trigger_is_found_by_what_it_needs(when: str, facts: str, days: list[str]) -> None:
    known = corpus("requirements:\n" + rule("tl-1", when) + CLOCK)
    found = run(merged(CASE, facts), known, "2018-06-01")
    assert [str(o.occasion.trigger.day) for o in found.obligations] == days
    nothing = merged(CASE, "persons: [{id: lille, born: 2018-05-01}]").replace("2008-06-15", "2018-05-01")
    assert run(nothing, known, "2018-06-01").obligations == ()


@pytest.mark.parametrize(
    ("outcome", "talk", "days"),
    [
        ("missed", "", ["2018-03-10"]),
        ("missed", "2018-03-01", []),
        ("met", "2018-03-01", ["2018-03-01"]),
        ("met", "", []),
    ],
)
def test_what_another_duty_came_to_is_found_in_the_run_itself(outcome: str, talk: str, days: list[str]) -> None:
    rules = "requirements:\n" + rule(
        "tl-1", "{event: underretning, about: child}", "window: {closes: {after: {amount: 1, unit: months}}}"
    )
    rules += rule("tl-2", f"{{{outcome}: tl-1}}", must="{inform: hoering, about: child}")
    held = f"events: [{{event: samtale, date: {talk}, about: barn}}]" if talk else ""
    found = run(merged(CASE, NOTIFIED, held), corpus(rules), "2018-06-01")
    raised = [o for o in found.obligations if o.requirement.id == "tl-2"]
    assert [str(o.occasion.trigger.day) for o in raised] == days


@pytest.mark.parametrize(
    ("last", "days"), [("2018-02-09", []), ("2018-02-10", ["2018-02-10"]), ("2018-02-11", ["2018-02-10"])]
)
def test_a_rule_that_has_ended_is_raised_by_what_happened_by_its_last_day(last: str, days: list[str]) -> None:
    rules = "requirements:\n" + rule("tl-1", "{event: underretning, about: child}", f"in_force: {{to: {last}}}")
    again = NOTIFIED.replace("2018-02-10", "2018-04-01")
    found = run(merged(CASE, NOTIFIED, again), corpus(rules), "2018-06-01")
    assert [str(o.occasion.trigger.day) for o in found.obligations] == days


def test_what_happened_on_some_day_of_a_month_may_have_happened_while_the_rule_was_in_force() -> None:
    rules = "requirements:\n" + rule("tl-1", "{event: underretning, about: child}", "in_force: {to: 2018-02-03}")
    found = run(merged(CASE, NOTIFIED.replace("2018-02-10", "2018-02")), corpus(rules), "2018-06-01")
    assert row(found, "tl-1").binding == "open"


# --- records by person


def looked_at(count: int) -> int:
    """How many records are held against patterns in a case of so many children, each notified once and talked to twice."""
    people = ", ".join(f"{{id: b{n}, born: 2008-06-15}}" for n in range(count))
    happened = ", ".join(
        f"{{event: {kind}, date: {day}, about: b{n}}}"
        for n in range(count)
        for kind, day in (("underretning", "2018-02-10"), ("samtale", "2018-03-01"), ("samtale", "2018-04-01"))
    )
    rules = "requirements:\n" + rule(
        "tl-1",
        "{event: underretning, about: child}",
        "if: [{none: {event: samtale, about: child, before: trigger}}]",
        "window: {closes: {after: {amount: 2, unit: months}}}",
        "every: {amount: 2, unit: months, from: last}",
    )
    known = corpus(rules)
    counted: Counter[str] = Counter()
    ask = matching.matches

    def asked(*arguments: Any) -> Truth:
        counted["records"] += 1
        return ask(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "matches", asked)
        found = run(f"sectors: [children]\npersons: [{people}]\nevents: [{happened}]", known, "2018-05-01")
    assert [fulfilments(o) for o in found.obligations] == [["met", "met", "later"]] * count
    return counted["records"]


def test_twice_as_many_persons_are_twice_the_work_and_not_four_times() -> None:
    assert looked_at(40) == 2 * looked_at(20)


def test_a_record_about_several_is_found_for_each_of_them_and_for_nobody_else() -> None:
    known = corpus()
    text = merged(
        CASE,
        "persons: [{id: mor, born: 1985-04-12}, {id: far, born: 1980-01-01}]",
        "events: [{event: samtale, date: 2018-03-01, about: [barn, mor]}, {event: samtale, date: 2018-02-01, about: mor},"
        " {event: hoering, date: 2018-02-15, about: mor}]",
    )
    situation = Situation(case(text, known), known, date(2018, 6, 1))
    seen = {
        who: [r.path for r in situation.of_kind_about("event", ("samtale", "hoering"), who)]
        for who in situation.persons
    }
    assert seen == {"barn": ["events.0"], "mor": ["events.1", "events.2", "events.0"], "far": []}


def test_a_family_is_everyone_whom_relations_tie_however_far_off() -> None:
    known = corpus()
    people = ", ".join(f"{{id: {one}, born: 1985-04-12}}" for one in "abcdef")
    tied = ", ".join(f"{{person: {one}, is: soeskende, of: {other}}}" for one, other in ("ab", "cd", "bc"))
    situation = Situation(case(f"persons: [{people}]\nrelations: [{tied}]", known), known, date(2018, 6, 1))
    assert {who: "".join(sorted(found)) for who, found in situation.families.items()} == {
        "a": "abcd", "b": "abcd", "c": "abcd", "d": "abcd", "e": "e", "f": "f",
    }  # fmt: skip


# --- the day on which a state ended, where time alone ended it

CIRCLE = """definitions:
  - id: i-kredsen
    provision: TL § 2
    title: {da: i kredsen, en: in the circle}
    in_force: {from: 2015-01-01, to: 2018-04-30}
    role: citizen
    holds: [{age: citizen, below: 30}]
"""


@pytest.mark.parametrize(
    ("state", "lapsed"),
    [
        ("{age: child, below: 10}", "2018-06-15"),
        ("{not: {status: ydelse, of: child, is: kontanthjaelp, lasted: {amount: 3, unit: months}}}", "2018-05-15"),
        ("{not: {clock: ur, of: child, at_least: {amount: 3, unit: months}}}", "2018-05-15"),
        ("{clock: ur, of: child, below: {amount: 28, unit: days}}", "2018-03-14"),  # day 1 is 15 February
        ("{exists: {event: underretning, about: child, since: {before: {amount: 6, unit: weeks}, from: today}}}", "2018-03-25"),
        ("{member: i-kredsen, who: child}", "2018-05-01"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on", ["2018-06-16", "2018-12-01", "2019-07-01"])
def test_a_state_that_time_alone_ends_lapses_on_its_day_whenever_it_is_looked_at(
    state: str, lapsed: str, on: str
) -> None:
    rules = "requirements:\n" + rule(
        "tl-1",
        "{event: underretning, about: child}",
        f"while: [{state}]",
        "window: {closes: {after: {amount: 1, unit: years}}}",
    )
    known = corpus(rules + CIRCLE + CLOCK)
    benefit = "statuses: [{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-02-15}]"
    found = row(run(merged(CASE, NOTIFIED, benefit), known, on), "tl-1")
    assert (found.binding, str(found.lapsed_on), fulfilments(found)) == ("lapsed", lapsed, ["not-applicable"])
    before = (date.fromisoformat(lapsed) - timedelta(days=1)).isoformat()
    assert row(run(merged(CASE, NOTIFIED, benefit), known, before), "tl-1").lapsed_on is None


# --- windows on a grid


@pytest.mark.parametrize(
    ("begun", "first", "unit", "days"),
    [
        ("2016-02-29", "after: {amount: 1, unit: years}", "years", ["2017-02-28", "2018-02-28", "2019-02-28", "2020-02-29"]),
        ("2020-01-31", "after: {amount: 1, unit: months}", "months", ["2020-02-29", "2020-03-31", "2020-04-30"]),
        ("2020-01-31", "after: {amount: 1, unit: months}, count_first_day: true", "months", ["2020-02-28", "2020-03-30", "2020-04-29"]),
        ("2020-01-31", "after: {amount: 2, unit: weeks}", "months", ["2020-02-14", "2020-03-14", "2020-04-14"]),
    ],
)  # fmt: skip
def test_windows_on_a_grid_are_counted_from_the_first(begun: str, first: str, unit: str, days: list[str]) -> None:
    window = (f"window: {{closes: {{{first}}}}}", f"every: {{amount: 1, unit: {unit}, from: grid}}")
    rules = "requirements:\n" + rule("tl-1", "{measure: indsats, about: child}", *window)
    found = run(
        merged(CASE, f"measures: [{{measure: indsats, about: barn, from: {begun}}}]"), corpus(rules), "2020-04-01"
    )
    assert dues(row(found, "tl-1"))[: len(days)] == days


# --- scenarios beside each other


def test_scenarios_run_beside_each_other_as_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus("requirements:\n" + rule("tl-1", "{event: underretning, about: child}"))
    for number in range(2 * scenarios.FEW):
        trigger = "2018-02-10" if number % 3 else "2018-02-11"  # every third expects a day that is wrong
        (tmp_path / f"{number:02}.yaml").write_text(
            f"case: sag-{number}\ntitle: {{da: Sag, en: Case}}\n{CASE}{NOTIFIED}\n"
            f"expect:\n  - date: 2018-06-01\n    expect:\n      written: before-rules\n"
            f"      required: [{{requirement: tl-1, trigger: {trigger}}}]\n",
            encoding="utf-8",
        )
    paths = scenarios.files([tmp_path])
    results = []
    for cores in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        results.append(scenarios.run_files(paths, known))
    assert results[0] == results[1]
    outcomes, coverage = results[1]
    assert [o.scenario for o in outcomes] == [f"sag-{number}" for number in range(16)]
    assert [number for number, o in enumerate(outcomes) if o.differences] == [0, 3, 6, 9, 12, 15]
    assert coverage.fired["tl-1"] == {f"sag-{number}" for number in range(16)}


def names(found: Assessment) -> list[str]:
    return [o.occasion.key for o in found.obligations]


def test_an_assessment_leaves_nothing_behind_for_the_next() -> None:
    known = corpus("requirements:\n" + rule("tl-1", "{event: underretning, about: child}"))
    with_it, without = merged(CASE, NOTIFIED), merged(CASE)
    assert [names(run(text, known, "2018-06-01")) for text in (with_it, without, with_it)] == [
        ["tl-1[child=barn]@2018-02-10"], [], ["tl-1[child=barn]@2018-02-10"],
    ]  # fmt: skip
