"""What raises a duty and for whom (docs/language.md, § 3), and what meets it (§ 5). Expected rows are from that page."""

import pytest

from enplan.result import Assessment, Obligation
from small import corpus, merged, row, rows, run

HEAD = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
"""
SECOND = """  - id: tl-2
    provision: TL § 2
    title: {da: To, en: Two}
"""
CASE = """
sectors: [children, employment]
persons:
  - {id: barn, born: 2008-06-15}
  - {id: lille, born: 2012-01-10}
  - {id: mor, born: 1985-04-12}
"""
ON = "2018-06-01"
Raised = list[tuple[str, dict[str, str]]]


def raised(rule: str, *facts: str, on: str = ON, name: str = "tl-1") -> Raised:
    """The days on which a duty is raised, and for whom."""
    found = run(merged(CASE, *facts), corpus(HEAD + rule), on)
    return [
        (str(o.occasion.trigger.day), dict(o.occasion.persons))
        for o in rows(found, name)
        if o.binding != "does-not-bind"
    ]


def events(*lines: str) -> str:
    """Events as `kind day who more`."""

    def one(line: str) -> str:
        kind, day, who, *more = line.split()
        return f"{{event: {kind}, date: '{day}', about: [{who}]{', ' + ' '.join(more) if more else ''}}}"

    return f"events: [{', '.join(map(one, lines))}]"


CHILD = {"child": "barn"}
MUST = "    must: {hold: hoering, about: child}\n"
NO_SHOW = events("underretning 2018-02-10 barn outcome: udeblevet")
REVISED = "documents: [{document: undersoegelse, date: 2018-02-10, about: barn, revised: [2018-03-01]}]"
JUDGED = "judgements: [{judged: behov, about: barn, answer: %s, date: 2018-02-10}]"
MEASURE = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-02-10, to: 2018-04-30}]"
PLANNED = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-02-10, planned_to: 2018-09-30}]"
TURNS = (
    "statuses: [{of: barn, status: ydelse, is: dagpenge, from: 2017-01-01, to: 2018-01-31}, "
    "{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-02-01, to: 2018-03-31}]"
)

WITH_A_GAP = TURNS.replace("2018-01-31", "2017-12-31")
ANY_OF = "{any_of: [{event: afgoerelse, about: child}, {judged: behov, about: child}]}"


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("{event: underretning, about: child}", events("underretning 2018-02-10 barn"), ["2018-02-10"]),
        ("{event: [underretning, afgoerelse], about: child}", events("afgoerelse 2018-02-10 barn"), ["2018-02-10"]),
        ("{event: underretning, about: child}", events("underretning 2018-06-02 barn"), []),  # tomorrow
        ("{event: underretning, about: child}", NO_SHOW, []),
        ("{event: underretning, about: child, where: {outcome: udeblevet}}", NO_SHOW, ["2018-02-10"]),
        ("{event: underretning, about: child, where: {grund: akut}}", events("underretning 2018-02-10 barn grund: almindelig"), []),
        ("{document: undersoegelse, about: child}", REVISED, ["2018-02-10"]),
        ("{revision: undersoegelse, about: child}", REVISED, ["2018-03-01"]),
        ("{measure: indsats, about: child}", MEASURE, ["2018-02-10"]),
        ("{measure: indsats, about: child, state: begun}", MEASURE, ["2018-02-10"]),
        ("{measure: indsats, about: child, state: granted}", MEASURE, ["2018-02-01"]),
        ("{measure: indsats, about: child, state: ended}", MEASURE, ["2018-04-30"]),
        ("{measure: indsats, about: child, state: ended}", PLANNED, []),
        ("{measure: indsats, about: child, state: planned-end}", PLANNED, ["2018-09-30"]),
        ("{judged: behov, about: child, answer: true}", JUDGED % "true", ["2018-02-10"]),
        ("{judged: behov, about: child, answer: true}", JUDGED % "false", []),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-10}]", ["2018-02-10"]),
        ("{consent: samtykke, by: child}", "consents: [{consent: samtykke, by: barn, date: 2018-02-10, answer: false}]", []),
        ("{status: ydelse, of: child, is: [kontanthjaelp]}", TURNS, ["2018-02-01"]),
        ("{status: ydelse, of: child, is: [kontanthjaelp], turn: begins}", TURNS, ["2018-02-01"]),
        ("{status: ydelse, of: child, is: [kontanthjaelp], turn: ends}", TURNS, ["2018-03-31"]),
        ("{status: ydelse, of: child}", TURNS, ["2017-01-01", "2018-02-01"]),
        ("{status: ydelse, of: child, is: [kontanthjaelp], from_value: [dagpenge]}", TURNS, ["2018-02-01"]),
        ("{status: ydelse, of: child, is: [kontanthjaelp], from_value: [sygedagpenge]}", TURNS, []),
        ("{status: ydelse, of: child, is: [kontanthjaelp], from_value: [dagpenge]}", WITH_A_GAP, []),
        (ANY_OF, events("afgoerelse 2018-02-10 barn"), ["2018-02-10"]),
    ],
)  # fmt: skip
def test_what_happens_to_a_child(when: str, facts: str, expected: list[str]) -> None:
    assert raised(f"    when: {when}\n{MUST}", facts) == [(day, CHILD) for day in expected]


def test_a_birthday_raises_a_duty_for_everybody_who_has_had_it() -> None:
    assert raised(f"    when: {{age: child, reaches: 6}}\n{MUST}") == [
        ("1991-04-12", {"child": "mor"}), ("2014-06-15", {"child": "barn"}), ("2018-01-10", {"child": "lille"})
    ]  # fmt: skip


def test_a_record_about_several_persons_is_about_each() -> None:
    found = raised(
        f"    when: {{event: underretning, about: child}}\n{MUST}", events("underretning 2018-02-10 barn,lille")
    )
    assert found == [("2018-02-10", {"child": "barn"}), ("2018-02-10", {"child": "lille"})]


def test_who_acted_may_be_bound_too() -> None:
    rule = f"    when: {{event: underretning, about: child, by: citizen}}\n{MUST}"
    assert raised(rule, events("underretning 2018-02-10 barn by: mor")) == [
        ("2018-02-10", {"citizen": "mor", "child": "barn"})
    ]
    assert raised(rule, events("underretning 2018-02-10 barn by: skolen")) == []
    by_school = rule.replace("by: citizen", "by: skolen")
    assert raised(by_school, events("underretning 2018-02-10 barn by: skolen")) == [("2018-02-10", CHILD)]
    assert raised(by_school, events("underretning 2018-02-10 barn by: mor")) == []


def test_a_duty_may_be_about_nobody() -> None:
    rule = "    when: {event: underretning}\n    must: {hold: samtale}\n"
    rule += "    window: {closes: {after: {amount: 3, unit: months}}}\n"
    found = row(run(merged(CASE, NOTIFIED), corpus(HEAD + rule), "2018-04-01"), "tl-1")
    assert (found.binding, dict(found.occasion.persons)) == ("binds", {})


@pytest.mark.parametrize("grounds", [("akut", "almindelig"), ("almindelig", "akut")])
def test_two_triggers_on_one_day_count_in_whatever_order(grounds: tuple[str, str]) -> None:
    rule = f"    when: {{event: underretning, about: child}}\n    if: [{{trigger: grund, is: akut}}]\n{MUST}"
    told = events(*(f"underretning 2018-02-10 barn grund: {one}" for one in grounds))
    assert raised(rule, told) == [("2018-02-10", CHILD)]


@pytest.mark.parametrize("answers", [("true", "false"), ("false", "true")])
def test_two_answers_on_one_day_leave_a_question_open(answers: tuple[str, str]) -> None:
    rule = HEAD + f"    when: {{event: underretning, about: child}}\n    if: [{{judged: behov, about: child}}]\n{MUST}"
    said = ", ".join(f"{{judged: behov, about: barn, answer: {one}, date: 2018-02-20}}" for one in answers)
    found = run(merged(CASE, events("underretning 2018-02-10 barn"), f"judgements: [{said}]"), corpus(rule), ON)
    assert row(found, "tl-1").binding == "open"


# --- outcomes of other requirements

FIRST = "    when: {event: underretning, about: child}\n    must: {produce: undersoegelse, about: child}\n"
FIRST += "    window: {closes: {after: {amount: 1, unit: months}}}\n"
NOTIFIED = events("underretning 2018-02-10 barn")
DONE = "documents: [{document: undersoegelse, date: %s, about: barn}]"


@pytest.mark.parametrize(
    ("word", "facts", "on", "expected"),
    [
        ("missed", "", "2018-03-10", []),
        ("missed", "", "2018-03-11", ["2018-03-10"]),
        ("missed", DONE % "2018-03-01", ON, []),
        ("missed", DONE % "2018-04-01", ON, ["2018-03-10"]),  # late: it was missed
        ("met", DONE % "2018-03-01", ON, ["2018-03-01"]),
        ("met", DONE % "2018-04-01", ON, ["2018-04-01"]),
        ("met", "", ON, []),
    ],
)
def test_another_requirements_outcome(word: str, facts: str, on: str, expected: list[str]) -> None:
    rule = FIRST + SECOND + f"    when: {{{word}: tl-1}}\n" + MUST
    assert raised(rule, NOTIFIED, facts, on=on, name="tl-2") == [(day, CHILD) for day in expected]


def test_what_was_not_recorded_may_have_been_missed() -> None:
    rule = FIRST + SECOND + "    when: {missed: tl-1}\n" + MUST
    found = run(merged(CASE, NOTIFIED, "sectors: [employment]"), corpus(HEAD + rule), ON)
    assert (row(found, "tl-1").occurrences[0].fulfilment, row(found, "tl-2").binding) == ("not-recorded", "open")


def test_the_roles_of_another_requirement_may_be_renamed() -> None:
    rule = (
        FIRST
        + SECOND
        + "    when: {missed: tl-1, renamed: {child: citizen}}\n    must: {hold: hoering, about: citizen}\n"
    )
    assert raised(rule, NOTIFIED, name="tl-2") == [("2018-03-10", {"citizen": "barn"})]


def test_a_waived_requirement_may_raise_another() -> None:
    change = """changes:
  - id: fl-1
    kind: exemption
    verb: waive
    title: {da: F, en: E}
    provision: FL § 1
    reaches: {requirements: [tl-1]}
    gates: {network: proevenet}
"""
    rule = FIRST + SECOND + "    when: {waived: tl-1}\n" + MUST + change
    lives = "statuses: [{of: barn, status: handlekommune, is: '%s', from: 2010-01-01}]"
    assert raised(rule, NOTIFIED, lives % "190", name="tl-2") == [("2018-02-10", CHILD)]
    assert raised(rule, NOTIFIED, lives % "751", name="tl-2") == []


# --- nothing happened for a time

ABSENCE = "{none_of: [{event: samtale, about: child}], for: {amount: 3, unit: months}, from: {event: underretning, about: child}}"


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ("", "2018-05-10", [("2018-05-10", "binds")]),  # on the day the time ends
        ("", "2018-05-09", []),
        (events("samtale 2018-05-10 barn"), ON, []),
        (events("samtale 2018-05-11 barn"), ON, [("2018-05-10", "binds")]),
        (events("samtale 2018-02-09 barn"), ON, [("2018-05-10", "binds")]),
        (events("samtale 2018-03-01 lille"), ON, [("2018-05-10", "binds")]),
        (events("samtale 2018-03-01 barn outcome: udeblevet"), ON, [("2018-05-10", "binds")]),
        ("sectors: [employment]", ON, [("2018-05-10", "open")]),  # the log is another's
        ("logs: [{sector: children, complete_to: 2018-05-09}]", ON, [("2018-05-10", "open")]),
    ],
)
def test_nothing_of_the_kind_for_a_time(facts: str, on: str, expected: list[tuple[str, str]]) -> None:
    known = corpus(HEAD + f"    when: {ABSENCE}\n{MUST}")
    found = rows(run(merged(CASE, NOTIFIED, facts), known, on), "tl-1")
    assert [(str(o.occasion.trigger.day), o.binding) for o in found] == expected


@pytest.mark.parametrize("month", ["2018-02", "2018-03"])
def test_a_talk_on_some_day_of_a_month_may_have_broken_the_absence(month: str) -> None:
    rule = HEAD + f"    when: {ABSENCE.replace('amount: 3', 'amount: 1')}\n{MUST}"  # from 10 February to 10 March
    found = row(run(merged(CASE, NOTIFIED, events(f"samtale {month} barn")), corpus(rule), "2018-04-01"), "tl-1")
    assert found.binding == "open"


def test_a_duty_of_the_municipality_as_such_is_a_group_duty() -> None:
    rule = HEAD + "    when: {municipality: municipality}\n    must: {keep: faelles-udvalg}\n"
    lives = "statuses: [{of: barn, status: handlekommune, is: '190', from: 2010-01-01}]"
    found = row(run(merged(CASE, lives), corpus(rule), ON), "tl-1")
    assert (found.binding, dict(found.occasion.persons)) == ("group", {"municipality": "190"})


# --- for_each and per

FAMILY = (
    "relations: [{person: mor, is: foraelder, of: barn}, {person: mor, is: foraelder, of: lille}, "
    "{person: mor, is: foraeldremyndighedsindehaver, of: barn}]"
)
HOMES = "statuses: [{of: barn, status: husstand, is: en, from: 2015-01-01}, {of: lille, status: husstand, is: %s, from: 2015-01-01}]"


@pytest.mark.parametrize(
    ("binding", "facts", "expected"),
    [
        ("parent: {relation: foraelder, of: child}", (FAMILY,), [({"child": "barn", "parent": "mor"}, "binds")]),
        ("parent: {relation: foraelder, of: child}", (), []),
        ("holder: {relation: foraeldremyndighedsindehaver, of: child, expected: true}", (), [({"child": "barn"}, "open")]),
        ("sibling: {relation: soeskende, of: child}", (FAMILY,), [({"child": "barn", "sibling": "lille"}, "binds")]),
        ("sibling: {relation: soeskende, of: child, below: 6}", (FAMILY,), []),  # six since January
        ("sibling: {relation: soeskende, of: child, below: 7}", (FAMILY,), [({"child": "barn", "sibling": "lille"}, "binds")]),
        ("sibling: {relation: soeskende, of: child, same: husstand}", (FAMILY, HOMES % "en"),
         [({"child": "barn", "sibling": "lille"}, "binds")]),
        ("sibling: {relation: soeskende, of: child, same: husstand}", (FAMILY, HOMES % "to"), []),
        ("sibling: {relation: soeskende, of: child, same: husstand}", (FAMILY,), [({"child": "barn", "sibling": "lille"}, "open")]),
    ],
)  # fmt: skip
def test_for_each_binds_one_row_for_each_person(
    binding: str, facts: tuple[str, ...], expected: list[tuple[dict[str, str], str]]
) -> None:
    rule = f"    when: {{event: underretning, about: child}}\n    for_each: {{{binding}}}\n{MUST}"
    found = rows(run(merged(CASE, NOTIFIED, *facts), corpus(HEAD + rule), ON), "tl-1")
    assert [(dict(o.occasion.persons), o.binding) for o in found] == expected


def test_a_relation_may_be_turned_round() -> None:
    rule = (
        "    when: {event: henvendelse, about: parent}\n    for_each: {child: {relation: foraelder, of: parent, inverse: true}}\n"
        + MUST
    )
    assert [who for _, who in raised(rule, FAMILY, events("henvendelse 2018-02-10 mor"))] == [
        {"parent": "mor", "child": "barn"}, {"parent": "mor", "child": "lille"}
    ]  # fmt: skip


def towards_a_parent(key: str) -> Obligation:
    """A duty towards each parent of a child, with one key more; the case records no parent."""
    rule = """    when: {event: underretning, about: child}
    must: {hold: samtale, about: child}
    for_each: {parent: {relation: foraelder, of: child, expected: true}}
"""
    return row(run(merged(CASE, NOTIFIED), corpus(HEAD + rule + f"    {key}\n"), "2018-04-01"), "tl-1")


@pytest.mark.parametrize(
    "closes",
    [
        "{birthday: 18, of: parent}",
        "{set_in_case: frist, about: parent}",
        "{local_limit: sagsbehandlingsfrist, of: parent}",
        "{status: ydelse, of: parent, turn: ends}",
    ],
)
def test_a_window_counted_from_somebody_who_is_not_recorded_is_unknown(closes: str) -> None:
    found = towards_a_parent(f"window: {{closes: {closes}}}")
    assert (found.binding, [one.due for one in found.occurrences]) == ("open", [None])


@pytest.mark.parametrize("key", ["if", "unless"])
@pytest.mark.parametrize(
    "condition",
    [
        "{exists: {event: hoering, about: parent}}",
        "{none: {event: hoering, about: parent}}",
        "{exists: {consent: samtykke, by: parent}}",
        "{for_some: {sibling: {relation: foraelder, of: parent, inverse: true}}, hold: [{age: sibling, below: 30}]}",
        "{for_all: {sibling: {relation: foraelder, of: parent, inverse: true}}, hold: [{age: sibling, below: 3}]}",
    ],
)
def test_of_somebody_who_is_not_recorded_everything_is_unknown(condition: str, key: str) -> None:
    found = towards_a_parent(f"{key}: [{condition}]\n    window: {{closes: {{after: {{amount: 3, unit: months}}}}}}")
    assert (found.binding, {question.label for question in found.questions}) == ("open", {"roles", key})


SEVERAL = events(
    "underretning 2018-02-10 barn",
    "underretning 2018-02-20 barn",
    "underretning 2018-05-20 barn",
    "underretning 2018-02-15 lille",
)


@pytest.mark.parametrize(
    ("per", "facts", "expected"),
    [
        ("event", "", [("2018-02-10", "barn", 0), ("2018-02-15", "lille", 0), ("2018-02-20", "barn", 0), ("2018-05-20", "barn", 0)]),
        # The window of the first is open to 10 March: the second joins it, the third does not.
        ("episode", "", [("2018-02-10", "barn", 1), ("2018-02-15", "lille", 0), ("2018-05-20", "barn", 0)]),
        # ... unless it was met before.
        ("episode", DONE % "2018-02-15",
         [("2018-02-10", "barn", 0), ("2018-02-15", "lille", 0), ("2018-02-20", "barn", 0), ("2018-05-20", "barn", 0)]),
        ("person", "", [("2018-02-10", "barn", 2), ("2018-02-15", "lille", 0)]),
        ("pair", "", [("2018-02-10", "barn", 2), ("2018-02-15", "lille", 0)]),
        ("household", HOMES % "to", [("2018-02-10", "barn", 2), ("2018-02-15", "lille", 0)]),
        ("household", HOMES % "en", [("2018-02-10", "barn", 3)]),
        ("household", "", [("2018-02-10", "barn", 2), ("2018-02-15", "lille", 0)]),  # not known to be one
    ],
)  # fmt: skip
def test_per_says_what_makes_two_triggers_one_obligation(
    per: str, facts: str, expected: list[tuple[str, str, int]]
) -> None:
    found: Assessment = run(merged(CASE, SEVERAL, facts), corpus(HEAD + FIRST + f"    per: {per}\n"), ON)
    seen = [
        (str(o.occasion.trigger.day), o.occasion.persons["child"], len(o.occasion.also)) for o in rows(found, "tl-1")
    ]
    assert seen == expected


# --- what meets a duty

LATE = "2018-02-20"
ACTS = [
    ("{judge: behov, about: child}", f"judgements: [{{judged: behov, about: barn, answer: false, date: {LATE}}}]"),
    ("{decide: afgoerelse, about: child}", events(f"afgoerelse {LATE} barn")),
    ("{hold: samtale, with: child}", events(f"samtale {LATE} barn")),
    ("{hear: hoering, about: child}", events(f"hoering {LATE} barn")),
    ("{inform: samtale, about: child}", events(f"samtale {LATE} barn")),
    ("{register: samtale, about: child}", events(f"samtale {LATE} barn")),
    ("{produce: handleplan, about: child}", f"documents: [{{document: handleplan, date: {LATE}, about: barn}}]"),
    (
        "{revise: handleplan, about: child}",
        f"documents: [{{document: handleplan, date: 2017-01-01, about: barn, revised: [{LATE}]}}]",
    ),
    ("{start: indsats, about: child}", f"measures: [{{measure: indsats, about: barn, from: {LATE}}}]"),
    ("{end: indsats, about: child}", f"measures: [{{measure: indsats, about: barn, from: 2017-01-01, to: {LATE}}}]"),
    ("{offer: tilbud, about: child}", events(f"tilbud-givet {LATE} barn what: tilbud")),
    ("{offer: tilbud, about: child}", f"measures: [{{measure: tilbud, about: barn, from: {LATE}}}]"),
    ("{forward: handleplan, about: child}", events(f"dokument-sendt {LATE} barn what: handleplan")),
    ("{obtain_consent: samtykke, about: child}", f"consents: [{{consent: samtykke, by: barn, date: {LATE}}}]"),
]


@pytest.mark.parametrize(("act", "fact"), ACTS, ids=[act for act, _ in ACTS])
def test_an_act_is_met_by_what_it_is(act: str, fact: str) -> None:
    rule = f"    when: {{event: underretning, about: child}}\n    must: {act}\n"
    rule += "    window: {closes: {after: {amount: 1, unit: months}}}\n"
    known = corpus(HEAD + rule)
    (met,) = row(run(merged(CASE, NOTIFIED, fact), known, ON), "tl-1").occurrences
    assert (met.fulfilment, [str(day) for day in met.met_on]) == ("met", [LATE])
    other = fact.replace("barn", "lille")
    assert row(run(merged(CASE, NOTIFIED, other), known, ON), "tl-1").occurrences[0].fulfilment in (
        "overdue",
        "cannot-be-repaired",
    )


IN_PERSON = "samtale 2018-02-20 barn form: personligt-fremmoede"
TALK, PAPER = "{event: samtale, about: child}", "{document: handleplan, about: child}"
WRITTEN = "documents: [{document: handleplan, date: %s, about: barn}]"


@pytest.mark.parametrize(
    ("way", "facts", "expected"),
    [
        (f"{{any: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"),), ("met", "2018-02-20")),
        (f"{{any: [{TALK}, {PAPER}]}}", (WRITTEN % "2018-02-21",), ("met", "2018-02-21")),
        (f"{{all: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"),), ("overdue", "")),
        (f"{{all: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"), WRITTEN % "2018-02-15"), ("met", "2018-02-20")),
        (f"{{sequence: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"), WRITTEN % "2018-02-15"), ("overdue", "")),
        (f"{{sequence: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"), WRITTEN % "2018-02-20"), ("met", "2018-02-20")),
        (f"{{sequence: [{TALK}, {PAPER}]}}", (events("samtale 2018-02-20 barn"), WRITTEN % "2018-03-20"), ("met-late", "2018-03-20")),
        ("{event: samtale, about: child, where: {form: telefonisk}}", (events(IN_PERSON),), ("overdue", "")),
        ("{event: samtale, about: child, where: {form: telefonisk}}", (events("samtale 2018-02-20 barn"),), ("not-recorded", "")),
    ],
)  # fmt: skip
def test_met_by_says_what_else_counts(way: str, facts: tuple[str, ...], expected: tuple[str, str]) -> None:
    rule = FIRST + f"    met_by: {way}\n"
    (one,) = row(run(merged(CASE, NOTIFIED, *facts), corpus(HEAD + rule), ON), "tl-1").occurrences
    assert (one.fulfilment, ", ".join(str(day) for day in one.met_on)) == expected


def test_may_is_an_option_that_is_open_and_has_no_fulfilment() -> None:
    found = row(run(merged(CASE, NOTIFIED), corpus(HEAD + FIRST.replace("must:", "may:")), ON), "tl-1")
    assert (found.binding, found.display, found.occurrences) == ("option", "valgmulighed", ())
