"""Whether a record is what a pattern looks for, and which persons it binds to roles."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from msgspec.structs import replace

from enplan.context import Context
from enplan.corpus import at_or_below
from enplan.dates import FOREVER, Span, add_to
from enplan.language.case import Consent, Document, Event, Judgement, Measure
from enplan.language.patterns import Pattern, Range
from enplan.language.windows import OfRecord
from enplan.situation import Record, Situation, within
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, known


def matches(pattern: Pattern, record: Record, context: Context) -> Truth:
    """Whether a record of the right kind passes every filter. A detail that was not given is unknown."""
    for role in pattern.about or ():
        if context.roles.get(role) not in record.about:
            return FALSE
    if pattern.by and record.by != context.roles.get(pattern.by, pattern.by):
        return FALSE if record.by else UNKNOWN
    truth = _fields(pattern, record, context)
    if truth is FALSE or not pattern.bounded:
        return truth
    return all_of([truth, *_time(pattern, record, context)])


def _fields(pattern: Pattern, record: Record, context: Context) -> Truth:
    """The filters on what the record itself says."""
    entry = record.entry
    if isinstance(entry, Event) and "outcome" not in pattern.where and entry.outcome != "afholdt":
        return FALSE
    if isinstance(entry, Consent) and entry.answer not in (pattern.answer or (True,)):
        return FALSE
    return TRUE if pattern.plain else all_of(_details(pattern, record, context))


def _details(pattern: Pattern, record: Record, context: Context) -> Iterator[Truth]:
    entry = record.entry
    if isinstance(entry, Judgement) and pattern.answer is not None:
        yield known(entry.answer in pattern.answer)
    if pattern.basis or pattern.law or pattern.other_law_than:
        yield _basis(pattern, record.detail("basis"))
    if pattern.part:
        # A part is a record of its own: where the log is complete, what is not entered is not there.
        yield known(isinstance(entry, Document) and pattern.part in entry.parts)
    for name, wanted in pattern.where.items():
        yield _value(record.detail(name), wanted)
    if pattern.lasting and isinstance(entry, Measure):
        yield _lasting(entry, pattern, context.situation.today)


def _basis(pattern: Pattern, basis: Any) -> Truth:
    if basis is None:
        return UNKNOWN
    act = str(basis).split(" §", 1)[0]
    return all_of(
        known(test)
        for test in (
            pattern.basis is None or any(at_or_below(str(basis), wanted) for wanted in pattern.basis),
            pattern.law is None or act in pattern.law,
            pattern.other_law_than is None or act not in pattern.other_law_than,
        )
    )


def _value(given: Any, wanted: Any) -> Truth:
    if given is None:
        return UNKNOWN
    if isinstance(wanted, Range):
        number = isinstance(given, int | float) and not isinstance(given, bool)
        return within(given, given, wanted.at_least, wanted.below) if number else UNKNOWN
    return known(among(given, wanted))


def same(given: Any, wanted: Any) -> bool:
    """Equal values; `"1"` and `1` are the same, `true` and `1` are not."""
    if type(given) is type(wanted):
        return bool(given == wanted)
    if isinstance(given, bool) or isinstance(wanted, bool):
        return False
    return given == wanted or str(given) == str(wanted)


def among(given: Any, wanted: Iterable[Any]) -> bool:
    """Whether a value is the same as one of several."""
    return any(map(same, repeat(given), wanted))


def _lasting(entry: Measure, pattern: Pattern, today: date) -> Truth:
    assert pattern.lasting is not None
    ends = entry.to or entry.planned_to
    if entry.from_ is None:
        return UNKNOWN
    needed = add_to(entry.from_, pattern.lasting.amount, pattern.lasting.unit)
    if ends is None:  # still running, with no end planned: long enough only if it has been so already
        return TRUE if needed.last <= today else UNKNOWN
    after = Span(ends.first + timedelta(days=1), ends.last + timedelta(days=1))  # a last day is counted in
    return TRUE if after.first >= needed.last else FALSE if after.last < needed.first else UNKNOWN


def _time(pattern: Pattern, record: Record, context: Context) -> Iterator[Truth]:
    from enplan.anchors import day_of

    if context.origin is not None:
        context = replace(context, trigger=context.origin, origin=None)
    day = record.day_of(pattern.state) or record.day
    for anchor, lower, strict in (
        (pattern.since, True, False),
        (pattern.until, False, False),
        (pattern.before, False, True),
    ):
        if anchor is None:
            continue
        bound = day_of(anchor, context)
        if bound is None:
            # What has not happened, as far as the log is complete, comes after all that has.
            never = not lower and isinstance(anchor, OfRecord) and _complete(anchor, context)
            yield TRUE if never else UNKNOWN
        elif lower:
            yield _order(bound, day, False)
        else:
            yield _order(day, bound, strict)


def _complete(anchor: OfRecord, context: Context) -> bool:
    """Whether the day looked from sees every record that an anchor may be."""
    pattern = anchor.first or anchor.last
    assert pattern is not None
    if any(truth is not TRUE for _, truth in found(pattern, context)):
        return False
    return context.situation.complete_to(pattern.kind, pattern.terms) >= context.today


def _order(first: Span, second: Span, strict: bool) -> Truth:
    """Whether the first is on or before (with `strict`: before) the second."""
    if first.at and second.at:
        return known(first.at < second.at if strict else first.at <= second.at)
    gap = timedelta(days=1 if strict else 0)
    if first.last == FOREVER or second.first == date.min:
        return known(first.last <= second.first)
    if first.last + gap <= second.first:
        return TRUE
    return FALSE if first.first + gap > second.last else UNKNOWN


def found(pattern: Pattern, context: Context) -> Iterator[tuple[Record, Truth]]:
    """Records that match, or may match, on or before the context's today, by date."""
    if pattern.about:
        person = context.roles.get(pattern.about[0], "")
        records = context.situation.of_kind_about(pattern.kind, pattern.terms, person)
    else:
        records = context.situation.of_kind(pattern.kind, pattern.terms)
    for record in records:
        day = record.day_of(pattern.state)
        if day is None or (day.first > context.today and pattern.state != "planned-end"):
            continue
        truth = matches(pattern, record, context)
        if truth is not FALSE:
            yield record, truth


def running_on(record: Record, day: date) -> Truth:
    """Whether a measure runs, or a consent still stands, on a day."""
    entry = record.entry
    if isinstance(entry, Measure):
        if entry.from_ is None or entry.from_.first > day:
            return FALSE
        if entry.to and entry.to.last < day:
            return FALSE
        certain = entry.from_.last <= day and (entry.to is None or day <= entry.to.first)
        return TRUE if certain else UNKNOWN
    if isinstance(entry, Consent):
        return known(entry.date.first <= day and not (entry.withdrawn and entry.withdrawn.first <= day))
    return TRUE


def bindings(pattern: Pattern, record: Record, situation: Situation) -> list[dict[str, str]]:
    """Every way of binding the pattern's roles to the persons of a record."""
    start: dict[str, str] = {}
    if pattern.by and pattern.by in situation.corpus.terms.get("role", {}):
        if record.by not in situation.persons:
            return []
        start[pattern.by] = str(record.by)
    return _bind(pattern.about or (), record.about, start)


def _bind(roles: tuple[str, ...], persons: tuple[str, ...], start: dict[str, str]) -> list[dict[str, str]]:
    """Every way of giving each role a person of its own, with some bound from the start."""
    ways = [start]
    for role in roles:
        ways = [
            {**way, role: person}
            for way in ways
            for person in persons
            if (person == way[role] if role in way else person not in way.values())
        ]
    return ways
