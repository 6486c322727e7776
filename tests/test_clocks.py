"""Counted time (docs/language.md, § 7). Days are counted by hand, inclusively: the 1st to the 3rd are three days.

An amount in days or weeks is shown on its last day: ten days from the 1st on the 10th. An amount in months is shown on the
corresponding day: six months from 1 January on 1 July; a month that was interrupted ends as many days later.
"""

from datetime import date, timedelta

import pytest

from enplan import clocks
from enplan.language.words import Amount
from enplan.situation import Situation
from small import case, corpus, merged, rows, run

CLOCK = """clocks:
  - id: ur
    provision: AL § 2
    title: {da: Ur, en: Clock}
    mode: %s
    counts: [{status: ydelse, is: [kontanthjaelp, ledighedsydelse]}]
"""
PERSON = "sectors: [employment, children]\npersons: [{id: mor, born: 1985-04-12}]"
TODAY = "2018-06-01"
Crossed = tuple[str, bool]  # the day, and whether it is a forecast


def statuses(*lines: str) -> str:
    """Statuses as `kind value first/last`."""

    def one(line: str) -> str:
        kind, value, days = line.split()
        first, _, last = days.partition("/")
        return f"{{of: mor, status: {kind}, is: {value}, from: {first}" + (f", to: {last}}}" if last else "}")

    return f"statuses: [{', '.join(map(one, lines))}]"


def situation(mode: str, more: str, *facts: str, on: str = TODAY) -> Situation:
    known = corpus(CLOCK % mode + more)
    return Situation(case(merged(PERSON, *facts), known), known, date.fromisoformat(on))


def reaches(seen: Situation, amount: int, unit: str, *, exceeds: bool = False, multiple: int = 1) -> Crossed | None:
    wanted = Amount.model_validate({"amount": amount, "unit": unit})
    found = clocks.crossing(seen.corpus.clocks["ur"], "mor", seen, wanted, exceeds=exceeds, multiple=multiple)
    return (found.day.isoformat(), found.forecast) if found else None


def shows(seen: Situation, day: str) -> int | None:
    return clocks.shows(seen.corpus.clocks["ur"], "mor", seen, date.fromisoformat(day))


ONE = statuses("ydelse kontanthjaelp 2018-01-01")
BROKEN = statuses("ydelse kontanthjaelp 2018-01-01/2018-03-31", "ydelse kontanthjaelp 2018-05-01")


@pytest.mark.parametrize(
    ("amount", "unit", "exceeds", "expected"),
    [
        (1, "days", False, ("2018-01-01", False)),
        (10, "days", False, ("2018-01-10", False)),
        (10, "days", True, ("2018-01-11", False)),
        (4, "weeks", False, ("2018-01-28", False)),
        (4, "weeks", True, ("2018-01-29", False)),
        (6, "months", False, ("2018-07-01", True)),
        (6, "months", True, ("2018-07-02", True)),
        (1, "years", False, ("2019-01-01", True)),
        (152, "days", False, ("2018-06-01", False)),  # today: 31 + 28 + 31 + 30 + 31 + 1
        (153, "days", False, ("2018-06-02", True)),
    ],
)
def test_the_day_on_which_an_unbroken_clock_shows_an_amount(
    amount: int, unit: str, exceeds: bool, expected: Crossed
) -> None:
    assert reaches(situation("continuous", "", ONE), amount, unit, exceeds=exceeds) == expected


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # Days and weeks are shown on the last of them: 28 days from the 1st on the 28th.
        ("2018-02-01", 28, "days", "2018-02-28"),
        ("2018-02-01", 4, "weeks", "2018-02-28"),
        # Months, quarters and years on the corresponding day: the first on which they have gone.
        ("2018-02-01", 1, "months", "2018-03-01"),
        ("2018-01-31", 1, "months", "2018-02-28"),  # a month without such a day: its last
        ("2018-01-31", 3, "months", "2018-04-30"),  # counted from the start, not month by month
        ("2018-02-01", 1, "quarters", "2018-05-01"),
        ("2016-02-29", 1, "years", "2017-02-28"),
    ],
)
def test_months_are_shown_the_day_after_their_last_days_on_it(
    start: str, amount: int, unit: str, expected: str
) -> None:
    seen = situation("continuous", "", statuses(f"ydelse kontanthjaelp {start}"), on="2019-01-01")
    assert reaches(seen, amount, unit) == (expected, False)
    after = (date.fromisoformat(expected) + timedelta(days=1)).isoformat()
    assert reaches(seen, amount, unit, exceeds=True) == (after, False)


def test_a_continuous_clock_begins_anew_after_a_break() -> None:
    seen = situation("continuous", "", BROKEN)
    assert reaches(seen, 10, "days") == ("2018-05-10", False)
    assert reaches(seen, 6, "months") == ("2018-11-01", True)
    assert [shows(seen, day) for day in ("2018-03-31", "2018-04-15", "2018-05-01", TODAY)] == [90, 0, 1, 32]


def test_values_on_adjoining_days_are_no_break() -> None:
    adjoining = statuses("ydelse kontanthjaelp 2018-01-01/2018-03-31", "ydelse ledighedsydelse 2018-04-01")
    assert shows(situation("continuous", "", adjoining), "2018-04-10") == 100


def test_an_accumulated_clock_adds_what_lies_before_a_break() -> None:
    seen = situation("accumulated", "", BROKEN)
    assert reaches(seen, 90, "days") == ("2018-03-31", False)
    assert reaches(seen, 91, "days") == ("2018-05-01", False)
    assert reaches(seen, 100, "days") == ("2018-05-10", False)
    assert reaches(seen, 6, "months") == ("2018-07-31", True)  # 1 July, and the thirty days of April
    assert [shows(seen, day) for day in ("2018-03-31", "2018-04-15", TODAY)] == [90, 90, 122]


def test_a_month_over_a_break_is_counted_in_the_last_run() -> None:
    short = statuses("ydelse kontanthjaelp 2018-05-01/2018-05-14", "ydelse kontanthjaelp 2018-07-01")
    assert reaches(situation("accumulated", "", short, on="2018-08-01"), 1, "months") == ("2018-07-17", False)


WITHIN = "    within: {amount: 3, unit: months}\n"


@pytest.mark.parametrize(
    ("second", "day", "shown", "crossed"),
    [
        # From 11 December to 10 March: all 20 days of January, and ten of March.
        ("2018-03-01", "2018-03-10", 30, ("2018-03-10", False)),
        # From 16 January to 15 April: 16 to 20 January are five days, and one of April.
        (
            "2018-04-15",
            "2018-04-15",
            6,
            ("2018-05-14", False),
        ),  # the days of January are gone before thirty are reached
        ("2018-05-20", "2018-05-25", 6, ("2018-06-18", True)),
    ],
)
def test_a_sliding_clock_shows_what_lies_within_the_trailing_period(
    second: str, day: str, shown: int, crossed: Crossed
) -> None:
    seen = situation(
        "sliding", WITHIN, statuses("ydelse kontanthjaelp 2018-01-01/2018-01-20", f"ydelse kontanthjaelp {second}")
    )
    assert shows(seen, day) == shown
    assert reaches(seen, 30, "days") == crossed


def test_a_sliding_clock_of_whole_months_counts_from_the_first_of_a_month() -> None:
    sick = statuses("ydelse kontanthjaelp 2018-01-10/2018-01-31", "ydelse kontanthjaelp 2018-03-01/2018-05-31")
    period = "    within: {amount: 2, unit: months}\n"
    # On 15 March: 22 days of January and 15 of March, where whole months are counted; else from 16 January, 16 and 15.
    assert reaches(situation("sliding", period + "    whole_months: true\n", sick), 37, "days") == ("2018-03-15", False)
    assert reaches(situation("sliding", period, sick), 37, "days") == ("2018-04-06", False)


def test_whole_months_are_those_before_the_running_one() -> None:
    sick = statuses("ydelse kontanthjaelp 2018-01-01/2018-01-31", "ydelse kontanthjaelp 2018-09-01")
    seen = situation(
        "sliding", "    within: {amount: 8, unit: months}\n    whole_months: true\n", sick, on="2018-12-01"
    )
    assert shows(seen, "2018-09-30") == 61  # January to August are whole, September is running: 31 and 30
    assert shows(seen, "2018-10-01") == 31  # February to September: 30, and a day of October
    assert reaches(seen, 61, "days") == ("2018-09-30", False)
    assert reaches(seen, 62, "days") == ("2018-11-01", False)  # 30 of September, 31 of October, a day of November
    assert reaches(seen, 2, "months") == ("2018-09-29", False)  # of a sliding clock a month is thirty days


def test_a_restart_of_an_accumulated_clock_leaves_nothing_of_what_was_before() -> None:
    more = "    restarts: [{status: visitation}]\n"
    groups = ("visitation aktivitetsparat 2017-12-01/2018-05-09", "visitation jobparat 2018-05-10")
    seen = situation("accumulated", more, BROKEN, statuses(*groups))
    assert [shows(seen, day) for day in ("2018-05-10", TODAY)] == [1, 23]


FIRST_OUT = "    leaves_out_first: {amount: 30, unit: days}\n"


def test_the_first_days_of_every_unbroken_run_are_left_out() -> None:
    seen = situation("continuous", FIRST_OUT, ONE)
    assert [shows(seen, day) for day in ("2018-01-30", "2018-01-31", "2018-02-09")] == [0, 1, 10]
    assert reaches(seen, 10, "days") == ("2018-02-09", False)
    assert reaches(seen, 1, "months") == ("2018-02-28", False)  # from 31 January
    seen = situation("accumulated", FIRST_OUT, BROKEN)  # 60 of 90 days, and from 31 May
    assert [shows(seen, day) for day in ("2018-03-31", "2018-05-30", TODAY)] == [60, 60, 62]
    adjoining = statuses("ydelse kontanthjaelp 2018-01-01/2018-01-20", "ydelse ledighedsydelse 2018-01-21")
    assert shows(situation("continuous", FIRST_OUT, adjoining), "2018-02-09") == 10  # one run
    short = statuses("ydelse kontanthjaelp 2018-01-01/2018-01-30", "ydelse kontanthjaelp 2018-03-01")
    assert shows(situation("accumulated", FIRST_OUT, short), "2018-03-31") == 1  # nothing is left of the first


def test_a_restart_begins_a_new_run() -> None:
    more = FIRST_OUT + "    restarts: [{status: visitation}]\n"
    groups = ("visitation aktivitetsparat 2017-12-01/2018-02-28", "visitation jobparat 2018-03-01")
    assert shows(situation("continuous", more, ONE, statuses(*groups)), "2018-04-09") == 10  # from 31 March


def test_another_value_restarts_a_clock_that_asks_for_the_same() -> None:
    changed = statuses("ydelse kontanthjaelp 2018-01-01/2018-02-28", "ydelse ledighedsydelse 2018-03-01")
    seen = situation("continuous", "    same: ydelse\n", changed)
    assert [shows(seen, day) for day in ("2018-02-28", "2018-03-01", "2018-03-10")] == [59, 1, 10]
    assert reaches(seen, 6, "months") == ("2018-09-01", True)
    continued = statuses("ydelse kontanthjaelp 2018-01-01/2018-02-28", "ydelse kontanthjaelp 2018-03-01")
    assert shows(situation("continuous", "    same: ydelse\n", continued), "2018-03-10") == 69


LEAVES_OUT = "    leaves_out: [{status: fravaer, is: [barsel]}]\n"


@pytest.mark.parametrize(
    ("away", "amount", "unit", "expected"),
    [
        ("fravaer barsel 2018-02-01/2018-02-10", 50, "days", ("2018-03-01", False)),  # 31, none of ten, 18, 1
        ("fravaer barsel 2018-02-01/2018-02-10", 31, "days", ("2018-01-31", False)),
        ("fravaer barsel 2018-02-01/2018-02-10", 32, "days", ("2018-02-11", False)),
        ("fravaer barsel 2018-02-01/2018-02-10", 2, "months", ("2018-03-11", False)),
        ("fravaer barsel 2017-12-20/2018-01-05", 10, "days", ("2018-01-15", False)),  # only what lies within
        ("fravaer ferie 2018-02-01/2018-02-10", 50, "days", ("2018-02-19", False)),  # not what is left out
        ("fravaer barsel 2018-03-01/2018-03-10", 50, "days", ("2018-02-19", False)),  # later
        ("fravaer barsel 2018-02-01", 50, "days", None),  # it stands still, nobody knows how long
    ],
)
def test_what_is_left_out_stops_the_count_while_it_lasts(
    away: str, amount: int, unit: str, expected: Crossed | None
) -> None:
    seen = situation("continuous", LEAVES_OUT, ONE, statuses(away))
    assert reaches(seen, amount, unit) == expected


def test_days_left_out_on_two_grounds_are_left_out_once() -> None:
    more = "    leaves_out: [{status: fravaer, is: [barsel]}, {status: visitation, is: [revalidend]}]\n"
    away = statuses("fravaer barsel 2018-02-01/2018-02-10", "visitation revalidend 2018-02-05/2018-02-14")
    seen = situation("continuous", more, ONE, away)
    assert shows(seen, "2018-02-28") == 45  # 31 of January, 14 of February
    assert reaches(seen, 50, "days") == ("2018-03-05", False)


def test_a_clock_that_stands_still_shows_the_same_day_after_day() -> None:
    seen = situation("continuous", LEAVES_OUT, ONE, statuses("fravaer barsel 2018-02-01/2018-02-10"))
    days = ("2018-01-31", "2018-02-01", "2018-02-10", "2018-02-11", "2018-02-28")
    assert [shows(seen, day) for day in days] == [31, 31, 31, 32, 49]


GROUPS = ("visitation aktivitetsparat 2017-12-01/2018-02-28", "visitation %s 2018-03-01")


@pytest.mark.parametrize(
    ("more", "to", "shown"),
    [
        ("", "jobparat", 69),
        ("    restarts: [{status: visitation, from: [aktivitetsparat], to: [jobparat]}]\n", "jobparat", 10),
        ("    restarts: [{status: visitation, from: [aktivitetsparat], to: [jobparat]}]\n", "revalidend", 69),
        ("    restarts: [{status: visitation, from: [revalidend], to: [jobparat]}]\n", "jobparat", 69),
        ("    restarts: [{status: visitation}]\n", "revalidend", 10),
        ("    restarts: [{status: visitation}]\n    not_restarted_by: [{status: visitation, to: [revalidend]}]\n", "revalidend", 69),
        ("    restarts: [{status: visitation}]\n    not_restarted_by: [{status: visitation, to: [revalidend]}]\n", "jobparat", 10),
    ],
)  # fmt: skip
def test_a_change_of_another_status_may_restart_the_count(more: str, to: str, shown: int) -> None:
    seen = situation("continuous", more, ONE, statuses(GROUPS[0], GROUPS[1] % to))
    assert shows(seen, "2018-03-10") == shown


def test_a_clock_may_start_with_a_record_that_comes_after_the_status_began() -> None:
    more = "    starts_with: {event: henvendelse, by: citizen}\n"
    asked = "events: [{event: henvendelse, date: %s, about: mor, by: mor}]"
    assert reaches(situation("continuous", more, ONE, asked % "2018-01-15"), 10, "days") == ("2018-01-24", False)
    assert reaches(situation("continuous", more, ONE), 10, "days") == ("2018-01-10", False)


STARTS_WITH = "    starts_with: {event: henvendelse, about: citizen}\n"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("2017-12-20",), "2017-12-29"),  # before the status began: the count begins with the record all the same
        (("2017-12-20", "2017-12-27"), "2018-01-05"),  # with the last before it
        (("2017-12-20", "2018-01-15"), "2017-12-29"),
        (("2018-01-15", "2018-01-20"), "2018-01-24"),  # with the first within it
    ],
)
def test_a_record_before_the_status_began_starts_the_clock_too(asked: tuple[str, ...], expected: str) -> None:
    told = f"events: [{', '.join(f'{{event: henvendelse, date: {day}, about: mor}}' for day in asked)}]"
    assert reaches(situation("continuous", STARTS_WITH, ONE, told), 10, "days") == (expected, False)


def test_a_record_of_an_earlier_run_does_not_start_a_later_one() -> None:
    told = "events: [{event: henvendelse, date: %s, about: mor}]"
    assert reaches(situation("continuous", STARTS_WITH, BROKEN, told % "2018-03-31"), 10, "days") == (
        "2018-05-10",
        False,
    )
    assert reaches(situation("continuous", STARTS_WITH, BROKEN, told % "2018-04-20"), 10, "days") == (
        "2018-04-29",
        False,
    )


def reading(*lines: str) -> str:
    """Readings as `day amount unit`."""
    parts = [line.split() for line in lines]
    return f"readings: [{', '.join(f'{{clock: ur, of: mor, date: {d}, amount: {n}, unit: {u}}}' for d, n, u in parts)}]"


@pytest.mark.parametrize(
    ("read", "amount", "unit", "expected"),
    [
        (("2018-05-01 4 months",), 6, "months", ("2018-07-01", True)),
        (("2018-05-01 4 months",), 3, "months", ("2018-04-01", False)),
        (("2018-05-01 10 weeks",), 12, "weeks", ("2018-05-15", False)),
        (("2018-05-01 10 weeks",), 26, "weeks", ("2018-08-21", True)),
        (("2018-04-01 2 months", "2018-05-01 4 months"), 6, "months", ("2018-07-01", True)),  # the last one
        (
            ("2018-05-01 4 months", "2018-06-02 1 months"),
            6,
            "months",
            ("2018-07-01", True),
        ),  # one of tomorrow is not read
    ],
)
def test_a_reading_goes_before_what_the_case_records(
    read: tuple[str, ...], amount: int, unit: str, expected: Crossed
) -> None:
    assert (
        reaches(situation("continuous", "", ONE.replace("2018-01", "2018-03"), reading(*read)), amount, unit)
        == expected
    )


def test_a_reading_in_days_goes_on_day_by_day() -> None:
    seen = situation("continuous", "", reading("2018-05-01 40 days"))
    assert [shows(seen, day) for day in ("2018-05-01", "2018-05-11")] == [40, 50]


def test_a_clock_of_which_nothing_is_recorded_shows_nothing() -> None:
    seen = situation("continuous", "")
    assert reaches(seen, 1, "days") is None
    assert shows(seen, TODAY) is None


def test_a_status_that_ends_before_the_amount_never_shows_it() -> None:
    seen = situation("continuous", "", statuses("ydelse kontanthjaelp 2018-05-01/2018-07-15"))
    assert reaches(seen, 76, "days") == ("2018-07-15", True)
    assert reaches(seen, 77, "days") is None


# --- as a trigger and as a condition

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: %s
    if: %s
    must: {hold: samtale, about: citizen}
    window: {closes: {after: {amount: 2, unit: weeks}}}
"""


def triggers(when: str, *facts: str) -> list[tuple[str, bool]]:
    """The days on which a duty is raised, and whether each is a forecast."""
    known = corpus(DUTY % (when, "[]") + CLOCK % "continuous")
    found = rows(run(merged(PERSON, *facts), known, TODAY), "tl-1")
    return [(str(o.occasion.trigger.day), o.occasion.trigger.forecast) for o in found]


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("{clock: ur, of: citizen, reaches: {amount: 6, unit: months}}", ONE, [("2018-07-01", True)]),
        ("{clock: ur, of: citizen, reaches: {amount: 6, unit: months}, exceeds: true}", ONE, [("2018-07-02", True)]),
        ("{clock: ur, of: citizen, reaches: {amount: 3, unit: months}}", ONE, [("2018-04-01", False)]),
        ("{clock: ur, of: citizen, reaches: {amount: 26, unit: weeks}}", reading("2018-05-01 10 weeks"), [("2018-08-21", True)]),
        ("{clock: ur, of: citizen, reaches: {amount: 18, unit: months}}", ONE, []),  # more than a year ahead
        ("{clock: ur, of: citizen, reaches: {amount: 6, unit: months}, again: true}", ONE.replace("2018", "2017"),
         [("2017-07-01", False), ("2018-01-01", False), ("2018-07-01", True), ("2019-01-01", True)]),
        ("{clock: ur, of: citizen, reaches: {amount: 6, unit: months}}", "", []),
    ],
)  # fmt: skip
def test_a_duty_is_raised_on_the_day_a_clock_shows_an_amount(
    when: str, facts: str, expected: list[tuple[str, bool]]
) -> None:
    assert triggers(when, facts) == expected


def test_a_date_that_hangs_on_a_forecast_is_marked_as_one() -> None:
    known = corpus(DUTY % ("{clock: ur, of: citizen, reaches: {amount: 6, unit: months}}", "[]") + CLOCK % "continuous")
    (found,) = rows(run(merged(PERSON, ONE), known, TODAY), "tl-1")
    assert [(str(o.due), o.forecast) for o in found.occurrences] == [("2018-07-15", True)]


@pytest.mark.parametrize(
    ("bounds", "day", "expected"),
    [
        ("at_least: {amount: 10, unit: days}", "2018-01-09", "does-not-bind"),
        ("at_least: {amount: 10, unit: days}", "2018-01-10", "binds"),
        ("below: {amount: 10, unit: days}", "2018-01-09", "binds"),
        ("below: {amount: 10, unit: days}", "2018-01-10", "does-not-bind"),
        ("at_least: {amount: 1, unit: months}, below: {amount: 2, unit: months}", "2018-02-15", "binds"),
        ("at_least: {amount: 1, unit: months}, below: {amount: 2, unit: months}", "2018-03-01", "does-not-bind"),
    ],
)
def test_a_condition_asks_what_a_clock_shows_on_the_triggers_day(bounds: str, day: str, expected: str) -> None:
    known = corpus(
        DUTY % ("{event: henvendelse, about: citizen}", f"[{{clock: ur, of: citizen, {bounds}}}]")
        + CLOCK % "continuous"
    )
    event = f"events: [{{event: henvendelse, date: {day}, about: mor}}]"
    (found,) = rows(run(merged(PERSON, ONE, event), known, TODAY), "tl-1")
    assert found.binding == expected


def test_a_clock_that_began_anew_still_showed_what_it_showed_before() -> None:
    half_a_year = "{amount: 6, unit: months}"
    asked = DUTY % ("{event: henvendelse, about: citizen}", f"[{{clock: ur, of: citizen, at_least: {half_a_year}}}]")
    reached = DUTY % (f"{{clock: ur, of: citizen, reaches: {half_a_year}}}", "[]")
    known = corpus(reached + asked.removeprefix("requirements:\n").replace("tl-1", "tl-2") + CLOCK % "continuous")
    event = "events: [{event: henvendelse, date: 2017-10-01, about: mor}]"
    lines = statuses("ydelse kontanthjaelp 2017-01-01/2017-12-31", "ydelse kontanthjaelp 2018-05-01")
    found = run(merged(PERSON, lines, event), known, TODAY)
    assert [str(o.occasion.trigger.day) for o in rows(found, "tl-1")] == ["2017-07-01", "2018-11-01"]
    assert [o.binding for o in rows(found, "tl-2")] == ["binds"]


def test_a_condition_on_a_clock_of_which_nothing_is_recorded_is_open() -> None:
    condition = "[{clock: ur, of: citizen, at_least: {amount: 10, unit: days}}]"
    known = corpus(DUTY % ("{event: henvendelse, about: citizen}", condition) + CLOCK % "continuous")
    event = "events: [{event: henvendelse, date: 2018-03-01, about: mor}]"
    (found,) = rows(run(merged(PERSON, event), known, TODAY), "tl-1")
    assert found.binding == "open"


def test_holidays_on_a_weekday_may_be_left_out_and_those_on_a_sunday_are_not() -> None:
    seen = situation(
        "accumulated", "    leaves_out_holidays: true\n", statuses("ydelse kontanthjaelp 2022-12-24"), on="2023-02-01"
    )
    # 25 December 2022 and 1 January 2023 are Sundays, 26 December is a Monday
    assert [shows(seen, day) for day in ("2022-12-25", "2022-12-26", "2022-12-27", "2023-01-01")] == [2, 2, 3, 8]
    assert reaches(seen, 3, "days") == ("2022-12-27", False)


@pytest.mark.parametrize(("day", "expected"), [("2018-01-30", "binds"), ("2018-05-15", "does-not-bind")])
def test_what_has_slid_out_of_a_sliding_clock_is_gone(day: str, expected: str) -> None:
    shown = "[{clock: ur, of: citizen, at_least: {amount: 30, unit: days}}]"
    known = corpus(
        DUTY % ("{event: henvendelse, about: citizen}", shown)
        + CLOCK % "sliding"
        + "    within: {amount: 2, unit: months}\n"
    )
    lines = statuses("ydelse kontanthjaelp 2018-01-01/2018-01-31", "ydelse kontanthjaelp 2018-05-01/2018-05-20")
    event = f"events: [{{event: henvendelse, date: {day}, about: mor}}]"
    (found,) = rows(run(merged(PERSON, lines, event), known, TODAY), "tl-1")
    assert found.binding == expected  # 30 days on 30 January; on 15 May those of January are gone
