"""Condition trees as formulas over numbered literals, and the interpreter that is the reference.

A formula is in negation normal form: `not` stands on literals only, so that surely true and surely false are two
formulas without negation. The interpreter and the productions both read these formulas and the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, Literal

from enplan.language import conditions as c
from enplan.language.rules import Change, Requirement
from enplan.truth import Truth, all_of, any_of

Label = Literal["trigger", "roles", "under", "if", "unless", "while", "network", "started", "approval", "adoption", "municipality",
                "group", "conditions", "portfolio"]  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """A literal, or its opposite."""

    index: int
    positive: bool = True


@dataclass(frozen=True)
class Node:
    """All, or any, of some parts."""

    op: Literal["all", "any"]
    parts: tuple[Leaf | Node, ...]


@dataclass(frozen=True)
class Formula:
    """A named tree over literals. A literal without a condition is filled in by the stage that builds the row."""

    name: str
    root: Node
    literals: tuple[tuple[Label, Any], ...]

    @cached_property
    def changes(self) -> frozenset[str]:
        """The changes whose effect it asks about."""
        return frozenset(literal.in_effect for _, literal in self.literals if isinstance(literal, c.InEffect))

    @cached_property
    def conjunction(self) -> bool:
        """Whether it says no more than that all its literals hold, as most do."""
        leaves = tuple(Leaf(index) for index in range(len(self.literals)))
        return self.root == Node("all", leaves)


def evaluate(formula: Formula, row: Sequence[Truth]) -> Truth:
    """The interpreter: the value of a formula over a row, by Kleene's tables."""
    return all_of(row) if formula.conjunction else value_of(formula.root, row)


def value_of(part: Leaf | Node, row: Sequence[Truth]) -> Truth:
    """The value of a part of a formula over its row."""
    if isinstance(part, Leaf):
        return row[part.index] if part.positive else ~row[part.index]
    values = map(value_of, part.parts, repeat(row))
    return all_of(values) if part.op == "all" else any_of(values)


class _Compiler:
    def __init__(self) -> None:
        self.literals: list[tuple[Label, Any]] = []

    def leaf(self, label: Label, literal: Any = None, positive: bool = True) -> Leaf:
        self.literals.append((label, literal))
        return Leaf(len(self.literals) - 1, positive)

    def tree(self, label: Label, condition: Any, positive: bool = True) -> Leaf | Node:
        if isinstance(condition, c.Not):
            return self.tree(label, condition.not_, not positive)
        if isinstance(condition, c.All | c.AnyOf):
            parts = condition.all if isinstance(condition, c.All) else condition.any
            op: Literal["all", "any"] = "all" if isinstance(condition, c.All) is positive else "any"
            return Node(op, tuple(self.tree(label, part, positive) for part in parts))
        return self.leaf(label, condition, positive)

    def formula(self, name: str, parts: list[Leaf | Node]) -> Formula:
        return Formula(name, Node("all", tuple(parts)), tuple(self.literals))


def of_requirement(requirement: Requirement) -> Formula:
    """Trigger and roles as found, every `if`, no `unless`, every `while` at the trigger."""
    make = _Compiler()
    parts: list[Leaf | Node] = [make.leaf("trigger"), make.leaf("roles")]
    if requirement.under:
        parts.append(make.leaf("under"))
    parts += [make.tree("if", condition) for condition in requirement.if_]
    parts += [make.tree("unless", condition, positive=False) for condition in requirement.unless]
    parts += [make.tree("while", condition) for condition in requirement.while_]
    return make.formula(requirement.id, parts)


def of_change(change: Change) -> Formula:
    """The gates of a change, in their order; those that the change does not ask are left out."""
    make = _Compiler()
    gates = change.gates
    parts: list[Leaf | Node] = []
    if gates.network:
        parts.append(make.leaf("network"))
    if gates.approval or gates.started_by:
        parts.append(make.leaf("started"))
    if gates.adoption:
        parts.append(make.leaf("adoption"))
    if gates.not_in:
        parts.append(make.leaf("municipality"))
    parts += [make.tree("group", condition) for condition in gates.group]
    parts += [make.tree("conditions", condition) for condition in gates.conditions]
    parts += [make.tree("while", condition) for condition in change.while_]
    if change.verb == "re-scope":
        parts.append(Node("any", tuple(make.tree("conditions", condition) for condition in change.unless)))
    if gates.portfolio:
        parts.append(make.leaf("portfolio"))
    return make.formula(change.id, parts)
