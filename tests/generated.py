"""Small random cases for the property tests: a child and a parent, 2017-2019, on the rules below."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from enplan.assess import assess
from enplan.casefile import check_case
from enplan.corpus import Corpus
from enplan.result import Assessment
from enplan.yamlfile import Document

Facts = dict[str, Any]

RULES = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Undersøge, en: Examine}
    when: {event: underretning, about: child}
    if: [{age: child, below: 18}, {any: [{trigger: grund, is: akut}, {status: ydelse, of: child, is: dagpenge}]}]
    must: {produce: undersoegelse, about: child}
    window: {closes: {earliest_of: [{after: {amount: 4, unit: months}}, {first: {event: afgoerelse, about: child, since: trigger}}]}}
  - id: tl-2
    provision: TL § 2
    title: {da: Tale, en: Talk}
    when: {event: underretning, about: child}
    per: episode
    while: [{status: ydelse, of: child, is: [dagpenge, kontanthjaelp]}]
    must: {hold: samtale, about: child}
    window: {closes: {after: {amount: 2, unit: months}}}
    every: {amount: 3, unit: months, from: last}
  - id: tl-3
    provision: TL § 3
    title: {da: Tale to gange, en: Talk twice}
    when: {measure: indsats, about: child}
    must: {hold: samtale, about: child}
    window: {closes: {after: {amount: 1, unit: quarters}}}
    every: {amount: 1, unit: quarters, from: grid}
    times: 2
  - id: tl-4
    provision: TL § 1
    title: {da: Give besked, en: Tell}
    when: {missed: tl-1}
    must: {inform: hoering, about: child}
    window: {closes: {after: {amount: 6, unit: hverdage}}}
  - id: tl-5
    provision: TL § 4
    title: {da: Skrive plan, en: Write a plan}
    when: {any_of: [{event: afgoerelse, about: child, where: {grund: almindelig}}, {judged: behov, about: child, answer: true}]}
    if: [{any: [{judged: behov, about: child, answer: true}, {consent: samtykke, by: child}]}]
    unless: [{exists: {measure: tilbud, about: child, state: running}}]
    must: {produce: handleplan, about: child}
    window:
      closes:
        cases: [{if: {status: visitation, of: child, is: jobparat}, then: trigger}]
        otherwise: {after: {amount: 1, unit: months}}
  - id: tl-6
    provision: TL § 3
    title: {da: Høre forælderen, en: Hear the parent}
    when: {event: afgoerelse, about: child}
    for_each: {parent: {relation: foraelder, of: child, expected: true}}
    if: [{not: {status: visitation, of: parent, is: revalidend}}, {none: {event: hoering, about: parent}}]
    must: {hear: hoering, about: parent}
    window: {closes: {after: {amount: 2, unit: weeks}}}
  - id: tl-7
    provision: AL § 1
    title: {da: Tale på tid, en: Talk in time}
    when: {clock: ur, of: citizen, reaches: {amount: 6, unit: months}}
    must: {hold: jobsamtale, about: citizen}
    window: {closes: {latest_of: [{after: {amount: 1, unit: weeks}}, {set_in_case: frist, about: citizen}]}}
clocks:
  - id: ur
    provision: AL § 2
    title: {da: Ur, en: Clock}
    mode: continuous
    counts: [{status: ydelse, is: [kontanthjaelp, ledighedsydelse]}]
    leaves_out: [{status: fravaer, is: [barsel]}]
"""
EVERYTHING = "requirements: [tl-1, tl-2, tl-3, tl-4, tl-5, tl-6, tl-7]"
EXEMPTION = f"""changes:
  - id: fl-1
    kind: exemption
    verb: waive
    title: {{da: Fritagelse, en: Exemption}}
    provision: FL § 1
    reaches: {{{EVERYTHING}}}
    gates: {{network: proevenet, adoption: proeve-a}}
"""
FIRST = date(2017, 1, 1)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def days(first: int = 0, last: int = 1_090) -> st.SearchStrategy[str]:
    return st.integers(first, last).map(day)


DAYS = days()
# A day, mostly; now and then a moment, a month, or about a day.
MOMENTS = st.one_of(
    DAYS, DAYS, DAYS, DAYS.map(lambda d: f"{d}T10:30"), DAYS.map(lambda d: d[:7]), days(30).map(lambda d: f"ca. {d}")
)
PERSON = st.sampled_from(["barn", "mor"])


def records(most: int, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Facts]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=most)


def timeline(person: str, status: str, *values: str) -> st.SearchStrategy[list[Facts]]:
    """A status with values that follow each other, with or without gaps between them; the last one may go on."""

    def dated(parts: list[tuple[str, int, int]], start: int, goes_on: bool) -> list[Facts]:
        found, at = [], start
        for value, length, gap in parts:
            found.append({"of": person, "status": status, "is": value, "from": day(at), "to": day(at + length)})
            at += length + gap
        if found and goes_on:
            del found[-1]["to"]
        return found

    part = st.tuples(st.sampled_from(values), st.integers(1, 400), st.sampled_from([1, 1, 20]))
    return st.builds(dated, st.lists(part, max_size=3), st.integers(0, 300), st.booleans())


EVENT = st.sampled_from(
    ["underretning", "underretning", "samtale", "samtale", "samtale", "afgoerelse", "hoering", "jobsamtale"]
)
MORE = st.sampled_from([{}, {}, {"outcome": "udeblevet"}, {"grund": "akut"}, {"grund": "almindelig"}])
BORN = st.sampled_from(["2008-06-15", "2008-06-15", "1999-11-30", "2000"])
PARENT = st.sampled_from([[], [{"person": "mor", "is": "foraelder", "of": "barn"}]])
SECTORS = st.sampled_from([["children", "employment"], ["children", "employment"], ["children"], ["employment"], []])
RECORDS = {
    "events": st.lists(
        st.builds(
            lambda one, more: one | more,
            st.fixed_dictionaries({"event": EVENT, "date": MOMENTS, "about": PERSON}),
            MORE,
        ),
        max_size=9,
    ),
    "documents": records(3, document=st.sampled_from(["undersoegelse", "handleplan"]), date=MOMENTS, about=PERSON),
    "measures": records(2, **{"measure": st.sampled_from(["indsats", "tilbud"]), "about": PERSON, "from": DAYS}),
    "judgements": records(2, judged=st.just("behov"), date=DAYS, about=PERSON, answer=st.booleans()),
    "consents": records(2, consent=st.just("samtykke"), date=DAYS, by=PERSON, answer=st.booleans()),
    "settings": records(1, setting=st.just("frist"), about=PERSON, date=DAYS, on=DAYS),
}
TIMELINES = st.tuples(
    timeline("barn", "ydelse", "dagpenge", "kontanthjaelp", "ledighedsydelse"),
    timeline("mor", "ydelse", "dagpenge", "kontanthjaelp", "ledighedsydelse"),
    timeline("barn", "visitation", "jobparat", "revalidend"),
    timeline("mor", "visitation", "jobparat", "revalidend"),
    timeline("barn", "fravaer", "barsel", "ferie"),
)


def cases(municipality: str = "190") -> st.SearchStrategy[Facts]:
    """Plain values of a case file."""
    lives = [
        {"of": one, "status": "handlekommune", "is": municipality, "from": "2010-01-01"} for one in ("barn", "mor")
    ]

    def case(born: str, **parts: Any) -> Facts:
        people = [{"id": "barn", "born": born}, {"id": "mor", "born": "1975-04-12"}]
        statuses = [*lives, *(one for line in parts.pop("timelines") for one in line)]
        return {
            "case": "proeve",
            "title": {"da": "Prøve", "en": "Test"},
            "persons": people,
            "statuses": statuses,
            **parts,
        }

    return st.builds(case, BORN, timelines=TIMELINES, sectors=SECTORS, relations=PARENT, **RECORDS)


def assessed(case: Facts, known: Corpus, on: str, **options: Any) -> Assessment:
    """Assess the plain values of a case on a day."""
    return assess(check_case(Document("case.yaml", case, {}), known), known, on=date.fromisoformat(on), **options)
