"""What the scenario runner says when a result is not as expected, word for word: each way of differing is seen."""

import pytest

from enplan.scenarios import run
from small import DUTY, WAIVER, case, corpus, merged

PERSON = """
sectors: [children]
persons: [{id: barn, born: 2008-06-15}]
events: [{event: underretning, date: 2018-01-31, about: barn}]
"""
AS_IT_IS = """{requirement: tl-1, about: barn, trigger: 2018-01-31, roles: {child: barn}, display: fritaget, binding: binds,
  actor: kommunen, changed_by: fl-1, due: 2018-05-31, dues: [2018-05-31], opens: 2018-01-31, fulfilment: waived, fulfilments: [waived]}"""


def said(expect: str) -> list[str]:
    known = corpus(DUTY + WAIVER)
    facts = merged(PERSON, f"expect: [{{date: 2018-03-01, expect: {expect}}}]")
    return [line for outcome in run(case(facts, known), known, "case.yaml") for line in outcome.differences]


@pytest.mark.parametrize("kind", ["required", "optional"])
def test_a_row_as_it_is_differs_in_nothing(kind: str) -> None:
    assert said(f"{{{kind}: [{AS_IT_IS}]}}") == []


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("display: gælder", "display is fritaget, expected gælder"),
        ("binding: open", "binding is binds, expected open"),
        ("actor: jobcenteret", "actor is kommunen, expected jobcenteret"),
        ("due: 2018-06-01", "due is 2018-05-31, expected 2018-06-01"),
        ("due: 2018-05", "due is 2018-05-31, expected 2018-05-01/2018-05-31"),
        ("opens: 2018-02-01", "opens is 2018-01-31, expected 2018-02-01"),
        ("fulfilment: overdue", "fulfilment is waived, expected overdue"),
        ("dues: [2018-05-31, 2018-09-30]", "dues is [2018-05-31], expected [2018-05-31, 2018-09-30]"),
        ("fulfilments: [met]", "fulfilments is [waived], expected [met]"),
        ("questions: [judgement]", "no open question of the kind judgement"),
    ],
)
def test_a_field_that_differs_is_named_with_both_values(wrong: str, line: str) -> None:
    assert said(f"{{required: [{{requirement: tl-1, {wrong}}}]}}") == [f"differs: tl-1: {line}"]
    assert said(f"{{optional: [{{requirement: tl-1, {wrong}}}]}}") == [f"differs (optional): tl-1: {line}"]
    assert said(f"{{forbidden: [{{requirement: tl-1, {wrong}}}]}}") == []


def test_a_row_that_is_not_there_and_one_that_should_not_be() -> None:
    assert said("{required: [{requirement: tl-1, trigger: 2018-02-01}]}") == ["required but absent: tl-1 2018-02-01"]
    assert said("{forbidden: [{provision: TL § 1, changed_by: fl-1}]}") == [
        "forbidden but there: TL § 1 (tl-1[child=barn]@2018-01-31: fritaget)"
    ]


def test_findings_and_law_that_is_not_encoded() -> None:
    assert said("{findings: [{finding: duplicate-plan, provisions: [TL § 1]}], no_findings: [duplicate-plan]}") == [
        "finding absent: duplicate-plan TL § 1"
    ]
    assert said("{not_encoded: [TL § 9]}") == ["not listed as not encoded: TL § 9"]
