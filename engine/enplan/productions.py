"""durable-rules beside the interpreter: the same formulas as forward-chaining productions, driven only in a safe way.

Each group of a formula becomes two productions, one for surely true and one for surely false, with literals as the
integers 1 and 0 (unknown: absent) and no negation. Groups are settled from the inside out, one stratum for each depth:
what fired in one stratum is asserted as literals in the next. A sentinel production must fire once for every row
asserted, so that a row the engine dropped is seen; an error inside an action, or a row reported by a rule it does not
belong to, is a refusal. Firings are a set: their order and number mean nothing.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from enplan.formulas import Formula, Leaf, Node
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth

SHARD = 20  # formulas in a ruleset: few, since every row is held against the shard's first test


class Disagreement(Exception):
    """The two engines differ, or a row was dropped: no answer is given (exit code 5)."""


def available() -> bool:
    """Whether durable-rules is installed."""
    return find_spec("durable") is not None


class _NoHost:
    """All that a ruleset needs of a host when there are no callbacks or timers."""

    def get_action(self, name: str) -> Any:
        raise KeyError(name)


def _groups(formula: Formula) -> list[tuple[int, str, Node, tuple[str, ...]]]:
    """Every group of a formula with its depth from the inside, its name, and the names of its parts."""
    found: list[tuple[int, str, Node, tuple[str, ...]]] = []

    def visit(node: Node, name: str) -> int:
        depth, names = 0, []
        for number, part in enumerate(node.parts):
            if isinstance(part, Leaf):
                names.append(f"l{part.index}" if part.positive else f"-l{part.index}")
            else:
                inner = f"{name}_{number}"
                depth = max(depth, visit(part, inner) + 1)
                names.append(inner)
        found.append((depth, name, node, tuple(names)))
        return depth

    visit(formula.root, "g")
    return found


def _test(name: str, value: int) -> dict[str, int]:
    """The literal test for one part; the opposite of a literal tests its complement."""
    return {name[1:]: 1 - value} if name.startswith("-") else {name: value}


def _pattern(key: str, depth: int, tests: list[dict[str, int]], op: str) -> dict[str, Any]:
    head: list[dict[str, Any]] = [{"rule": key}, {"depth": depth}]
    if op == "all":
        return {"$and": [*head, *tests]}
    return {"$and": [*head, tests[0] if len(tests) == 1 else {"$or": tests}]}


class Productions:
    """The productions of a set of formulas, registered once; `evaluate` runs rows through them.

    Raises Disagreement from `evaluate` when a row was not seen, an action failed, or a firing belongs to no row.
    """

    def __init__(self, formulas: Mapping[str, Formula] | Iterable[Formula], name: str = "enplan"):
        self._formulas = formulas if isinstance(formulas, Mapping) else {formula.name: formula for formula in formulas}
        self._name = name
        self._shard_of: dict[str, int] = {}
        self._deepest: dict[str, int] = {}
        self._rulesets: list[Any] = []
        self._hits: list[tuple[str, str, int, str]] = []
        self._seen: list[str] = []

    def _register(self, names: Iterable[str]) -> None:
        """Register the formulas that have not been seen before, in new shards (a ruleset cannot be changed later)."""
        new = [name for name in dict.fromkeys(names) if name not in self._shard_of]
        for start in range(0, len(new), SHARD):
            members = new[start : start + SHARD]
            self._shard_of.update(dict.fromkeys(members, len(self._rulesets)))
            self._rulesets.append(self._ruleset(members))
        if new:
            gc.freeze()  # what is registered stays for the life of the process: to walk it again and again cost a third

    def _ruleset(self, members: list[str]) -> Any:
        from durable import engine

        rules: dict[str, Any] = {
            "begin": {"all": [{"m": {"kind": "begin"}}], "run": lambda c: None},
            "sentinel": {"all": [{"m": {"kind": "row"}}], "run": self._sentinel()},
        }
        for name in members:
            groups = _groups(self._formulas[name])
            self._deepest[name] = max(depth for depth, *_ in groups)
            for depth, group, node, parts in groups:
                other = "any" if node.op == "all" else "all"
                for value, op in ((1, node.op), (0, other)):
                    tests = [_test(part, value) for part in parts]
                    if tests:
                        pattern = _pattern(name, depth, tests, op)
                        rules[f"{name}/{group}/{value}"] = {
                            "all": [{"m": pattern}],
                            "run": self._hit(name, group, value),
                        }
        return engine.Ruleset(f"{self._name}#{len(self._rulesets)}", _NoHost(), rules)

    def _sentinel(self) -> Callable[[Any], None]:
        def act(c: Any) -> None:
            self._seen.append(c.m._d["id"])

        return act

    def _hit(self, name: str, group: str, value: int) -> Callable[[Any], None]:
        def act(c: Any) -> None:
            self._hits.append((name, group, value, c.m._d["id"]))

        return act

    def evaluate(self, rows: Sequence[tuple[str, Sequence[Truth]]]) -> list[Truth]:
        """The value of each row, given as (formula, values of its literals)."""
        self._register(name for name, _ in rows)
        shards: dict[int, list[int]] = {}
        for index, (name, _) in enumerate(rows):
            shards.setdefault(self._shard_of[name], []).append(index)
        values: list[dict[str, int]] = [
            {f"l{i}": int(v is TRUE) for i, v in enumerate(row) if v is not UNKNOWN} for _, row in rows
        ]
        for shard, members in shards.items():
            for i in members:
                if not self._formulas[rows[i][0]].root.parts:
                    values[i]["g"] = 1  # nothing is asked: surely true, with no production to say so
            deepest = {i: self._deepest[rows[i][0]] for i in members}
            for depth in range(max(deepest.values()) + 1):
                batch = [i for i in members if depth <= deepest[i]]
                self._stratum(shard, depth, batch, rows, values)
        return [_settled(value.get("g")) for value in values]

    def _stratum(
        self, shard: int, depth: int, batch: list[int], rows: Sequence[tuple[str, Any]], values: list[dict[str, int]]
    ) -> None:
        facts = {f"r{i}": {"kind": "row", "rule": rows[i][0], "depth": depth, **values[i]} for i in batch}
        self._hits, self._seen = [], []
        self._assert(self._rulesets[shard], facts)
        if sorted(self._seen) != sorted(facts):
            missing = sorted(set(facts) - set(self._seen))
            raise Disagreement(f"durable-rules did not see {len(missing)} of {len(facts)} rows")
        settled: dict[tuple[int, str], int] = {}
        for name, group, value, fact in set(self._hits):
            index = int(fact[1:]) if fact in facts else -1
            if index < 0 or rows[index][0] != name:
                raise Disagreement(f"durable-rules reported {name} for a row that is not its own")
            if settled.setdefault((index, group), value) != value:
                raise Disagreement(f"durable-rules found {name} both true and false")
        for (index, group), value in settled.items():
            values[index][group] = value

    def _assert(self, ruleset: Any, facts: Mapping[str, Mapping[str, Any]]) -> None:
        from durable import engine

        errors: list[BaseException] = []

        def done(error: BaseException | None, state: Any) -> None:
            if error:
                errors.append(error)
            elif state and "exception" in state:
                errors.append(RuntimeError(str(state["exception"])))

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # utcfromtimestamp, from Python 3.12
            try:
                ruleset.do_actions(ruleset.assert_fact({"kind": "begin", "sid": "0", "id": "begin"}), done)
                for name, fact in facts.items():
                    try:
                        handle = ruleset.assert_fact({**fact, "sid": "0", "id": name})
                    except engine.MessageNotHandledException:
                        continue  # the sentinel was not reached either: found out above
                    ruleset.do_actions(handle, done)
            except Exception as error:  # anything the engine throws is a reason to refuse
                errors.append(error)
            finally:
                with suppress(Exception):  # there is no state where even the first fact was refused
                    ruleset.delete_state("0")
        if errors:
            raise Disagreement(f"durable-rules failed: {errors[0]}") from errors[0]


def _settled(value: int | None) -> Truth:
    return UNKNOWN if value is None else TRUE if value else FALSE
