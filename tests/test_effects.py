"""What changes do (docs/language.md, § 8): the verbs, suspensions, options and transitions. Days are counted by hand."""

import pytest

from enplan.result import Obligation
from small import corpus, dues, fulfilments, merged, row, rows, run

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {hold: samtale, about: child}
    window: {closes: {after: {amount: 3, unit: months}}}
"""
EVERY = "    every: {amount: 3, unit: months, from: last}\n"
CHANGE = """changes:
  - id: fl-1
    kind: %s
    verb: %s
    title: {da: Ændring, en: Change}
    provision: FL § 1
    reaches: {requirements: [tl-1]}
"""
CASE = """
sectors: [children, employment]
persons: [{id: barn, born: 2008-06-15}]
events: [{event: underretning, date: 2018-02-10, about: barn}]
"""
BENEFIT = "statuses: [{of: barn, status: ydelse, is: %s, from: 2018-01-01}]"


def change(*keys: str, verb: str, kind: str = "exemption") -> str:
    return CHANGE % (kind, verb) + "".join(f"    {key}\n" for key in keys)


def events(*lines: str) -> str:
    """Events as `kind day`."""
    parts = [line.split() for line in lines]
    return f"events: [{', '.join(f'{{event: {kind}, date: {day}, about: barn}}' for kind, day in parts)}]"


def assessed(rules: str, *facts: str, on: str = "2018-03-01") -> Obligation:
    return row(run(merged(CASE, *facts), corpus(rules), on), "tl-1")


# --- verbs


@pytest.mark.parametrize(
    ("verb", "display", "expected"),
    [("waive", "fritaget", "waived"), ("replace", "erstattet", "waived"), ("repeal", "fritaget", "waived")],
)
def test_a_change_that_removes_a_duty(verb: str, display: str, expected: str) -> None:
    found = assessed(DUTY + change(verb=verb))
    assert (found.binding, found.display, fulfilments(found)) == ("binds", display, [expected])
    assert found.occurrences[0].changed_by == ("fl-1",)


def test_what_was_met_all_the_same_stays_met() -> None:
    found = assessed(DUTY + change(verb="waive"), events("samtale 2018-02-20"))
    assert (found.display, fulfilments(found)) == ("fritaget", ["met"])


@pytest.mark.parametrize(("benefit", "actor"), [("dagpenge", "regionen"), ("kontanthjaelp", "kommunen")])
def test_transfer_gives_the_duty_to_another_and_leaves_its_limit(benefit: str, actor: str) -> None:
    gates = "gates: {conditions: [{status: ydelse, of: child, is: dagpenge}]}"
    found = assessed(DUTY + change("actor: regionen", gates, verb="transfer"), BENEFIT % benefit)
    assert (found.actor, found.display, dues(found), fulfilments(found)) == (actor, "gælder", ["2018-05-10"], ["later"])


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("window: {closes: {after: {amount: 6, unit: weeks}}}", ["2018-03-24", "2018-05-20"]),
        ("every: {amount: 1, unit: months}", ["2018-05-10", "2018-03-20"]),
    ],
)
def test_re_time_gives_another_limit_or_rhythm(key: str, days: list[str]) -> None:
    found = assessed(DUTY + EVERY + change(key, verb="re-time"), events("samtale 2018-02-20"))
    assert dues(found) == days
    assert found.display == "gælder"
    assert [o.changed_by for o in found.occurrences] == [("fl-1",), ("fl-1",)]


def test_re_time_gives_another_number_of_times() -> None:
    found = assessed(DUTY + change("times: 2", verb="re-time"), events("samtale 2018-02-20"))
    assert (fulfilments(found), found.occurrences[0].needed) == (["partial"], 2)


@pytest.mark.parametrize(
    ("benefit", "display", "expected"), [("dagpenge", "fritaget", "waived"), ("kontanthjaelp", "gælder", "later")]
)  # fmt: skip
def test_re_scope_leaves_out_where_its_conditions_hold(benefit: str, display: str, expected: str) -> None:
    found = assessed(
        DUTY + change("unless: [{status: ydelse, of: child, is: dagpenge}]", verb="re-scope"), BENEFIT % benefit
    )
    assert (found.display, fulfilments(found)) == (display, [expected])


def test_a_limit_that_is_not_known_is_not_waived_by_a_later_change() -> None:
    closes = "{latest_of: [{after: {amount: 3, unit: months}}, {set_in_case: frist, about: child}]}"
    rules = DUTY.replace("{after: {amount: 3, unit: months}}", closes)
    rules += change("in_force: {from: 2018-07-01}", verb="waive")
    setting = "settings: [{setting: frist, about: barn, date: 2018-02-10, on: 2018-02-20}]"
    assert fulfilments(assessed(rules, setting, on="2018-08-01")) == ["overdue"]  # due on 10 May
    assert fulfilments(assessed(rules, on="2018-08-01")) == ["set-in-case"]  # it may have been due before the change


# --- suspensions: the limit is 10 May 2018; the pause is of twenty days

UNTIL = "until: {event: pause-ender, about: child}"
PAUSE = ("pause-begynder 2018-03-01", "pause-ender 2018-03-21")


def suspending(effect: str, *more: str, verb: str = "suspend") -> str:
    inner = ", ".join((f"effect: {effect}", "from: {event: pause-begynder, about: child}", *more))
    return change(f"suspends: {{{inner}}}", verb=verb, kind="suspension")


@pytest.mark.parametrize(
    ("effect", "more", "seen", "expected"),
    [
        ("stop", (UNTIL,), PAUSE, "2018-05-30"),
        ("stop", (UNTIL,), (), "2018-05-10"),
        ("stop", (UNTIL,), ("pause-begynder 2018-03-01", "pause-ender 2018-03-01"), "2018-05-10"),  # on one day
        ("stop", (UNTIL,), ("pause-begynder 2018-01-01", "pause-ender 2018-01-21"), "2018-05-10"),  # before the window opens
        ("stop", (UNTIL,), ("pause-begynder 2018-02-01", "pause-ender 2018-02-20"), "2018-05-20"),  # ten days of it lie in the window
        ("stop", (UNTIL,), ("pause-begynder 2018-05-11", "pause-ender 2018-05-21"), "2018-05-10"),  # after it closed
        ("stop", (UNTIL,), ("pause-begynder 2018-05-10", "pause-ender 2018-05-20"), "2018-05-20"),  # on its last day
        ("stop", (UNTIL,), (*PAUSE, "pause-begynder 2018-04-01", "pause-ender 2018-04-04"), "2018-06-02"),  # twenty and three
        ("stop", (UNTIL,), ("pause-begynder 2018-03-05", *PAUSE), "2018-05-30"),  # a pause within a pause is counted once
        ("extend", ("by: {amount: 2, unit: weeks}",), PAUSE, "2018-05-24"),
        ("extend", ("by: {amount: 2, unit: weeks}",), PAUSE[:1], "2018-05-24"),
        ("extend-real", (UNTIL,), PAUSE, "2018-05-30"),
        ("re-anchor", (UNTIL, "by: {amount: 1, unit: months}"), PAUSE, "2018-04-21"),
        ("re-anchor", (UNTIL, "by: {amount: 6, unit: months}"), PAUSE, "2018-09-21"),
        ("re-anchor", (UNTIL,), PAUSE, "2018-03-21"),
        ("lift", (), PAUSE, "no-number"),
        ("lift", (), (), "2018-05-10"),
    ],
)  # fmt: skip
def test_what_a_suspension_does_to_a_limit(
    effect: str, more: tuple[str, ...], seen: tuple[str, ...], expected: str
) -> None:
    facts = [events(*seen)] if seen else []
    found = assessed(DUTY + suspending(effect, *more), *facts, on="2018-06-01")
    assert dues(found) == [expected]


def test_a_limit_to_the_minute_keeps_its_time_of_day_through_a_pause() -> None:
    rules = DUTY.replace("{amount: 3, unit: months}", "{amount: 48, unit: hours}") + suspending("stop", UNTIL)
    text = merged(
        CASE.replace("2018-02-10", "2018-02-10T10:30"), events("pause-begynder 2018-02-11", "pause-ender 2018-02-14")
    )
    (one,) = row(run(text, corpus(rules), "2018-03-01"), "tl-1").occurrences
    assert str(one.due) == "2018-02-15T10:30+01:00"


@pytest.mark.parametrize("effect", ["stop", "extend-real", "re-anchor"])
def test_while_a_suspension_lasts_there_is_no_limit(effect: str) -> None:
    found = assessed(DUTY + suspending(effect, UNTIL), events(PAUSE[0]), on="2018-06-01")
    assert (found.occurrences[0].due, fulfilments(found)) == (None, ["suspended"])


def test_a_limit_moved_by_a_suspension_is_the_one_that_counts() -> None:
    rules = DUTY + suspending("stop", UNTIL)
    for on, expected in (("2018-05-30", ["due-soon"]), ("2018-05-31", ["overdue"])):
        assert fulfilments(assessed(rules, events(*PAUSE), on=on)) == expected
    assert fulfilments(assessed(rules, events(*PAUSE, "samtale 2018-05-29"), on="2018-06-01")) == ["met"]


LOCAL = "{local_limit: sagsbehandlingsfrist, of: child}"
FURESOE = "statuses: [{of: barn, status: handlekommune, is: '190', from: 2008-06-15}]"


@pytest.mark.parametrize(
    ("closes", "spares", "expected"),
    [
        ("{after: {amount: 3, unit: months}}", "true", "2018-05-10"),  # a number in law
        ("{after: {amount: 3, unit: months}}", "false", "2018-05-30"),
        (LOCAL, "true", "2018-04-27"),  # eight weeks, and twenty days
        ("{set_in_case: frist, about: child}", "true", "2018-05-10"),  # 20 April, and twenty days
    ],
)
def test_a_suspension_may_spare_limits_with_a_number_in_law(closes: str, spares: str, expected: str) -> None:
    duty = DUTY.replace("{after: {amount: 3, unit: months}}", closes)
    setting = "settings: [{setting: frist, about: barn, date: 2018-02-10, on: 2018-04-20}]"
    found = assessed(
        duty + suspending("stop", UNTIL, f"spares_statutory: {spares}"),
        FURESOE,
        setting,
        events(*PAUSE),
        on="2018-04-01",
    )
    assert dues(found) == [expected]


def test_a_suspension_that_lasts_as_long_as_a_measure() -> None:
    rules = DUTY + suspending("stop").replace(
        "{event: pause-begynder, about: child}", "{measure: indsats, about: child, state: running}"
    )
    ended = "measures: [{measure: indsats, about: barn, from: 2018-03-01, to: 2018-03-20}]"  # twenty days, the last one included
    assert dues(assessed(rules, ended, on="2018-06-01")) == ["2018-05-30"]
    assert fulfilments(assessed(rules, ended.replace(", to: 2018-03-20", ""), on="2018-06-01")) == ["suspended"]


# --- options: used by what the case holds

USED = "gates: {conditions: [{exists: {document: faelles-plan, about: child}}, {consent: samtykke, by: child}]}"
OPTION = DUTY + (
    "  - id: tl-2\n    provision: TL § 2\n    title: {da: Fælles plan, en: Common plan}\n"
    "    when: {event: underretning, about: child}\n    must: {produce: faelles-plan, about: child}\n"
    "    window: {closes: {after: {amount: 6, unit: months}}}\n    under: fl-1\n"
) + change(USED, "instead: [tl-2]", verb="replace", kind="option")  # fmt: skip
MADE = "documents: [{document: faelles-plan, date: 2018-02-20, about: barn}]"
CONSENTED = "consents: [{consent: samtykke, by: barn, about: barn, date: 2018-02-15, answer: %s}]"


@pytest.mark.parametrize(
    ("facts", "truth", "display"),
    [
        ((), "false", "gælder"),
        ((MADE, CONSENTED % "true"), "true", "erstattet"),
        ((MADE, CONSENTED % "false"), "false", "gælder"),
        ((MADE,), "unknown", "gælder"),  # no consent on record
        ((CONSENTED % "true",), "false", "gælder"),
    ],
)
def test_an_option_is_used_by_the_acts_in_the_case(facts: tuple[str, ...], truth: str, display: str) -> None:
    found = assessed(OPTION, *facts)
    assert (found.verdicts[0].truth.value, found.display, found.binding) == (truth, display, "binds")


def test_an_option_is_used_from_the_day_on_which_its_acts_are_seen() -> None:
    facts = (MADE, CONSENTED % "true")
    assert assessed(OPTION, *facts, on="2018-02-19").display == "gælder"
    assert assessed(OPTION, *facts, on="2018-02-20").display == "erstattet"


def test_an_option_used_after_the_window_closed_undoes_no_breach() -> None:
    late = (MADE.replace("2018-02-20", "2018-05-11"), CONSENTED % "true")
    found = assessed(OPTION, *late, on="2018-08-01")
    assert (dues(found), fulfilments(found), found.display) == (["2018-05-10"], ["overdue"], "gælder")
    in_time = (MADE.replace("2018-02-20", "2018-05-10"), CONSENTED % "true")
    assert assessed(OPTION, *in_time, on="2018-08-01").display == "erstattet"


@pytest.mark.parametrize(("option", "waiver"), [("fl-1", "fl-2"), ("fl-2", "fl-1")])
def test_an_option_does_not_depend_on_the_name_of_a_change_beside_it(option: str, waiver: str) -> None:
    made = "gates: {conditions: [{exists: {document: faelles-plan, about: child}}]}"
    used = f"gates: {{conditions: [{{in_effect: {option}}}]}}"
    changes = {
        option: change(made, verb="replace", kind="option"),
        waiver: change("partial: day-due", used, verb="waive"),
    }
    rules = DUTY + "changes:\n"
    for name in sorted(changes):
        rules += changes[name].removeprefix("changes:\n").replace("id: fl-1", f"id: {name}")
    late = MADE.replace("2018-02-20", "2018-05-11")  # the window closed on 10 May
    assert assessed(rules, late, on="2018-08-01").display == "gælder"


def test_a_consent_that_is_withdrawn_no_longer_carries_the_option() -> None:
    facts = (MADE, (CONSENTED % "true").replace("}]", ", withdrawn: 2018-02-25}]"))
    assert assessed(OPTION, *facts, on="2018-02-24").display == "erstattet"
    assert assessed(OPTION, *facts, on="2018-02-25").display == "gælder"


# --- transitions

OLD = DUTY + "    in_force: {to: 2018-12-31}\n"
NEW = (
    DUTY.removeprefix("requirements:\n").replace("id: tl-1", "id: tl-2").replace("TL § 1", "TL § 1, stk. 2")
    + "    in_force: {from: 2019-01-01}\n"
)
CARRY = change(
    "carries: [{from: [tl-1], to: [tl-2]}]\n    in_force: {from: 2019-01-01}", verb="replace", kind="transition"
).replace("reaches: {requirements: [tl-1]}", "reaches: {}")
OPEN = CASE.replace("2018-02-10", "2018-11-10")  # due on 10 February 2019, under the new rule


def carried(
    text: str, on: str, *facts: str, rules: str = OLD + NEW + CARRY
) -> tuple[list[Obligation], list[Obligation]]:
    found = run(merged(text, *facts), corpus(rules), on)
    return rows(found, "tl-1"), rows(found, "tl-2")


def test_an_obligation_open_under_the_old_rule_goes_on_under_the_new() -> None:
    (old,), new = carried(OPEN, "2018-12-31")
    assert (fulfilments(old), new) == (["later"], [])
    (old,), (one,) = carried(OPEN, "2019-01-01")
    assert fulfilments(old) == ["carried"]
    assert (dues(one), fulfilments(one), one.occasion.carried_from) == (["2019-02-10"], ["later"], "tl-1")
    assert str(one.occasion.trigger.day) == "2018-11-10"
    (_,), (one,) = carried(OPEN, "2019-02-11")
    assert fulfilments(one) == ["overdue"]
    (old,), (one,) = carried(OPEN, "2019-02-11", events("samtale 2019-02-01"))
    assert (fulfilments(old), fulfilments(one)) == (["carried"], ["met"])


@pytest.mark.parametrize(
    ("ended", "follows", "old", "new"),
    [
        (
            "2018-12-31",
            "2019-01-01",
            ("binds", ["carried"]),
            ("lapsed", ["not-applicable"]),
        ),  # there on New Year's Eve: handed over
        ("2018-12-30", "2018-12-31", ("lapsed", ["not-applicable"]), None),  # gone the day before the turn
        ("2019-01-20", "2019-01-21", ("binds", ["carried"]), ("lapsed", ["not-applicable"])),
    ],
)
def test_what_lapsed_before_the_turn_is_not_carried_and_what_lapses_after_it_is(
    ended: str, follows: str, old: tuple[str, list[str]], new: tuple[str, list[str]] | None
) -> None:
    lasting = "    while: [{status: ydelse, of: child, is: kontanthjaelp}]\n"
    rules = OLD + lasting + NEW + lasting + CARRY
    benefits = f"statuses: [{{of: barn, status: ydelse, is: kontanthjaelp, from: 2018-01-01, to: {ended}}}]"
    after = f"statuses: [{{of: barn, status: ydelse, is: dagpenge, from: {follows}}}]"
    before, later = carried(OPEN, "2019-02-05", benefits, after, rules=rules)
    assert [(o.binding, fulfilments(o)) for o in before] == [old]
    assert [(o.binding, fulfilments(o)) for o in later] == ([new] if new else [])


def test_an_obligation_met_under_the_old_rule_is_not_carried() -> None:
    (old,), new = carried(OPEN, "2019-02-01", events("samtale 2018-12-01"))
    assert (fulfilments(old), new) == (["met"], [])


def test_without_a_transition_the_old_rule_governs_what_it_raised() -> None:
    (old,), new = carried(OPEN, "2019-02-11", rules=OLD + NEW)
    assert (dues(old), fulfilments(old), new) == (["2019-02-10"], ["overdue"], [])


def test_what_is_raised_after_the_turn_is_raised_by_the_new_rule_alone() -> None:
    old, (one,) = carried(CASE.replace("2018-02-10", "2019-01-10"), "2019-02-01")
    assert (old, dues(one), one.occasion.carried_from) == ([], ["2019-04-10"], "")


def test_a_rule_in_force_before_it_takes_over_raises_its_own() -> None:
    old = OLD.replace("event: underretning", "event: henvendelse")
    new = NEW.replace("    in_force: {from: 2019-01-01}\n", "")
    before, (one,) = carried(CASE, "2018-04-01", rules=old + new + CARRY)
    assert (before, dues(one)) == ([], ["2018-05-10"])


def test_a_rhythm_goes_on_from_the_last_fulfilment_under_the_old_rule() -> None:
    old = OLD + EVERY
    new = NEW + EVERY.replace("amount: 3", "amount: 6")
    (before,), (after,) = carried(
        CASE,
        "2019-01-15",
        events("samtale 2018-05-01", "samtale 2018-07-20", "samtale 2018-10-15"),
        rules=old + new + CARRY,
    )
    assert (dues(before), fulfilments(before)) == (
        ["2018-05-10", "2018-08-01", "2018-10-20", "2019-01-15"],
        ["met", "met", "met", "carried"],
    )
    # The new rule takes over the window that was open at the turn; its own rhythm is six months from the last talk.
    assert (dues(after), fulfilments(after)) == (["2019-04-15"], ["later"])


def test_an_obligation_is_carried_through_one_transition_after_another() -> None:
    long = DUTY.replace("amount: 3", "amount: 18")  # from 10 November 2018 to 10 May 2020

    def version(name: str, days: str) -> str:
        return long.removeprefix("requirements:\n").replace("tl-1", name) + f"    in_force: {{{days}}}\n"

    def turn(name: str, old: str, new: str, day: str) -> str:
        keys = f"carries: [{{from: [{old}], to: [{new}]}}]\n    in_force: {{from: {day}}}"
        text = change(keys, verb="replace", kind="transition").replace("{requirements: [tl-1]}", "{}")
        return text.removeprefix("changes:\n").replace("fl-1", name)

    rules = "requirements:\n" + version("tl-1", "to: 2018-12-31") + version("tl-2", "from: 2019-01-01, to: 2019-12-31")
    rules += version("tl-3", "from: 2020-01-01") + "changes:\n"
    rules += turn("fl-1", "tl-1", "tl-2", "2019-01-01") + turn("fl-2", "tl-2", "tl-3", "2020-01-01")

    def seen(on: str, *facts: str) -> list[list[str]]:
        found = run(merged(OPEN, *facts), corpus(rules), on)
        return [fulfilments(o) for name in ("tl-1", "tl-2", "tl-3") for o in rows(found, name)]

    assert seen("2018-12-31") == [["later"]]
    assert seen("2019-12-31") == [["carried"], ["later"]]
    assert seen("2020-01-01") == [["carried"], ["carried"], ["later"]]
    assert seen("2020-05-11") == [["carried"], ["carried"], ["overdue"]]
    assert seen("2020-05-11", events("samtale 2019-06-01")) == [["carried"], ["met"]]


@pytest.mark.parametrize(
    ("on", "made", "expected"),
    [
        ("2018-06-30", False, [["later"]]),
        ("2018-07-01", False, []),  # what it never came to ask for is gone
        ("2018-07-01", True, [["met"]]),
    ],
)
def test_what_stands_instead_of_a_duty_ends_with_the_exemption(on: str, made: bool, expected: list[list[str]]) -> None:
    rules = OPTION.replace(f"    {USED}\n", "    in_force: {to: 2018-06-30}\n").replace("option", "exemption")
    found = run(merged(CASE, MADE if made else ""), corpus(rules), on)
    assert [fulfilments(o) for o in found.obligations if o.requirement.id == "tl-2"] == expected
