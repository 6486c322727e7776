"""From an anchor to a day, with how it was computed; or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from enplan import clocks
from enplan.context import Context
from enplan.dates import FOREVER, Span, Unit, add, add_to, earliest, end_of, latest, parse_span
from enplan.language import windows as w
from enplan.matching import found
from enplan.truth import TRUE, UNKNOWN

Reason = Literal["no-number", "set-in-case", "local-limit-missing", "anchor-unknown"]


class Step(Struct, frozen=True, gc=False):
    """One step of a computation: what was taken or added, and what it gave."""

    what: str  # a code of the text catalogue
    detail: str
    gives: Span


class Moment(Struct, frozen=True, gc=False):
    """A day, or a span of days, and the steps that led to it."""

    span: Span
    steps: tuple[Step, ...] = ()
    proxy: bool = False
    forecast: bool = False


class Gap(Struct, frozen=True, gc=False):
    """No day, and why."""

    reason: Reason
    detail: str


Found = Moment | Gap


def resolve(anchor: w.Anchor, context: Context) -> Found:
    """The day of an anchor for one occasion."""
    if isinstance(anchor, str):
        return _named(anchor, context)
    return _RESOLVERS[type(anchor)](anchor, context)


_EVER = Span.of(date.min)


def day_of(anchor: w.Anchor, context: Context) -> Span | None:
    """The day of an anchor, without how it was computed; None when it is not known."""
    if not isinstance(anchor, str):
        found_at = resolve(anchor, context)
        return found_at.span if isinstance(found_at, Moment) else None
    match anchor:
        case "trigger":
            return context.trigger
        case "today":
            return Span.of(context.today)
        case "opens":
            return context.opens
        case _:
            return _EVER


def _named(anchor: w.Named, context: Context) -> Found:
    span = day_of(anchor, context)
    if span is _EVER:
        return Moment(_EVER)
    if span is None:
        return Gap("anchor-unknown", anchor)
    return Moment(span, (Step(anchor, context.record.path if context.record and anchor == "trigger" else "", span),))


def _shift(amount: int, unit: Unit, count_first_day: bool, inner: Found, what: str) -> Found:
    if isinstance(inner, Gap):
        return inner
    span = add_to(inner.span, amount, unit)
    if count_first_day:
        step = -1 if amount > 0 else 1
        span = Span(add(span.first, step, Unit.DAYS), add(span.last, step, Unit.DAYS))
    detail = f"{abs(amount)} {unit}" + (" count-first-day" if count_first_day else "")
    return Moment(span, (*inner.steps, Step(what, detail, span)), inner.proxy, inner.forecast)


def _after(anchor: w.After, context: Context) -> Found:
    inner = resolve(anchor.from_, context)
    return _shift(anchor.after.amount, anchor.after.unit, anchor.count_first_day, inner, "after")


def _before(anchor: w.Before, context: Context) -> Found:
    return _shift(-anchor.before.amount, anchor.before.unit, False, resolve(anchor.from_, context), "before")


def _end_of(anchor: w.EndOf, context: Context) -> Found:
    inner = resolve(anchor.from_, context)
    if isinstance(inner, Gap):
        return inner
    ends = [end_of(day, anchor.end_of, anchor.number) for day in (inner.span.first, inner.span.last)]
    span = Span(ends[0], ends[1])
    return replace(inner, span=span, steps=(*inner.steps, Step("end-of", f"{anchor.number} {anchor.end_of}", span)))


def _of_several(
    anchors: tuple[w.Anchor, ...], context: Context, what: str, choose: Callable[[list[Span]], Span], needs_all: bool
) -> Found:
    results = [resolve(part, context) for part in anchors]
    moments = [r for r in results if isinstance(r, Moment)]
    gaps = [r for r in results if isinstance(r, Gap)]
    if gaps and (needs_all or not moments):
        return gaps[0]
    if not needs_all and any(not m.proxy for m in moments):
        moments = [m for m in moments if not m.proxy]  # a stand-in gives way to what is known
    span = choose([m.span for m in moments])
    winner = next((m for m in moments if m.span == span), moments[0])
    return replace(winner, span=span, steps=(*winner.steps, Step(what, f"{len(moments)}/{len(results)}", span)))


def _earliest(anchor: w.EarliestOf, context: Context) -> Found:
    return _of_several(anchor.earliest_of, context, "earliest-of", earliest, needs_all=False)


def _latest(anchor: w.LatestOf, context: Context) -> Found:
    return _of_several(anchor.latest_of, context, "latest-of", latest, needs_all=True)


def _cases(anchor: w.Cases, context: Context) -> Found:
    from enplan.literals import evaluate

    for number, branch in enumerate(anchor.cases, 1):
        truth = evaluate(branch.if_, context)
        if truth is UNKNOWN:
            return Gap("anchor-unknown", f"case {number}")
        if truth is TRUE:
            return resolve(branch.then, context)
    return resolve(anchor.otherwise, context)


def _on_clock(anchor: w.OnClock, context: Context) -> Found:
    clock = context.situation.corpus.clocks[anchor.clock]
    person = context.roles.get(anchor.of)
    crossed = clocks.crossing(clock, person, context.situation, anchor.at) if person else None
    if crossed is None:
        return Gap("anchor-unknown", anchor.clock)
    detail = f"{anchor.clock} {anchor.at.amount} {anchor.at.unit} from {crossed.started.isoformat()}"
    day = Span.of(crossed.day)
    step = Step("clock-reading" if crossed.by_reading else "clock", detail, day)
    return Moment(day, (step,), forecast=crossed.forecast)


def _local_limit(anchor: w.LocalLimit, context: Context) -> Found:
    inner = resolve(anchor.from_, context)
    if isinstance(inner, Gap):
        return inner
    profile = context.situation.profile(context.roles.get(anchor.of, ""), inner.span.first)
    limits = [
        x
        for x in (profile.limits if profile else ())
        if x.limit == anchor.local_limit and x.in_force.covers(inner.span.first)
    ]
    if not limits:
        return Gap("local-limit-missing", anchor.local_limit)
    length = limits[0].length
    return _shift(length.amount, length.unit, False, inner, "local-limit")


def _set_in_case(anchor: w.SetInCase, context: Context) -> Found:
    setting = context.situation.setting(anchor.set_in_case, context.roles.get(anchor.about, ""), context.today)
    if setting is None:
        return Gap("set-in-case", anchor.set_in_case)
    if setting.on:
        return Moment(setting.on, (Step("set-in-case", anchor.set_in_case, setting.on),))
    if setting.amount is None or setting.unit is None:
        return Gap("set-in-case", anchor.set_in_case)
    return _shift(setting.amount, Unit(setting.unit), False, resolve(anchor.from_, context), "set-in-case")


def _no_number(anchor: w.NoNumber, _context: Context) -> Found:
    return Gap("no-number", anchor.no_number)


def _of_record(anchor: w.OfRecord, context: Context) -> Found:
    pattern = anchor.first or anchor.last
    assert pattern is not None
    hits = [(record, truth) for record, truth in found(pattern, context)]
    sure = sorted(
        ((record.day_of(pattern.state) or record.day, record) for record, truth in hits if truth is TRUE),
        key=lambda hit: hit[0],
    )
    if not sure:
        return Gap("anchor-unknown", "/".join(pattern.terms))
    span, record = sure[0] if anchor.first else sure[-1]
    return Moment(span, (Step("record", record.path, span),))


def _of_detail(anchor: w.OfDetail, context: Context) -> Found:
    value = context.record.detail(anchor.detail) if context.record else None
    span = value if isinstance(value, Span) else parse_span(str(value)) if value is not None else None
    if span is None or context.record is None:
        return Gap("anchor-unknown", anchor.detail)
    return Moment(span, (Step("record", f"{context.record.path}.{anchor.detail}", span),))


def _birthday(anchor: w.Birthday, context: Context) -> Found:
    day = context.situation.birthday(context.roles.get(anchor.of, ""), anchor.birthday)
    if day is None:
        return Gap("anchor-unknown", "birth")
    return Moment(day, (Step("birthday", str(anchor.birthday), day),))


def _status_edge(anchor: w.StatusEdge, context: Context) -> Found:
    statuses = context.situation.statuses(context.roles.get(anchor.of, ""), anchor.status)
    hits = [(i, s) for i, s in statuses if anchor.is_ is None or s.is_ in anchor.is_]
    if anchor.turn == "ends":
        hits = [(i, s) for i, s in hits if s.to is not None]
    if not hits:
        return Gap("anchor-unknown", anchor.status)
    index, status = hits[-1]
    span = status.from_ if anchor.turn == "begins" else status.to
    assert span is not None
    return Moment(span, (Step("status-" + anchor.turn, f"statuses.{index}", span),))


def _proxy(anchor: w.Proxy, context: Context) -> Found:
    inner = resolve(anchor.proxy, context)
    if isinstance(inner, Gap):
        return inner
    return replace(inner, proxy=True, steps=(*inner.steps, Step("proxy", anchor.for_.da, inner.span)))


_RESOLVERS: dict[type, Callable[[Any, Context], Found]] = {
    w.After: _after, w.Before: _before, w.EndOf: _end_of, w.EarliestOf: _earliest, w.LatestOf: _latest,
    w.Cases: _cases, w.OnClock: _on_clock, w.LocalLimit: _local_limit, w.SetInCase: _set_in_case,
    w.NoNumber: _no_number, w.OfRecord: _of_record, w.OfDetail: _of_detail, w.Birthday: _birthday, w.StatusEdge: _status_edge,
    w.Proxy: _proxy,
}  # fmt: skip

__all__ = ["FOREVER", "Found", "Gap", "Moment", "Step", "day_of", "resolve"]
