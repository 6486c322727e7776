"""The anchors of docs/language.md, § 6, one test for each word; the days are counted by hand from that page.

The duty is raised by a notification about a child born on 15 June 2008, on Wednesday 31 January 2018.
"""

from typing import Any

import pytest

from enplan.result import Occurrence
from small import corpus, merged, row, run

RULE = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {produce: undersoegelse, about: child}
    window: %s
"""
CLOCK = """clocks:
  - id: ydelsesur
    provision: AL § 2
    title: {da: Tid på ydelse, en: Time on benefit}
    mode: continuous
    counts: [{status: ydelse, is: [kontanthjaelp]}]
"""
PEOPLE = """
sectors: [children, employment]
persons:
  - {id: barn, born: 2008-06-15}
  - {id: mor, born: 1985-04-12}
relations: [{person: mor, is: foraelder, of: barn}]
"""
FURESOE = "statuses: [{of: barn, status: handlekommune, is: '190', from: 2010-01-01}]"
AARHUS = "statuses: [{of: barn, status: handlekommune, is: '751', from: 2010-01-01}]"
BEFORE_18 = "{before: {amount: 6, unit: months}, from: {birthday: 18, of: child}}"
DONE = "documents: [{document: undersoegelse, date: %s, about: barn}]"


def first(window: str, *facts: str, on: str = "2018-02-01", trigger: str = "2018-01-31") -> Occurrence:
    """The first occurrence of a duty with this window."""
    known = corpus(RULE % window + CLOCK)
    event = (
        f"events: [{{event: underretning, date: '{trigger}', about: barn}}]" if "modtaget" not in "".join(facts) else ""
    )
    return row(run(merged(PEOPLE, event, *facts), known, on), "tl-1").occurrences[0]


def due(*args: Any, **options: Any) -> str:
    """The due day of the first occurrence, or why it has none."""
    found = first(*args, **options)
    return str(found.due) if found.due else found.fulfilment


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("{after: {amount: 3, unit: months}}", "2018-04-30"),
        ("{after: {amount: 3, unit: months}, from: trigger}", "2018-04-30"),
        ("{after: {amount: 10, unit: days}}", "2018-02-10"),
        ("{after: {amount: 8, unit: weeks}}", "2018-03-28"),
        ("{after: {amount: 8, unit: weeks}, count_first_day: true}", "2018-03-27"),
        ("{after: {amount: 3, unit: days}, count_first_day: true}", "2018-02-02"),
        ("{after: {amount: 6, unit: hverdage}}", "2018-02-07"),  # 1, 2, Saturday 3, 5, 6, 7 February
        ("{after: {amount: 6, unit: arbejdsdage}}", "2018-02-08"),
        ("{after: {amount: 6, unit: bankdage}}", "2018-02-08"),
        ("{after: {amount: 6, unit: skoledage}}", "2018-02-08"),
        ("{after: {amount: 3, unit: whole-months}}", "2018-04-30"),
        ("{after: {amount: 1, unit: quarters}}", "2018-04-30"),
        ("{after: {amount: 1, unit: years}}", "2019-01-31"),
        ("{after: {amount: 24, unit: hours}}", "2018-02-01"),
        ("{after: {amount: 1, unit: weeks}, from: {after: {amount: 1, unit: months}}}", "2018-03-07"),
    ],
)  # fmt: skip
def test_after(closes: str, expected: str) -> None:
    assert due(f"{{closes: {closes}}}") == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [("2018-02-01T14:30", "met"), ("2018-02-01T14:31", "met-late"), ("2018-01-31T14:30", "met"), ("2018-01-31T14:29", "overdue")],
)  # fmt: skip
def test_a_limit_in_hours_is_kept_to_the_minute(done: str, expected: str) -> None:
    found = first(
        "{closes: {after: {amount: 24, unit: hours}}}", DONE % f"'{done}'", trigger="2018-01-31T14:30", on="2018-02-02"
    )
    assert found.fulfilment == expected


@pytest.mark.parametrize(
    ("trigger", "closes", "on", "expected"),
    [
        ("2018-01-31", BEFORE_18, "2018-02-01", ("2025-12-15", "later")),
        ("2025-12-15", BEFORE_18, "2025-12-15", ("2025-12-15", "due-soon")),
        ("2025-12-10", BEFORE_18, "2025-12-16", ("2025-12-15", "overdue")),
        ("2026-01-10", BEFORE_18, "2026-01-10", ("2025-12-15", "late-at-birth")),
        ("2018-01-31", "{before: {amount: 2, unit: weeks}, from: {after: {amount: 3, unit: months}}}", "2018-02-01",
         ("2018-04-16", "later")),
    ],
)  # fmt: skip
def test_before(trigger: str, closes: str, on: str, expected: tuple[str, str]) -> None:
    found = first(f"{{closes: {closes}}}", trigger=trigger, on=on)
    assert (str(found.due), found.fulfilment) == expected


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("{end_of: weeks}", "2018-02-04"),
        ("{end_of: weeks, number: 8}", "2018-03-25"),
        ("{end_of: months}", "2018-01-31"),
        ("{end_of: months, number: 2}", "2018-02-28"),
        ("{end_of: quarters}", "2018-03-31"),
        ("{end_of: years, number: 2}", "2019-12-31"),
        ("{end_of: months, from: {after: {amount: 1, unit: days}}}", "2018-02-28"),
    ],
)
def test_end_of(closes: str, expected: str) -> None:
    assert due(f"{{closes: {closes}}}") == expected


DECISION = "events: [{event: afgoerelse, date: 2018-02-10, about: barn}]"


@pytest.mark.parametrize(
    ("facts", "expected"), [("", "2018-04-30"), (DECISION, "2018-02-10"), (DECISION.replace("2018-02", "2018-06"), "2018-04-30")]
)  # fmt: skip
def test_earliest_of_is_the_earliest_of_those_that_are_known(facts: str, expected: str) -> None:
    closes = "{earliest_of: [{after: {amount: 3, unit: months}}, {first: {event: afgoerelse, about: child}}]}"
    assert due(f"{{closes: {closes}}}", facts, on="2018-07-01") == expected


def test_earliest_of_none_that_is_known_is_unknown() -> None:
    closes = "{earliest_of: [{first: {event: hoering, about: child}}, {last: {event: afgoerelse, about: child}}]}"
    assert due(f"{{closes: {closes}}}") == "anchor-unknown"


@pytest.mark.parametrize(
    ("facts", "expected"), [("", "anchor-unknown"), (DECISION, "2018-04-30"), (DECISION.replace("2018-02", "2018-06"), "2018-06-10")]
)  # fmt: skip
def test_latest_of_needs_them_all(facts: str, expected: str) -> None:
    closes = "{latest_of: [{after: {amount: 3, unit: months}}, {first: {event: afgoerelse, about: child}}]}"
    assert due(f"{{closes: {closes}}}", facts, on="2018-07-01") == expected


GUARDED = (
    "{cases: [{if: {status: ydelse, of: child, is: dagpenge}, then: {after: {amount: 1, unit: weeks}}}, "
    "{if: {age: child, below: 9}, then: {after: {amount: 2, unit: weeks}}}], otherwise: {after: {amount: 3, unit: weeks}}}"
)
BENEFIT = "statuses: [{of: barn, status: ydelse, is: %s, from: 2016-01-01}]"


@pytest.mark.parametrize(
    ("facts", "trigger", "expected"),
    [
        (BENEFIT % "dagpenge", "2018-01-31", "2018-02-07"),
        (BENEFIT % "kontanthjaelp", "2018-01-31", "2018-02-21"),  # nine years old
        (BENEFIT % "kontanthjaelp", "2017-01-31", "2017-02-14"),  # eight years old
        ("", "2018-01-31", "anchor-unknown"),  # no benefit on record: the first guard is unknown
    ],
)
def test_cases_take_the_first_guard_that_holds(facts: str, trigger: str, expected: str) -> None:
    assert due(f"{{closes: {GUARDED}}}", facts, trigger=trigger) == expected


@pytest.mark.parametrize(
    ("facts", "amount", "expected", "forecast"),
    [
        ("statuses: [{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01}]", "{amount: 6, unit: months}", "2018-07-01", True),
        ("statuses: [{of: barn, status: ydelse, is: kontanthjaelp, from: 2017-07-01}]", "{amount: 6, unit: months}", "2018-01-01", False),
        ("", "{amount: 6, unit: months}", "None", False),
    ],
)  # fmt: skip
def test_clock(facts: str, amount: str, expected: str, forecast: bool) -> None:
    found = first(f"{{closes: {{clock: ydelsesur, of: child, at: {amount}}}}}", facts)
    assert (str(found.due), found.forecast) == (expected, forecast)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FURESOE, "2018-03-28"),  # eight weeks
        (AARHUS, "local-limit-missing"),
        ("", "local-limit-missing"),
    ],
)
def test_local_limit(facts: str, expected: str) -> None:
    assert due("{closes: {local_limit: sagsbehandlingsfrist, of: child}}", facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("", "set-in-case"),
        ("settings: [{setting: frist, about: barn, date: 2018-02-01, amount: 2, unit: months}]", "2018-03-31"),
        ("settings: [{setting: frist, about: barn, date: 2018-02-01, on: 2018-02-20}]", "2018-02-20"),
        ("settings: [{setting: frist, about: barn, date: 2018-02-02, on: 2018-02-20}]", "set-in-case"),  # decided after the assessment
        ("settings: [{setting: frist, about: mor, date: 2018-02-01, on: 2018-02-20}]", "set-in-case"),
        ("settings: [{setting: rytme, about: barn, date: 2018-02-01, amount: 2, unit: months}]", "set-in-case"),
        ("settings: [{setting: frist, about: barn, date: 2018-02-01, on: 2018-02-20}, "
         "{setting: frist, about: barn, date: 2018-01-31, on: 2018-02-10}]", "2018-02-20"),
    ],
)  # fmt: skip
def test_set_in_case_is_never_a_default(facts: str, expected: str) -> None:
    assert due("{closes: {set_in_case: frist, about: child}}", facts) == expected


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [("", "2018-02-01", "no-number"), ("", "2028-02-01", "no-number"), (DONE % "2019-01-01", "2028-02-01", "met")],
)
def test_no_number_is_a_window_without_an_end(facts: str, on: str, expected: str) -> None:
    found = first("{closes: {no_number: snarest}}", facts, on=on)
    assert (found.due, found.fulfilment) == (None, expected)


def test_a_window_that_does_not_close_has_no_limit_at_all() -> None:
    found = first("{}", on="2028-02-01")
    assert (found.due, found.fulfilment) == (None, "no-number")


TWO = "events: [{event: afgoerelse, date: 2018-02-10, about: barn}, {event: afgoerelse, date: 2018-03-10, about: barn}]"
OF_MOTHER = "events: [{event: afgoerelse, date: 2018-02-01, about: mor}]"


@pytest.mark.parametrize(
    ("closes", "on", "expected"),
    [
        ("{first: {event: afgoerelse, about: child}}", "2018-04-01", "2018-02-10"),
        ("{last: {event: afgoerelse, about: child}}", "2018-04-01", "2018-03-10"),
        ("{last: {event: afgoerelse, about: child}}", "2018-02-20", "2018-02-10"),  # the second is not known yet
        ("{last: {event: afgoerelse, about: child}}", "2018-02-05", "anchor-unknown"),
        ("{first: {event: afgoerelse, about: child, since: {after: {amount: 2, unit: weeks}}}}", "2018-04-01", "2018-03-10"),
        ("{last: {event: afgoerelse, about: child, before: {after: {amount: 38, unit: days}}}}", "2018-04-01", "2018-02-10"),
        ("{last: {event: afgoerelse, about: child, until: {after: {amount: 38, unit: days}}}}", "2018-04-01", "2018-03-10"),
    ],
)  # fmt: skip
def test_first_and_last_are_days_of_matching_records(closes: str, on: str, expected: str) -> None:
    assert due(f"{{closes: {closes}}}", TWO, OF_MOTHER, on=on) == expected


@pytest.mark.parametrize(("word", "expected"), [("first", "2018-03-01"), ("last", "2018-12-01")])
def test_first_and_last_of_measures_that_have_ended_go_by_the_day_they_ended(word: str, expected: str) -> None:
    ended = """measures:
      - {measure: indsats, about: barn, from: 2018-02-11, to: 2018-12-01}
      - {measure: indsats, about: barn, from: 2018-02-12, to: 2018-03-01}
    """
    closes = f"{{{word}: {{measure: indsats, about: child, state: ended}}}}"
    assert due(f"{{closes: {closes}}}", ended, trigger="2018-02-10", on="2019-04-01") == expected


@pytest.mark.parametrize("times", [("10:30", "14:30"), ("14:30", "10:30")])
def test_the_last_of_two_moments_of_one_day_is_the_later_in_whatever_order(times: tuple[str, str]) -> None:
    held = ", ".join(f"{{event: samtale, date: 2018-03-01T{time}, about: barn}}" for time in times)
    closes = "{after: {amount: 48, unit: hours}, from: {last: {event: samtale, about: child}}}"
    found = due(f"{{closes: {closes}}}", f"events: [{held}]", trigger="2018-02-10", on="2018-04-01")
    assert found == "2018-03-03T14:30+01:00"


@pytest.mark.parametrize(
    ("value", "expected"), [("2018-02-14", "2018-02-28"), ("2018-02", "2018-02-15/2018-03-14"), ("i går", "anchor-unknown")]
)  # fmt: skip
def test_detail_is_the_day_that_the_triggering_record_gives(value: str, expected: str) -> None:
    event = f"events: [{{event: underretning, date: 2018-01-31, about: barn, modtaget: '{value}'}}]"
    assert due("{closes: {after: {amount: 2, unit: weeks}, from: {detail: modtaget}}}", event) == expected


@pytest.mark.parametrize("received", [("2018-02-14", "2018-02-05"), ("2018-02-05", "2018-02-14")])
def test_of_two_triggers_of_one_day_the_strictest_limit_counts_in_whatever_order(received: tuple[str, str]) -> None:
    events = ", ".join(f"{{event: underretning, date: 2018-01-31, about: barn, modtaget: '{day}'}}" for day in received)
    closes = "{after: {amount: 2, unit: weeks}, from: {detail: modtaget}}"
    assert due(f"{{closes: {closes}}}", f"events: [{events}]") == "2018-02-19"


def test_birthday() -> None:
    assert due("{closes: {birthday: 18, of: child}}") == "2026-06-15"
    assert due("{closes: {birthday: 9, of: child}}", trigger="2017-06-01", on="2017-06-01") == "2017-06-15"


TURNS = (
    "statuses: [{of: barn, status: ydelse, is: dagpenge, from: 2017-02-01, to: 2017-11-30}, "
    "{of: barn, status: ydelse, is: kontanthjaelp, from: 2017-12-01}]"
)


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("{after: {amount: 1, unit: years}, from: {status: ydelse, is: [dagpenge], of: child, turn: ends}}", "2018-11-30"),
        ("{after: {amount: 1, unit: years}, from: {status: ydelse, is: [dagpenge], of: child}}", "2018-02-01"),
        ("{after: {amount: 1, unit: years}, from: {status: ydelse, of: child, turn: begins}}", "2018-12-01"),
        ("{after: {amount: 1, unit: years}, from: {status: ydelse, is: kontanthjaelp, of: child, turn: ends}}", "anchor-unknown"),
        ("{after: {amount: 1, unit: years}, from: {status: visitation, of: child}}", "anchor-unknown"),
    ],
)  # fmt: skip
def test_status_edges(closes: str, expected: str) -> None:
    assert due(f"{{closes: {closes}}}", TURNS) == expected


def test_proxy_gives_the_same_day_and_is_shown_as_a_proxy() -> None:
    found = first(
        "{closes: {after: {amount: 4, unit: months}, from: {proxy: trigger, for: {da: kendskab, en: becoming aware}}}}"
    )
    assert (str(found.due), found.proxy) == ("2018-05-31", True)
    assert [step.detail for step in found.steps if step.what == "proxy"] == ["kendskab"]
    assert first("{closes: {after: {amount: 4, unit: months}}}").proxy is False


@pytest.mark.parametrize(
    ("window", "done", "expected"),
    [
        ("{closes: {after: {amount: 1, unit: months}}}", "2018-01-31", "met"),  # records count from the day the window opens
        ("{closes: {after: {amount: 1, unit: months}}}", "2018-01-30", "overdue"),
        ("{closes: {after: {amount: 1, unit: months}}}", "2018-02-28", "met"),
        ("{closes: {after: {amount: 1, unit: months}}}", "2018-03-01", "met-late"),
        ("{opens: ever, closes: {after: {amount: 1, unit: months}}}", "2012-01-01", "met"),
        ("{opens: {after: {amount: 2, unit: weeks}}, closes: {after: {amount: 1, unit: months}}}", "2018-02-13", "overdue"),
        ("{opens: {after: {amount: 2, unit: weeks}}, closes: {after: {amount: 1, unit: months}}}", "2018-02-14", "met"),
        ("{opens: {after: {amount: 2, unit: weeks}}, closes: {after: {amount: 1, unit: weeks}, from: opens}}", "2018-02-21", "met"),
        ("{closes: trigger}", "2018-01-31", "met"),
        ("{closes: trigger}", "2018-02-01", "met-late"),
    ],
)  # fmt: skip
def test_a_window_opens_and_closes(window: str, done: str, expected: str) -> None:
    assert first(window, DONE % done, on="2018-04-01").fulfilment == expected


@pytest.mark.parametrize(
    ("on", "sectors", "expected"),
    [
        ("2018-04-15", "[children]", "later"),
        ("2018-04-16", "[children]", "due-soon"),  # 14 days before the limit
        ("2018-04-30", "[children]", "due-soon"),
        ("2018-05-01", "[children]", "overdue"),
        ("2018-05-01", "[employment]", "not-recorded"),  # another sector's records: absence is unknown
        ("2018-04-16", "[employment]", "due-soon"),
    ],
)
def test_how_things_stand_with_a_limit(on: str, sectors: str, expected: str) -> None:
    assert first("{closes: {after: {amount: 3, unit: months}}}", f"sectors: {sectors}", on=on).fulfilment == expected


@pytest.mark.parametrize(
    ("on", "expected"), [("2018-04-15", "due-soon"), ("2018-04-30", "due-soon"), ("2018-05-01", "overdue")]
)
def test_overdue_is_certain_only_past_the_end_of_an_uncertain_limit(on: str, expected: str) -> None:
    found = first("{closes: {after: {amount: 3, unit: months}}}", trigger="2018-01", on=on)
    assert (str(found.due), found.fulfilment) == ("2018-04-01/2018-04-30", expected)


def test_the_last_working_day_is_told_beside_the_strict_limit() -> None:
    found = first("{closes: {after: {amount: 2, unit: months}}}")  # 31 March 2018 is the Saturday inside Easter
    assert (str(found.due), str(found.act_by)) == ("2018-03-31", "2018-03-28")
