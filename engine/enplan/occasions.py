"""Occasions: a requirement's trigger occurring once for named roles, bound by relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enplan import clocks
from enplan.context import Context
from enplan.corpus import Corpus
from enplan.dates import Span, add_months, add_to, adjoins
from enplan.language import triggers as t
from enplan.language.patterns import Pattern
from enplan.language.rules import Clock, Requirement
from enplan.literals import bound
from enplan.matching import among, bindings, found, matches, same
from enplan.result import Obligation, Occasion, Trigger
from enplan.situation import Record, Signals, Situation, any_signal, status_signals
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

FORECAST_MONTHS = 12  # a clock's crossing further ahead is not worth a row yet
Outcomes = Mapping[str, Sequence[Obligation]]


class Hit(Struct, frozen=True, gc=False):
    """One occurrence of a trigger."""

    kind: str
    day: Span
    roles: dict[str, str]
    truth: Truth = TRUE
    record: Record | None = None
    source: str = ""
    forecast: bool = False
    seen_on: date | None = None  # the day on which conditions are asked, when it is not that of the trigger


class Handover(Struct, frozen=True, gc=False):
    """The day on which a transition moves open obligations to a requirement, and whose."""

    at: date
    from_: tuple[str, ...]


def occasions(
    requirement: Requirement, situation: Situation, outcomes: Outcomes, takes_over: Iterable[Handover] = ()
) -> tuple[tuple[Occasion, Record | None], ...]:
    """Every occasion of a requirement that the law of its day knows, each with the record that raised it."""
    raised: list[tuple[Occasion, Record | None]] = []
    handovers = tuple(takes_over)
    taken_over = min([handover.at for handover in handovers]) if handovers else date.min
    for hit in _hits(requirement.when, situation, outcomes):
        if hit.day.first < taken_over <= (requirement.in_force.from_ or date.min):
            continue  # what began under the predecessor comes from there
        governed = _governed(requirement, hit.day)
        if governed is FALSE:
            continue
        for roles, certain in _each(requirement, hit, situation):
            occasion = Occasion(
                requirement.id, tuple(roles.items()), Trigger(hit.kind, hit.day, hit.source, hit.forecast),
                hit.truth if governed is TRUE else all_of([hit.truth, governed]), certain, seen_on=hit.seen_on,
            )  # fmt: skip
            raised.append((occasion, hit.record))
    if handovers:
        records = {r.path: r for r in situation.records}
        for handover in handovers:
            raised += _carried(requirement, handover, outcomes, records)
    if len(raised) < 2:
        return tuple(raised)
    raised.sort(key=lambda item: (item[0].roles, item[0].trigger.day, item[0].trigger.record))
    first = {(o.roles, o.trigger.day, o.trigger.record): (o, record) for o, record in reversed(raised)}
    return tuple(first.values())[::-1]


def signals(trigger: Any, corpus: Corpus) -> Signals | None:
    """What a case must hold, at the least one of, for a trigger to occur in it; None when nothing recorded is needed."""
    if isinstance(trigger, Pattern):
        return frozenset((trigger.kind, term) for term in trigger.terms)
    if isinstance(trigger, t.StatusTurns):
        return status_signals(trigger.status, trigger.is_)
    if isinstance(trigger, t.Outcome):
        return frozenset({("outcome", trigger.of)})
    if isinstance(trigger, t.Absence):
        return signals(trigger.from_, corpus)
    if isinstance(trigger, t.ClockReaches):
        clock = corpus.clocks[trigger.clock]
        begins = signals(clock.starts_with, corpus) if clock.starts_with else None
        counted = [status_signals(wanted.status, wanted.is_) for wanted in clock.counts]
        return frozenset({("reading", clock.id)}).union(*counted, begins or ())
    if isinstance(trigger, t.FirstOf):
        return any_signal(signals(part, corpus) for part in trigger.any_of)
    return None


def _governed(requirement: Requirement, day: Span) -> Truth:
    """Whether the law of the trigger's day has this rule; a recurring one may begin to govern later."""
    rule = requirement.in_force
    if requirement.recurring and not isinstance(requirement.when, t.Organisation):
        return TRUE if rule.to is None or day.first <= rule.to else FALSE
    first = rule.covers(day.first)
    last = first if day.certain else rule.covers(day.last)
    if first and last:
        return TRUE
    touches = first or last or (rule.from_ and day.first < rule.from_ <= day.last)
    return UNKNOWN if touches else FALSE


def _each(requirement: Requirement, hit: Hit, situation: Situation) -> list[tuple[dict[str, str], Truth]]:
    """The roles of a hit with those of `for_each`, one for each person bound."""
    rows: list[tuple[dict[str, str], Truth]] = [(hit.roles, TRUE)]
    if not requirement.for_each:
        return rows
    context = Context(situation, hit.roles, hit.day, hit.record, situation.today)
    for role, binding in requirement.for_each.items():
        widened = []
        for roles, truth in rows:
            persons, anyone = bound(binding, roles, context)
            widened += [({**roles, role: person}, all_of([truth, certain])) for person, certain in persons]
            if binding.expected and not anyone:
                widened.append((roles, UNKNOWN))
        rows = widened
    return rows


def _carried(
    requirement: Requirement, handover: Handover, outcomes: Outcomes, records: Mapping[str, Record]
) -> Iterator[tuple[Occasion, Record | None]]:
    """Obligations open under the predecessor on the day of the transition go on under the successor."""
    for name in handover.from_:
        for old in outcomes.get(name, ()):
            if old.binding not in ("binds", "open", "lapsed") or old.occasion.trigger.day.first >= handover.at:
                continue
            if not any(o.fulfilment == "carried" for o in old.occurrences):
                continue
            yield (
                replace(old.occasion, requirement=requirement.id, carried_from=name),
                records.get(old.occasion.trigger.record),
            )


def identity(requirement: Requirement, occasion: Occasion, situation: Situation) -> Any:
    """What makes two triggers one obligation, by `per`."""
    if requirement.per == "event":
        return occasion.roles, occasion.trigger.day
    persons = [person for _, person in occasion.roles]
    day = occasion.trigger.day.first
    if requirement.per == "household":
        homes = {p: situation.status_at(p, "husstand", day) for p in persons}
        return tuple(sorted({str(home[0]) if home else f"unknown:{p}" for p, home in homes.items()}))
    if requirement.per == "municipality":
        return tuple(sorted({situation.municipality(p, day) or f"unknown:{p}" for p in persons}))
    return occasion.roles


def _hits(trigger: Any, situation: Situation, outcomes: Outcomes) -> Iterator[Hit]:
    return _FINDERS[type(trigger)](trigger, situation, outcomes)


def _pattern(pattern: Pattern, situation: Situation, _outcomes: Outcomes) -> Iterator[Hit]:
    for record in situation.of_kind(pattern.kind, pattern.terms):
        day = record.day_of(pattern.state)
        if day is None or (day.first > situation.today and pattern.state != "planned-end"):
            continue
        for roles in bindings(pattern, record, situation):
            context = Context(situation, roles, day, record, situation.today)
            truth = matches(pattern, record, context)
            if truth is not FALSE:
                forecast = day.first > situation.today
                yield Hit(record.term, day, roles, truth, record, record.path, forecast)


def _status(trigger: t.StatusTurns, situation: Situation, _outcomes: Outcomes) -> Iterator[Hit]:
    for person in situation.persons:
        items = situation.statuses(person, trigger.status)
        for position, (index, status) in enumerate(items):
            if trigger.is_ is not None and not among(status.is_, trigger.is_):
                continue
            before = items[position - 1][1] if position else None
            after = items[position + 1][1] if position + 1 < len(items) else None
            path = f"statuses.{index}"
            if trigger.turn == "begins":
                follows = before is not None and before.to is not None and adjoins(before.to, status.from_)
                if follows and before is not None and same(before.is_, status.is_):
                    continue
                wanted = trigger.from_value
                if wanted is not None and not (follows and before and among(before.is_, wanted)):
                    continue
                yield Hit(trigger.status, status.from_, {trigger.of: person}, TRUE, None, path)
            elif status.to is not None and status.to.first <= situation.today:
                goes_on = after is not None and adjoins(status.to, after.from_) and same(after.is_, status.is_)
                if not goes_on:
                    yield Hit(trigger.status, status.to, {trigger.of: person}, TRUE, None, path)


def _age(trigger: t.AgeReached, situation: Situation, _outcomes: Outcomes) -> Iterator[Hit]:
    for person in situation.persons:
        day = situation.birthday(person, trigger.reaches)
        if day is not None and day.first <= situation.today:
            yield Hit("age", day, {trigger.age: person}, TRUE, None, f"persons.{person}.born")


def _clock(trigger: t.ClockReaches, situation: Situation, _outcomes: Outcomes) -> Iterator[Hit]:
    clock = situation.corpus.clocks[trigger.clock]
    horizon = add_months(situation.today, FORECAST_MONTHS)
    for person in situation.persons:
        runs = [first for first, _ in clocks.intervals(clock, person, situation) if first <= situation.today]
        if clock.mode != "continuous" or not runs:
            runs = [situation.today]
        raised = set()
        for run in runs:
            for multiple in range(1, 50 if trigger.again else 2):
                crossed = clocks.crossing(
                    clock, person, situation, trigger.reaches, exceeds=trigger.exceeds, multiple=multiple, seen_on=run
                )
                if crossed is None or crossed.day > horizon:
                    break
                if crossed.day not in raised:
                    raised.add(crossed.day)
                    yield Hit(
                        clock.id, Span.of(crossed.day), {trigger.of: person}, TRUE, None, f"clocks.{clock.id}",
                        crossed.forecast, _first_counted(clock, person, situation, crossed.day),
                    )  # fmt: skip


def _first_counted(clock: Clock, person: str, situation: Situation, day: date) -> date | None:
    """Where a clock began before what it counts (at an enquiry for the benefit): the day the benefit itself began."""
    spans = [
        (status.from_.first, status.to.last if status.to else date.max)
        for wanted in clock.counts
        for _, status in situation.statuses(person, wanted.status)
        if status.is_ in wanted.is_
    ]
    if any(first <= day <= last for first, last in spans):
        return None
    return min((first for first, _ in spans if first > day), default=None)


def _outcome(trigger: t.Outcome, situation: Situation, outcomes: Outcomes) -> Iterator[Hit]:
    for obligation in outcomes.get(trigger.of, ()):
        if obligation.binding not in ("binds", "open", "lapsed"):
            continue
        roles = {trigger.renamed.get(role, role): person for role, person in obligation.occasion.roles}
        sure = TRUE if obligation.binding != "open" else UNKNOWN
        if trigger.word == "waived":
            if any(v.change.verb in ("waive", "replace") for v in obligation.changed_by):
                yield Hit(trigger.of, obligation.occasion.trigger.day, roles, sure, None, obligation.occasion.key)
            continue
        for occurrence in obligation.occurrences:
            source = f"{obligation.occasion.key}#{occurrence.number}"
            if trigger.word == "met" and occurrence.fulfilment in ("met", "met-late"):
                yield Hit(trigger.of, occurrence.met_on[-1], roles, sure, None, source)
            elif trigger.word == "missed" and occurrence.due is not None:
                if occurrence.fulfilment in ("overdue", "met-late"):
                    yield Hit(trigger.of, occurrence.due, roles, sure, None, source)
                elif occurrence.fulfilment == "not-recorded":
                    yield Hit(trigger.of, occurrence.due, roles, UNKNOWN, None, source)


def _absence(trigger: t.Absence, situation: Situation, outcomes: Outcomes) -> Iterator[Hit]:
    for hit in _hits(trigger.from_, situation, outcomes):
        end = add_to(hit.day, trigger.for_.amount, trigger.for_.unit)
        if end.last > situation.today:
            continue
        context = Context(situation, hit.roles, hit.day, hit.record, end.last)
        seen = [
            truth if _within(record.day_of(pattern.state) or record.day, hit.day, end) else UNKNOWN
            for pattern in trigger.none_of
            for record, truth in found(pattern, context)
            if (record.day_of(pattern.state) or record.day).last >= hit.day.first
        ]
        if TRUE in seen:
            continue
        complete = all(situation.complete_to(pattern.kind, pattern.terms) >= end.last for pattern in trigger.none_of)
        truth = TRUE if complete and not seen else UNKNOWN
        yield replace(hit, kind="absence", day=end, truth=all_of([hit.truth, truth]))


def _within(day: Span, start: Span, end: Span) -> bool:
    """Whether something certainly happened from one day to another."""
    return start.last <= day.first and day.last <= end.first


def _organisation(trigger: t.Organisation, situation: Situation, _outcomes: Outcomes) -> Iterator[Hit]:
    codes = {situation.municipality(person, situation.today) for person in situation.persons} - {None}
    for code in sorted(str(code) for code in codes):
        yield Hit("municipality", Span.of(situation.today), {trigger.municipality: code})


def _first_of(trigger: t.FirstOf, situation: Situation, outcomes: Outcomes) -> Iterator[Hit]:
    for part in trigger.any_of:
        yield from _hits(part, situation, outcomes)


_FINDERS: dict[type, Callable[[Any, Situation, Outcomes], Iterator[Hit]]] = {
    Pattern: _pattern, t.StatusTurns: _status, t.AgeReached: _age, t.ClockReaches: _clock, t.Outcome: _outcome,
    t.Absence: _absence, t.Organisation: _organisation, t.FirstOf: _first_of,
}  # fmt: skip
