"""Every condition of docs/language.md, § 4: true, false and unknown, settled by both engines where both are installed.

A notification about a child of nine on 10 February 2018, assessed on 1 March 2018. A condition that holds makes the duty bind,
one that does not keeps it from being raised, and one that nobody can know leaves it open.
"""

import pytest

from enplan import productions
from enplan.result import Obligation
from small import RULES, corpus, errors_in_rules, merged, row, rows, run

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {produce: handleplan, about: child}
"""
MEMBER = """definitions:
  - id: i-kredsen
    provision: TL § 2
    title: {da: i kredsen, en: in the circle}
    in_force: {from: 2015-01-01}
    role: citizen
    holds: [{status: ydelse, of: citizen, is: [dagpenge, kontanthjaelp]}, {age: citizen, below: 30}]
"""
CASE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}, {id: mor, born: 1985-04-12}, {id: far, born: 1980-01-01}]
"""
TRIGGER = "events: [{event: underretning, date: 2018-02-10, about: barn%s}]"
BOTH = ("interpreter", "durable-rules") if productions.available() else ("interpreter",)
YES, NO, OPEN = "binds", "does-not-bind", "open"


def settled(
    condition: str, *facts: str, key: str = "if", more: str = "", detail: str = "", on: str = "2018-03-01"
) -> Obligation:
    known = corpus(DUTY + more + f"    {key}: [{condition}]\n" + MEMBER)
    found = run(merged(CASE, TRIGGER % detail, *facts), known, on)
    assert found.engines == BOTH
    return row(found, "tl-1")


def binding(condition: str, *facts: str, **options: str) -> str:
    return settled(condition, *facts, **options).binding


def status(kind: str, value: str, first: str, last: str = "", of: str = "barn") -> str:
    end = f", to: {last}" if last else ""
    return f"statuses: [{{of: {of}, status: {kind}, is: {value}, from: {first}{end}}}]"


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("{age: child, below: 16}", "", YES),
        ("{age: child, at_least: 9}", "", YES),
        ("{age: child, at_least: 10}", "", NO),
        ("{age: child, at_least: 9, below: 10}", "", YES),
        ("{age: child, at_least: 10, at: {birthday: 10, of: child}}", "", YES),
        ("{age: child, at_least: 10, at: {before: {amount: 1, unit: days}, from: {birthday: 10, of: child}}}", "", NO),
        ("{age: child, below: 10, at: {after: {amount: 1, unit: years}}}", "", NO),
        ("{age: child, at_least: 9}", "persons: [{id: barn, born: 2008}]", YES),  # nine or ten
        ("{age: child, at_least: 10}", "persons: [{id: barn, born: 2008}]", OPEN),
        ("{age: child, at_least: 9}", "persons: [{id: barn, born: ca. 2009-02-05}]", OPEN),
        ("{age: child, below: 16}", "persons: [{id: barn, due: 2018-03-01}]", OPEN),
    ],
)  # fmt: skip
def test_age(condition: str, facts: str, expected: str) -> None:
    text = merged(facts or "persons: [{id: barn, born: 2008-06-15}]", "sectors: [children]", TRIGGER % "")
    found = row(run(text, corpus(DUTY + f"    if: [{condition}]\n"), "2018-03-01"), "tl-1")
    assert found.binding == expected


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-01-01"), YES),
        ("{status: ydelse, of: child, is: [kontanthjaelp, dagpenge]}", status("ydelse", "dagpenge", "2018-01-01"), YES),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "kontanthjaelp", "2018-01-01"), NO),
        ("{status: ydelse, of: child, is_not: dagpenge}", status("ydelse", "kontanthjaelp", "2018-01-01"), YES),
        ("{status: ydelse, of: child, is_not: [dagpenge]}", status("ydelse", "dagpenge", "2018-01-01"), NO),
        # Both days of a status are inclusive; no value on the day is unknown.
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-01-01", "2018-02-10"), YES),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-01-01", "2018-02-09"), OPEN),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-02-10"), YES),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-02-11"), OPEN),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-01-01", of="mor"), OPEN),
        ("{status: ydelse, of: child, is: dagpenge}", status("ydelse", "dagpenge", "2018-02"), OPEN),  # some day of February
        ("{status: ydelse, of: child, is: dagpenge, at: today}", status("ydelse", "dagpenge", "2018-02-20"), YES),
        # Numbers.
        ("{status: timetal, of: child, at_least: 15}", status("timetal", "15", "2018-01-01"), YES),
        ("{status: timetal, of: child, at_least: 15, below: 37}", status("timetal", "37", "2018-01-01"), NO),
        ("{status: timetal, of: child, below: 15}", status("timetal", "14.5", "2018-01-01"), YES),
        # How long it has lasted.
        ("{status: ydelse, of: child, is: dagpenge, lasted: {amount: 6, unit: months}}", status("ydelse", "dagpenge", "2017-08-10"), YES),
        ("{status: ydelse, of: child, is: dagpenge, lasted: {amount: 6, unit: months}}", status("ydelse", "dagpenge", "2017-08-11"), NO),
        # Of a status that comes in episodes, none on record is none, as far as the log is complete.
        ("{status: fravaer, of: child, is: barsel}", "", NO),
        ("{not: {status: fravaer, of: child, is: barsel}}", "", YES),
        ("{status: fravaer, of: child, is: barsel}", "sectors: [children]", OPEN),
        ("{status: fravaer, of: child, is: barsel}", "logs: [{sector: employment, complete_to: 2018-02-09}]", OPEN),
        ("{status: fravaer, of: child, is: barsel}", "logs: [{sector: employment, complete_to: 2018-02-10}]", NO),
    ],
)  # fmt: skip
def test_status(condition: str, facts: str, expected: str) -> None:
    assert binding(condition, facts) == expected


def talk(*days: str, outcome: str = "afholdt") -> str:
    return f"events: [{', '.join(f'{{event: samtale, date: {d}, about: barn, outcome: {outcome}}}' for d in days)}]"


HEARING = "{first: {event: hoering, about: child, since: trigger}}"
HEARD = "events: [{event: samtale, date: 2018-02-20, about: barn}, {event: hoering, date: '%s', about: barn}]"


@pytest.mark.parametrize(
    ("word", "facts", "expected"),
    [
        ("before", talk("2018-02-20"), YES),  # nothing to come before
        ("until", talk("2018-02-20"), YES),
        ("since", talk("2018-02-20"), OPEN),  # a beginning that is not there opens nothing
        ("before", HEARD % "2018-02-20", NO),
        ("until", HEARD % "2018-02-20", YES),
        ("before", HEARD % "2018-02-21", YES),
        ("before", HEARD % "2018-02-01", YES),  # before the trigger: another hearing
        ("before", HEARD % "2018-02", OPEN),  # some day of February
        ("before", merged(talk("2018-02-20"), "sectors: [employment]"), OPEN),  # the log is another's
        ("before", merged(talk("2018-02-20"), "logs: [{sector: children, complete_to: 2018-02-28}]"), OPEN),
    ],
)  # fmt: skip
def test_before_a_record_that_is_not_there(word: str, facts: str, expected: str) -> None:
    pattern = f"{{event: samtale, about: child, {word}: {HEARING}}}"
    assert binding(f"{{exists: {pattern}}}", facts) == expected


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("{exists: {event: samtale, about: child}}", talk("2018-02-20"), YES),
        ("{exists: {event: samtale, about: child}}", "", NO),
        ("{exists: {event: samtale, about: child}}", "sectors: [employment]", OPEN),  # the log is another's
        ("{exists: {event: samtale, about: child}}", talk("2018-03-02"), NO),  # tomorrow
        ("{exists: {event: samtale, about: child}, at_least: 2}", talk("2018-02-20"), NO),
        ("{exists: {event: samtale, about: child}, at_least: 2}", talk("2018-02-20", "2018-02-21"), YES),
        ("{exists: {event: samtale, about: child}, at: trigger}", talk("2018-02-20"), NO),
        ("{exists: {event: samtale, about: child}, at: trigger}", talk("2018-02-10"), YES),
        ("{exists: {event: samtale, about: child}}", talk("2018-02-20", outcome="udeblevet"), NO),
        ("{exists: {event: samtale, about: child, where: {outcome: udeblevet}}}", talk("2018-02-20", outcome="udeblevet"), YES),
        ("{exists: {event: samtale, about: child}}", talk("2018-02-20", outcome="aflyst"), NO),
        ("{exists: {event: samtale, about: child, since: trigger}}", talk("2018-02-10"), YES),
        ("{exists: {event: samtale, about: child, since: trigger}}", talk("2018-02-09"), NO),
        ("{exists: {event: samtale, about: child, until: trigger}}", talk("2018-02-10"), YES),
        ("{exists: {event: samtale, about: child, before: trigger}}", talk("2018-02-10"), NO),
        ("{exists: {event: samtale, about: child, before: trigger}}", talk("2018-02-09"), YES),
        ("{exists: {event: samtale, about: child, since: trigger}}", talk("2018-02"), OPEN),  # some day of February
        ("{exists: {event: samtale, about: child}, at: trigger}", talk("2018-02"), OPEN),  # perhaps after the 10th
        ("{none: {event: samtale, about: child}, at: trigger}", talk("2018-02"), OPEN),
        ("{exists: {event: [hoering, samtale], about: child}}", talk("2018-02-20"), YES),
        ("{exists: {event: samtale, about: child, where: {form: telefonisk}}}", talk("2018-02-20"), OPEN),  # its form is not given
        ("{none: {event: samtale, about: child}}", talk("2018-02-20"), NO),
        ("{none: {event: samtale, about: child}}", "", YES),
        ("{none: {event: samtale, about: child}}", "logs: [{sector: children, complete_to: 2018-02-28}]", OPEN),
    ],
)  # fmt: skip
def test_exists_and_none(condition: str, facts: str, expected: str) -> None:
    assert binding(condition, facts) == expected


def measure(text: str) -> str:
    return f"measures: [{{measure: indsats, about: barn, {text}}}]"


@pytest.mark.parametrize(
    ("pattern", "facts", "expected"),
    [
        ("state: running", measure("from: 2018-01-01"), YES),
        ("state: running", measure("from: 2018-01-01, to: 2018-02-28"), NO),
        ("state: running", measure("from: 2018-01-01, to: 2018-03-01"), YES),
        ("state: running", measure("granted: 2018-01-01"), NO),
        ("state: granted", measure("granted: 2018-01-01"), YES),
        ("state: ended", measure("from: 2018-01-01, to: 2018-02-28"), YES),
        ("state: ended", measure("from: 2018-01-01"), NO),
        ("basis: TL § 4", measure("from: 2018-01-01, basis: 'TL § 4, stk. 1'"), YES),  # and all below it
        ("basis: 'TL § 4, stk. 1'", measure("from: 2018-01-01, basis: TL § 4"), NO),
        ("basis: TL § 4", measure("from: 2018-01-01, basis: TL § 44"), NO),
        ("basis: TL § 4", measure("from: 2018-01-01"), OPEN),
        ("law: TL", measure("from: 2018-01-01, basis: TL § 4"), YES),
        ("law: [AL]", measure("from: 2018-01-01, basis: TL § 4"), NO),
        ("other_law_than: [AL]", measure("from: 2018-01-01, basis: TL § 4"), YES),
        ("other_law_than: [TL]", measure("from: 2018-01-01, basis: TL § 4"), NO),
        ("lasting: {amount: 2, unit: weeks}", measure("from: 2018-02-01, to: 2018-02-14"), YES),
        ("lasting: {amount: 2, unit: weeks}", measure("from: 2018-02-01, to: 2018-02-13"), NO),
        ("lasting: {amount: 2, unit: weeks}", measure("from: 2018-02-01, planned_to: 2018-05-01"), YES),
        ("lasting: {amount: 2, unit: weeks}", measure("from: 2018-02-01"), YES),  # by now
        ("lasting: {amount: 2, unit: weeks}", measure("from: 2018-02-20"), OPEN),  # not yet, and nobody knows how long
        ("where: {hours: {at_least: 10, below: 20}}", measure("from: 2018-02-01, hours: 10"), YES),
        ("where: {hours: {at_least: 10, below: 20}}", measure("from: 2018-02-01, hours: 20"), NO),
        ("where: {hours: {at_least: 10}}", measure("from: 2018-02-01"), OPEN),
    ],
)  # fmt: skip
def test_the_filters_of_a_pattern(pattern: str, facts: str, expected: str) -> None:
    assert binding(f"{{exists: {{measure: indsats, about: child, {pattern}}}}}", facts) == expected


@pytest.mark.parametrize(("parts", "expected"), [("[maal]", YES), ("[]", NO)])
def test_a_part_of_a_document(parts: str, expected: str) -> None:
    paper = f"documents: [{{document: handleplan, date: 2018-02-20, about: barn, parts: {parts}}}]"
    assert binding("{exists: {document: handleplan, about: child, part: maal}}", paper) == expected


def judged(answer: str, day: str = "2018-02-20") -> str:
    return f"judgements: [{{judged: behov, about: barn, answer: {answer}, date: {day}}}]"


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("{judged: behov, about: child, answer: true}", judged("true"), YES),
        ("{judged: behov, about: child, answer: true}", judged("false"), NO),
        ("{judged: behov, about: child, answer: false}", judged("false"), YES),
        ("{judged: behov, about: child}", judged("true"), YES),
        ("{judged: behov, about: child, answer: true}", "", OPEN),
        ("{judged: behov, about: child, answer: true}", judged("true", "2018-03-02"), OPEN),  # tomorrow
        ("{judged: behov, about: child, answer: true}", judged("true", "2012-01-01"), YES),  # everything up to the assessment
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-20}]", YES),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-20, answer: false}]", NO),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-20, withdrawn: 2018-02-25}]", NO),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-20, withdrawn: 2018-03-02}]", YES),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: mor, date: 2018-02-20}]", OPEN),
        ("{consent: samtykke, by: child}", "", OPEN),
        ("{consent: samtykke, by: child, about: child}", "consents: [{consent: samtykke, by: barn, about: mor, date: 2018-02-20}]", OPEN),
    ],
)  # fmt: skip
def test_judgements_and_consents(condition: str, facts: str, expected: str) -> None:
    assert binding(condition, facts) == expected


@pytest.mark.parametrize("answers", [("true", "false"), ("false", "true")])
def test_two_consents_of_one_day_leave_it_open_in_whatever_order(answers: tuple[str, str]) -> None:
    given = ", ".join(
        f"{{consent: samtykke, by: barn, about: barn, date: 2018-02-15, answer: {one}}}" for one in answers
    )
    assert binding("{consent: samtykke, by: child}", f"consents: [{given}]") == OPEN


def test_a_judgement_that_is_not_recorded_takes_discretion_and_a_fact_information() -> None:
    asked = settled("{judged: behov, about: child, answer: true}")
    assert ([q.asks for q in asked.questions], asked.display) == (["judgement"], "kræver skøn")
    asked = settled("{status: ydelse, of: child, is: dagpenge}")
    assert ([q.asks for q in asked.questions], asked.display) == (["fact"], "mangler oplysning")
    asked = settled("{status: ydelse, of: child, is: dagpenge}, {judged: behov, about: child, answer: true}")
    assert ([q.asks for q in asked.questions], asked.display) == (["fact", "judgement"], "mangler oplysning")


@pytest.mark.parametrize(
    ("condition", "detail", "expected"),
    [
        ("{trigger: grund, is: akut}", ", grund: akut", YES),
        ("{trigger: grund, is: [akut]}", ", grund: almindelig", NO),
        ("{trigger: grund, is_not: akut}", ", grund: almindelig", YES),
        ("{trigger: grund, is: akut}", "", OPEN),
        ("{trigger: hours, at_least: 3, below: 5}", ", hours: 3", YES),
        ("{trigger: hours, at_least: 3, below: 5}", ", hours: 5", NO),
        ("{trigger: form, is: telefonisk}", ", form: telefonisk", YES),
        ("{trigger: outcome, is: afholdt}", "", YES),
        ("{trigger: basis, is: TL § 4}", ", basis: TL § 4", YES),
    ],
)
def test_details_of_the_triggering_record(condition: str, detail: str, expected: str) -> None:
    assert binding(condition, detail=detail) == expected


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("{member: i-kredsen, who: child}", status("ydelse", "dagpenge", "2018-01-01"), YES),
        ("{member: i-kredsen, who: child}", status("ydelse", "ledighedsydelse", "2018-01-01"), NO),
        ("{member: i-kredsen, who: child}", "", OPEN),
        ("{member: i-kredsen, who: child, at: {before: {amount: 4, unit: years}}}", status("ydelse", "dagpenge", "2013-01-01"), NO),
        ("{profile: faelles-udvalg, of: child, is: true}", status("handlekommune", "'190'", "2010-01-01"), YES),
        ("{profile: faelles-udvalg, of: child, is: false}", status("handlekommune", "'190'", "2010-01-01"), NO),
        ("{profile: faelles-udvalg, of: child, is: true}", status("handlekommune", "'201'", "2010-01-01"), OPEN),
        ("{profile: faelles-udvalg, of: child, is: true}", "", OPEN),
        ('{municipality: ["190", "201"], of: child}', status("handlekommune", "'201'", "2010-01-01"), YES),
        ('{municipality: ["190"], of: child}', status("handlekommune", "'201'", "2010-01-01"), NO),
        ('{municipality: ["190"], of: child}', "", OPEN),
    ],
)  # fmt: skip
def test_membership_profile_and_municipality(condition: str, facts: str, expected: str) -> None:
    assert binding(condition, facts) == expected


PARENTS = "relations: [{person: mor, is: foraelder, of: barn}, {person: far, is: foraelder, of: barn}]"
EACH = "{parent: {relation: foraelder, of: child}}"
CONSENT = "{consent: samtykke, by: %s, date: 2018-02-20, answer: %%s}"
CONSENTS = f"consents: [{CONSENT % 'mor'}, {CONSENT % 'far'}]"


@pytest.mark.parametrize(
    ("word", "facts", "expected"),
    [
        ("for_all", (PARENTS, CONSENTS % ("true", "true")), YES),
        ("for_all", (PARENTS, CONSENTS % ("true", "false")), NO),
        ("for_all", (PARENTS, "consents: [{consent: samtykke, by: mor, date: 2018-02-20}]"), OPEN),
        ("for_some", (PARENTS, CONSENTS % ("true", "false")), YES),
        ("for_some", (PARENTS, CONSENTS % ("false", "false")), NO),
        ("for_some", (PARENTS, "consents: [{consent: samtykke, by: mor, date: 2018-02-20, answer: false}]"), OPEN),
    ],
)  # fmt: skip
def test_for_all_and_for_some(word: str, facts: tuple[str, ...], expected: str) -> None:
    assert binding(f"{{{word}: {EACH}, hold: [{{consent: samtykke, by: parent}}]}}", *facts) == expected


def test_for_all_of_those_who_are_expected_but_not_recorded_is_unknown() -> None:
    condition = (
        "{for_all: {parent: {relation: foraelder, of: child, expected: true}}, hold: [{consent: samtykke, by: parent}]}"
    )
    assert binding(condition) == OPEN


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        (
            "{person: mor, is: foraelder, of: barn}, {person: mor, is: foraeldremyndighedsindehaver, of: barn}",
            {"mor": YES},
        ),
        (
            "{person: mor, is: foraelder, of: barn}, {person: far, is: foraeldremyndighedsindehaver, of: barn}",
            {"mor": NO},
        ),
        ("{person: mor, is: foraelder, of: barn}", {"mor": OPEN}),
    ],
)
def test_relation(relations: str, expected: dict[str, str]) -> None:
    rule = "    for_each: {parent: {relation: foraelder, of: child}}\n"
    known = corpus(DUTY + rule + "    if: [{relation: foraeldremyndighedsindehaver, who: parent, of: child}]\n")
    found = run(merged(CASE, TRIGGER % "", f"relations: [{relations}]"), known, "2018-03-01")
    assert {o.occasion.persons["parent"]: o.binding for o in rows(found, "tl-1")} == expected


ADULT, BENEFIT, NEEDY = (
    "{age: child, at_least: 18}",
    "{status: ydelse, of: child, is: dagpenge}",
    "{age: child, below: 18}",
)


@pytest.mark.parametrize(
    ("key", "conditions", "expected"),
    [
        ("if", f"{{all: [{NEEDY}, {BENEFIT}]}}", OPEN),
        ("if", f"{{all: [{ADULT}, {BENEFIT}]}}", NO),
        ("if", f"{{any: [{NEEDY}, {BENEFIT}]}}", YES),
        ("if", f"{{any: [{ADULT}, {BENEFIT}]}}", OPEN),
        ("if", f"{{not: {BENEFIT}}}", OPEN),
        ("if", f"{{not: {{any: [{ADULT}, {{not: {NEEDY}}}]}}}}", YES),
        ("if", f"{NEEDY}, {ADULT}", NO),  # every one must hold
        ("unless", f"{ADULT}", YES),
        ("unless", f"{ADULT}, {NEEDY}", NO),  # none may
        ("unless", f"{ADULT}, {BENEFIT}", OPEN),
        ("unless", f"{{all: [{ADULT}, {BENEFIT}]}}", YES),
        ("while", f"{NEEDY}", YES),
        ("while", f"{ADULT}", NO),
        ("while", f"{BENEFIT}", OPEN),
    ],
)
def test_all_any_not_if_unless_and_while(key: str, conditions: str, expected: str) -> None:
    assert binding(conditions, key=key) == expected


@pytest.mark.parametrize(
    ("turn", "expected", "lapsed"),
    [("2018-02-20", "lapsed", "2018-02-20"), ("2018-03-02", "binds", "None"), ("2018-02-10", "does-not-bind", "None")],
)
def test_an_obligation_lapses_when_its_state_no_longer_holds(turn: str, expected: str, lapsed: str) -> None:
    day_before = str(int(turn[-2:]) - 1).zfill(2)
    line = (
        f"statuses: [{{of: barn, status: ydelse, is: dagpenge, from: 2018-01-01, to: {turn[:8]}{day_before}}}, "
        f"{{of: barn, status: ydelse, is: kontanthjaelp, from: {turn}}}]"
    )
    more = "    every: {amount: 3, unit: months}\n    window: {closes: {after: {amount: 3, unit: months}}}\n"
    found = settled("{status: ydelse, of: child, is: dagpenge}", line, key="while", more=more)
    assert (found.binding, str(found.lapsed_on)) == (expected, lapsed)


@pytest.mark.parametrize(("last", "expected"), [("2018-02-20", OPEN), ("2018-03-01", YES)])
def test_a_state_that_may_have_ended_leaves_the_obligation_open(last: str, expected: str) -> None:
    line = status("ydelse", "dagpenge", "2018-01-01", last)  # no other benefit on record after that day
    found = settled("{status: ydelse, of: child, is: dagpenge}", line, key="while")
    assert (found.binding, [question.label for question in found.questions]) == (
        expected,
        ["while"] * (expected == OPEN),
    )


def test_what_was_met_is_not_open_for_a_state_that_may_have_ended() -> None:
    line = status("ydelse", "dagpenge", "2018-01-01", "2018-02-20")
    made = "documents: [{document: handleplan, date: 2018-02-15, about: barn}]"
    found = settled("{status: ydelse, of: child, is: dagpenge}", line, made, key="while")
    assert (found.binding, found.questions, found.occurrences[0].fulfilment) == ("binds", (), "met")


def test_a_state_may_end_by_time_alone_on_a_day_when_nothing_is_recorded() -> None:
    recent = "{exists: {event: henvendelse, about: child, since: {before: {amount: 10, unit: days}, from: today}}}"
    asked = "events: [{event: henvendelse, date: 2018-02-09, about: barn}]"
    more = "    window: {closes: {after: {amount: 3, unit: months}}}\n    every: {amount: 3, unit: months}\n"
    assert str(settled(recent, asked, key="while", more=more).lapsed_on) == "2018-02-20"
    assert str(settled(recent, asked, key="while", more=more, on="2018-02-19").lapsed_on) == "None"


def test_an_episode_that_has_lapsed_takes_no_later_trigger_in() -> None:
    rule = DUTY.replace("{event: underretning, about: child}", "{status: ydelse, of: child, is: [dagpenge]}").replace(
        "    must:", "    per: episode\n    while: [{status: ydelse, of: child, is: dagpenge}]\n    must:"
    )
    lines = """statuses:
      - {of: barn, status: ydelse, is: dagpenge, from: 2018-01-01, to: 2018-01-20}
      - {of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-21, to: 2018-03-31}
      - {of: barn, status: ydelse, is: dagpenge, from: 2018-04-01}
    """
    found = rows(run(merged(CASE, lines), corpus(rule), "2018-05-01"), "tl-1")
    assert [(str(o.occasion.trigger.day), str(o.lapsed_on)) for o in found] == [
        ("2018-01-01", "2018-01-21"),
        ("2018-04-01", "None"),
    ]


@pytest.mark.parametrize(("role", "expected"), [("citizen", NO), ("parent", OPEN)])
def test_of_a_role_that_nobody_fills_all_is_false_unless_there_must_be_someone(role: str, expected: str) -> None:
    known = corpus(
        DUTY
        + "    for_each: {parent: {relation: foraelder, of: child, expected: true}}\n"
        + "  - id: tl-2\n    provision: TL § 2\n    title: {da: Anden, en: Other}\n"
        + "    when: {event: henvendelse, about: citizen}\n    must: {produce: min-plan, about: citizen}\n"
        + "changes:\n  - id: fl-1\n    kind: exemption\n    verb: waive\n    title: {da: Fritagelse, en: Exemption}\n"
        + "    provision: FL § 1\n    reaches: {requirements: [tl-1, tl-2]}\n"
        + f"    gates: {{conditions: [{{any: [{{age: child, at_least: 18}}, {{age: {role}, at_least: 18}}]}}]}}\n"
    )
    found = row(run(merged(CASE, TRIGGER % ""), known, "2018-03-01"), "tl-1")
    assert found.verdicts[0].truth.value == {NO: "false", OPEN: "unknown"}[expected]


def test_in_effect_stands_in_the_gates_of_a_change_alone(tmp_path) -> None:
    text = (
        DUTY
        + "    if: [{in_effect: fl-1}]\nchanges:\n"
        + (
            "  - id: fl-1\n    kind: exemption\n    verb: waive\n    title: {da: Fritagelse, en: Exemption}\n"
            "    provision: FL § 1\n    reaches: {requirements: [tl-1]}\n"
        )
    )
    assert errors_in_rules(tmp_path, text) == [
        f"{RULES}:9: requirements.0.if.0: in_effect outside the gates of a change; expected another condition"
    ]
