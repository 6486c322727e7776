"""Every kind of fault in a case, with the whole message; and that a faulty case raises nothing but InvalidCase."""

import copy
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from enplan.casefile import load_case, parse_case
from enplan.problems import InvalidCase
from enplan.yamlfile import parse
from small import case_errors, changed, corpus

CASE = """case: proeve
title: {da: Prøve, en: Test}
date: 2018-09-15
sectors: [children]
persons:
  - {id: mor, name: Mor Bregne, born: 1985-04-12}
  - {id: barn, name: Barn Bregne, born: 2008-06-01}
relations:
  - {person: mor, is: foraelder, of: barn}
statuses:
  - {of: mor, status: handlekommune, is: "190", from: 2010-01-01}
  - {of: mor, status: ydelse, is: kontanthjaelp, from: 2018-02-01}
events:
  - {event: underretning, date: 2018-03-05, about: barn, by: skolen}
documents:
  - {document: undersoegelse, date: 2018-06-20, about: barn, parts: [maal], revised: [2018-08-01]}
measures:
  - {measure: indsats, about: barn, granted: 2018-07-01, from: 2018-07-10, planned_to: 2019-07-10, hours: 3}
judgements:
  - {judged: behov, about: barn, answer: true, date: 2018-03-20, by: kommunen}
consents:
  - {consent: samtykke, by: mor, about: [mor, barn], date: 2018-08-15}
settings: [{setting: rytme, about: barn, date: 2018-08-01, amount: 4, unit: months}]
logs: [{sector: social, complete_to: 2018-09-15}]
plan: {contacts: [{person: Rådgiver Lind, sector: employment}]}
expect:
  - expect: {required: [{provision: TL § 1, about: barn, trigger: 2018-03-05}]}
"""
DATES = "2018-03-05, 2018-03-05T14:30, 2018-03, 2018, ca. 2018-03-05 or 2018-03-01/2018-03-20"
BENEFITS = "kontanthjaelp, dagpenge, ledighedsydelse, sygedagpenge"
NO_CPR = "this looks like a CPR number; expected a case without CPR numbers"


def with_status(text: str) -> tuple[str, str]:
    """A change of CASE that adds a status."""
    return "events:\n", f"  - {{{text}}}\nevents:\n"


def test_the_case_that_the_faults_are_put_into_is_sound() -> None:
    assert case_errors(CASE) == []


FAULTS = [
    # persons
    (("id: barn, name", "id: Barn, name"), "7: persons.1.id: unexpected form 'Barn'; expected text of the form ^[a-zæøå][a-zæøå0-9-]*$"),
    ((", born: 2008-06-01", ""), "7: persons.1: neither born nor due is given; expected a date of birth, or the expected day"),
    (("born: 2008-06-01", "born: 2008-06-01, died: 2008-05-31"), "7: persons.1.died: death before birth; expected a day after the birth"),
    (("of: barn}\nst", "of: far}\nst"), "9: relations.0.of: unknown person 'far'; expected a person of this case"),
    (("undersoegelse, date: 2018-06-20, about: barn", "undersoegelse, date: 2018-06-20, about: barnet"),
     "16: documents.0.about: unknown person 'barnet'; expected a person of this case; did you mean 'barn'?"),
    # relations
    (("is: foraelder", "is: foraeldre"),
     "9: relations.0.is: unknown relation 'foraeldre'; expected a relation that exists; did you mean 'foraelder'?"),
    (("born: 1985-04-12", "born: 2009-01-01"),
     "9: relations.0: the parent is not born before the child; expected dates of birth in that order"),
    (("is: foraelder, of: barn}", "is: foraelder, of: barn, from: 2010-01-01, to: 2009-01-01}"),
     "9: relations.0.to: ends on 2009-01-01, before it begins on 2010-01-01; expected an end on or after the beginning"),
    (("is: foraelder, of: barn", "is: soeskende, of: mor"),
     "9: relations.0: a person stands in a relation to themselves; expected two different persons"),
    # before birth
    (("date: 2018-03-05, about", "date: 2008-05-31, about"),
     "14: events.0: 2008-05-31 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    (("date: 2018-03-05, about", "date: 2008-05, about"),
     "14: events.0: 2008-05-01/2008-05-31 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    (("date: 2018-06-20", "date: ca. 2008-05-01"),
     "16: documents.0: 2008-04-16/2008-05-16 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    (("from: 2018-07-10", "from: 2007-07-10"),
     "18: measures.0: 2007-07-10 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    (("granted: 2018-07-01", "granted: 2007-07-01"),
     "18: measures.0: 2007-07-01 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    (with_status("of: barn, status: ydelse, is: dagpenge, from: 2000-01-01, to: 2001-01-01"),
     "13: statuses.2: 2001-01-01 is before 'barn' was born (2008-06-01); expected a day on or after the birth"),
    # about nobody
    (("about: barn, parts", "parts"), "16: documents.0: it is about nobody; expected about: one or more persons of this case"),
    (("about: barn, granted", "granted"), "18: measures.0: it is about nobody; expected about: one or more persons of this case"),
    (("about: barn, answer", "answer"), "20: judgements.0: it is about nobody; expected about: one or more persons of this case"),
    (("about: barn, by: skolen", "form: telefonisk"),
     "14: events.0: it is about nobody and by nobody; expected about: one or more persons of this case"),
    (("granted: 2018-07-01, from: 2018-07-10, ", ""),
     "18: measures.0: neither granted nor from is given; expected the day it was granted, or began"),
    # dates
    (("2018-03-05, about", "2018-02-30, about"), f"14: events.0.date: not a date: '2018-02-30'; expected one of {DATES}"),
    (("2018-03-05, about", "i går, about"), f"14: events.0.date: not a date: 'i går'; expected one of {DATES}"),
    (("2018-03-05, about", "[2018-03-05], about"), f"14: events.0.date: not a date: ['2018-03-05']; expected one of {DATES}"),
    (("2018-03-05, about", "true, about"), f"14: events.0.date: not a date: True; expected one of {DATES}"),
    (("1985-04-12", "1985-13-12"), f"6: persons.0.born: not a date: '1985-13-12'; expected one of {DATES}"),
    (("date: 2018-09-15", "date: 2018-09-31"), "3: date: not a day: '2018-09-31'; expected YYYY-MM-DD, a day that exists"),
    (("date: 2018-09-15", "date: 9999-12-31"), "3: date: 9999-12-31 lies outside the calendar; expected a day from 1990 to 2060"),
    (("date: 2018-09-15", "date: 1989-12-31"), "3: date: 1989-12-31 lies outside the calendar; expected a day from 1990 to 2060"),
    (("  - expect:", "  - date: 2061-01-01\n    expect:"),
     "27: expect.0.date: 2061-01-01 lies outside the calendar; expected a day from 1990 to 2060"),
    (("planned_to: 2019-07-10", "to: 2018-07-09"),
     "18: measures.0.to: ends on 2018-07-09, before it begins on 2018-07-10; expected an end on or after the beginning"),
    (("planned_to: 2019-07-10", "planned_to: 2018-07-09"),
     "18: measures.0.planned_to: ends on 2018-07-09, before it begins on 2018-07-10; expected an end on or after the beginning"),
    (("date: 2018-08-15}", "date: 2018-08-15, withdrawn: 2018-08-14}"),
     "22: consents.0.withdrawn: ends on 2018-08-14, before it begins on 2018-08-15; expected an end on or after the beginning"),
    (("revised: [2018-08-01]", "revised: [2018-06-19]"),
     "16: documents.0: revised on 2018-06-19, before it was made (2018-06-20); expected a day on or after"),
    (("from: 2018-02-01}", "from: 2018-02-01, to: 2018-01-31}"),
     "12: statuses.1.to: ends on 2018-01-31, before it begins on 2018-02-01; expected an end on or after the beginning"),
    # statuses
    (('"190"', '"999"'), "11: statuses.0.is: unknown municipality code '999'; expected a three-digit code of a municipality"),
    (('"190"', "Furesø"),
     "11: statuses.0.is: unknown municipality code 'Furesø'; expected a three-digit code of a municipality; did you mean '190'?"),
    (('"190"', '"19"'),
     "11: statuses.0.is: unknown municipality code '19'; expected a three-digit code of a municipality; did you mean '190'?"),
    (("kontanthjaelp", "kontanthjælp"),
     f"12: statuses.1.is: unknown value 'kontanthjælp' of the status 'ydelse'; expected one of {BENEFITS}; did you mean 'kontanthjaelp'?"),
    (("status: ydelse", "status: ydelser"),
     "12: statuses.1.status: unknown status 'ydelser'; expected a status that exists; did you mean 'ydelse'?"),
    (("ydelse, is: kontanthjaelp", "timetal, is: mange"), "12: statuses.1.is: unexpected value 'mange'; expected a number"),
    (("ydelse, is: kontanthjaelp", "timetal, is: true"), "12: statuses.1.is: unexpected value True; expected a number"),
    (with_status("of: mor, status: ydelse, is: dagpenge, from: 2018-03-01"),
     "13: statuses.2: two values of 'ydelse' for 'mor' at the same time; expected the earlier one ended (to:) before the later begins"),
    (with_status("of: mor, status: ydelse, is: dagpenge, from: 2018-01-01, to: 2018-02-02"),
     "13: statuses.2: two values of 'ydelse' for 'mor' at the same time; expected the earlier one ended (to:) before the later begins"),
    # terms and values
    (("event: underretning", "event: underetning"),
     "14: events.0.event: unknown event 'underetning'; expected an event that exists; did you mean 'underretning'?"),
    (("complete_to: 2018-09-15}", "kind: samtal, complete_to: 2018-09-15}"),
     "24: logs.0.kind: unknown kind of record 'samtal'; expected a kind of record that exists; did you mean 'samtale'?"),
    (("hours: 3", "hours: mange"), "18: measures.0.hours: unexpected value 'mange'; expected a number"),
    (("answer: true, date", "answer: [ja], date"),
     "20: judgements.0.answer: unexpected value ['ja']; expected true or false or a number or a text"),
    (("logs: [{", "logs: [samtale, {"), "24: logs.0: unexpected value 'samtale'; expected a mapping of sector, kind, complete_to"),
    (("undersoegelse", "undersogelse"), "16: documents.0.document: unknown document 'undersogelse'; expected a document that exists; "
     "did you mean 'undersoegelse'?"),
    (("by: skolen", "by: skole"), "14: events.0.by: unknown party 'skole'; expected a party that exists; did you mean 'skolen'?"),
    (("by: skolen", "grun: akut"), "14: events.0.grun: unknown key 'grun'; expected a detail of the register; did you mean 'grund'?"),
    (("by: skolen", "grund: hast"), "14: events.0.grund: unknown value 'hast'; expected one of akut, almindelig"),
    (("by: skolen", "grund: [akut]"), "14: events.0.grund: unexpected value ['akut']; expected a text, number or true/false"),
    (("by: skolen", "form: telefon"),
     "14: events.0.form: unknown value 'telefon'; expected one of personligt-fremmoede, telefonisk; did you mean 'telefonisk'?"),
    (("by: skolen", "outcome: udblevet"),
     "14: events.0.outcome: unknown value 'udblevet'; expected one of afholdt, udeblevet, aflyst, afslået; did you mean 'udeblevet'?"),
    (("unit: months", "unit: years"), "23: settings.0.unit: unknown value 'years'; expected one of days, weeks, months"),
    (("[children]", "[child]"),
     "4: sectors.0: unknown value 'child'; expected one of employment, children, social, health, cross; did you mean 'children'?"),
    (("case: proeve", "case: Prøve 1"), "1: case: unexpected form 'Prøve 1'; expected text of the form ^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$"),
    (("title: {da: Prøve, en: Test}", "title: {da: Prøve}"), "2: title.en: the key 'en' is missing; expected a value"),
    (("events:", "evnts:"),
     "13: evnts: unknown key 'evnts'; expected one of case, title, date, sectors, persons, relations, statuses, events, documents, "
     "measures, judgements, consents, readings, settings, logs, plan, expect; did you mean 'events'?"),
    (("name: Barn", "nam: Barn"), "7: persons.1.nam: unknown key 'nam'; expected one of id, name, born, due, died; did you mean 'name'?"),
    # expectations
    (("provision: TL § 1", "provision: TL § 11"),
     "27: expect.0.expect.required.0.provision: no such provision: TL § 11; expected a provision in legislation/; did you mean 'TL § 1'?"),
    (("provision: TL § 1, ", ""), "27: expect.0.expect.required.0: neither provision nor requirement is given; expected one of them"),
    (("  - expect:", "  - regime: gaeldende-rett\n    expect:"),
     "27: expect.0.regime: unknown regime 'gaeldende-rett'; expected a regime that exists; did you mean 'gaeldende-ret'?"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), FAULTS, ids=[expected.split(";")[0] for _, expected in FAULTS])
def test_a_fault_is_told_with_its_line(edit: tuple[str, str], expected: str) -> None:
    assert case_errors(changed(CASE, *edit)) == [f"case.yaml:{expected}"]


def test_two_persons_with_one_id() -> None:
    extra = "  - {id: mor, name: Mor Gran, born: 1990-01-01}\nrelations:"
    assert case_errors(changed(CASE, "relations:", extra)) == [
        "case.yaml:8: persons.2.id: two persons have the id 'mor'; expected each id once"
    ]


def test_parents_in_a_ring() -> None:
    people = "persons:\n" + "".join(f"  - {{id: {one}, due: 2019-01-01}}\n" for one in "abc")
    ring = "relations:\n" + "".join(f"  - {{person: {a}, is: foraelder, of: {b}}}\n" for a, b in ("ab", "bc", "ca"))
    assert case_errors("case: proeve\ntitle: {da: a, en: b}\n" + people + ring) == [
        f"case.yaml:7: relations: {one!r} is their own ancestor; expected parents without a ring" for one in "abc"
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_two_values_on_one_day_overlap_in_whatever_order(turned: bool) -> None:
    lines = [
        "{of: barn, status: ydelse, is: dagpenge, from: 2018-02-01, to: 2018-03-01}",
        "{of: barn, status: ydelse, is: sygedagpenge, from: 2018-03-01}",
    ]
    text = "".join(f"  - {line}\n" for line in (lines[::-1] if turned else lines))
    assert [line.split(": ", 2)[2] for line in case_errors(changed(CASE, "events:\n", f"{text}events:\n"))] == [
        "two values of 'ydelse' for 'barn' at the same time; expected the earlier one ended (to:) before the later begins"
    ]


def test_values_on_adjoining_days_do_not_overlap() -> None:
    text = changed(CASE, "from: 2018-02-01}", "from: 2018-02-01, to: 2018-02-28}")
    assert case_errors(changed(text, *with_status("of: mor, status: ydelse, is: dagpenge, from: 2018-03-01"))) == []


def test_a_record_on_the_day_of_birth_or_of_an_unborn_child_is_sound() -> None:
    assert case_errors(changed(CASE, "2018-03-05, about", "2008-06-01, about")) == []
    assert case_errors(changed(CASE, "born: 2008-06-01", "due: 2018-12-01")) == []


CPR = [
    (("name: Barn Bregne", "name: Barn 010608-1234"), "7: persons.1.name"),
    (("name: Barn Bregne", "name: Barn 010608 1234"), "7: persons.1.name"),
    (("name: Barn Bregne", "name: 3112991234"), "7: persons.1.name"),
    (("name: Barn Bregne", "name: '0106081234'"), "7: persons.1.name"),
    (("hours: 3", "hours: 3106081234"), "18: measures.0.hours"),
    (("hours: 3", "hours: 106081234"), "18: measures.0.hours"),  # a number loses its first nought
    (("hours: 3", "hours: 106081234.0"), "18: measures.0.hours"),
    (("hours: 3", "hours: 110608.1234"), "18: measures.0.hours"),
    (("hours: 3", "hours: 110608.1230"), "18: measures.0.hours"),  # ... and its last
    (("hours: 3", "basis: TL § 010608-1234"), "18: measures.0.basis"),
    (("da: Prøve", "da: 010608-1234"), "2: title.da"),
    (("Rådgiver Lind", "Lind (010608-1234)"), "25: plan.contacts.0.person"),
    (("case: proeve", "case: proeve-0106081234"), "1: case"),
]


CPR += [
    (("name: Barn Bregne", f"name: 'Barn {written}'"), "7: persons.1.name")
    for written in (
        "010608–1234", "010608—1234", "010608‑1234", "010608−1234", "010608.1234", "010608/1234", "010608 - 1234", "010608_1234",
        "010608\u00a01234", "010608\u200b1234", "01.06.08-1234", "01 06 08 1234", "01-06-08 1234", "01060 81234", "0106081 234",
        "0106 081234", "610608-1234", "9106081234", "０１０６０８－１２３４", "٠١٠٦٠٨-١٢٣٤",
    )
]  # fmt: skip


@pytest.mark.parametrize(("edit", "place"), CPR, ids=[f"{edit[1]}" for edit, _ in CPR])
def test_what_looks_like_a_cpr_number_is_refused(edit: tuple[str, str], place: str) -> None:
    assert f"case.yaml:{place}: {NO_CPR}" in case_errors(changed(CASE, *edit))


def test_what_looks_like_a_cpr_number_is_refused_as_a_key_too() -> None:
    for key in ("010608-1234", "0106081234", "010608–1234", "610608 1234"):
        found = case_errors(changed(CASE, "by: skolen", f"{key}: x"))
        assert found[0] == f"case.yaml:14: events.0.{key}: {NO_CPR}"


@pytest.mark.parametrize(
    "name",
    [
        "tlf. 12 34 56 78",
        "+45 12 34 56 78",
        "+45 12345678",
        "sag 2018-12345",
        "12345678901234567890",
        "4013081234",
        "0113081234",
        "9206081234",
        "2018-03-05/2018-03-20",
        "01.01.2018 - 31.12.2018",
        "2018-12-10 12:30, 14:30",
        "BEK 1012/2019 § 12",
    ],
)
def test_other_numbers_are_no_cpr_numbers(name: str) -> None:
    assert case_errors(changed(CASE, "name: Barn Bregne", f"name: '{name}'")) == []


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(changed(CASE, '"190"', '"999"'), "2018-06-20", "2008-01-01")
    text = changed(text, "Rådgiver Lind", "Lind 010608-1234")
    assert case_errors(text) == [
        "case.yaml:11: statuses.0.is: unknown municipality code '999'; expected a three-digit code of a municipality",
        "case.yaml:16: documents.0: 2008-01-01 is before 'barn' was born (2008-06-01); expected a day on or after the birth",
        f"case.yaml:25: plan.contacts.0.person: {NO_CPR}",
    ]


def test_a_file_that_is_missing_or_no_yaml_is_an_invalid_case(tmp_path: Path) -> None:
    with pytest.raises(InvalidCase, match="cannot be read: No such file or directory"):
        load_case(tmp_path / "none.yaml", corpus())
    assert case_errors("case: [") == ["case.yaml:2: not valid YAML: did not find expected node content"]


# --- mutations

VALID: dict[str, Any] = parse(CASE.encode(), "case.yaml").value
NASTY = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**19), 10**19), st.floats(), st.text(max_size=8),
    st.lists(st.none(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2), st.lists(st.lists(st.text(max_size=2), max_size=2), max_size=2),
    st.sampled_from(["2018-03-05", "2018-03-05T14:30", "2018", "ca. 0001-01-01", "9999-12-31", "barn", "mor", "0106081234", "nul\0"]),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in ((*path, key), *places(item, (*path, key)))]


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """The valid case with a few values dropped, replaced or put in."""
    value = copy.deepcopy(VALID)
    for _ in range(draw(st.integers(1, 4))):
        *above, last = draw(st.sampled_from(places(value) or [("case",)]))
        target: Any = value
        for step in above:
            target = target[step]
        what = draw(st.sampled_from(["drop", "replace", "insert"]))
        if what == "drop":
            target.pop(last, None) if isinstance(target, dict) else target.pop(last)
        elif what == "replace":
            target[last] = draw(NASTY)
        elif isinstance(target, dict):
            target[draw(st.one_of(st.text(max_size=5), st.sampled_from(["to", "by", "outcome", "is", "about"])))] = (
                draw(NASTY)
            )
        else:
            target.insert(last, draw(NASTY))
    return yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "surrogatepass")


@settings(max_examples=400, deadline=None)
@given(mutants())
def test_a_mutated_case_raises_nothing_but_invalid_case(raw: bytes) -> None:
    with suppress(InvalidCase):
        assert parse_case(raw, "case.yaml", corpus()).persons


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_random_bytes_raise_nothing_but_invalid_case(data: st.DataObject) -> None:
    raw = bytearray(CASE.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with suppress(InvalidCase):
        assert parse_case(bytes(raw), "case.yaml", corpus()).persons


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_case_are_an_invalid_case(raw: bytes) -> None:
    with pytest.raises(InvalidCase):
        parse_case(raw, "case.yaml", corpus())
