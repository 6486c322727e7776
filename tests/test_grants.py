"""When a measure was granted, where that is not recorded: by its decision, and a change of place by the same (docs/language.md, § 3)."""

import pytest

from small import corpus, merged, rows, run

RULE = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {any_of: [{event: afgoerelse, about: child}, {measure: [ophold, indsats], about: child, state: granted}]}
    must: {hold: samtale, about: child}
"""
PERSONS = "sectors: [children]\npersons: [{id: barn, born: 2008-06-15}, {id: lille, born: 2012-01-10}]"
DECIDED = "events: [{event: afgoerelse, date: 2018-01-10, about: %s}]"
FIRST = "{measure: ophold, about: barn, from: 2018-01-15, to: 2018-05-08%s}"
NEXT = "{measure: ophold, about: barn, from: %s}"


def raised(*facts: str, on: str = "2018-09-01") -> list[str]:
    found = run(merged(PERSONS, *facts), corpus(RULE), on)
    return [str(o.occasion.trigger.day) for o in rows(found, "tl-1") if "barn" in o.occasion.persons.values()]


def measures(*lines: str) -> str:
    return f"measures: [{', '.join(lines)}]"


@pytest.mark.parametrize(
    ("decided", "lines", "days"),
    [
        ("barn", [FIRST % ""], ["2018-01-10"]),
        ("barn", [FIRST % "", NEXT % "2018-05-09"], ["2018-01-10"]),
        ("barn", [FIRST % "", NEXT % "2018-05-08"], ["2018-01-10"]),  # moved on the last day
        ("barn", [FIRST % "", NEXT % "2018-05-09, basis: TL § 2"], ["2018-01-10"]),  # the first tells no basis
        ("", [FIRST % "", NEXT % "2018-05-09"], ["2018-01-15"]),
        ("", [FIRST % ", granted: 2018-01-12", NEXT % "2018-05-09"], ["2018-01-12"]),
        ("", [FIRST % "", NEXT % "2018-05-09, granted: 2018-05-01"], ["2018-01-15", "2018-05-01"]),
        ("", [FIRST % "", NEXT % "2018-05-10"], ["2018-01-15", "2018-05-10"]),  # a day between
        ("", [FIRST % ", basis: TL § 1", NEXT % "2018-05-09, basis: TL § 2"], ["2018-01-15", "2018-05-09"]),
        ("lille", [FIRST % ""], ["2018-01-15"]),
        ("barn", [NEXT % "2018-05-10"], ["2018-01-10"]),  # four months after the decision
        ("barn", [NEXT % "2018-05-11"], ["2018-01-10", "2018-05-11"]),
        ("barn", [NEXT % "2018-01-05"], ["2018-01-10", "2018-01-05"]),  # a decision after it is another one
        ("barn", ["{measure: indsats, about: barn, from: 2018-01-15}"], ["2018-01-10", "2018-01-15"]),
    ],
)
def test_a_stay_is_granted_by_its_decision_once(decided: str, lines: list[str], days: list[str]) -> None:
    assert sorted(raised(DECIDED % decided if decided else "", measures(*lines))) == sorted(days)


def test_what_begins_later_is_not_seen_by_an_earlier_day() -> None:
    facts = (DECIDED % "barn", measures(FIRST % "", NEXT % "2018-05-09"))
    seen = run(merged(PERSONS, *facts), corpus(RULE), "2018-02-01")
    (row,) = rows(seen, "tl-1")
    assert [trigger.record for trigger in (row.occasion.trigger, *row.occasion.also)] == ["events.0", "measures.0"]
