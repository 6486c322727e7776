"""Corners where an engine easily loses a duty, lets an order decide, or makes the unknown certain. Days counted by hand."""

import pytest

from small import corpus, dues, fulfilments, merged, row, rows, run

CASE = "sectors: [children, employment]\npersons: [{id: barn, born: 2008-06-15}, {id: mor, born: 1985-04-12}]\n"
N = "events: [{event: underretning, date: 2018-02-10, about: barn}]"
U, H = "{event: underretning, about: child}", "{hold: samtale, about: child}"
W = "window: {closes: {after: {amount: 3, unit: months}}}"
WHILE = "while: [{status: ydelse, of: child, is: kontanthjaelp}]"
PARENT = "for_each: {parent: {relation: foraelder, of: child, expected: true}}"
D = "requirements:\n"


def req(i, when=U, must=H, *more, verb="must"):
    return (
        f"  - id: {i}\n    provision: TL § 1\n    title: {{da: x, en: y}}\n    when: {when}\n    {verb}: {must}\n"
        + "".join(f"    {m}\n" for m in more)
    )


def ev(*l):
    return "events: [" + ", ".join("{event: %s, date: %s, about: barn}" % tuple(x.split()) for x in l) + "]"


def st(v, a, b=""):
    return f"statuses: [{{of: barn, status: ydelse, is: {v}, from: {a}{', to: ' + b if b else ''}}}]"


def one(rules, *facts, on, name="tl-1"):
    return row(run(merged(CASE, *facts), corpus(rules), on), name)


# 1 crash
@pytest.mark.parametrize(
    "closes",
    [
        "{birthday: 18, of: parent}",
        "{set_in_case: frist, about: parent}",
        "{local_limit: sagsbehandlingsfrist, of: parent}",
        "{status: ydelse, of: parent, turn: ends}",
    ],
)
def test_a_window_counted_from_somebody_not_recorded_is_unknown(closes):
    found = one(D + req("tl-1", U, H, PARENT, f"window: {{closes: {closes}}}"), N, on="2018-04-01")
    assert (found.binding, found.occurrences[0].due) == ("open", None)


# 2 crash
def test_a_duty_without_roles():
    assert one(D + req("tl-1", "{event: underretning}", "{hold: samtale}", W), N, on="2018-04-01").binding == "binds"


# 3 lost duty
@pytest.mark.parametrize("per", ["person", "pair", "episode"])
def test_what_has_lapsed_takes_no_later_trigger_in(per):
    rules = D + req("tl-1", U, H, f"per: {per}", WHILE, W)
    facts = (
        ev("underretning 2018-02-10", "underretning 2019-02-10"),
        st("kontanthjaelp", "2018-01-01", "2018-03-31"),
        st("dagpenge", "2018-04-01", "2018-12-31"),
        st("kontanthjaelp", "2019-01-01"),
    )
    assert [(o.binding, dues(o)) for o in rows(run(merged(CASE, *facts), corpus(rules), "2019-03-01"), "tl-1")] == [
        ("lapsed", ["2018-05-10"]),
        ("binds", ["2019-05-10"]),
    ]


# 4 lost duty
CAR = "changes:\n  - id: fl-1\n    kind: transition\n    verb: replace\n    title: {da: x, en: y}\n    provision: FL § 1\n    reaches: {}\n    carries: [{from: [tl-1], to: [tl-2]}]\n    in_force: {from: 2019-01-01}\n"


def test_a_rule_in_force_before_it_takes_over_raises_its_own():
    rules = (
        D
        + req("tl-1", "{event: henvendelse, about: child}", H, W, "in_force: {to: 2018-12-31}")
        + req("tl-2", U, H, W)
        + CAR
    )
    assert dues(one(rules, N, on="2018-04-01", name="tl-2")) == ["2018-05-10"]


# 5 irrelevant record changes the answer
def test_a_state_lapses_when_it_ends_and_not_before_it_began():
    rules = D + req("tl-1", U, H, "while: [{exists: {measure: indsats, about: child, state: running}}]", W)
    m = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-03-01}]"
    assert [one(rules, N, m, more, on="2018-04-01").binding for more in ("", ev("afgoerelse 2018-02-20"))] == [
        "binds",
        "binds",
    ]


# 6 lapse missed
def test_a_consent_withdrawn_and_given_again_ended_the_duty():
    c = "consents: [{consent: samtykke, by: barn, about: barn, date: 2018-02-01, withdrawn: 2018-03-01}, {consent: samtykke, by: barn, about: barn, date: 2018-03-20}]"
    assert (
        str(one(D + req("tl-1", U, H, "while: [{consent: samtykke, by: child}]", W), N, c, on="2018-04-01").lapsed_on)
        == "2018-03-01"
    )


def test_a_measure_granted_earlier_begins_on_its_day():
    m = "measures: [{measure: indsats, about: barn, granted: 2018-02-01, from: 2018-03-01, to: 2018-03-20}]"
    assert (
        str(
            one(
                D + req("tl-1", U, H, "while: [{none: {measure: indsats, about: child, state: running}}]", W),
                N,
                m,
                on="2018-04-01",
            ).lapsed_on
        )
        == "2018-03-01"
    )


# 7 certain made unknown
def test_a_breach_before_the_state_may_have_ended_is_certain():
    found = one(D + req("tl-1", U, H, WHILE, W), N, st("kontanthjaelp", "2018-01-01", "2018-07-31"), on="2018-10-01")
    assert (found.binding, fulfilments(found)) == ("binds", ["overdue"])


# 8 unknown made false or true
@pytest.mark.parametrize("key", ["if", "unless"])
@pytest.mark.parametrize(
    "c",
    [
        "{exists: {event: hoering, about: parent}}",
        "{none: {event: hoering, about: parent}}",
        "{exists: {consent: samtykke, by: parent}}",
        "{for_some: {sibling: {relation: foraelder, of: parent, inverse: true}}, hold: [{age: sibling, below: 30}]}",
        "{for_all: {sibling: {relation: foraelder, of: parent, inverse: true}}, hold: [{age: sibling, below: 3}]}",
    ],
)
def test_of_somebody_not_recorded_everything_is_unknown(key, c):
    assert "if" in key or True
    found = one(D + req("tl-1", U, H, PARENT, f"{key}: [{c}]", W), N, on="2018-04-01")
    assert (found.binding, {q.label for q in found.questions}) == ("open", {"roles", key})


@pytest.mark.parametrize("word", ["exists", "none"])
def test_a_record_of_some_day_of_a_month_may_be_later(word):
    rules = D + req("tl-1", U, H, "if: [{%s: {event: hoering, about: child}, at: trigger}]" % word, W)
    assert one(rules, N, ev("hoering 2018-02"), on="2018-04-01").binding == "open"


@pytest.mark.parametrize("day", ["2018-02", "2018-03"])
def test_an_absence_that_a_record_of_some_day_may_have_broken_is_open(day):
    rules = D + req(
        "tl-1",
        "{none_of: [{event: samtale, about: child}], for: {amount: 1, unit: months}, from: %s}" % U,
        "{hold: hoering, about: child}",
        W,
    )
    assert one(rules, N, ev(f"samtale {day}"), on="2018-04-01").binding == "open"


NET = "changes:\n  - id: fl-1\n    kind: exemption\n    verb: waive\n    title: {da: x, en: y}\n    provision: FL § 1\n    reaches: {requirements: [tl-1]}\n    gates: {network: proevenet}\n"


def test_the_municipality_before_a_move_is_not_the_one_after_it():
    rules = D + req("tl-1", U, H, "actor: {municipality_of: child, when: before}", W) + NET
    found = one(rules, N, "statuses: [{of: barn, status: handlekommune, is: '190', from: 2018-02-10}]", on="2018-04-01")
    assert (found.display, found.verdicts[0].truth.value) == ("gælder", "unknown")


# order
def test_two_consents_on_one_day_in_any_order():
    c = "{consent: samtykke, by: barn, about: barn, date: 2018-02-15, answer: %s}"
    rules = D + req("tl-1", U, H, "if: [{consent: samtykke, by: child}]", W)
    assert {
        one(rules, N, f"consents: [{c % a}, {c % b}]", on="2018-04-01").binding
        for a, b in (("true", "false"), ("false", "true"))
    } == {"open"}


def test_two_moments_of_one_day_in_any_order():
    e = "{event: samtale, date: 2018-03-01T%s, about: barn}"
    rules = D + req(
        "tl-1",
        U,
        "{hold: hoering, about: child}",
        "window: {closes: {after: {amount: 48, unit: hours}, from: {last: {event: samtale, about: child}}}}",
    )
    assert [
        dues(one(rules, N, f"events: [{e % a}, {e % b}]", on="2018-04-01"))
        for a, b in (("10:30", "14:30"), ("14:30", "10:30"))
    ] == [["2018-03-03T14:30+01:00"]] * 2


def test_an_option_does_not_depend_on_the_name_of_a_change_beside_it():
    opt = "  - id: %s\n    kind: option\n    verb: replace\n    title: {da: x, en: y}\n    provision: FL § 1\n    reaches: {requirements: [tl-1]}\n    gates: {conditions: [{exists: {document: faelles-plan, about: child}}]}\n"
    ex = "  - id: %s\n    kind: exemption\n    verb: waive\n    title: {da: x, en: y}\n    provision: FL § 2\n    reaches: {requirements: [tl-1]}\n    partial: day-due\n    gates: {conditions: [{in_effect: %s}]}\n"
    late = "documents: [{document: faelles-plan, date: 2018-05-11, about: barn}]"  # the window closed on 10 May
    for a, b in (("fl-1", "fl-2"), ("fl-2", "fl-1")):
        parts = sorted([opt % a, ex % (b, a)])
        assert (
            one(D + req("tl-1", U, H, W) + "changes:\n" + "".join(parts), N, late, on="2018-08-01").display == "gælder"
        )


# days
@pytest.mark.parametrize(("word", "day"), [("first", "2018-03-01"), ("last", "2018-12-01")])
def test_the_last_measure_to_end(word, day):
    m = "measures: [{measure: indsats, about: barn, from: 2018-02-11, to: 2018-12-01}, {measure: indsats, about: barn, from: 2018-02-12, to: 2018-03-01}]"
    assert dues(
        one(
            D + req("tl-1", U, H, "window: {closes: {%s: {measure: indsats, about: child, state: ended}}}" % word),
            N,
            m,
            on="2019-04-01",
        )
    ) == [day]


def test_an_option_whose_state_has_ended_lapses():
    found = one(
        D + req("tl-1", U, H, WHILE, verb="may"),
        N,
        st("kontanthjaelp", "2018-01-01", "2018-02-28"),
        st("dagpenge", "2018-03-01"),
        on="2018-10-01",
    )
    assert (found.binding, str(found.lapsed_on)) == ("lapsed", "2018-03-01")


@pytest.mark.parametrize(
    ("closes", "unit", "begun", "days"),
    [
        ("{after: {amount: 1, unit: months}}", "quarters", "2018-01-31", ["2018-02-28", "2018-05-31", "2018-08-31"]),
        ("{end_of: months}", "months", "2018-02-05", ["2018-02-28", "2018-03-31", "2018-04-30"]),
    ],
)
def test_a_grid_keeps_the_ends_of_months(closes, unit, begun, days):
    rules = D + req(
        "tl-1",
        "{measure: indsats, about: child}",
        H,
        f"window: {{closes: {closes}}}",
        f"every: {{amount: 1, unit: {unit}, from: grid}}",
    )
    assert (
        dues(one(rules, f"measures: [{{measure: indsats, about: barn, from: {begun}}}]", on="2018-08-15"))[:3] == days
    )


def test_a_longest_duration_in_hours():
    rules = D + req(
        "tl-1",
        "{measure: indsats, about: child}",
        "{end: indsats, about: child}",
        "window: {lasts_at_most: {amount: 24, unit: hours}}",
    )
    assert dues(one(rules, "measures: [{measure: indsats, about: barn, from: 2018-03-01T10:00}]", on="2018-03-02")) == [
        "2018-03-02T10:00+01:00"
    ]
