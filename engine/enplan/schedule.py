"""Occurrences: the windows of an obligation, what met them, and how things stand on the day of assessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enplan.anchors import Found, Gap, Moment, Step, resolve
from enplan.changes import Gatekeeper
from enplan.context import Context
from enplan.dates import FOREVER, MONTHS, Span, Unit, add_days, add_to, end_of, last_working_day, latest
from enplan.fulfilment import Deed, deeds, patterns
from enplan.language.case import Measure
from enplan.language.rules import Change, Requirement
from enplan.language.windows import After, EndOf, Every, Window
from enplan.language.words import Amount
from enplan.matching import found
from enplan.result import Fulfilment, Occasion, Occurrence, Verdict
from enplan.situation import Record
from enplan.truth import TRUE

SOON = 14  # days
MOST = 200  # occurrences of one obligation


class Terms(Struct, frozen=True, gc=False):
    """The time rule of an obligation, as the changes in effect leave it."""

    window: Window
    times: int
    every: Every | None


class Plan(Struct, frozen=True, gc=False):
    """All that the scheduling of one obligation needs."""

    requirement: Requirement
    occasion: Occasion
    context: Context
    way: Any = None  # what meets it
    window: Window | None = None  # another reading of the requirement's own
    changes: tuple[Change, ...] = ()
    keeper: Gatekeeper | None = None
    used: frozenset[str] = frozenset()
    ends_on: date | None = None  # the day `while` fails
    hands_over: date | None = None  # the day a transition moves the matter to a successor
    takes_over: date | None = None  # the day it was taken over from a predecessor
    also_met_by: tuple[Any, ...] = ()  # the predecessor's ways of being met


def schedule(plan: Plan) -> tuple[tuple[Occurrence, ...], tuple[Verdict, ...]]:
    """The occurrences of an obligation by the day of assessment (and the next one), and every verdict asked for."""
    made = _Schedule(plan)
    occurrences = made.run()
    return tuple(occurrences), tuple(made.verdicts.values())


class _Schedule:
    def __init__(self, plan: Plan):
        self.plan, self.requirement = plan, plan.requirement
        self.context, self.today = plan.context, plan.context.situation.today
        self.way = plan.way
        self.verdicts: dict[str, Verdict] = {}
        self.spared: set[str] = set()  # suspensions that leave this limit as it is
        self.terms = Terms(plan.window or plan.requirement.window, plan.requirement.times, plan.requirement.every)

    def run(self) -> list[Occurrence]:
        opens = self._opening(self.terms.window)
        if isinstance(opens, Gap):
            return [self._bare(1, opens)]
        self.context = self.context.opened(opens.span)
        if self.requirement.modality == "must_not":
            return [self._prohibition(opens)]
        if self.terms.window.max_gap:
            return self._gaps()
        if self.terms.every is None:
            return [self._changed(1, opens, self._closing(self.terms.window), self._deeds(opens.span))]
        if self.terms.every.from_ == "grid":
            return self._grid(opens)
        return self._chain(opens)

    # --- windows

    def _opening(self, window: Window) -> Found:
        return resolve(window.opens, self.context)

    def _closing(self, window: Window) -> Found:
        if window.lasts_at_most and self.context.opens:
            # The first day is counted in: what began on the 1st may last to the last day before the 1st.
            last = add_to(self.context.opens, window.lasts_at_most.amount, window.lasts_at_most.unit)
            span = last if window.lasts_at_most.unit == Unit.HOURS else _shifted(last, -1)
            detail = f"{window.lasts_at_most.amount} {window.lasts_at_most.unit}"
            return Moment(span, (Step("lasts-at-most", detail, span),))
        if window.closes is None:
            return Gap("no-number", "")
        return resolve(window.closes, self.context)

    def _deeds(self, opens: Span, strictly: bool = False) -> list[Deed]:
        """What may count from a day on (`strictly`: after it)."""
        context = self.context.opened(opens)
        ways = [self.way, *self.plan.also_met_by]
        all_deeds = [deed for way in ways for deed in deeds(way, context, self.plan.used)]
        return sorted(
            [
                d
                for d in dict.fromkeys(all_deeds)
                if (d.day.first > opens.last if strictly else _not_before(d.day, opens))
            ]
        )

    # --- kinds of duty

    def _grid(self, opens: Moment) -> list[Occurrence]:
        closes = self._closing(self.terms.window)
        assert self.terms.every is not None
        step = self._interval(self.terms.every)
        result: list[Occurrence] = []
        if isinstance(closes, Gap) or isinstance(step, Gap):
            return [self._changed(1, opens, closes, self._deeds(opens.span))]
        amount, unit = step
        for number in range(MOST):
            start = add_to(opens.span, amount * number, unit) if number else opens.span
            if number and start.first > self.today:
                break
            end = self._on_grid(closes, amount * number, unit)
            moment = replace(closes, span=end, steps=(*closes.steps, Step("grid", f"{number + 1}", end)))
            if self._past(start):
                break
            if self._ended(start) or not self._governs(start, end):
                continue
            # Where one window closes on the day the next one opens, a deed of that day belongs to the earlier.
            touching = number > 0 and self._on_grid(closes, amount * (number - 1), unit).last >= start.first
            inside = [d for d in self._deeds(start, strictly=touching) if d.day.first <= end.last]
            result.append(self._changed(len(result) + 1, Moment(start, opens.steps), moment, inside))
        return result or [self._bare(1, Gap("anchor-unknown", "no window under this law"))]

    def _on_grid(self, first: Moment, amount: int, unit: Unit) -> Span:
        """The first closing moved by so much; in one step, so that the 31st is not lost in a shorter month on the way."""
        anchor = self.terms.window.closes
        if isinstance(anchor, After) and (length := _longer(anchor.after, amount, unit)):
            moved = resolve(anchor.model_copy(update={"after": length}), self.context)
            if isinstance(moved, Moment):
                return moved.span
        span = add_to(first.span, amount, unit)
        if isinstance(anchor, EndOf) and unit in MONTHS:
            return Span(end_of(span.first, anchor.end_of, 1), end_of(span.last, anchor.end_of, 1))
        return span

    def _chain(self, opens: Moment) -> list[Occurrence]:
        """First within the window; then so long after each fulfilment."""
        result: list[Occurrence] = []
        start, closes = opens.span, self._closing(self.terms.window)
        done = self._deeds(start)
        taken = self.plan.takes_over
        if taken:
            earlier = [d for d in done if d.sure and d.day.first < taken]
            if earlier:
                start = earlier[-1].day
                done = self._deeds(start, strictly=True)
                closes = self._next(start)
        while len(result) < MOST:
            due = closes.span if isinstance(closes, Moment) else None
            if self._ended(start) or self._past(start):
                break
            governs = self._governs(start, due)
            occurrence = self._changed(len(result) + 1, Moment(start), closes, done)
            if governs:
                result.append(occurrence)
            if occurrence.fulfilment in ("met", "met-late"):
                start = occurrence.met_on[-1]
                done = [d for d in done if d.day.first > start.last]
                closes = self._next(start)
            elif occurrence.fulfilment == "waived" and (resumed := self._resumed(occurrence)):
                start, closes = resumed
                done = self._deeds(start)
            else:
                break
        return result

    def _next(self, start: Span) -> Found:
        every = self._in_effect(Moment(start), Moment(start)).every or self.terms.every
        assert every is not None
        step = self._interval(every)
        if isinstance(step, Gap):
            return step
        span = add_to(start, *step)
        return Moment(span, (Step("last", "", start), Step("after", f"{step[0]} {step[1]}", span)))

    def _resumed(self, waived: Occurrence) -> tuple[Span, Found] | None:
        """Where the chain goes on when an exemption has ended by the day of assessment."""
        ends = [v.until for name in waived.changed_by if (v := self.verdicts.get(name)) and v.until]
        if not ends or max(ends) >= self.today or waived.due is None:
            return None
        start = Span.of(add_days(max(ends), 1))
        on_end = next(self.verdicts[name].change.on_end for name in waived.changed_by)
        if on_end == "resume":
            due = latest([waived.due, start])
            return start, Moment(due, (Step("resumed", "", due),))
        return start, self._next(start)

    def _interval(self, every: Every) -> tuple[int, Unit] | Gap:
        if every.set_in_case is None:
            assert every.amount is not None
            assert every.unit is not None
            return every.amount, every.unit
        persons = [person for _, person in self.plan.occasion.roles]
        settings = [self.context.situation.setting(every.set_in_case, p, self.today) for p in persons]
        setting = next((s for s in settings if s and s.amount and s.unit), None)
        if setting is None or setting.amount is None or setting.unit is None:
            return Gap("set-in-case", every.set_in_case)
        chosen = (setting.amount, Unit(setting.unit))
        ceiling = every.at_most
        if ceiling and add_to(self.context.trigger, *chosen) > add_to(
            self.context.trigger, ceiling.amount, ceiling.unit
        ):
            return ceiling.amount, ceiling.unit
        return chosen

    def _gaps(self) -> list[Occurrence]:
        """Between the end of each matching measure and the beginning of the next."""
        limit = self.terms.window.max_gap
        assert limit is not None
        pieces = []
        for pattern in patterns(self.way):
            for record, truth in found(pattern, self.context):
                if isinstance(record.entry, Measure) and record.entry.from_ and truth is TRUE:
                    pieces.append((record.entry.from_, record.entry.to, record.path))
        pieces.sort(key=lambda piece: piece[0])
        result: list[Occurrence] = []
        for _, end, _path in pieces:
            covered = end is None or any(
                s.first <= add_days(end.first, 1) and (e is None or e.first > end.first) for s, e, _ in pieces
            )
            if covered or end is None or self._ended(end) or self._past(end) or not self._governs(end, None):
                continue
            span = add_to(end, limit.amount, limit.unit)
            closes = Moment(span, (Step("ended", _path, end), Step("max-gap", f"{limit.amount} {limit.unit}", span)))
            later = [Deed(s, (path,)) for s, _e, path in pieces if s.first > end.first]
            result.append(self._changed(len(result) + 1, Moment(end), closes, later))
        return result

    def _prohibition(self, opens: Moment) -> Occurrence:
        window = self.terms.window
        closes = resolve(window.not_before, self.context) if window.not_before else self._closing(window)
        end = closes.span.last if isinstance(closes, Moment) else FOREVER
        free = end if window.not_before else add_days(end, 1)  # the day of `not_before` is free, a closing day is not
        breaches = [d for d in self._deeds(opens.span) if d.sure and d.day.last < free]
        fulfilment: Fulfilment = "broken" if breaches else "kept"
        if (
            breaches
            and isinstance(closes, Gap)
            and closes.detail in self.context.situation.corpus.terms.get("detail", {})
        ):
            fulfilment = "anchor-unknown"  # the day to wait for was not given: it may have come before the act
        occurrence = self._made(1, opens, closes, fulfilment, breaches[:1])
        return self._with_changes(occurrence, self._ask(opens, closes))

    # --- law and changes

    def _governs(self, start: Span, due: Span | None) -> bool:
        """Whether this rule's version governs an occurrence that opens on a day."""
        rule, taken = self.requirement.in_force, self.plan.takes_over
        if taken and due is not None and start.first < taken <= due.last:
            return True
        if taken and start.first < taken:
            return due is None or due.last >= taken or self.today >= taken
        return rule.from_ is None or start.first >= rule.from_

    def _past(self, start: Span) -> bool:
        rule = self.requirement.in_force
        return rule.to is not None and start.first > rule.to

    def _ended(self, start: Span) -> bool:
        return self.plan.ends_on is not None and start.first > self.plan.ends_on

    def _ask(self, opens: Moment, closes: Found | None) -> list[Verdict]:
        if self.plan.keeper is None or not self.plan.changes:
            return []
        start, end = self._asked_of(opens, closes)
        last = closes.span.last if isinstance(closes, Moment) else FOREVER
        asked = []
        for change in self.plan.changes:
            verdict = self.plan.keeper.over(
                change, self.plan.occasion, self.context, start, last if change.kind == "option" else end
            )
            known_before = self.verdicts.get(change.id)
            if known_before is None or verdict.truth is TRUE or known_before.truth is not TRUE:
                self.verdicts[change.id] = verdict
            asked.append(verdict)
        return [verdict for verdict in asked if verdict.truth is TRUE]

    def _asked_of(self, opens: Moment, closes: Found | None) -> tuple[date, date]:
        """The days of a window on which a change is asked."""
        # A window that was always open is asked of its trigger's day.
        start = max(opens.span.first, self.context.trigger.first)
        if isinstance(closes, Moment) and closes.span.last < FOREVER:
            return start, closes.span.last
        now = max(start, self.today)
        if isinstance(closes, Gap) and closes.reason == "no-number":
            # Without a last day a duty belongs to its first; a standing one to the day on which it is read.
            return (now, now) if self.requirement.standing else (start, start)
        return start, now  # a last day that is not known may be any day up to today, or later

    def _in_effect(self, opens: Moment, closes: Found | None) -> Terms:
        terms = self.terms
        for verdict in self._ask(opens, closes):
            change = verdict.change
            if change.verb == "re-time":
                terms = Terms(change.window or terms.window, change.times or terms.times, change.every or terms.every)
        return terms

    def _changed(self, number: int, opens: Moment, closes: Found, done: Sequence[Deed]) -> Occurrence:
        """One occurrence, with re-timing and suspension applied before it is held against what was done."""
        asked, in_effect = closes, self._ask(opens, closes)
        retimed = [v.change for v in in_effect if v.change.verb == "re-time"]
        times, tolerance = self.terms.times, self.terms.window.tolerance
        if retimed:
            change = retimed[-1]
            times = change.times or times
            if change.window and number == 1:
                closes = self._closing(change.window)
            elif change.every and number > 1:
                step = self._interval(change.every)
                closes = Moment(add_to(opens.span, *step)) if not isinstance(step, Gap) else step
        for verdict in in_effect:
            if verdict.change.suspends:
                closes = self._suspended(closes, verdict.change, opens)
        occurrence = self._held(number, opens, closes, times, done)
        if tolerance and occurrence.due:
            slid = add_to(occurrence.due, tolerance.amount, tolerance.unit)
            occurrence = replace(occurrence, tolerated_to=slid)
        if closes is not asked:  # what moved the last day may have moved it to where another change is in effect
            in_effect = self._ask(opens, closes)
        return self._with_changes(occurrence, in_effect)

    def _with_changes(self, occurrence: Occurrence, in_effect: Sequence[Verdict]) -> Occurrence:
        names = tuple(v.change.id for v in in_effect if v.change.id not in self.spared)
        removed = any(v.change.removes for v in in_effect)
        unmet = occurrence.fulfilment not in ("met", "met-late")
        fulfilment: Fulfilment = "waived" if removed and unmet else occurrence.fulfilment
        handed = self.plan.hands_over
        open_at_turn = unmet or (handed is not None and occurrence.met_on[-1].first >= handed)
        if (
            handed
            and open_at_turn
            and not removed
            and self.today >= handed
            and (occurrence.due is None or occurrence.due.last >= handed)
        ):
            fulfilment = "carried"
        if not names and fulfilment == occurrence.fulfilment:
            return occurrence
        return replace(occurrence, fulfilment=fulfilment, changed_by=names)

    def _suspended(self, closes: Found, change: Change, opens: Moment) -> Found:
        rule = change.suspends
        assert rule is not None
        if isinstance(closes, Gap):
            return closes
        if rule.spares_statutory and not any(step.what in ("local-limit", "set-in-case") for step in closes.steps):
            self.spared.add(change.id)
            return closes
        starts = [r for r, truth in found(rule.from_, self.context) if truth is TRUE]
        counted = opens.span  # what lay before the window moves nothing in it, and no day is counted twice
        for record in starts:
            begun = record.day_of(rule.from_.state) or record.day
            ends = self._end_of_suspension(rule.until, begun, record)
            if begun.first > closes.span.last or (ends is not None and ends.last <= counted.first):
                continue
            closes = self._moved(closes, change, latest([begun, counted]), ends)
            if isinstance(closes, Gap):
                return closes
            counted = latest([counted, ends]) if ends is not None else counted
        return closes

    def _end_of_suspension(self, until: Any, begun: Span, record: Record) -> Span | None:
        if until is None:
            ends = record.entry.to if isinstance(record.entry, Measure) else None
            return Span(add_days(ends.first, 1), add_days(ends.last, 1)) if ends else None  # its last day still counts
        later = [r.day_of(until.state) or r.day for r, truth in found(until, self.context) if truth is TRUE]
        return next((day for day in later if day.first >= begun.first), None)

    def _moved(self, closes: Moment, change: Change, begun: Span, ends: Span | None) -> Found:
        rule = change.suspends
        assert rule is not None
        if rule.effect == "lift":
            return Gap("no-number", change.id)
        if rule.effect == "extend":
            assert rule.by is not None
            span = add_to(closes.span, rule.by.amount, rule.by.unit)
        elif ends is None:
            return Gap("anchor-unknown", f"suspended:{change.id}")
        elif rule.effect == "re-anchor":
            span = add_to(ends, rule.by.amount, rule.by.unit) if rule.by else ends
        else:
            days = (ends.first - begun.first).days
            span = _shifted(closes.span, days)
        step = Step("suspended", f"{change.id} {begun}–{ends or ''}", span)
        return replace(closes, span=span, steps=(*closes.steps, step))

    # --- what was done

    def _held(self, number: int, opens: Moment, closes: Found, needed: int, done: Sequence[Deed]) -> Occurrence:
        """An occurrence held against what was done and the day of assessment."""
        sure = [deed for deed in done if deed.sure]
        early = self._too_early(sure)
        if early:
            return self._made(number, opens, closes, "broken", early, needed)
        in_time = sure
        if isinstance(closes, Moment):
            slide = self.terms.window.tolerance
            limit = add_to(closes.span, slide.amount, slide.unit) if slide else closes.span
            in_time = [d for d in sure if _by(d.day, limit)]
        if len(in_time) >= needed:
            return self._made(number, opens, closes, "met", in_time[:needed], needed)
        if len(sure) >= needed:
            return self._made(number, opens, closes, "met-late", sure[:needed], needed)
        return self._made(number, opens, closes, self._unmet(opens, closes, len(sure), done), sure, needed)

    def _too_early(self, done: list[Deed]) -> list[Deed]:
        if self.terms.window.not_before is None:
            return []
        limit = resolve(self.terms.window.not_before, self.context)
        return [d for d in done if isinstance(limit, Moment) and d.day.last < limit.span.first][:1]

    def _unmet(self, opens: Moment, closes: Found, count: int, done: Sequence[Deed]) -> Fulfilment:
        if isinstance(closes, Gap):
            return "suspended" if closes.detail.startswith("suspended:") else closes.reason
        limit = closes.span
        tolerance = self.terms.window.tolerance
        late_after = add_to(limit, tolerance.amount, tolerance.unit) if tolerance else limit
        if self.today > late_after.last:
            if len(done) > count or self._complete_to() < late_after.last:
                return "not-recorded"
            if limit.last < self.context.trigger.first:
                return "late-at-birth"
            return "cannot-be-repaired" if self.requirement.act.verb in ("hear", "obtain_consent") else "overdue"
        if count:
            return "partial"
        return "due-soon" if add_days(limit.first, -SOON) <= self.today else "later"

    def _complete_to(self) -> date:
        situation, actor = self.context.situation, self.requirement.actor
        known = situation.corpus.terms.get("actor", {}).get(actor) if isinstance(actor, str) else None
        if known and known.outside:
            return date.min
        days = [situation.complete_to(p.kind, (term,)) for p in patterns(self.way) for term in p.terms]
        return max(days, default=date.min)

    def _made(
        self, number: int, opens: Moment, closes: Found, fulfilment: Fulfilment, done: Iterable[Deed], needed: int = 1
    ) -> Occurrence:
        moment = closes if isinstance(closes, Moment) else None
        chosen = list(done)
        return Occurrence(
            number=number,
            opens=opens.span if opens.span.first > date.min else None,
            due=moment.span if moment else None,
            act_by=last_working_day(moment.span.first) if moment and moment.span.first < FOREVER else None,
            fulfilment=fulfilment,
            needed=needed,
            met_by=tuple(path for deed in chosen for path in deed.records),
            met_on=tuple(deed.day for deed in chosen),
            gap=closes if isinstance(closes, Gap) else None,
            steps=(*opens.steps, *(moment.steps if moment else ())) if not moment or not moment.steps else moment.steps,
            proxy=opens.proxy or bool(moment and moment.proxy),
            forecast=opens.forecast or bool(moment and moment.forecast) or self.plan.occasion.trigger.forecast,
        )

    def _bare(self, number: int, gap: Gap) -> Occurrence:
        fulfilment: Fulfilment = gap.reason
        return Occurrence(number, None, None, None, fulfilment, self.terms.times, gap=gap)


def _longer(length: Amount, amount: int, unit: Unit) -> Amount | None:
    """A length and so much more, where the two can be added: alike, or both of whole months."""
    if length.unit == unit:
        return length.model_copy(update={"amount": length.amount + amount})
    own, more = MONTHS.get(length.unit), MONTHS.get(unit)
    if own is None or more is None:
        return None
    return length.model_copy(update={"amount": length.amount * own + amount * more, "unit": Unit.MONTHS})


def _shifted(span: Span, days: int) -> Span:
    """So many days later; at the same time of day, where one is known."""
    at = span.at + timedelta(days=days) if span.at else None
    return Span(add_days(span.first, days), add_days(span.last, days), at)


def _by(day: Span, limit: Span) -> bool:
    """Whether something done on a day may have been done within a limit; to the minute where both are known so."""
    if day.at and limit.at:
        return day.at <= limit.at
    return day.first <= limit.last


def _not_before(day: Span, opens: Span) -> bool:
    if day.at and opens.at:
        return day.at >= opens.at
    return day.last >= opens.first
