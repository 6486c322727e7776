"""What a rule says beside its duty (docs/language.md, § 5): who acts, whose consent, which documents, other readings, a share of a group.

A notification about a child of nine on 10 February 2018, assessed on 1 March 2018. The child moved from Furesø to Allerød that day.
"""

import pytest

from enplan.report import Report
from enplan.result import Assessment
from enplan.sentence import Sentence
from small import case, corpus, dues, merged, row, run

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {produce: handleplan, about: child}
    window: {closes: {after: {amount: 3, unit: months}}}
"""
CASE = """
sectors: [children, employment]
persons: [{id: barn, name: Barn, born: 2008-06-15}, {id: mor, name: Mor, born: 1985-04-12}]
events: [{event: underretning, date: 2018-02-10, about: barn}]
relations: [{person: mor, is: foraeldremyndighedsindehaver, of: barn}]
statuses:
  - {of: barn, status: handlekommune, is: '190', from: 2010-01-01, to: 2018-02-09}
  - {of: barn, status: handlekommune, is: '201', from: 2018-02-10}
"""
ON = "2018-03-01"


def found(keys: str, *facts: str) -> Assessment:
    return run(merged(CASE, *facts), corpus(DUTY + keys), ON)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        ("", "kommunen"),  # that of the act
        ("actor: skolen", "skolen"),
        ("actor: {municipality_of: child}", "municipality:201"),
        ("actor: {municipality_of: child, when: trigger}", "municipality:201"),
        ("actor: {municipality_of: child, when: before}", "municipality:190"),
    ],
)
def test_who_acts(actor: str, expected: str) -> None:
    assert row(found(f"    {actor}\n" if actor else ""), "tl-1").actor == expected


NEEDED = """    for_each: {holder: {relation: foraeldremyndighedsindehaver, of: child}}
    consents: [{consent: samtykke, by: %s, strength: %s%s}]
"""
MISSING = "Samtykke fra Mor er ikke registreret."
GIVEN = "consents: [{consent: samtykke, by: mor, about: barn, date: 2018-02-20%s}]"


@pytest.mark.parametrize(
    ("by", "strength", "ages", "fact", "expected"),
    [
        ("holder", "required", "", "", [MISSING]),
        ("holder", "as-far-as-possible", "", "", [MISSING.replace(".", "; det skal så vidt muligt foreligge.")]),
        ("holder", "heard", "", "", []),  # only to be heard
        ("holder", "required", "", GIVEN % "", []),
        ("holder", "required", "", GIVEN % ", answer: false", [MISSING]),
        ("holder", "required", "", GIVEN % ", withdrawn: 2018-02-28", [MISSING]),
        ("child", "required", ", from_age: 10", "", []),  # nine today
        ("child", "required", ", from_age: 9", "", [MISSING.replace("Mor", "Barn")]),
        ("child", "required", ", below_age: 9", "", []),
        ("child", "required", ", below_age: 10", "", [MISSING.replace("Mor", "Barn")]),
    ],
)
def test_a_consent_that_the_act_needs_is_missed(
    by: str, strength: str, ages: str, fact: str, expected: list[str]
) -> None:
    result = found(NEEDED % (by, strength, ages), fact)
    assert [f.explanation[0] for f in result.findings if f.kind == "consent-missing"] == expected


def test_another_reading_of_the_law_gives_its_own_day_beside_the_first() -> None:
    other = "{title: {da: Anden læsning, en: Other reading}, window: {closes: {after: {amount: 1, unit: months}}}}"
    one = row(found(f"    readings: [{other}]\n"), "tl-1")
    assert dues(one) == ["2018-05-10"]
    assert [str(occurrence.due) for _, occurrence in one.alternatives] == ["2018-03-10"]


@pytest.mark.parametrize(
    ("act", "fact", "detail", "said"),
    [
        ("{produce: handleplan, about: child, parts: [maal]}",
         "documents: [{document: handleplan, date: 2018-02-20, about: barn%s}]", ", parts: [maal]", "handleplan vedrørende barnet med mål"),
        ("{hold: samtale, about: child, form: personligt-fremmoede}",
         "events: [{event: samtale, date: 2018-02-20, about: barn%s}]", ", form: personligt-fremmoede",
         "samtale vedrørende barnet (personligt fremmøde)"),
    ],
)  # fmt: skip
def test_an_act_is_met_by_its_form_and_its_parts(act: str, fact: str, detail: str, said: str) -> None:
    known = corpus(DUTY.replace("{produce: handleplan, about: child}", act))
    assert said in Sentence(known, "da").requirement(known.requirements["tl-1"])

    def met(more: str) -> bool:
        (one,) = row(run(merged(CASE, fact % more), known, ON), "tl-1").occurrences
        return one.fulfilment == "met"

    assert [met(detail), met("")] == [True, False]


def test_an_act_is_not_met_by_another_form() -> None:
    known = corpus(
        DUTY.replace("{produce: handleplan, about: child}", "{hold: samtale, about: child, form: personligt-fremmoede}")
    )
    fact = "events: [{event: samtale, date: 2018-02-20, about: barn, form: telefonisk}]"
    (one,) = row(run(merged(CASE, fact), known, ON), "tl-1").occurrences
    assert (one.fulfilment, one.met_by) == ("later", ())


@pytest.mark.parametrize(("key", "expected"), [("", ["handleplan"]), ("    documents: [min-plan]\n", ["min-plan"])])
def test_the_documents_of_a_duty_are_listed(key: str, expected: list[str]) -> None:
    known = corpus(DUTY + key)
    data = Report(run(CASE, known, ON), case(CASE, known), known).data()
    assert data["obligations"][0]["documents"] == expected


def test_a_share_of_a_group_is_told_in_the_sentence() -> None:
    group = "group: {da: de ledige, en: the unemployed}, period: {da: hvert år, en: every year}"
    rules = DUTY.replace("{event: underretning, about: child}", "{municipality: municipality}").replace(
        ", about: child", ""
    )
    known = corpus(f"{rules}    quota: {{at_least: 75, {group}}}\n")
    assert (
        Sentence(known, "da")
        .requirement(known.requirements["tl-1"])
        .endswith("Kravet gælder for mindst 75 pct. af de ledige, hvert år.")
    )
    assert row(run(CASE, known, ON), "tl-1").binding == "group"
