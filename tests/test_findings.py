"""Findings across the obligations of one case: what stands in the way of one plan, and what is missing."""

from enplan.assess import assess
from enplan.result import Finding
from small import case, changed, corpus, merged

PEOPLE = """
sectors: [children, employment]
date: 2018-03-01
persons: [{id: barn, born: 2008-06-15}, {id: mor, born: 1985-04-12}, {id: gaest, born: 1990-01-01}]
relations: [{person: mor, is: foraelder, of: barn}]
"""
NOTIFIED = "events: [{event: underretning, date: 2018-02-10, about: barn}]"
ASKED = "events: [{event: henvendelse, date: 2018-02-20, about: %s}]"


def rule(name: str, when: str, must: str, more: str = "") -> str:
    return (
        f"  - id: {name}\n    provision: TL § 1\n    title: {{da: {name}, en: {name}}}\n"
        f"    when: {when}\n    must: {must}\n{more}"
    )


CHILD_PLAN = rule(
    "barnets",
    "{event: underretning, about: child}",
    "{produce: handleplan, about: child}",
    "    family: handleplan\n    window: {closes: {after: {amount: 4, unit: months}}}\n",
)
OWN_PLAN = rule(
    "egen", "{event: henvendelse, about: citizen}", "{produce: min-plan, about: citizen}", "    family: handleplan\n"
)


def findings(rules: str, *facts: str, regime: str = "gaeldende-ret") -> list[Finding]:
    known = corpus(rules)
    return list(assess(case(merged(PEOPLE, *facts), known), known, regime=regime).findings)


def kinds(rules: str, *facts: str) -> list[str]:
    return [finding.kind for finding in findings(rules, *facts)]


def test_two_plans_in_one_family_are_duplicates_and_in_two_families_are_not() -> None:
    rules = "requirements:\n" + CHILD_PLAN + OWN_PLAN
    (found,) = findings(rules, NOTIFIED, ASKED % "mor")
    assert found.kind == "duplicate-plan"
    assert found.explanation == (
        "2 planer kræves samtidig: handleplan (barn), Min Plan (mor).",
        "2 plans are required at once: action plan (barn), My Plan (mor).",
    )
    assert kinds(rules, NOTIFIED, ASKED % "gaest") == []
    assert kinds(rules, NOTIFIED) == []


def talk(name: str, window: str) -> str:
    return rule(
        name, "{event: underretning, about: child}", "{hold: samtale, about: child}", f"    family: samtale\n{window}"
    )


def test_talks_can_be_merged_where_their_windows_share_a_day() -> None:
    soon = talk("foerste", "    window: {closes: {after: {amount: 1, unit: months}}}\n")  # 10 February to 10 March
    window = "    window: {opens: {after: {amount: %s, unit: weeks}}, closes: {after: {amount: 2, unit: months}}}\n"
    later = talk("anden", window)
    (found,) = findings("requirements:\n" + soon + later % 4, NOTIFIED)  # opens on 10 March
    assert (found.kind, found.obligations) == (
        "mergeable-meetings",
        ("foerste[child=barn]@2018-02-10", "anden[child=barn]@2018-02-10"),
    )
    assert "2018-03-10" in found.explanation[0]
    assert kinds("requirements:\n" + soon + later % 5, NOTIFIED) == []  # opens on 17 March
    on_top = later % 4 + "    distinct_from: [foerste]\n"  # the one talk cannot count as the other
    assert kinds("requirements:\n" + soon + on_top, NOTIFIED) == []


def test_a_consent_is_missing_until_it_is_given_for_this_child_and_not_withdrawn() -> None:
    rules = "requirements:\n" + rule(
        "med",
        "{event: underretning, about: child}",
        "{produce: handleplan, about: child}",
        "    for_each: {parent: {relation: foraelder, of: child}}\n"
        "    consents: [{consent: samtykke, by: parent, about: child}]\n",
    )
    given = "consents: [{consent: samtykke, by: mor, about: barn, date: 2018-02-12}]"
    assert kinds(rules, NOTIFIED) == ["consent-missing"]
    assert kinds(rules, NOTIFIED, given) == []
    assert kinds(rules, NOTIFIED, changed(given, "about: barn", "about: gaest")) == ["consent-missing"]
    assert kinds(rules, NOTIFIED, changed(given, "2018-02-12", "2018-02-12, withdrawn: 2018-02-20")) == [
        "consent-missing"
    ]
    assert kinds(rules, NOTIFIED, changed(given, "2018-02-12", "2018-02-12, answer: false")) == ["consent-missing"]


FURESOE = (
    "statuses: [{of: barn, status: handlekommune, is: '190', from: 2008-06-15}]"  # the trial: 2017-03-01 to 2019-12-31
)
EXEMPT = (
    "changes:\n  - id: fl-1\n    kind: exemption\n    verb: waive\n    title: {da: Fritagelse, en: Exemption}\n"
    "    provision: FL § 1\n    in_force: {from: 2017-01-01, to: %s}\n"
    "    gates: {network: proevenet, adoption: proeve-a}\n    reaches: {requirements: [%s]}\n"
)


def test_a_duty_dangles_when_the_document_that_it_presupposes_is_exempted() -> None:
    follow_up = rule("foelg-op", "{event: underretning, about: child}", "{hold: samtale, about: child}")
    rules = "requirements:\n" + CHILD_PLAN + changed(follow_up, "TL § 1", "TL § 2, stk. 1")
    exempt = EXEMPT % ("2019-12-31", "barnets")
    (found,) = findings(rules + exempt, NOTIFIED, FURESOE)
    assert (found.kind, found.provisions) == ("dangling-duty", ("TL § 1", "TL § 2, stk. 1"))
    assert kinds(rules, NOTIFIED, FURESOE) == []  # nothing is exempted
    assert kinds(rules + exempt, NOTIFIED) == []  # the municipality is not known: nothing is removed


def test_an_exemption_that_has_ended_may_still_be_relied_on() -> None:
    rules = "requirements:\n" + rule(
        "rytme",
        "{event: underretning, about: child}",
        "{hold: samtale, about: child}",
        "    window: {closes: {after: {amount: 1, unit: weeks}}}\n    every: {amount: 2, unit: weeks, from: grid}\n",
    )
    assert kinds(rules + EXEMPT % ("2018-02-20", "rytme"), NOTIFIED, FURESOE) == ["expired-exemption"]
    assert kinds(rules + EXEMPT % ("2019-12-31", "rytme"), NOTIFIED, FURESOE) == []


OPTION = (
    "changes:\n  - id: fl-1\n    kind: option\n    verb: replace\n    title: {da: Fælles plan, en: Common plan}\n"
    "    provision: FL § 1\n    reaches: {requirements: [barnets]}\n"
    "    gates: {conditions: [{exists: {document: faelles-plan, about: child}}, {consent: samtykke, by: child}]}\n"
)
MADE = "documents: [{document: faelles-plan, date: 2018-02-20, about: barn}]"


def test_a_common_plan_that_waits_for_a_consent_says_so() -> None:
    rules = "requirements:\n" + CHILD_PLAN + OPTION
    given = "consents: [{consent: samtykke, by: barn, date: 2018-02-15}]"
    (found,) = findings(rules, NOTIFIED, MADE)
    assert (found.kind, found.provisions) == ("consent-missing", ("TL § 1",))
    assert found.explanation[0] == "Samtykke fra barn er ikke registreret."
    assert found.dissolved_by[0].startswith("Uden samtykket træder den fælles plan ikke i stedet for TL § 1.")
    assert kinds(rules, NOTIFIED, MADE, given) == []  # the plan stands in
    assert kinds(rules, NOTIFIED) == []  # there is no common plan
    assert kinds(rules, NOTIFIED, MADE, changed(given, "2018-02-15", "2018-02-15, withdrawn: 2018-02-25")) == [
        "consent-missing"
    ]
