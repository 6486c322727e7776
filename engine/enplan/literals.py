"""The value of each literal of a condition, with the fact that decided it.

Everything that looks at a case happens here; the condition tree above it sees three-valued literals only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import repeat
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from enplan import clocks
from enplan.anchors import day_of
from enplan.context import Context
from enplan.corpus import Corpus
from enplan.dates import Span, add_to
from enplan.language import conditions as c
from enplan.language.patterns import Binding, Pattern
from enplan.matching import among, found, running_on
from enplan.situation import Record, Signals, Situation, any_signal, status_signals, within
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, known

Asked = Literal["fact", "judgement", "gate"]


class Reading(Struct, frozen=True, gc=False):
    """The value of one literal: its truth, the facts (paths in the case) that decided it, and what it hangs on."""

    truth: Truth
    facts: tuple[str, ...] = ()
    value: str = ""
    asks: Asked = "fact"


def read(literal: Any, context: Context) -> Reading:
    """The value of a literal for one occasion."""
    return _READERS[type(literal)](literal, context)


def evaluate(condition: Any, context: Context, facts: dict[str, None] | None = None) -> Truth:
    """The value of a whole condition, without trace; the facts that its literals rest on are added to `facts`."""
    if reader := _READERS.get(type(condition)):
        reading = reader(condition, context)
        if facts is not None:
            facts.update(dict.fromkeys(reading.facts))
        return reading.truth
    if isinstance(condition, c.All):
        return all_of(map(evaluate, condition.all, repeat(context), repeat(facts)))
    if isinstance(condition, c.AnyOf):
        return any_of(map(evaluate, condition.any, repeat(context), repeat(facts)))
    return ~evaluate(condition.not_, context, facts)


def _nobody(role: str, context: Context) -> Reading:
    """What holds of a role that nobody fills: unknown where there must be someone, else false."""
    return Reading(UNKNOWN if role in context.vacant else FALSE, value="nobody")


def _age(literal: c.AgeIs, context: Context) -> Reading:
    person, day = context.roles.get(literal.age), day_of(literal.at, context)
    if person is None:
        return _nobody(literal.age, context)
    if day is None:
        return Reading(UNKNOWN)
    low = context.situation.age_on(person, day.first)
    high = low if day.certain else context.situation.age_on(person, day.last)
    if low is None or high is None:
        return Reading(UNKNOWN)
    age = str(low[0]) if low[0] == high[1] else f"{low[0]}-{high[1]}"
    return Reading(within(low[0], high[1], literal.at_least, literal.below), (f"persons.{person}.born",), age)


def _compare(value: Any, literal: Any) -> Truth:
    if literal.at_least is not None or literal.below is not None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return UNKNOWN
        return within(value, value, literal.at_least, literal.below)
    if literal.is_ is not None:
        return known(among(value, literal.is_))
    return known(not among(value, literal.is_not or ()))


def _status(literal: c.StatusIs, context: Context) -> Reading:
    person, day = context.roles.get(literal.of), day_of(literal.at, context)
    if person is None:
        return _nobody(literal.of, context)
    if day is None:
        return Reading(UNKNOWN)
    situation = context.situation
    if day.certain:
        return _status_on(literal, person, day.first, situation)
    readings = {_status_on(literal, person, moment, situation) for moment in {day.first, day.last}}
    if len(readings) == 1:
        return readings.pop()
    truth = _agreed(reading.truth for reading in readings)
    return Reading(truth, tuple(sorted({f for r in readings for f in r.facts})))


def _status_on(literal: c.StatusIs, person: str, day: date, situation: Situation) -> Reading:
    at = situation.status_at(person, literal.status, day)
    if at is None:
        # A day still to come is judged by what is known today.
        seen = min(day, situation.today)
        if situation.is_episodic(literal.status) and seen <= situation.complete_to("status", (literal.status,)):
            return Reading(known(literal.is_ is None), value="none")
        return Reading(UNKNOWN)
    value, index = at
    truth = _compare(value, literal)
    if literal.lasted and truth is TRUE:
        status = situation.case.statuses[index]
        truth = known(add_to(status.from_, literal.lasted.amount, literal.lasted.unit).first <= day)
    return Reading(truth, (f"statuses.{index}",), str(value))


def _exists(literal: c.Exists, context: Context) -> Reading:
    return _number_of(literal.exists, literal.at_least, literal.at, context)


def _none(literal: c.NoneSuch, context: Context) -> Reading:
    found_any = _number_of(literal.none, 1, literal.at, context)
    return Reading(~found_any.truth, found_any.facts, found_any.value)


def _number_of(pattern: Pattern, at_least: int, at: Any, context: Context) -> Reading:
    """Whether there are so many records of a pattern on a day, or by it."""
    view = context
    if context.vacant and not context.vacant.isdisjoint((*(pattern.about or ()), pattern.by or "")):
        return Reading(UNKNOWN, value="nobody")
    if at != "today":
        day = day_of(at, context)
        if day is None:
            return Reading(UNKNOWN)
        view = context.seen_by(day.last)
    sure, maybe = [], []
    for record, truth in found(pattern, view):
        if pattern.state == "running" or pattern.kind == "consent":
            truth = all_of([truth, running_on(record, view.today)])
        if (
            truth is TRUE
            and (record.day_of(pattern.state) or record.day).last > view.today
            and pattern.state != "planned-end"
        ):
            truth = UNKNOWN  # on some day, perhaps a later one
        if truth is TRUE:
            sure.append(record.path)
        elif truth is UNKNOWN:
            maybe.append(record.path)
    if len(sure) >= at_least:
        return Reading(TRUE, tuple(sure), str(len(sure)))
    if len(sure) + len(maybe) >= at_least or context.situation.complete_to(pattern.kind, pattern.terms) < view.today:
        return Reading(UNKNOWN, tuple(maybe), str(len(sure)))
    return Reading(FALSE, (), str(len(sure)))


def _judged(literal: c.JudgedSo, context: Context) -> Reading:
    person = context.roles.get(literal.about)
    if person is None:
        return replace(_nobody(literal.about, context), asks="judgement")
    records = [
        r
        for r in context.situation.of_kind("judged", (literal.judged,))
        if person in r.about and r.day.first <= context.today
    ]
    if not records:
        return Reading(UNKNOWN, asks="judgement")
    last = _last_day(records)
    truth = _agreed(known(among(r.detail("answer"), literal.answer)) for r in last)
    answers = "; ".join(sorted({str(r.detail("answer")) for r in last}))
    return Reading(truth, tuple(sorted(r.path for r in last)), answers, "judgement")


def _consented(literal: c.Consented, context: Context) -> Reading:
    giver = context.roles.get(literal.by)
    if giver is None:
        return _nobody(literal.by, context)
    about = context.roles.get(literal.about) if literal.about else None
    records = [
        r
        for r in context.situation.of_kind("consent", (literal.consent,))
        if r.by == giver and (about is None or not r.about or about in r.about) and r.day.first <= context.today
    ]
    if not records:
        return Reading(UNKNOWN)
    last = _last_day(records)
    truth = _agreed(all_of([known(bool(r.detail("answer"))), running_on(r, context.today)]) for r in last)
    return Reading(truth, tuple(sorted(r.path for r in last)))


def _last_day(records: list[Record]) -> list[Record]:
    """Of records in order of date, those of the last day: none of them is the last word before another."""
    return [record for record in records if record.day == records[-1].day]


def _agreed(truths: Iterable[Truth]) -> Truth:
    """The value that all have; unknown where they differ."""
    distinct = set(truths)
    return distinct.pop() if len(distinct) == 1 else UNKNOWN


def _related(literal: c.Related, context: Context) -> Reading:
    who, of = context.roles.get(literal.who), context.roles.get(literal.of)
    if who is None or of is None:
        return _nobody(literal.who if who is None else literal.of, context)
    if who in context.situation.related(literal.relation, of):
        return Reading(TRUE, ("relations",))
    # Somebody else stands in the relation: the case tells of it, and not of this person.
    others = context.situation.related(literal.relation, of)
    return Reading(FALSE if others else UNKNOWN, ("relations",) if others else ())


def _field(literal: c.FieldIs, context: Context) -> Reading:
    record = context.record
    value = record.detail(literal.trigger) if record else None
    if record is None or value is None:
        return Reading(UNKNOWN)
    return Reading(_compare(value, literal), (record.path,), str(value))


def _member(literal: c.Member, context: Context) -> Reading:
    person, day = context.roles.get(literal.who), day_of(literal.at, context)
    if person is None:
        return _nobody(literal.who, context)
    if day is None:
        return Reading(UNKNOWN)
    memory: dict[object, Reading] = context.situation.memberships
    key = (literal.member, person, day, context.today)
    if key not in memory:
        memory[key] = _membership(literal.member, person, day, context)
    return memory[key]


def _membership(name: str, person: str, day: Span, context: Context) -> Reading:
    definition = context.situation.corpus.definitions[name]
    if not definition.in_force.covers(day.first):
        return Reading(FALSE, value="not in force")
    inner = Context(context.situation, {definition.role: person}, day, None, context.today)
    facts: dict[str, None] = {}
    truth = all_of(map(evaluate, definition.holds, repeat(inner), repeat(facts)))
    return Reading(truth, tuple(facts))


def _organised(literal: c.Organised, context: Context) -> Reading:
    person = context.roles.get(literal.of)
    day = context.trigger.first
    profile = context.situation.profile(person, day) if person else None
    facts = [
        f for f in (profile.organisation if profile else ()) if f.fact == literal.profile and f.in_force.covers(day)
    ]
    if not facts:
        return Reading(UNKNOWN)
    return Reading(known(facts[0].is_ in literal.is_), (f"profile.{literal.profile}",), str(facts[0].is_))


def _municipality(literal: c.MunicipalityIs, context: Context) -> Reading:
    person, day = context.roles.get(literal.of), day_of(literal.at, context)
    found_at = context.situation.status_at(person, "handlekommune", day.first) if person and day else None
    if found_at is None:
        return Reading(UNKNOWN)
    value, index = found_at
    return Reading(known(among(value, literal.municipality)), (f"statuses.{index}",), str(value))


def _clock(literal: c.ClockShows, context: Context) -> Reading:
    person, day = context.roles.get(literal.of), day_of(literal.at, context)
    clock = context.situation.corpus.clocks[literal.clock]
    if person is None:
        return _nobody(literal.of, context)
    if day is None:
        return Reading(UNKNOWN)
    if clock.mode == "sliding":  # what has slid out of the period is gone
        shown = clocks.shows(clock, person, context.situation, day.first)
        low, high = literal.at_least, literal.below
        bounds = [clocks.in_days(bound) if bound else None for bound in (low, high)]
        truth = UNKNOWN if shown is None else within(shown, shown, *bounds)
        return Reading(truth, (f"clocks.{literal.clock}",), "" if shown is None else str(shown))
    # Reaching an amount is asked of the calendar, not of a number of days: six months are six months.
    truths = []
    for bound, wanted in ((literal.at_least, True), (literal.below, False)):
        if bound is not None:
            crossed = clocks.crossing(clock, person, context.situation, bound, seen_on=day.first)
            if crossed is None and clocks.shows(clock, person, context.situation, day.first) is None:
                return Reading(UNKNOWN)
            reached = crossed is not None and crossed.day <= day.first
            truths.append(known(reached is wanted))
    return Reading(all_of(truths), (f"clocks.{literal.clock}",))


def bound(binding: Binding, roles: Mapping[str, str], context: Context) -> tuple[list[tuple[str, Truth]], bool]:
    """The persons that a binding binds, each with whether it is certain; and whether it is known that there is one."""
    situation, origin = context.situation, roles.get(binding.of)
    if origin is None:
        return [], False
    day = context.trigger.first
    result: list[tuple[str, Truth]] = []
    persons = situation.related_by if binding.inverse else situation.related
    found_persons = persons(binding.relation, origin)
    for person in found_persons:
        tests = []
        if binding.same:
            mine, theirs = (situation.status_at(p, binding.same, day) for p in (person, origin))
            tests.append(known(mine[0] == theirs[0]) if mine and theirs else UNKNOWN)
        if binding.at_least is not None or binding.below is not None:
            age = situation.age_on(person, day)
            tests.append(within(*age, binding.at_least, binding.below) if age else UNKNOWN)
        truth = all_of(tests)
        if truth is not FALSE:
            result.append((person, truth))
    return result, bool(found_persons)


def _bound_views(bindings: Mapping[str, Binding], context: Context) -> Iterator[tuple[Context, Truth]]:
    views: list[tuple[Context, Truth]] = [(context, TRUE)]
    for role, binding in bindings.items():
        views = [
            (replace(view, roles={**view.roles, role: person}), all_of([truth, certain]))
            for view, truth in views
            for person, certain in bound(binding, view.roles, view)[0]
        ]
    yield from views


def _for_all(literal: c.ForAll, context: Context) -> Reading:
    truths = []
    for view, certain in _bound_views(literal.for_all, context):
        holds = all_of(map(evaluate, literal.hold, repeat(view)))
        truths.append(any_of([~certain, holds]))
    nobody_known = not truths and any(b.expected or b.of in context.vacant for b in literal.for_all.values())
    return Reading(UNKNOWN if nobody_known else all_of(truths), ("relations",), str(len(truths)))


def _for_some(literal: c.ForSome, context: Context) -> Reading:
    truths = [
        all_of([certain, *map(evaluate, literal.hold, repeat(view))])
        for view, certain in _bound_views(literal.for_some, context)
    ]
    nobody_known = not truths and any(b.expected or b.of in context.vacant for b in literal.for_some.values())
    return Reading(UNKNOWN if nobody_known else any_of(truths), ("relations",), str(len(truths)))


def _in_effect(literal: c.InEffect, context: Context) -> Reading:
    return Reading(context.in_effect.get(literal.in_effect, UNKNOWN), (f"changes.{literal.in_effect}",), asks="gate")


_READERS: dict[type, Callable[[Any, Context], Reading]] = {
    c.AgeIs: _age, c.StatusIs: _status, c.Exists: _exists, c.NoneSuch: _none, c.JudgedSo: _judged,
    c.Consented: _consented, c.Related: _related, c.FieldIs: _field, c.Member: _member, c.Organised: _organised,
    c.MunicipalityIs: _municipality, c.ClockShows: _clock, c.ForAll: _for_all, c.ForSome: _for_some,
    c.InEffect: _in_effect,
}  # fmt: skip


def needed(conditions: Iterable[Any], corpus: Corpus) -> tuple[Signals, ...]:
    """What a case must hold for some conditions to be surely true all at once: one of each of these sets."""
    return tuple(signals for condition in conditions for signals in _needed(condition, corpus))


def _needed(condition: Any, corpus: Corpus) -> tuple[Signals, ...]:
    if isinstance(condition, c.StatusIs):
        return (status_signals(condition.status, condition.is_),) if condition.is_ else ()
    if isinstance(condition, c.Exists):
        return (frozenset((condition.exists.kind, term) for term in condition.exists.terms),)
    if isinstance(condition, c.JudgedSo):
        return (frozenset({("judged", condition.judged)}),)
    if isinstance(condition, c.Member):
        return needed(corpus.definitions[condition.member].holds, corpus)
    if isinstance(condition, c.All):
        return needed(condition.all, corpus)
    if isinstance(condition, c.AnyOf):
        either = any_signal(next(iter(_needed(part, corpus)), None) for part in condition.any)
        return () if either is None else (either,)
    return ()
