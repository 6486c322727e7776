"""Changes: which are in effect for an occasion on a day, gate by gate, and what they do to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from enplan.context import NOTHING, Context
from enplan.dates import FOREVER, add_days
from enplan.formulas import Formula, evaluate
from enplan.language.register import Adoption, Municipality
from enplan.language.rules import Change, Version
from enplan.literals import Reading, read
from enplan.result import Occasion, Verdict
from enplan.situation import Situation
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth, known

GATES = ("network", "started", "approval", "adoption", "municipality", "group", "conditions", "while", "portfolio")
Rows = list[tuple[str, tuple[Truth, ...], Truth]]  # formula, row, the interpreter's value


class Standing(Struct, frozen=True, gc=False):
    """What is known of a municipality and a trial on a day."""

    code: str | None
    profile: Municipality | None
    assumed: frozenset[str]
    day: date

    def network(self, name: str) -> Reading:
        """Membership of a network: the networks are listed in law, so nobody else is a member."""
        if self.code is None:
            return Reading(UNKNOWN, asks="gate")
        members = [m for m in (self.profile.networks if self.profile else ()) if m.network == name]
        value = any(m.in_force.covers(self.day) for m in members)
        return Reading(known(value), (f"profile.{self.code}.networks",), self.code, "gate")

    def adopted(self, trial: str) -> Reading:
        """Whether the trial stands in the municipality's vedtægt on the day; not recorded is unknown."""
        if trial in self.assumed:
            return Reading(TRUE, (f"assumed.{trial}",), "assumed", "gate")
        if self.profile is None:
            return Reading(UNKNOWN, asks="gate")
        fact = (f"profile.{self.code}.adopted",)
        if any(a.trial == trial and a.in_force.covers(self.day) for a in self.profile.adopted):
            return Reading(TRUE, fact, trial, "gate")
        entries = [a for a in self.profile.adopted if a.trial == trial]
        refused = [a for a in self.profile.not_adopted if a.trial == trial and a.in_force.covers(self.day)]
        if refused or any(_known_span(a, self.day) for a in entries):
            return Reading(FALSE, fact, trial, "gate")
        return Reading(UNKNOWN, asks="gate")

    def started(self, change: Change) -> Reading:
        """Whether the trial was approved, where that is asked, and started in time."""
        trial = change.gates.approval or change.gates.adoption or ""
        if trial in self.assumed:
            return Reading(TRUE, (f"assumed.{trial}",), "assumed", "gate")
        approvals = [a.on for a in (self.profile.approvals if self.profile else ()) if a.trial == trial]
        adoptions = [a.in_force.from_ for a in (self.profile.adopted if self.profile else ()) if a.trial == trial]
        if change.gates.approval and not approvals:
            return Reading(UNKNOWN, asks="gate")
        limit = change.gates.started_by
        if limit is None:
            return Reading(TRUE, (f"profile.{self.code}.approvals",), asks="gate")
        starts = [day for day in adoptions if day is not None]
        if not starts:
            return Reading(UNKNOWN, asks="gate")
        return Reading(known(min(starts) <= limit), (f"profile.{self.code}.adopted",), min(starts).isoformat(), "gate")


def _known_span(adoption: Adoption, day: date) -> bool:
    """Whether the entry says that the trial had not begun, or had ended, on the day."""
    rule = adoption.in_force
    return (rule.from_ is not None and day < rule.from_) or (rule.to is not None and day > rule.to)


def version_on(change: Change, day: date, situation: Situation) -> Version | None:
    """The version of a change in force on a day, as known on the day of assessment."""
    for version in change.versions:
        issued = situation.corpus.instruments[version.instrument].issued
        if version.in_force.covers(day) and issued <= situation.today:
            return version
    return None


def _in_force_itself(change: Change, day: date, situation: Situation) -> bool:
    """Whether a change without versions is in force on a day, as known on the day of assessment."""
    if change.versions or not change.in_force.covers(day):
        return False
    return situation.corpus.known_from(change.in_force) <= situation.today


def until(change: Change, day: date, situation: Situation) -> date | None:
    """The last day of the change as known on the day of assessment; None when no end is known."""
    if not change.versions:
        return change.in_force.to
    last: date | None = day
    for version in sorted(change.versions, key=lambda v: v.in_force.from_ or date.min):
        if situation.corpus.instruments[version.instrument].issued > situation.today or last is None:
            continue
        begins = version.in_force.from_ or date.min
        if begins <= add_days(last, 1) and (version.in_force.to is None or version.in_force.to >= last):
            last = version.in_force.to
    return last


class Gatekeeper:
    """Judges changes for one case: `verdict` is a pure function of (change, occasion, day), remembered."""

    def __init__(self, situation: Situation, assumed: frozenset[str], formulas: Mapping[str, Formula], rows: Rows):
        self._situation, self._assumed, self._formulas, self._rows = situation, assumed, formulas, rows
        self._seen: dict[object, Verdict] = {}

    def verdict(self, change: Change, occasion: Occasion, context: Context, day: date) -> Verdict:
        """Whether the change is in effect for the occasion on `day`."""
        name = (change.id, occasion.requirement, occasion.roles, occasion.trigger.day, day, context.today)
        if name not in self._seen:
            self._seen[name] = self._judge(change, occasion, context, day)
        return self._seen[name]

    def _judge(self, change: Change, occasion: Occasion, context: Context, day: date) -> Verdict:
        version = version_on(change, day, self._situation)
        if version is None and not _in_force_itself(change, day, self._situation):
            return Verdict(change, FALSE, None, (), gate="in-force")
        formula = self._formulas[change.id]
        code = self._acting_municipality(context, day) if context.acting is None else context.acting or None
        profile = self._situation.corpus.municipalities.get(int(code)) if code else None
        standing = Standing(code, profile, self._assumed, day)
        seen_on_day = context.asked_on(day, self._others(change, occasion, context, day))
        row = tuple(
            [(label, self._gate(label, literal, change, standing, seen_on_day)) for label, literal in formula.literals]
        )
        values = tuple([reading.truth for _, reading in row])
        truth = evaluate(formula, values)
        self._rows.append((change.id, values, truth))
        wanted = FALSE if truth is FALSE else UNKNOWN
        gate = next((label for label, reading in row if reading.truth is wanted), "") if truth is not TRUE else ""
        assumed = any(reading.value == "assumed" for _, reading in row)
        return Verdict(
            change, truth, version, row, assumed, gate, until(change, day, self._situation)
        )  # fmt: skip

    def _acting_municipality(self, context: Context, day: date) -> str | None:
        """That of the first person, or the one that is itself in a role (a duty of the municipality)."""
        for value in context.roles.values():
            if value in self._situation.persons:
                return self._situation.municipality(value, day)
            if value in self._situation.corpus.codes:
                return value
        return None

    def _gate(self, label: str, literal: object, change: Change, standing: Standing, context: Context) -> Reading:
        if literal is not None:
            return read(literal, context)
        match label:
            case "network":
                return standing.network(change.gates.network or "")
            case "started":
                return standing.started(change)
            case "adoption":
                return standing.adopted(change.gates.adoption or "")
            case "municipality":
                return _not_in(change, standing)
            case _:
                return self._portfolio(change)

    def _portfolio(self, change: Change) -> Reading:
        trial = change.gates.adoption or ""
        if trial in self._assumed:
            return Reading(TRUE, (f"assumed.{trial}",), "assumed", "gate")
        return Reading(UNKNOWN, asks="gate")

    def _others(self, change: Change, occasion: Occasion, context: Context, day: date) -> Mapping[str, Truth]:
        named = self._formulas[change.id].changes
        if not named:
            return NOTHING
        changes = self._situation.corpus.changes
        seen = context.at(min(day, self._situation.today))  # an option is used by what the case holds on the day
        return {
            name: self.verdict(other, occasion, seen if other.kind == "option" else context, day).truth
            for name in named
            if name != change.id and (other := changes[name])
        }

    def over(self, change: Change, occasion: Occasion, context: Context, start: date, end: date) -> Verdict:
        """The verdict for a window: on its first day, and on its last where the two differ.

        `day-due` asks the last day alone. `law-silent` (the law does not say what a partly covered window means) is
        unknown when the two days differ. An option is used, or not, by what the case holds when the window closes: a
        plan made later undoes no breach.
        """
        if change.kind == "option":
            seen_on = min(self._situation.today, change.in_force.to or FOREVER, end)
            return self.verdict(change, occasion, context.at(seen_on), seen_on)
        if change.partial == "day-due":
            return self.verdict(change, occasion, context, end)
        first = self.verdict(change, occasion, context, start)
        if end <= start or change.partial == "proportional":
            return first
        last = self.verdict(change, occasion, context, end)
        if first.truth is last.truth:
            return first
        shown = last if first.gate == "in-force" else first
        if TRUE not in (first.truth, last.truth):
            return shown
        return replace(shown, truth=UNKNOWN, gate="partial", note="law-silent")


def _not_in(change: Change, standing: Standing) -> Reading:
    if standing.code is None:
        return Reading(UNKNOWN, asks="gate")
    return Reading(known(int(standing.code) not in change.gates.not_in), (), standing.code, "gate")
