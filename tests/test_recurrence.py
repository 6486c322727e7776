"""The rest of docs/language.md, § 6: what is beside the anchors of a window, how often, and what counts. Counted by hand.

The duty is raised by a notification about a child on Saturday 10 February 2018 unless a test says otherwise.
"""

import pytest

from enplan.result import Obligation
from small import corpus, dues, fulfilments, merged, row, rows, run

HEAD = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
"""
PEOPLE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}, {id: mor, born: 1985-04-12}]
"""
TRIGGER = "events: [{event: underretning, date: 2018-02-10, about: barn}]"
TALK = "    when: {event: underretning, about: child}\n    must: {hold: samtale, about: child}\n"
PLAN = "    when: {event: underretning, about: child}\n    must: {produce: handleplan, about: child}\n"


def talks(*days: str, outcome: str = "afholdt") -> str:
    return f"events: [{', '.join(f'{{event: samtale, date: {d}, about: barn, outcome: {outcome}}}' for d in days)}]"


def plans(*days: str) -> str:
    return f"documents: [{', '.join(f'{{document: handleplan, date: {d}, about: barn}}' for d in days)}]"


def measures(*periods: str) -> str:
    def one(period: str) -> str:
        first, _, last = period.partition("/")
        return f"{{measure: indsats, about: barn, from: {first}" + (f", to: {last}}}" if last else "}")

    return f"measures: [{', '.join(map(one, periods))}]"


def duty(rule: str, *facts: str, on: str) -> Obligation:
    return row(run(merged(PEOPLE, TRIGGER, *facts), corpus(HEAD + rule), on), "tl-1")


# --- beside the anchors


@pytest.mark.parametrize(
    ("done", "on", "expected"),
    [
        ((), "2018-03-01", "later"),
        (("2018-02-23",), "2018-03-01", "broken"),  # before two weeks have gone
        (("2018-02-24",), "2018-03-01", "met"),
        (("2018-05-10",), "2018-06-01", "met"),
        (("2018-05-11",), "2018-06-01", "met-late"),
        (("2018-02-09",), "2018-03-01", "later"),  # before the window opens: no record of this duty
    ],
)
def test_not_before(done: tuple[str, ...], on: str, expected: str) -> None:
    window = "    window: {closes: {after: {amount: 3, unit: months}}, not_before: {after: {amount: 2, unit: weeks}}}\n"
    assert fulfilments(duty(PLAN + window, plans(*done), on=on)) == [expected]


@pytest.mark.parametrize(
    ("done", "expected"), [((), "kept"), (("2018-05-18",), "broken"), (("2018-05-19",), "kept"), (("2018-02-09",), "kept")]
)  # fmt: skip
def test_must_not_before_a_day(done: tuple[str, ...], expected: str) -> None:
    rule = (
        "    when: {event: underretning, about: child}\n    must_not: {end: indsats, about: child}\n"
        "    window: {not_before: {after: {amount: 14, unit: weeks}}}\n"  # 19 May 2018
    )
    periods = [f"2017-01-01/{day}" for day in done] or ["2017-01-01"]
    assert fulfilments(duty(rule, measures(*periods), on="2018-06-01")) == [expected]


@pytest.mark.parametrize(
    ("period", "on", "expected"),
    [
        ("2018-02-10", "2018-03-01", "later"),
        ("2018-02-10", "2018-05-01", "due-soon"),
        ("2018-02-10/2018-05-09", "2018-06-01", "met"),  # three months, the 10th of February counted in
        ("2018-02-10/2018-05-10", "2018-06-01", "met-late"),
        ("2018-02-10", "2018-06-01", "overdue"),
    ],
)
def test_lasts_at_most(period: str, on: str, expected: str) -> None:
    rule = (
        "    when: {measure: indsats, about: child}\n    must: {end: indsats, about: child}\n"
        "    window: {lasts_at_most: {amount: 3, unit: months}}\n"
    )
    assert fulfilments(duty(rule, measures(period), on=on)) == [expected]


def test_lasts_at_most_so_many_hours_to_the_minute() -> None:
    rule = (
        "    when: {measure: indsats, about: child}\n    must: {end: indsats, about: child}\n"
        "    window: {lasts_at_most: {amount: 24, unit: hours}}\n"
    )
    assert dues(duty(rule, measures("2018-03-01T10:00"), on="2018-03-02")) == ["2018-03-02T10:00+01:00"]


@pytest.mark.parametrize(
    ("periods", "on", "days", "expected"),
    [
        (["2018-02-10/2018-03-01"], "2018-03-10", ["2018-03-29"], ["later"]),
        (["2018-02-10/2018-03-01"], "2018-03-20", ["2018-03-29"], ["due-soon"]),
        (["2018-02-10/2018-03-01"], "2018-03-30", ["2018-03-29"], ["overdue"]),
        (["2018-02-10/2018-03-01", "2018-03-29"], "2018-05-01", ["2018-03-29"], ["met"]),
        (["2018-02-10/2018-03-01", "2018-03-30"], "2018-05-01", ["2018-03-29"], ["met-late"]),
        (["2018-02-10/2018-03-01", "2018-03-20/2018-04-02"], "2018-04-05", ["2018-03-29", "2018-04-30"], ["met", "later"]),
        (["2018-02-10/2018-03-01", "2018-03-02"], "2018-05-01", [], []),  # the next day: no gap at all
        (["2018-02-10/2018-03-01", "2018-02-20"], "2018-05-01", [], []),  # they overlap
        (["2018-02-10"], "2018-05-01", [], []),
    ],
)  # fmt: skip
def test_max_gap_between_the_end_of_one_measure_and_the_start_of_the_next(
    periods: list[str], on: str, days: list[str], expected: list[str]
) -> None:
    rule = (
        "    when: {event: underretning, about: child}\n    must: {start: indsats, about: child}\n"
        "    window: {max_gap: {amount: 4, unit: weeks}}\n"
    )
    found = duty(rule, measures(*periods), on=on)
    assert (dues(found), fulfilments(found)) == (days, expected)


@pytest.mark.parametrize(
    ("on", "expected"), [("2018-05-10", "due-soon"), ("2018-05-24", "due-soon"), ("2018-05-25", "overdue")]
)  # fmt: skip
def test_tolerance_lets_one_occurrence_slide(on: str, expected: str) -> None:
    window = "    window: {closes: {after: {amount: 3, unit: months}}, tolerance: {amount: 2, unit: weeks}}\n"
    found = duty(PLAN + window, on=on)
    (one,) = found.occurrences
    assert (str(one.due), str(one.tolerated_to), one.fulfilment) == ("2018-05-10", "2018-05-24", expected)


@pytest.mark.parametrize(
    ("done", "expected"), [("2018-05-10", "met"), ("2018-05-24", "met"), ("2018-05-25", "met-late")]
)
def test_what_is_done_within_the_tolerance_is_in_time(done: str, expected: str) -> None:
    window = "    window: {closes: {after: {amount: 3, unit: months}}, tolerance: {amount: 2, unit: weeks}}\n"
    assert fulfilments(duty(PLAN + window, plans(done), on="2018-06-01")) == [expected]


# --- how often

WITHIN_HALF_A_YEAR = "    window: {closes: {after: {amount: 6, unit: months}}}\n    times: 4\n"


@pytest.mark.parametrize(
    ("held", "on", "expected", "counted"),
    [
        ([], "2018-05-01", "later", 0),
        (["2018-03-01"], "2018-05-01", "partial", 1),
        (["2018-03-01", "2018-04-01", "2018-04-15"], "2018-05-01", "partial", 3),
        (["2018-03-01", "2018-04-01", "2018-04-15"], "2018-08-11", "overdue", 3),
        (["2018-03-01", "2018-04-01", "2018-04-15", "2018-08-10"], "2018-08-11", "met", 4),
        (["2018-03-01", "2018-04-01", "2018-04-15", "2018-08-11"], "2018-08-11", "met-late", 4),
        (
            ["2018-01-01", "2018-04-01", "2018-04-15", "2018-08-10"],
            "2018-08-11",
            "overdue",
            3,
        ),  # one lies before the window
    ],
)
def test_times_counts_k_of_n(held: list[str], on: str, expected: str, counted: int) -> None:
    (one,) = duty(TALK + WITHIN_HALF_A_YEAR, talks(*held), on=on).occurrences
    assert (one.fulfilment, len(one.met_by), one.needed) == (expected, counted, 4)


@pytest.mark.parametrize("outcome", ["udeblevet", "aflyst"])
def test_no_shows_and_cancellations_are_not_counted(outcome: str) -> None:
    found = duty(
        TALK + WITHIN_HALF_A_YEAR,
        talks("2018-03-01", "2018-04-01"),
        talks("2018-05-01", outcome=outcome),
        on="2018-06-01",
    )
    assert found.occurrences[0].met_by == ("events.1", "events.2")


EVERY = "    window: {closes: {after: {amount: 3, unit: months}}}\n    every: {%s}\n"


@pytest.mark.parametrize(
    ("held", "days", "expected"),
    [
        ([], ["2018-05-10"], ["overdue"]),
        (["2018-03-20"], ["2018-05-10", "2018-06-20"], ["met", "overdue"]),
        (["2018-03-20", "2018-06-05"], ["2018-05-10", "2018-06-20", "2018-09-05"], ["met", "met", "later"]),
        (["2018-03-20", "2018-06-25"], ["2018-05-10", "2018-06-20", "2018-09-25"], ["met", "met-late", "later"]),
        (["2018-05-20"], ["2018-05-10", "2018-08-20"], ["met-late", "later"]),
        (
            ["2018-03-20", "2018-03-20", "2018-06-05"],
            ["2018-05-10", "2018-06-20", "2018-09-05"],
            ["met", "met", "later"],
        ),
    ],
)
def test_every_from_the_last_fulfilment(held: list[str], days: list[str], expected: list[str]) -> None:
    found = duty(TALK + EVERY % "amount: 3, unit: months, from: last", talks(*held), on="2018-07-01")
    assert (dues(found), fulfilments(found)) == (days, expected)


@pytest.mark.parametrize(
    ("held", "days", "expected"),
    [
        ([], ["2018-05-10", "2018-08-10"], ["overdue", "later"]),
        (["2018-03-20"], ["2018-05-10", "2018-08-10"], ["met", "later"]),
        (
            ["2018-03-20", "2018-04-20"],
            ["2018-05-10", "2018-08-10"],
            ["met", "later"],
        ),  # the second lies in the first window
        (["2018-03-20", "2018-05-20"], ["2018-05-10", "2018-08-10"], ["met", "met"]),
        (["2018-05-20"], ["2018-05-10", "2018-08-10"], ["overdue", "met"]),
    ],
)
def test_every_on_a_grid_whatever_happened(held: list[str], days: list[str], expected: list[str]) -> None:
    found = duty(TALK + EVERY % "amount: 3, unit: months, from: grid", talks(*held), on="2018-07-01")
    assert (dues(found), fulfilments(found)) == (days, expected)


def test_what_is_done_on_the_day_a_later_grid_window_opens_counts_in_it() -> None:
    window = (
        "    window: {closes: {after: {amount: 2, unit: weeks}}}\n    every: {amount: 3, unit: months, from: grid}\n"
    )
    found = duty(TALK + window, talks("2018-02-10", "2018-05-10"), on="2018-06-01")
    assert (dues(found), fulfilments(found)) == (["2018-02-24", "2018-05-24"], ["met", "met"])


@pytest.mark.parametrize(
    ("held", "on", "days", "expected"),
    [
        (["2018-03-01"], "2018-05-01", ["2018-05-10"], ["partial"]),
        (["2018-03-01", "2018-04-01"], "2018-06-01", ["2018-05-10", "2018-08-10"], ["met", "later"]),
        (["2018-03-01", "2018-04-01", "2018-05-20"], "2018-06-01", ["2018-05-10", "2018-08-10"], ["met", "partial"]),
        (["2018-03-01", "2018-05-20", "2018-05-30"], "2018-06-01", ["2018-05-10", "2018-08-10"], ["overdue", "met"]),
    ],
)
def test_with_times_every_interval_needs_so_many(
    held: list[str], on: str, days: list[str], expected: list[str]
) -> None:
    found = duty(TALK + EVERY % "amount: 3, unit: months, from: grid" + "    times: 2\n", talks(*held), on=on)
    assert (dues(found), fulfilments(found)) == (days, expected)


RHYTHM = "settings: [{setting: rytme, about: barn, date: 2018-02-20, amount: %s, unit: months}]"


@pytest.mark.parametrize(
    ("facts", "days", "expected"),
    [
        ("", ["2018-05-10", "set-in-case"], ["met", "set-in-case"]),
        (RHYTHM % 2, ["2018-05-10", "2018-05-20"], ["met", "overdue"]),
        (RHYTHM % 5, ["2018-05-10", "2018-08-20"], ["met", "later"]),
        (RHYTHM % 9, ["2018-05-10", "2018-09-20"], ["met", "later"]),
    ],
    ids=["not set", "two months", "five months", "nine months: above the ceiling of six"],
)  # fmt: skip
def test_every_as_set_in_the_case(facts: str, days: list[str], expected: list[str]) -> None:
    rule = TALK + EVERY % "set_in_case: rytme, from: last, at_most: {amount: 6, unit: months}"
    found = duty(rule, talks("2018-03-20"), facts, on="2018-07-01")
    assert (dues(found), fulfilments(found)) == (days, expected)


def test_an_event_counted_for_one_duty_is_not_counted_for_a_distinct_one() -> None:
    joint = TALK + "    window: {closes: {after: {amount: 1, unit: months}}}\n"
    other = (
        "  - id: tl-2\n    provision: TL § 2\n    title: {da: To, en: Two}\n" + TALK
        + "    window: {closes: {after: {amount: 6, unit: months}}}\n    times: 2\n    distinct_from: [tl-1]\n"
    )  # fmt: skip
    text = merged(PEOPLE, TRIGGER, talks("2018-02-20", "2018-03-20", "2018-04-20"))
    found = run(text, corpus(HEAD + joint + other), "2018-06-01")
    assert row(found, "tl-1").occurrences[0].met_by == ("events.1",)
    assert row(found, "tl-2").occurrences[0].met_by == ("events.2", "events.3")
    found = run(text, corpus(HEAD + joint + other.replace("    distinct_from: [tl-1]\n", "")), "2018-06-01")
    assert row(found, "tl-2").occurrences[0].met_by == ("events.1", "events.2")


# --- which law


def test_a_one_shot_duty_follows_the_law_on_its_triggers_day() -> None:
    window = "    window: {closes: {after: {amount: 3, unit: months}}}\n    in_force: {to: 2018-02-28}\n"
    later = "events: [{event: underretning, date: 2018-03-01, about: mor}]"
    found = run(merged(PEOPLE, TRIGGER, later), corpus(HEAD + PLAN + window), "2018-04-01")
    assert [o.occasion.persons for o in rows(found, "tl-1")] == [{"child": "barn"}]
    assert dues(row(found, "tl-1")) == ["2018-05-10"]


def test_each_occurrence_of_a_recurring_duty_follows_the_law_on_the_day_its_window_opens() -> None:
    old = TALK + EVERY % "amount: 3, unit: months, from: last" + "    in_force: {to: 2018-03-31}\n"
    new = (
        "  - id: tl-2\n    provision: TL § 1\n    title: {da: Ny, en: New}\n"
        + TALK
        + EVERY % "amount: 6, unit: months, from: last"
    )
    new += "    in_force: {from: 2018-04-01}\n"
    found = run(merged(PEOPLE, TRIGGER, talks("2018-03-20", "2018-06-10")), corpus(HEAD + old + new), "2018-07-01")
    assert dues(row(found, "tl-1")) == ["2018-05-10", "2018-06-20"]  # the second window opened on 20 March
    assert dues(row(found, "tl-2")) == ["2018-12-10"]  # the third opens on 10 June


@pytest.mark.parametrize(
    ("begun", "closes", "unit", "on", "days"),
    [
        ("2018-01-31", "{after: {amount: 1, unit: months}}", "months", "2018-04-15", ["2018-02-28", "2018-03-31", "2018-04-30"]),
        ("2018-01-31", "{after: {amount: 1, unit: months}}", "quarters", "2018-08-15", ["2018-02-28", "2018-05-31", "2018-08-31"]),
        ("2018-02-05", "{end_of: months}", "months", "2018-08-15", ["2018-02-28", "2018-03-31", "2018-04-30"]),
    ],
)  # fmt: skip
def test_a_grid_keeps_the_ends_of_months(begun: str, closes: str, unit: str, on: str, days: list[str]) -> None:
    rule = (
        "    when: {measure: indsats, about: child}\n    must: {hold: samtale, about: child}\n"
        f"    window: {{closes: {closes}}}\n    every: {{amount: 1, unit: {unit}, from: grid}}\n"
    )
    assert dues(duty(rule, measures(begun), on=on))[:3] == days


def test_the_first_window_of_a_grid_of_whole_months_opens_with_the_duty() -> None:
    rule = (
        "    when: {measure: indsats, about: child}\n    must: {hold: samtale, about: child}\n"
        "    window: {closes: {after: {amount: 2, unit: whole-months}}}\n"
        "    every: {amount: 2, unit: whole-months, from: grid}\n"
    )
    found = duty(rule, measures("2018-01-05"), talks("2018-01-10", "2018-05-31"), on="2018-06-15")
    assert dues(found) == ["2018-03-31", "2018-05-31", "2018-07-31"]  # two whole months after January, and so on
    assert fulfilments(found) == ["met", "met", "later"]
