"""Counted time: what a clock shows on a day, and the day on which it shows an amount.

Days are counted inclusively: a status from the 1st to the 3rd counts three days. Months on a clock that was
interrupted are counted from a start moved forward by the days of the interruption.
"""

from datetime import date
from itertools import pairwise

from msgspec import Struct

from enplan import matching
from enplan.context import Context
from enplan.dates import DAYS, FOREVER, Span, Unit, add, add_days, add_months, public_holidays
from enplan.language.patterns import Pattern
from enplan.language.rules import Clock, StatusChange, StatusValue
from enplan.language.words import Amount
from enplan.situation import Situation

Interval = tuple[date, date]  # both inclusive
SUNDAY = 6
HORIZON = 24  # months ahead of the assessment to which a sliding clock is followed


class Crossing(Struct, frozen=True, gc=False):
    """The day on which a clock shows an amount, and what it was counted from."""

    day: date
    started: date
    forecast: bool
    by_reading: bool = False


def intervals(clock: Clock, person: str, situation: Situation) -> tuple[Interval, ...]:
    """The days that count, as sorted intervals; a status that goes on counts as going on for ever."""
    memory, key = situation.clocked, (clock.id, person)
    if key not in memory:
        memory[key] = _intervals(clock, person, situation)
    return memory[key]


def _intervals(clock: Clock, person: str, situation: Situation) -> tuple[Interval, ...]:
    counted: list[tuple[date, date, object]] = []
    for wanted in clock.counts:
        for _, status in situation.statuses(person, wanted.status):
            if status.is_ in wanted.is_:
                counted.append((status.from_.first, status.to.last if status.to else FOREVER, status.is_))
    counted.sort(key=lambda item: item[:2])
    merged: list[list[date]] = []
    previous: object = None
    for first, last, value in counted:
        joined = merged and first <= add_days(merged[-1][1], 1) and not (clock.same and value != previous)
        if joined:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
        previous = value
    result = [(first, last) for first, last in merged]
    for day in _restarts(clock, person, situation):
        result = [part for whole in result for part in _split(whole, day)]
    if clock.starts_with:
        result = _from_records(sorted(result), _starts(clock.starts_with, person, situation))
    if clock.leaves_out_first:
        skip = clock.leaves_out_first
        result = [(start, last) for first, last in result if (start := add(first, skip.amount, skip.unit)) <= last]
    if clock.mode == "accumulated" and clock.restarts:
        days = [day for day in _restarts(clock, person, situation) if day <= situation.today]
        result = [part for part in result if not days or part[1] >= days[-1]]
    return tuple(sorted(result))


def _starts(pattern: Pattern, person: str, situation: Situation) -> list[date]:
    """The days of the records that begin a run, where every role of the pattern is the person counted for."""
    known = situation.corpus.terms.get("role", {})
    roles = {role: person for role in (*(pattern.about or ()), pattern.by or "") if role in known}
    context = Context(situation, roles, Span.of(situation.today), None, situation.today)
    return [record.day.first for record, _ in matching.found(pattern, context) if person in record.about]


def _from_records(parts: list[Interval], days: list[date]) -> list[Interval]:
    """Each interval from the last such record before it (and after the one before), else from the first within it."""
    result = []
    previous = date.min
    for first, last in parts:
        inside = [day for day in days if previous < day <= last]
        before = [day for day in inside if day <= first]
        result.append((before[-1] if before else min(inside, default=first), last))
        previous = last
    return result


def _restarts(clock: Clock, person: str, situation: Situation) -> list[date]:
    def days(changes: tuple[StatusChange, ...]) -> set[date]:
        found = set()
        for change in changes:
            items = [status for _, status in situation.statuses(person, change.status)]
            for before, after in pairwise(items):
                if (change.from_ is None or before.is_ in change.from_) and (
                    change.to is None or after.is_ in change.to
                ):
                    found.add(after.from_.first)
        return found

    return sorted(days(clock.restarts) - days(clock.not_restarted_by))


def _split(whole: Interval, day: date) -> list[Interval]:
    first, last = whole
    return [(first, add_days(day, -1)), (day, last)] if first < day <= last else [whole]


def left_out(clock: Clock, person: str, situation: Situation) -> tuple[Interval, ...]:
    """The days on which the count stands still."""
    found = [
        (status.from_.first, status.to.last if status.to else FOREVER)
        for wanted in clock.leaves_out
        for _, status in situation.statuses(person, wanted.status)
        if _holds(wanted, status.is_)
    ]
    if clock.leaves_out_holidays:
        parts = intervals(clock, person, situation)
        first, last = (parts[0][0], add_months(situation.today, HORIZON)) if parts else (FOREVER, date.min)
        found += [(day, day) for day in public_holidays() if first <= day <= last and day.weekday() != SUNDAY]
    merged: list[Interval] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def _holds(wanted: StatusValue, value: object) -> bool:
    return value in wanted.is_


def counted_days(parts: tuple[Interval, ...], out: tuple[Interval, ...], first: date, last: date) -> int:
    """The number of counted days from `first` to `last`, both inclusive."""
    total = 0
    for start, end in parts:
        low, high = max(start, first), min(end, last)
        if low <= high:
            total += (high - low).days + 1
            for off, on in out:
                stop, go = max(off, low), min(on, high)
                if stop <= go:
                    total -= (go - stop).days + 1
    return total


def crossing(
    clock: Clock,
    person: str,
    situation: Situation,
    amount: Amount,
    *,
    exceeds: bool = False,
    multiple: int = 1,
    seen_on: date | None = None,
) -> Crossing | None:
    """The day on which the clock shows `multiple` times the amount (one day more, with `exceeds`); None when never.

    A continuous clock is read in its last run that began by `seen_on` (the day of assessment, unless another is given).
    """
    wanted = amount.amount * multiple
    reading = _reading(clock, person, situation)
    if reading is not None:
        day, shown, unit = reading
        gone = _in_days(shown, Unit(unit))
        start = add(day, -shown, Unit(unit)) if clock.mode != "sliding" else add_days(day, -gone)
        crossed = add(start, wanted, amount.unit)
        return Crossing(add_days(crossed, exceeds), start, crossed > situation.today, by_reading=True)
    parts = intervals(clock, person, situation)
    if not parts:
        return None
    out = left_out(clock, person, situation)
    if clock.mode == "sliding":
        return _sliding(clock, parts, out, situation.today, _in_days(wanted, amount.unit), exceeds)
    if clock.mode == "continuous":
        parts = tuple(part for part in parts if part[0] <= (seen_on or situation.today))[-1:]
    if not parts:
        return None
    gone = 0
    for first, last in parts:
        moved = add_days(first, -gone)
        crossed = add_days(add(moved, wanted, amount.unit), exceeds - (amount.unit in DAYS))
        for off, on in out:
            if off <= crossed and on >= first:
                if on == FOREVER:
                    return None
                crossed = add_days(crossed, (on - max(off, first)).days + 1)
        if crossed <= last:
            return Crossing(crossed, moved, crossed > situation.today)
        gone += counted_days(((first, last),), out, first, last)
    return None


def _sliding(
    clock: Clock, parts: tuple[Interval, ...], out: tuple[Interval, ...], today: date, wanted: int, exceeds: bool
) -> Crossing | None:
    assert clock.within is not None
    limit = wanted + exceeds
    horizon = add_months(today, HORIZON)
    for start, end in parts:
        day = start
        while day <= min(end, horizon):
            first = _period_start(clock, day)
            last = add_days(day.replace(day=1), -1) if clock.whole_months else day
            shown = counted_days(parts, out, first, last)
            if clock.whole_months:  # the days of the running month count on top of the whole months before it
                shown += counted_days(parts, out, day.replace(day=1), day)
            if shown >= limit:
                return Crossing(day, first, day > today)
            day = add_days(day, max(1, limit - shown))
    return None


def _period_start(clock: Clock, day: date) -> date:
    assert clock.within is not None
    if clock.whole_months:
        return add(day.replace(day=1), -clock.within.amount, clock.within.unit)
    return add_days(add(day, -clock.within.amount, clock.within.unit), 1)


def shows(clock: Clock, person: str, situation: Situation, day: date) -> int | None:
    """The days that a clock shows on a day; None when nothing is recorded that it counts."""
    reading = _reading(clock, person, situation)
    if reading is not None:
        read, shown, unit = reading
        return _in_days(shown, Unit(unit)) + (day - read).days
    parts = intervals(clock, person, situation)
    if not parts:
        return None
    out = left_out(clock, person, situation)
    if clock.mode == "sliding":
        return counted_days(parts, out, _period_start(clock, day), day)
    if clock.mode == "continuous":
        parts = tuple(part for part in parts if part[0] <= day <= part[1])
    return counted_days(parts, out, date.min, day)


def _reading(clock: Clock, person: str, situation: Situation) -> tuple[date, int, str] | None:
    found = [r for r in situation.case.readings if (r.clock, r.of) == (clock.id, person) and r.date <= situation.today]
    if not found:
        return None
    last = max(found, key=lambda r: r.date)
    return last.date, last.amount, last.unit


_DAYS = {**DAYS, Unit.MONTHS: 30, Unit.YEARS: 365}


def _in_days(amount: int, unit: Unit) -> int:
    return amount * _DAYS.get(unit, 1)


def in_days(amount: Amount) -> int:
    """An amount as days: a month as 30, a year as 365; only for comparing readings, never for a date."""
    return _in_days(amount.amount, amount.unit)
