"""Rule files: requirements, changes, clocks, definitions and suspensions of one act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from enplan.language.acts import Act, Actor, MetBy, NeedsConsent, Quota
from enplan.language.conditions import Condition
from enplan.language.patterns import Binding, Pattern
from enplan.language.triggers import Trigger
from enplan.language.windows import Every, Window
from enplan.language.words import (
    Amount,
    Confidence,
    Day,
    Names,
    Provision,
    RequirementIds,
    Role,
    Scalars,
    Terms,
    Text,
    Validity,
    Word,
)

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$")]
Conditions = tuple[Condition, ...]


class Source(Word):
    """The instrument that was read (ELI), and when."""

    instrument: Annotated[str, Names("instrument")]
    read: Day


class Reading(Word):
    """Another way in which the provision is read: its window, beside the default one."""

    title: Text
    window: Window


class Requirement(Word):
    """A duty of process or documentation, as one sentence; see docs/language.md."""

    id: Identifier
    provision: Provision
    in_force: Validity = Validity()
    title: Text
    when: Trigger
    for_each: Mapping[Role, Binding] = Field(default_factory=dict)
    per: Literal["event", "episode", "person", "pair", "household", "municipality"] = "event"
    if_: Conditions = Field((), alias="if")
    unless: Conditions = ()
    while_: Conditions = Field((), alias="while")
    must: Act | None = None
    must_not: Act | None = None
    may: Act | None = None
    actor: Actor | None = None
    window: Window = Field(default_factory=Window)
    times: Annotated[int, Field(ge=1)] = 1
    every: Every | None = None
    distinct_from: RequirementIds = ()
    met_by: MetBy | None = None
    family: Annotated[str, Names("family")] | None = None
    under: Annotated[str, Names("change")] | None = None  # binds only while this change is in effect
    consents: tuple[NeedsConsent, ...] = ()
    documents: Annotated[Terms, Names("document")] = ()
    participants: Annotated[Terms, Names("party")] = ()
    quota: Quota | None = None
    readings: tuple[Reading, ...] = ()
    source: Source | None = None
    confidence: Confidence = "high"
    note: Text | None = None

    @model_validator(mode="after")
    def _one_modality(self) -> Requirement:
        given = [m for m in ("must", "must_not", "may") if getattr(self, m) is not None]
        if len(given) != 1:
            raise ValueError(f"expected exactly one of must, must_not, may; found {', '.join(given) or 'none'}")
        if self.every and self.every.set_in_case is None and (self.every.amount is None or self.every.unit is None):
            raise ValueError("every needs an amount and a unit, or set_in_case")
        return self

    @cached_property
    def act(self) -> Act:
        """What must, must not or may be done."""
        act = self.must or self.must_not or self.may
        assert act is not None
        return act

    @cached_property
    def modality(self) -> Literal["must", "must_not", "may"]:
        """Duty, prohibition or permission."""
        return "must" if self.must else "must_not" if self.must_not else "may"

    @cached_property
    def standing(self) -> bool:
        """Whether it is owed for as long as it is not met or something lasts, rather than on one occasion."""
        return bool(self.while_) or self.per not in ("event", "episode")

    @cached_property
    def recurring(self) -> bool:
        """Whether each occurrence follows the law on the day its window opens."""
        return self.every is not None or self.window.max_gap is not None


Verb = Literal["waive", "replace", "re-time", "re-scope", "transfer", "suspend", "add", "repeal"]


class Version(Word):
    """One instrument under which the change stands, with its own numbers and days."""

    provision: Provision
    instrument: Annotated[str, Names("instrument")]
    in_force: Validity


class Targets(Word):
    """What a change reaches: requirements by id, by family, or by provision as numbered in an instrument."""

    requirements: RequirementIds = ()
    families: Annotated[Terms, Names("family")] = ()
    provisions: tuple[Provision, ...] = ()
    numbered_as_in: Annotated[str, Names("instrument")] | None = None


class Gates(Word):
    """What must be so before the change is in effect, in this order. Absent gates are not required."""

    network: Annotated[str, Names("network")] | None = None
    started_by: Day | None = None
    approval: Annotated[str, Names("trial")] | None = None
    adoption: Annotated[str, Names("trial")] | None = None
    not_in: tuple[int, ...] = ()  # municipalities left out
    group: Conditions = ()
    conditions: Conditions = ()
    portfolio: Text | None = None  # a condition on the whole caseload: not decidable on one case


class Suspension(Word):
    """How a suspending change moves time limits, between two records of the case."""

    effect: Literal["stop", "extend", "extend-real", "re-anchor", "lift"]
    from_: Annotated[Pattern, Field(alias="from")]
    until: Pattern | None = None
    by: Amount | None = None  # for extend: how much; for re-anchor: after the end
    spares_statutory: bool = False  # leaves limits with a number in law as they are


class Change(Word):
    """Anything that waives, replaces, re-times, re-scopes, transfers, suspends, adds or repeals requirements."""

    id: Identifier
    kind: Literal["exemption", "option", "transition", "reform", "suspension", "reading", "bill"]
    verb: Verb
    title: Text
    provision: Provision | None = None
    in_force: Validity = Validity()
    versions: tuple[Version, ...] = ()
    reaches: Targets = Field(default_factory=Targets)
    never: RequirementIds = ()  # safeguards it can never touch
    gates: Gates = Field(default_factory=Gates)
    while_: Conditions = Field((), alias="while")
    instead: RequirementIds = ()
    window: Window | None = None  # re-time
    times: int | None = None
    every: Every | None = None
    actor: Actor | None = None  # transfer
    unless: Conditions = ()  # re-scope: the target is left out where these hold
    suspends: Suspension | None = None
    carries: tuple[Carry, ...] = ()  # transition: what goes on under the new rules from the change's first day
    partial: Literal["day-due", "proportional", "law-silent"] = "law-silent"
    on_end: Literal["resume", "restart", "grace"] = "resume"
    source: Source | None = None
    confidence: Confidence = "high"
    note: Text | None = None

    @model_validator(mode="after")
    def _has_what_its_verb_needs(self) -> Change:
        needs = {"transfer": self.actor, "suspend": self.suspends, "re-scope": self.unless or None,
                 "re-time": self.window or self.every or self.times}  # fmt: skip
        if self.verb in needs and needs[self.verb] is None:
            field = {"transfer": "actor", "suspend": "suspends", "re-scope": "unless"}.get(
                self.verb, "window, every or times"
            )
            raise ValueError(f"{self.verb} needs {field}")
        if self.kind == "transition" and not self.carries:
            raise ValueError("a transition needs carries")
        if not self.versions and self.provision is None:
            raise ValueError("expected a provision, or versions with their provisions")
        return self

    @property
    def removes(self) -> bool:
        """Whether it takes away the duties that it reaches."""
        return self.verb in ("waive", "replace", "repeal", "re-scope")


class Carry(Word):
    """Old rules whose open obligations go on under new ones, with what was done before."""

    from_: Annotated[RequirementIds, Field(alias="from", min_length=1)]
    to: Annotated[RequirementIds, Field(min_length=1)]


class Clock(Word):
    """Counted time. `counts` says which statuses count; the mode says how they are added up.

    continuous: since the last unbroken start; accumulated: all counted time; sliding: counted time within the
    trailing `within`. `same` restarts a continuous clock on a change of value. A status in `leaves_out` stops the count while it lasts.
    `restarts` start the count anew, unless the change is one of `not_restarted_by`.
    """

    id: Identifier
    provision: Provision
    in_force: Validity = Validity()
    title: Text
    mode: Literal["continuous", "accumulated", "sliding"]
    counts: Annotated[tuple[StatusValue, ...], Field(min_length=1)]
    same: Annotated[str, Names("status")] | None = None
    leaves_out: tuple[StatusValue, ...] = ()
    restarts: tuple[StatusChange, ...] = ()
    not_restarted_by: tuple[StatusChange, ...] = ()
    starts_with: Pattern | None = None  # a run begins at the last such record before it, else the first within it
    leaves_out_first: Amount | None = None  # of every unbroken run
    leaves_out_holidays: bool = False  # public holidays that do not fall on a Sunday
    within: Amount | None = None
    whole_months: bool = False  # the sliding period is the calendar months before the running one, and that
    source: Source | None = None
    confidence: Confidence = "high"
    note: Text | None = None

    @model_validator(mode="after")
    def _sliding_has_period(self) -> Clock:
        if (self.mode == "sliding") != (self.within is not None):
            raise ValueError("a sliding clock needs within, and only a sliding clock")
        if self.same and self.mode != "continuous":
            raise ValueError("same belongs to a continuous clock alone")
        return self


class StatusValue(Word):
    """One status with its values."""

    status: Annotated[str, Names("status")]
    is_: Annotated[Scalars, Field(alias="is")]


class StatusChange(Word):
    """A change of one status, from and to given values (absent: any)."""

    status: Annotated[str, Names("status")]
    from_: Annotated[Scalars | None, Field(alias="from")] = None
    to: Scalars | None = None


class Definition(Word):
    """A named membership that conditions refer to ("in the contact course"); never whether a duty survives."""

    id: Identifier
    provision: Provision
    in_force: Validity = Validity()
    title: Text
    role: Role
    holds: Annotated[tuple[Condition, ...], Field(min_length=1)]
    source: Source | None = None
    confidence: Confidence = "high"
    note: Text | None = None


class RulesFile(Word):
    """One file of rules: its act, its layer, the instrument read, and the rules."""

    act: Annotated[str, Names("act")]
    layer: Annotated[str, Names("layer")] = "almindelig-ret"
    source: Source
    in_force: Validity = Validity()
    requirements: tuple[Requirement, ...] = ()
    changes: tuple[Change, ...] = ()
    clocks: tuple[Clock, ...] = ()
    definitions: tuple[Definition, ...] = ()
