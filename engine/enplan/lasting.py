"""How long a state has lasted: the day on which a `while` fails, and the day from which that is not known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from msgspec import Struct

from enplan.context import Context
from enplan.corpus import Corpus
from enplan.dates import add_days, add_months
from enplan.language import conditions as c
from enplan.language.case import Consent, Measure
from enplan.language.words import Word
from enplan.literals import evaluate
from enplan.situation import Signals, Situation, any_signal
from enplan.truth import FALSE, UNKNOWN, Truth, all_of


class Course(Struct, frozen=True, gc=False):
    """What became of a state by the day of assessment: the day it ended, or that from which nobody knows that it lasts."""

    ended: date | None = None
    doubtful: date | None = None


class Lasting:
    """The courses of states in one situation, remembered by what they hang on."""

    def __init__(self, situation: Situation):
        self._situation = situation
        self._days: dict[tuple[frozenset[str], Signals | None], list[date]] = {}

    def course(self, conditions: Sequence[Any], subjects: Signals | None, context: Context) -> Course:
        """Follow the conditions from the trigger to today, over the days on which something they ask about changes."""

        def truth(day: date) -> Truth:
            seen = context.at(day)
            return all_of(map(evaluate, conditions, repeat(seen)))

        start, today = context.trigger.first, self._situation.today
        days = self._turning_days(frozenset(context.roles.values()), subjects)
        held: date | None = None  # a state lapses when it ends, not before it began
        doubtful: date | None = None
        for day in dict.fromkeys([start, *(day for day in (*days, today) if start < day <= today)]):
            seen = truth(day)
            if seen is FALSE and held is not None:
                # Time alone may have ended it since the last turning day: from then on it does not come back by itself.
                between = range(held.toordinal() + 1, day.toordinal() + 1)
                first = bisect_left(between, True, key=lambda number: truth(date.fromordinal(number)) is FALSE)
                return Course(ended=date.fromordinal(between[first]))
            if seen is not FALSE:
                held = day
            doubtful = None if seen is not UNKNOWN else doubtful or day
        return Course(doubtful=doubtful)

    def _turning_days(self, persons: frozenset[str], subjects: Signals | None) -> list[date]:
        """The days on which something begins or ends for these persons, or for anyone related to them."""
        key = (persons, subjects)
        if key not in self._days:
            concerned = frozenset().union(*(self._situation.families.get(person, ()) for person in persons))
            self._days[key] = sorted({*self._statuses(concerned, subjects), *self._records(concerned, subjects),
                                      *self._birthdays(persons, subjects)})  # fmt: skip
        return self._days[key]

    def _statuses(self, persons: frozenset[str], subjects: Signals | None) -> Iterator[date]:
        for status in self._situation.case.statuses:
            if status.of in persons and (subjects is None or ("status", status.status) in subjects):
                yield status.from_.last
                if status.to:
                    yield add_days(status.to.last, 1)

    def _records(self, persons: frozenset[str], subjects: Signals | None) -> Iterator[date]:
        for record in self._situation.records:
            if subjects is not None and (record.kind, record.term) not in subjects:
                continue
            if record.about and persons.isdisjoint(record.about):
                continue
            yield record.day.last
            if isinstance(record.entry, Measure):
                yield from (day.last for day in (record.entry.granted, record.entry.from_, record.entry.to) if day)
                if record.entry.to:
                    yield add_days(record.entry.to.last, 1)
            if isinstance(record.entry, Consent) and record.entry.withdrawn:
                yield record.entry.withdrawn.first

    def _birthdays(self, persons: frozenset[str], subjects: Signals | None) -> Iterator[date]:
        if subjects is not None and ("age", "") not in subjects:
            return
        for person in persons:
            known = self._situation.persons.get(person)
            if known and known.born:
                born = known.born.last
                yield from (add_months(born, 12 * n) for n in range(1, self._situation.today.year - born.year + 1))


def subjects_of(conditions: Sequence[Any], corpus: Corpus) -> Signals | None:
    """What some conditions ask about, with ("age", "") for birthdays; None when that cannot be said, and anything may turn them."""
    return any_signal(_subjects(condition, corpus) for condition in conditions)


def _subjects(condition: Any, corpus: Corpus) -> Signals | None:
    if isinstance(condition, c.All):
        return subjects_of(condition.all, corpus)
    if isinstance(condition, c.AnyOf):
        return subjects_of(condition.any, corpus)
    if isinstance(condition, c.Not):
        return _subjects(condition.not_, corpus)
    if isinstance(condition, c.JudgedSo):
        return frozenset({("judged", condition.judged)})
    if isinstance(condition, c.Consented):
        return frozenset({("consent", condition.consent)})
    if not isinstance(getattr(condition, "at", None), str):  # an anchor of its own may hang on any record
        return None
    if isinstance(condition, c.StatusIs):
        return frozenset({("status", condition.status)})
    if isinstance(condition, c.AgeIs):
        return frozenset({("age", "")})
    if isinstance(condition, c.Member):
        return subjects_of(corpus.definitions[condition.member].holds, corpus)
    pattern = condition.exists if isinstance(condition, c.Exists) else getattr(condition, "none", None)
    if pattern is None or any(isinstance(a, Word) for a in (pattern.since, pattern.until, pattern.before)):
        return None
    return frozenset((pattern.kind, term) for term in pattern.terms)
