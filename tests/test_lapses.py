"""The state that a duty lasts as long as (`while`; docs/language.md, § 4): on the day it ends, the duty lapses.

A notification about a child of nine on Saturday 10 February 2018 raises a duty to hold a talk within three months, by 10 May 2018.
Both days of a status or a measure are inclusive: the state ends on the day after. Days are counted by hand.
"""

import pytest

from enplan.result import Obligation
from small import corpus, dues, fulfilments, merged, row, rows, run

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {hold: samtale, about: child}
    while: [%s]
"""
WINDOW = "    window: {closes: {after: {amount: 3, unit: months}}}\n"
CASE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}, {id: mor, born: 1985-04-12}]
events: [{event: underretning, date: 2018-02-10, about: barn}]
"""
NEEDY = "{status: ydelse, of: child, is: kontanthjaelp}"


def assessed(rules: str, *facts: str, on: str = "2018-04-01") -> Obligation:
    return row(run(merged(CASE, *facts), corpus(rules), on), "tl-1")


@pytest.mark.parametrize("per", ["person", "pair", "episode"])
def test_what_has_lapsed_takes_no_later_trigger_in(per: str) -> None:
    again = "events: [{event: underretning, date: 2019-02-10, about: barn}]"
    benefits = """statuses:
      - {of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01, to: 2018-03-31}
      - {of: barn, status: ydelse, is: dagpenge, from: 2018-04-01, to: 2018-12-31}
      - {of: barn, status: ydelse, is: kontanthjaelp, from: 2019-01-01}
    """
    known = corpus(DUTY % NEEDY + WINDOW + f"    per: {per}\n")
    found = rows(run(merged(CASE, again, benefits), known, "2019-03-01"), "tl-1")
    assert [(o.binding, dues(o)) for o in found] == [("lapsed", ["2018-05-10"]), ("binds", ["2019-05-10"])]


def test_an_option_whose_state_has_ended_lapses() -> None:
    benefits = """statuses:
      - {of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01, to: 2018-02-28}
      - {of: barn, status: ydelse, is: dagpenge, from: 2018-03-01}
    """
    found = assessed((DUTY % NEEDY).replace("must:", "may:"), benefits, on="2018-10-01")
    assert (found.binding, str(found.lapsed_on)) == ("lapsed", "2018-03-01")


def test_a_breach_before_the_state_may_have_ended_is_certain() -> None:
    # Overdue since 11 May; no benefit is on record after 31 July.
    benefit = "statuses: [{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01, to: 2018-07-31}]"
    found = assessed(DUTY % NEEDY + WINDOW, benefit, on="2018-10-01")
    assert (found.binding, fulfilments(found)) == ("binds", ["overdue"])


@pytest.mark.parametrize("beside", ["", "events: [{event: afgoerelse, date: 2018-02-20, about: barn}]"])
def test_a_state_that_has_not_begun_has_not_ended_whatever_else_is_recorded(beside: str) -> None:
    running = "{exists: {measure: indsats, about: child, state: running}}"
    measure = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-03-01}]"
    assert assessed(DUTY % running + WINDOW, measure, beside).binding == "binds"


def test_a_measure_granted_earlier_begins_on_its_day() -> None:
    not_running = "{none: {measure: indsats, about: child, state: running}}"
    measure = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-03-01, to: 2018-03-20}]"
    assert str(assessed(DUTY % not_running + WINDOW, measure).lapsed_on) == "2018-03-01"


def test_a_consent_withdrawn_and_given_again_ended_the_duty() -> None:
    consents = """consents:
      - {consent: samtykke, by: barn, about: barn, date: 2018-02-01, withdrawn: 2018-03-01}
      - {consent: samtykke, by: barn, about: barn, date: 2018-03-20}
    """
    found = assessed(DUTY % "{consent: samtykke, by: child}" + WINDOW, consents)
    assert str(found.lapsed_on) == "2018-03-01"
