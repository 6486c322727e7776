"""Two engines, one answer: random formulas settled alike, and every way of differing refused."""

import os
import random
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from enplan import productions
from enplan.assess import assess
from enplan.formulas import Formula, Leaf, Node, evaluate
from enplan.productions import Disagreement, Productions
from enplan.truth import Truth
from small import case, corpus

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
Row = tuple[str, tuple[Truth, ...]]

installed = pytest.mark.skipif(
    not productions.available(), reason="durable-rules is not installed (the extra `durable`): nothing to compare with"
)


def test_the_second_engine_is_installed_where_the_project_is_checked() -> None:
    assert productions.available() or not os.environ.get("CI"), "CI must install the extra `durable`"


def random_formula(rng: random.Random, name: str) -> Formula:
    count = 0

    def node(depth: int) -> Node:
        nonlocal count
        parts: list[Leaf | Node] = []
        for _ in range(rng.randint(1, 4)):
            if depth and rng.random() < 0.4:
                parts.append(node(depth - 1))
            else:
                parts.append(Leaf(count, rng.random() < 0.7))
                count += 1
        return Node(rng.choice(("all", "any")), tuple(parts))

    root = node(rng.randint(0, 3))
    return Formula(name, root, tuple(("if", None) for _ in range(count)))


def random_rows(rng: random.Random, formulas: list[Formula], count: int) -> list[Row]:
    chosen = [rng.choice(formulas) for _ in range(count)]
    return [(one.name, tuple(rng.choices((T, F, U), (4, 3, 2))[0] for _ in one.literals)) for one in chosen]


def differing(seed: int, count: int, warm_up: int = 0) -> tuple[int, int, int]:
    """How many rows came out differently, how many values occurred, and by how many bytes the process grew after the warm-up."""
    rng = random.Random(seed)
    formulas = [random_formula(rng, f"tl-{number}") for number in range(60)]
    by_name = {formula.name: formula for formula in formulas}
    engine = Productions(formulas, f"random-{seed}")
    wrong, values, grown = 0, set(), 0
    for start in range(0, warm_up + count, 50):
        rows = random_rows(rng, formulas, 50)
        ours = [evaluate(by_name[name], row) for name, row in rows]
        wrong += sum(one is not other for one, other in zip(ours, engine.evaluate(rows), strict=True))
        values |= set(ours)
        if start < warm_up:
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return wrong, len(values), (after - grown) * 1024 if warm_up else 0


@installed
def test_random_formulas_come_out_alike_in_both_engines() -> None:
    assert differing(seed=1, count=2_000) == (0, 3, 0)


@installed
@pytest.mark.slow
def test_twenty_thousand_rows_come_out_alike_and_the_memory_stays_flat() -> None:
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn")
    ) as pool:  # a process of its own: its peak is ours alone
        wrong, values, grown = pool.submit(differing, 2, 20_000, 2_000).result()
    assert (wrong, values) == (0, 3)
    assert grown < 20_000_000


# --- every way of differing, forced. Two formulas: a and b, and (a or b) and not c.

BOTH = Formula("begge", Node("all", (Leaf(0), Leaf(1))), (("if", None), ("if", None)))
NESTED = Formula("indre", Node("all", (Node("any", (Leaf(0), Leaf(1))), Leaf(2, False))), (("if", None),) * 3)
ROWS: list[Row] = [("begge", (T, T)), ("begge", (T, F)), ("begge", (U, T)), ("indre", (F, T, F)), ("indre", (F, F, U))]
SETTLED = [T, F, U, T, F]


@installed
def test_the_rows_that_are_tampered_with_below_come_out_right_untouched() -> None:
    assert Productions([BOTH, NESTED]).evaluate(ROWS) == SETTLED
    assert [evaluate({"begge": BOTH, "indre": NESTED}[name], row) for name, row in ROWS] == SETTLED


@installed
def test_a_formula_that_asks_nothing_is_true_in_both_engines() -> None:
    empty = Formula("tom", Node("all", ()), ())
    assert evaluate(empty, ()) is T
    assert Productions([empty, BOTH]).evaluate([("tom", ()), ("begge", (T, T))]) == [T, T]


@installed
@pytest.mark.parametrize("row", ["r1", "r3"])
def test_a_row_that_the_engine_does_not_handle_is_refused(monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    from durable import engine

    real = engine.Ruleset.assert_fact

    def assert_fact(self: Any, fact: dict[str, Any]) -> Any:
        if fact["id"] == row:
            raise engine.MessageNotHandledException(fact)
        return real(self, fact)

    monkeypatch.setattr(engine.Ruleset, "assert_fact", assert_fact)
    with pytest.raises(Disagreement, match="did not see 1 of 5 rows"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


@installed
def test_a_row_that_the_engine_swallows_in_silence_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine

    real = engine.Ruleset.assert_fact

    def assert_fact(self: Any, fact: dict[str, Any]) -> Any:
        return real(self, {**fact, "kind": "begin"} if fact["id"] == "r2" else fact)

    monkeypatch.setattr(engine.Ruleset, "assert_fact", assert_fact)
    with pytest.raises(Disagreement, match="did not see 1 of 5 rows"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


@installed
def test_a_row_that_the_engine_takes_for_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine

    def assert_fact(self: Any, fact: dict[str, Any]) -> Any:
        raise engine.MessageObservedException(fact) if fact["id"] == "r2" else engine.MessageNotHandledException(fact)

    real = engine.Ruleset.assert_fact
    monkeypatch.setattr(
        engine.Ruleset, "assert_fact", lambda s, f: real(s, f) if f["id"] != "r2" else assert_fact(s, f)
    )
    with pytest.raises(Disagreement, match="durable-rules failed"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


Action = Callable[[Any], None]


def tampered(monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Action]], None]) -> None:
    """Let `change` put other actions in the place of those with which a ruleset is registered."""
    from durable import engine

    real = engine.Ruleset.__init__

    def init(self: Any, name: str, host: Any, rules: dict[str, dict[str, Any]]) -> None:
        actions = {rule: body["run"] for rule, body in rules.items()}
        change(actions)
        real(self, name, host, {rule: {**body, "run": actions[rule]} for rule, body in rules.items()})

    monkeypatch.setattr(engine.Ruleset, "__init__", init)


@installed
@pytest.mark.parametrize("rule", ["begge/g/1", "indre/g_0/0", "sentinel", "begin"])
def test_an_action_that_fails_is_refused(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    def failing(_: Any) -> None:
        raise ZeroDivisionError("in the action")

    tampered(monkeypatch, lambda actions: actions.update({rule: failing}))
    with pytest.raises(Disagreement, match=r"durable-rules failed: .*in the action"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


@installed
def test_a_rule_that_fires_for_a_row_that_is_not_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def swap(actions: dict[str, Action]) -> None:
        actions["begge/g/1"], actions["indre/g/1"] = actions["indre/g/1"], actions["begge/g/1"]

    tampered(monkeypatch, swap)
    with pytest.raises(Disagreement, match="reported indre for a row that is not its own"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


@installed
def test_a_row_found_both_true_and_false_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(actions: dict[str, Action]) -> None:
        yes, no = actions["begge/g/1"], actions["begge/g/0"]

        def twice(c: Any) -> None:
            yes(c)
            no(c)

        actions["begge/g/1"] = twice

    tampered(monkeypatch, both)
    with pytest.raises(Disagreement, match="found begge both true and false"):
        Productions([BOTH, NESTED]).evaluate(ROWS)


@installed
def test_after_a_refusal_the_next_answer_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine

    both = Productions([BOTH, NESTED])
    real = engine.Ruleset.assert_fact
    with monkeypatch.context() as patched:
        patched.setattr(
            engine.Ruleset, "assert_fact", lambda s, fact: real(s, fact) if fact["id"] == "begin" else 1 / 0
        )
        with pytest.raises(Disagreement, match="durable-rules failed: division by zero"):
            both.evaluate(ROWS)
    assert both.evaluate(ROWS) == SETTLED


# --- through a whole assessment

RULE = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    if: [{any: [{age: child, below: 18}, {status: ydelse, of: child, is: dagpenge}]}]
    must: {produce: undersoegelse, about: child}
    window: {closes: {after: {amount: 4, unit: months}}}
"""
FACTS = """
date: 2018-04-01
sectors: [children]
persons: [{id: barn, born: 2008-06-15}]
events: [{event: underretning, date: 2018-01-31, about: barn}]
"""


@installed
def test_an_assessment_names_both_engines_when_they_agree() -> None:
    known = corpus(RULE)
    assert assess(case(FACTS, known), known).engines == ("interpreter", "durable-rules")
    assert assess(case(FACTS, known), known, second_engine=False).engines == ("interpreter",)


def test_without_the_second_engine_the_interpreter_answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus(RULE)
    monkeypatch.setattr(productions, "available", lambda: False)
    found = assess(case(FACTS, known), known)
    assert found.engines == ("interpreter",)
    assert [o.requirement.id for o in found.obligations] == ["tl-1"]


@installed
def test_an_engine_that_fails_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine

    both = Productions([BOTH, NESTED])
    monkeypatch.setattr(engine.Ruleset, "assert_fact", lambda *_: 1 / 0)
    with pytest.raises(Disagreement, match="durable-rules failed"):
        both.evaluate(ROWS)


@installed
@pytest.mark.parametrize("wrong", [F, U])
def test_an_answer_that_differs_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: Truth) -> None:
    known = corpus(RULE)
    real = Productions.evaluate

    def flipped(self: Productions, rows: Any) -> list[Truth]:
        return [wrong if number == 0 else value for number, value in enumerate(real(self, rows))]

    monkeypatch.setattr(Productions, "evaluate", flipped)
    with pytest.raises(Disagreement, match=f"the engines differ on tl-1: true and {wrong.value}"):
        assess(case(FACTS, known), known)


@installed
def test_a_row_lost_in_an_assessment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from durable import engine

    known = corpus(RULE)
    real = engine.Ruleset.assert_fact

    def assert_fact(self: Any, fact: dict[str, Any]) -> Any:
        if fact["id"] == "r0":
            raise engine.MessageNotHandledException(fact)
        return real(self, fact)

    monkeypatch.setattr(engine.Ruleset, "assert_fact", assert_fact)
    with pytest.raises(Disagreement, match="did not see 1 of 1 rows"):
        assess(case(FACTS, known), known)
