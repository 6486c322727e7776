"""The values of an assessment: immutable, and all that reports are made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from enplan.anchors import Gap, Step
from enplan.dates import Span
from enplan.language.rules import Change, Requirement, Version
from enplan.literals import Asked, Reading
from enplan.truth import TRUE, Truth

Binding = Literal["binds", "does-not-bind", "lapsed", "open", "group", "option"]
Fulfilment = Literal[
    "met", "met-late", "partial", "not-recorded", "overdue", "cannot-be-repaired", "late-at-birth", "due-soon", "later",
    "suspended", "no-number", "set-in-case", "local-limit-missing", "anchor-unknown", "kept", "broken", "waived",
    "carried", "not-applicable",
]  # fmt: skip
Display = Literal[
    "gælder", "fritaget", "erstattet", "konflikt", "mangler oplysning", "kræver skøn", "valgmulighed", "bortfaldet"
]
UNMET: frozenset[Fulfilment] = frozenset({
    "partial", "not-recorded", "overdue", "cannot-be-repaired", "late-at-birth", "due-soon", "later", "suspended",
    "no-number", "set-in-case", "local-limit-missing", "anchor-unknown", "broken",
})  # fmt: skip


class Trigger(Struct, frozen=True, gc=False):
    """What raised an occasion: the kind of trigger, its day, the record."""

    kind: str
    day: Span
    record: str = ""
    forecast: bool = False


class Occasion(Struct, frozen=True, gc=False):
    """A requirement's trigger occurring once for named roles."""

    requirement: str
    roles: tuple[tuple[str, str], ...]
    trigger: Trigger
    certain: Truth = TRUE  # whether the trigger, with its filters, certainly occurred
    bound: Truth = TRUE  # whether every role is certainly bound
    also: tuple[Trigger, ...] = ()
    carried_from: str = ""
    seen_on: date | None = None  # the day on which conditions are asked, when it is not that of the trigger

    @property
    def persons(self) -> dict[str, str]:
        """The roles as a mapping."""
        return dict(self.roles)

    @property
    def role_names(self) -> tuple[str, ...]:
        """The roles without the persons."""
        return tuple(role for role, _ in self.roles)

    @property
    def key(self) -> str:
        """A name that is stable over runs: requirement, roles, day."""
        who = ",".join(f"{role}={person}" for role, person in self.roles)
        return f"{self.requirement}[{who}]@{self.trigger.day}"


class Verdict(Struct, frozen=True, gc=False):
    """Whether a change is in effect for an occasion on a day, and the gate that decided it."""

    change: Change
    truth: Truth
    version: Version | None
    row: tuple[tuple[str, Reading], ...]
    assumed: bool = False
    gate: str = ""  # the first gate that is false, or unknown
    until: date | None = None
    note: str = ""


class Question(Struct, frozen=True, gc=False):
    """Something that would decide a row if it were known."""

    asks: Asked
    label: str
    literal: object
    roles: tuple[tuple[str, str], ...]
    change: str = ""


class Occurrence(Struct, frozen=True, gc=False):
    """One window of an obligation. `due` is the last lawful day, `act_by` the last working day on or before it."""

    number: int
    opens: Span | None
    due: Span | None
    act_by: date | None
    fulfilment: Fulfilment
    needed: int = 1
    met_by: tuple[str, ...] = ()
    met_on: tuple[Span, ...] = ()
    gap: Gap | None = None
    steps: tuple[Step, ...] = ()
    proxy: bool = False
    forecast: bool = False
    tolerated_to: Span | None = None
    changed_by: tuple[str, ...] = ()


class Obligation(Struct, frozen=True, gc=False):
    """What an occasion raises: binding, changes, occurrences, and the trace behind them."""

    occasion: Occasion
    requirement: Requirement
    binding: Binding
    row: tuple[tuple[str, Reading], ...]
    questions: tuple[Question, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    lapsed_on: date | None = None
    actor: str = ""
    alternatives: tuple[tuple[str, Occurrence], ...] = ()  # the first occurrence under another reading of the law
    conflict: bool = False

    @property
    def changed_by(self) -> tuple[Verdict, ...]:
        """The changes in effect on the current occurrence."""
        if not self.verdicts:
            return ()
        current = self.current
        names = current.changed_by if current else ()
        return tuple([v for v in self.verdicts if v.truth is TRUE and (v.change.id in names or not self.occurrences)])

    @property
    def current(self) -> Occurrence | None:
        """The first occurrence that is still unmet, else the last."""
        for occurrence in self.occurrences:
            if occurrence.fulfilment in UNMET:
                return occurrence
        return self.occurrences[-1] if self.occurrences else None

    @property
    def display(self) -> Display:
        """The one word for the row, by the published order (docs/reading-results.md)."""
        verbs = {verdict.change.verb for verdict in self.changed_by}
        if self.binding == "lapsed":
            return "bortfaldet"
        if self.conflict:
            return "konflikt"
        if "replace" in verbs:
            return "erstattet"
        if verbs & {"waive", "repeal", "re-scope"}:
            return "fritaget"
        if self.binding == "open" or (self.binding == "group" and self.questions):
            kinds = {question.asks for question in self.questions}
            return "kræver skøn" if kinds == {"judgement"} else "mangler oplysning"
        return "valgmulighed" if self.binding == "option" else "gælder"


class Finding(Struct, frozen=True, gc=False):
    """A collision, duplication, gap or dangling duty, with its sources and what would dissolve it."""

    kind: str
    obligations: tuple[str, ...]
    provisions: tuple[str, ...]
    explanation: tuple[str, str]  # da, en
    dissolved_by: tuple[str, str]
    facts: tuple[str, ...] = ()


class Assessment(Struct, frozen=True):
    """The whole result for one case under one regime on one day."""

    case: str
    regime: str
    date: date
    assumptions: tuple[str, ...]
    obligations: tuple[Obligation, ...]  # those that bind, may bind, lapsed, or are options
    not_raised: tuple[Obligation, ...]  # occasions whose conditions failed
    findings: tuple[Finding, ...]
    not_encoded: tuple[str, ...]
    engines: tuple[str, ...]
    law_versions: Mapping[str, str] = field(default_factory=dict)
