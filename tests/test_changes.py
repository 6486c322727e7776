"""Changes (docs/language.md, § 8): gates, versions, partly covered windows. Expected answers are from that page.

Furesø (190) is in the network, has the trial approved and entered in its vedtægt in 2017-2019; Allerød (201) is in the network and
nothing more is known; Fredensborg (210) entered the trial a month too late; København (101) is in the network and has said no;
Aarhus (751) is not in the network.
"""

import pytest

from enplan.result import Obligation, Verdict
from enplan.truth import Truth
from small import corpus, dues, fulfilments, merged, row, rows, run

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {produce: handleplan, about: child}
    window: {closes: {after: {amount: 3, unit: months}}}
"""
EVERY = "    every: {amount: 3, unit: months, from: last}\n"
INSTEAD = """  - id: tl-2
    provision: TL § 2
    title: {da: Fælles plan, en: Common plan}
    when: {event: underretning, about: child}
    must: {produce: faelles-plan, about: child}
    window: {closes: {after: {amount: 6, unit: months}}}
    under: fl-1
"""
CHANGE = """changes:
  - id: fl-1
    kind: exemption
    title: {da: Fritagelse, en: Exemption}
    provision: FL § 1
    reaches: {requirements: [tl-1]}
"""
CASE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}]
events: [{event: underretning, date: 2018-02-10, about: barn}]
"""
IN = "statuses: [{of: barn, status: handlekommune, is: '%s', from: 2008-06-15}]"


def change(*keys: str, verb: str = "waive") -> str:
    return CHANGE + "".join(f"    {key}\n" for key in (f"verb: {verb}", *keys))


def assessed(rules: str, *facts: str, on: str = "2018-04-01", **options: object) -> Obligation:
    return row(run(merged(CASE, *facts), corpus(rules), on, **options), "tl-1")


def verdict(obligation: Obligation) -> Verdict:
    (only,) = obligation.verdicts
    return only


def answer(obligation: Obligation) -> tuple[str, str, str]:
    """Whether the change is in effect, the gate that decided, and the word shown for the row."""
    one = verdict(obligation)
    return one.truth.value, one.gate, obligation.display


# --- gates

NETWORK = "network: proevenet"
STARTED = "started_by: 2018-10-01, approval: proeve-a"
ADOPTION = "adoption: proeve-a"
GROUP = "group: [{status: ydelse, of: child, is: dagpenge}]"
CONDITION = "conditions: [{consent: samtykke, by: child}]"
FIVE = f"{NETWORK}, {STARTED}, {ADOPTION}, {GROUP}, {CONDITION}"
BENEFIT = "statuses: [{of: barn, status: ydelse, is: %s, from: 2018-01-01}]"
CONSENT = "consents: [{consent: samtykke, by: barn, about: barn, date: 2018-02-15, answer: %s}]"


def test_a_change_whose_gates_are_all_open_is_in_effect() -> None:
    found = assessed(DUTY + change(f"gates: {{{FIVE}}}"), IN % "190", BENEFIT % "dagpenge", CONSENT % "true")
    assert answer(found) == ("true", "", "fritaget")
    assert (found.binding, fulfilments(found), dues(found)) == ("binds", ["waived"], ["2018-05-10"])
    assert [label for label, _ in verdict(found).row] == ["network", "started", "adoption", "group", "conditions"]


def test_a_change_without_gates_is_in_effect() -> None:
    assert answer(assessed(DUTY + change())) == ("true", "", "fritaget")


@pytest.mark.parametrize(
    ("gates", "facts", "expected"),
    [
        # The gates are asked in their order: the first that is shut is the reason.
        (FIVE, (IN % "751", BENEFIT % "kontanthjaelp"), ("false", "network")),
        (FIVE, (IN % "210", BENEFIT % "kontanthjaelp"), ("false", "started")),
        (f"{NETWORK}, {ADOPTION}, {GROUP}, {CONDITION}", (IN % "101", BENEFIT % "kontanthjaelp"), ("false", "adoption")),
        (FIVE, (IN % "190", BENEFIT % "kontanthjaelp", CONSENT % "false"), ("false", "group")),
        (FIVE, (IN % "190", BENEFIT % "dagpenge", CONSENT % "false"), ("false", "conditions")),
        # What is not recorded is unknown, and an unknown gate is not in effect.
        (f"{NETWORK}, {ADOPTION}", (), ("unknown", "network")),
        (f"{NETWORK}, approval: proeve-a", (IN % "201",), ("unknown", "started")),
        (f"{NETWORK}, approval: proeve-a", (IN % "190",), ("true", "")),
        (f"{NETWORK}, started_by: 2018-10-01, {ADOPTION}", (IN % "201",), ("unknown", "started")),
        (f"{NETWORK}, started_by: 2018-10-01, {ADOPTION}", (IN % "210",), ("false", "started")),
        (f"{NETWORK}, started_by: 2018-11-01, {ADOPTION}", (IN % "210",), ("false", "adoption")),  # not yet on the day
        (f"{NETWORK}, {ADOPTION}", (IN % "201",), ("unknown", "adoption")),
        (f"{ADOPTION}", (IN % "751",), ("unknown", "adoption")),
        (f"{NETWORK}, {ADOPTION}, {GROUP}", (IN % "190",), ("unknown", "group")),
        (f"{NETWORK}, {ADOPTION}, {GROUP}, {CONDITION}", (IN % "190", BENEFIT % "dagpenge"), ("unknown", "conditions")),
        # A later gate that is shut decides, whatever is unknown before it.
        (f"{NETWORK}, {ADOPTION}, {GROUP}", (IN % "201", BENEFIT % "kontanthjaelp"), ("false", "group")),
        # Municipalities that are left out.
        ("not_in: [190]", (IN % "190",), ("false", "municipality")),
        ("not_in: [190]", (IN % "201",), ("true", "")),
        ("not_in: [190]", (), ("unknown", "municipality")),
        # The whole caseload cannot be judged on one case.
        ("portfolio: {da: Niveauet holder, en: The level holds}", (IN % "190",), ("unknown", "portfolio")),
    ],
)  # fmt: skip
def test_each_gate_has_its_own_reason(gates: str, facts: tuple[str, ...], expected: tuple[str, str]) -> None:
    found = assessed(DUTY + change(f"gates: {{{gates}}}"), *facts)
    assert answer(found)[:2] == expected
    assert found.binding == "binds"
    assert (fulfilments(found), found.display) == (
        (["waived"], "fritaget") if expected[0] == "true" else (["later"], "gælder")
    )


@pytest.mark.parametrize(("on", "expected"), [("2018-04-01", "true"), ("2020-02-20", "false")])
def test_membership_of_the_network_is_dated(on: str, expected: str) -> None:
    moved = "events: [{event: underretning, date: 2020-02-10, about: barn}]"
    found = rows(
        run(merged(CASE, moved, IN % "190"), corpus(DUTY + change("gates: {network: proevenet}")), on), "tl-1"
    )[-1]
    assert answer(found)[:2] == (expected, "" if expected == "true" else "network")


def test_the_acting_municipality_is_that_of_the_day() -> None:
    moved = (
        "statuses: [{of: barn, status: handlekommune, is: '751', from: 2008-06-15, to: 2018-03-31}, "
        "{of: barn, status: handlekommune, is: '190', from: 2018-04-01}]"
    )
    later = "events: [{event: underretning, date: 2018-04-10, about: barn}]"
    found = rows(
        run(
            merged(CASE, later, moved),
            corpus(DUTY + change("gates: {network: proevenet}", "partial: day-due")),
            "2018-05-01",
        ),
        "tl-1",
    )
    assert [answer(one)[0] for one in found] == ["true", "true"]  # both limits fall due after the move
    found = rows(
        run(merged(CASE, later, moved), corpus(DUTY + change("gates: {network: proevenet}")), "2018-05-01"), "tl-1"
    )
    assert [answer(one)[:2] for one in found] == [("unknown", "partial"), ("true", "")]


def test_the_municipality_before_a_move_is_not_the_one_after_it() -> None:
    duty = DUTY + "    actor: {municipality_of: child, when: before}\n"
    moved_in = (IN % "190").replace("2008-06-15", "2018-02-10")  # from where is not recorded
    found = assessed(duty + change("gates: {network: proevenet}"), moved_in)
    assert (found.display, verdict(found).truth) == ("gælder", Truth.UNKNOWN)


def test_an_assumed_adoption_is_marked_everywhere() -> None:
    rules = DUTY + INSTEAD + change(f"gates: {{{NETWORK}, {ADOPTION}}}", "instead: [tl-2]", verb="replace")
    found = run(merged(CASE, IN % "201"), corpus(rules), "2018-04-01", assume=["proeve-a"])
    assert found.assumptions == ("proeve-a",)
    replaced, instead = row(found, "tl-1"), row(found, "tl-2")
    assert (verdict(replaced).truth, verdict(replaced).assumed, replaced.display) == (Truth.TRUE, True, "erstattet")
    assert [(label, reading.value) for label, reading in instead.row if label == "under"] == [("under", "assumed")]
    assert (instead.binding, dues(instead)) == ("binds", ["2018-08-10"])


def test_what_is_recorded_is_not_marked_as_assumed() -> None:
    found = assessed(DUTY + change(f"gates: {{{NETWORK}, {ADOPTION}}}"), IN % "190")
    assert verdict(found).assumed is False


def test_an_assumed_adoption_opens_no_other_gate() -> None:
    found = assessed(DUTY + change(f"gates: {{{NETWORK}, {ADOPTION}}}"), IN % "751", assume=["proeve-a"])
    assert answer(found) == ("false", "network", "gælder")


def test_an_unknown_adoption_leaves_the_duty_binding_and_puts_nothing_in_its_place() -> None:
    rules = DUTY + INSTEAD + change(f"gates: {{{NETWORK}, {ADOPTION}}}", "instead: [tl-2]", verb="replace")
    found = run(merged(CASE, IN % "201"), corpus(rules), "2018-04-01")
    assert answer(row(found, "tl-1")) == ("unknown", "adoption", "gælder")
    assert (row(found, "tl-1").binding, fulfilments(row(found, "tl-1"))) == ("binds", ["later"])
    assert row(found, "tl-2").binding == "does-not-bind"


def test_a_replacement_duty_binds_only_while_its_change_is_in_effect() -> None:
    rules = DUTY + INSTEAD + change(f"gates: {{{NETWORK}}}", "instead: [tl-2]", verb="replace")
    known = corpus(rules)
    inside, outside = (run(merged(CASE, IN % code), known, "2018-04-01") for code in ("190", "751"))
    assert (row(inside, "tl-1").display, row(inside, "tl-2").binding) == ("erstattet", "binds")
    assert (row(outside, "tl-1").display, row(outside, "tl-2").binding) == ("gælder", "does-not-bind")


def test_a_change_may_hang_on_another_change() -> None:
    second = """  - id: fl-2
    kind: exemption
    verb: waive
    title: {da: Følge, en: Consequence}
    provision: FL § 2
    reaches: {requirements: [tl-2]}
    gates: {conditions: [{in_effect: fl-1}]}
"""
    rules = DUTY + INSTEAD.replace("    under: fl-1\n", "") + change(f"gates: {{{NETWORK}}}") + second
    known = corpus(rules)
    inside, outside = (run(merged(CASE, IN % code), known, "2018-04-01") for code in ("190", "751"))
    assert [row(inside, name).display for name in ("tl-1", "tl-2")] == ["fritaget", "fritaget"]
    assert [row(outside, name).display for name in ("tl-1", "tl-2")] == ["gælder", "gælder"]


def test_a_safeguard_is_never_touched_and_a_layer_left_out_is_not_seen() -> None:
    other = INSTEAD.replace("    under: fl-1\n", "").replace("TL § 2", "TL § 1")
    rules = DUTY + other + change("never: [tl-2]").replace("{requirements: [tl-1]}", "{provisions: [TL § 1]}")
    found = run(CASE, corpus(rules), "2018-04-01")
    assert [row(found, name).display for name in ("tl-1", "tl-2")] == ["fritaget", "gælder"]
    trial = "act: FL\nlayer: proeve\nsource: {instrument: lta/2016/10, read: 2024-01-01}\n" + change()
    known = corpus(DUTY, trial)
    assert row(run(CASE, known, "2018-04-01"), "tl-1").display == "fritaget"
    assert row(run(CASE, known, "2018-04-01", regime="uden-proeve"), "tl-1").display == "gælder"


# --- versions, and the law as known

VERSIONS = (
    "versions: [{provision: FL § 1, instrument: lta/2016/10, in_force: {from: 2017-01-01, to: 2017-12-31}}, "
    "{provision: FL § 2, instrument: lta/2017/11, in_force: {from: 2018-01-01, to: 2018-12-31}}, "
    "{provision: FL § 3, instrument: lta/2018/12, in_force: {from: 2019-01-01, to: 2019-12-31}}]"
)


@pytest.mark.parametrize(
    ("notified", "on", "truth", "gate", "provision", "until"),
    [
        ("2017-02-10", "2017-04-01", "true", "", "FL § 1", "2017-12-31"),
        # The second order is issued on 15 December 2017: before that nobody knows that the trial goes on.
        ("2017-11-10", "2017-12-14", "unknown", "partial", "FL § 1", "2017-12-31"),
        ("2017-11-10", "2017-12-15", "true", "", "FL § 1", "2018-12-31"),
        ("2018-02-10", "2018-04-01", "true", "", "FL § 2", "2018-12-31"),
        ("2018-12-10", "2018-12-19", "unknown", "partial", "FL § 2", "2018-12-31"),
        ("2018-12-10", "2018-12-20", "true", "", "FL § 2", "2019-12-31"),
        ("2020-02-10", "2020-04-01", "false", "in-force", "", ""),
    ],
)
def test_a_trial_in_several_orders_is_known_from_their_days_of_issue(
    notified: str, on: str, truth: str, gate: str, provision: str, until: str
) -> None:
    rules = corpus(DUTY + change(VERSIONS))
    found = row(run(CASE.replace("2018-02-10", notified), rules, on), "tl-1")
    one = verdict(found)
    assert (one.truth.value, one.gate) == (truth, gate)
    if provision:
        assert one.version is not None
        assert (one.version.provision, str(one.until)) == (provision, until)


def test_a_change_is_known_from_the_issue_of_its_enacting_instrument() -> None:
    later = "events: [{event: underretning, date: 2017-12-20, about: barn}]"
    rules = corpus(DUTY + change("in_force: {from: 2018-01-01, by: lta/2017/11}", "partial: day-due"))
    for on, expected in (("2017-12-14", []), ("2017-12-20", ["true"])):
        text = merged("persons: [{id: barn, born: 2008-06-15}]\nsectors: [children]", later)
        assert [answer(one)[0] for one in rows(run(text, rules, on), "tl-1")] == expected


# --- a window partly covered, and what happens at the end


@pytest.mark.parametrize(
    ("days", "partial", "expected"),
    [
        ("{from: 2018-01-01, to: 2018-12-31}", "law-silent", ("true", "")),
        ("{to: 2018-03-31}", "law-silent", ("unknown", "partial")),  # the window runs from 10 February to 10 May
        ("{from: 2018-03-01}", "law-silent", ("unknown", "partial")),
        ("{to: 2018-03-31}", "day-due", ("false", "in-force")),
        ("{from: 2018-03-01}", "day-due", ("true", "")),
        ("{to: 2018-05-09}", "day-due", ("false", "in-force")),
        ("{to: 2018-05-10}", "day-due", ("true", "")),
        # No share of the window is computed: its first day decides.
        ("{to: 2018-03-31}", "proportional", ("true", "")),
        ("{to: 2018-02-09}", "proportional", ("false", "in-force")),
        ("{from: 2018-03-01}", "proportional", ("false", "in-force")),
        ("{from: 2018-05-11}", "law-silent", ("false", "in-force")),
        ("{to: 2018-02-09}", "law-silent", ("false", "in-force")),
    ],
)
def test_a_window_that_is_partly_covered(days: str, partial: str, expected: tuple[str, str]) -> None:
    found = assessed(DUTY + change(f"in_force: {days}", f"partial: {partial}"), on="2018-06-01")
    assert answer(found)[:2] == expected
    assert fulfilments(found) == (["waived"] if expected[0] == "true" else ["overdue"])


def test_without_a_word_on_it_the_law_is_silent() -> None:
    assert answer(assessed(DUTY + change("in_force: {to: 2018-03-31}")))[:2] == ("unknown", "partial")


@pytest.mark.parametrize(
    ("on_end", "on", "days", "expected"),
    [
        ("resume", "2018-12-01", ["2018-05-10"], ["waived"]),
        (
            "resume",
            "2019-01-15",
            ["2018-05-10", "2019-01-01"],
            ["waived", "overdue"],
        ),  # at once: the old limit has passed
        (
            "resume",
            "2019-01-01",
            ["2018-05-10", "2019-01-01"],
            ["waived", "due-soon"],
        ),  # due on the first day without it
        ("resume", "2019-01-02", ["2018-05-10", "2019-01-01"], ["waived", "overdue"]),
        ("restart", "2019-01-15", ["2018-05-10", "2019-04-01"], ["waived", "later"]),  # three months anew
        ("grace", "2019-01-15", ["2018-05-10", "2019-04-01"], ["waived", "later"]),  # as restart
    ],
)
def test_a_recurring_duty_comes_back_when_the_exemption_has_ended(
    on_end: str, on: str, days: list[str], expected: list[str]
) -> None:
    found = assessed(DUTY + EVERY + change("in_force: {to: 2018-12-31}", f"on_end: {on_end}"), on=on)
    assert (dues(found), fulfilments(found)) == (days, expected)
