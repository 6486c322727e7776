"""What is known in a case on a day: records, statuses, relations and ages, with unknown kept apart from false.

A `Situation` is a view of a case as it was on the day of assessment: what happened later is not in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct

from enplan.corpus import Corpus
from enplan.dates import FOREVER, Span, add_months
from enplan.grants import grants
from enplan.language.case import Case, Consent, Document, Event, Judgement, Measure, Person, Setting, Status
from enplan.language.register import Municipality
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth, known

Signal = tuple[str, ...]  # a kind of record, status or outcome, and its term; of a status also with its value
Signals = frozenset[Signal]


class Record(Struct, frozen=True, gc=False):
    """One dated record of a case in the form that patterns are matched against."""

    path: str
    kind: str  # event, document, revision, measure, judged, consent
    term: str
    about: tuple[str, ...]
    by: str | None
    day: Span
    entry: Event | Document | Measure | Judgement | Consent

    def detail(self, name: str) -> Any:
        """A detail or field by name; None when it was not given."""
        if name in self.entry.details:
            return self.entry.details[name]
        value = getattr(self.entry, name, None)
        return None if value == () else value

    def day_of(self, state: str | None) -> Span | None:
        """The day that a pattern's `state` means; for a measure without one: its beginning."""
        entry = self.entry
        if not isinstance(entry, Measure):
            return self.day
        match state:
            case "granted":
                return entry.granted or entry.from_  # begun: granted by then at the latest
            case "ended":
                return entry.to
            case "planned-end":
                return entry.planned_to
            case _:
                return entry.from_


@dataclass(frozen=True, eq=False)
class Situation:
    """A case as it was on `today`."""

    case: Case
    corpus: Corpus
    today: date

    @cached_property
    def memberships(self) -> dict[object, Any]:
        """What was found of memberships on days: the same question is asked by many rules."""
        return {}

    @cached_property
    def clocked(self) -> dict[tuple[str, str], tuple[tuple[date, date], ...]]:
        """What each clock was found to count for each person."""
        return {}

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        """Persons by id."""
        return {person.id: person for person in self.case.persons}

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Everything recorded by the day of assessment, in order of date."""
        found = [record for record in self._all_records() if record.day.first <= self.today]
        return tuple(sorted(found, key=lambda record: (record.day, record.path)))

    def _all_records(self) -> Iterator[Record]:
        case = self.case
        for i, event in enumerate(case.events):
            about = event.about or ((event.by,) if event.by in self.persons else ())
            yield Record(f"events.{i}", "event", event.event, tuple(filter(None, about)), event.by, event.date, event)
        for i, paper in enumerate(case.documents):
            yield Record(f"documents.{i}", "document", paper.document, paper.about, paper.by, paper.date, paper)
            for j, day in enumerate(paper.revised):
                path = f"documents.{i}.revised.{j}"
                yield Record(path, "revision", paper.document, paper.about, paper.by, day, paper)
        granted = grants(case, self.corpus)
        for i, measure in enumerate(case.measures):
            seen = self._as_seen(measure, granted.get(i))
            days = [day for day in (seen.granted, seen.from_) if day]
            if days:
                day = min(days)
                yield Record(f"measures.{i}", "measure", seen.measure, seen.about, seen.by, day, seen)
        for i, judgement in enumerate(case.judgements):
            yield Record(
                f"judgements.{i}", "judged", judgement.judged, judgement.about, judgement.by, judgement.date, judgement
            )
        for i, consent in enumerate(case.consents):
            yield Record(f"consents.{i}", "consent", consent.consent, consent.about, consent.by, consent.date, consent)

    def _as_seen(self, measure: Measure, granted: Span | None) -> Measure:
        """A measure without what lies after the day of assessment; a later end is then a planned one."""
        update: dict[str, Any] = {}
        if granted and measure.from_ and measure.from_.first <= self.today:
            update["granted"] = granted
        if measure.from_ and measure.from_.first > self.today and measure.granted:
            update["from_"] = None
        if measure.to and measure.to.first > self.today:
            update["to"] = None
            update["planned_to"] = measure.planned_to or measure.to
        return measure.model_copy(update=update) if update else measure

    @cached_property
    def by_kind(self) -> Mapping[tuple[str, str], tuple[Record, ...]]:
        """Records by kind and term."""
        found: dict[tuple[str, str], list[Record]] = {}
        for record in self.records:
            found.setdefault((record.kind, record.term), []).append(record)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def signals(self) -> Mapping[Signal, date]:
        """The kinds and terms of everything recorded, statuses among them, each with its earliest day."""
        first: dict[Signal, date] = {key: records[0].day.first for key, records in self.by_kind.items()}
        for (_, name), items in self._statuses.items():
            for _, status in items:
                day = status.from_.first
                for key in (("status", name), ("status", name, str(status.is_))):
                    first[key] = min(day, first.get(key, day))
        # What a clock showed on a day it may have reached long before.
        first.update({("reading", reading.clock): date.min for reading in self.case.readings})
        return first

    def of_kind(self, kind: str, terms: tuple[str, ...]) -> tuple[Record, ...]:
        """Records of one kind with any of the terms, by date."""
        key = (kind, terms)
        if key not in self._selected:
            self._selected[key] = _in_order(self.by_kind.get((kind, term), ()) for term in terms)
        return self._selected[key]

    @cached_property
    def _about(self) -> Mapping[tuple[str, str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str, str], list[Record]] = {}
        for record in self.records:
            for person in dict.fromkeys(record.about):
                found.setdefault((record.kind, record.term, person), []).append(record)
        return {key: tuple(items) for key, items in found.items()}

    def of_kind_about(self, kind: str, terms: tuple[str, ...], person: str) -> tuple[Record, ...]:
        """Records of one kind with any of the terms that are about a person, by date."""
        key = (kind, terms, person)
        if key not in self._selected:
            self._selected[key] = _in_order(self._about.get((kind, term, person), ()) for term in terms)
        return self._selected[key]

    @cached_property
    def _selected(self) -> dict[object, tuple[Record, ...]]:
        """The records of several terms in order, as they were asked for: many rules ask for the same."""
        return {}

    @cached_property
    def families(self) -> Mapping[str, frozenset[str]]:
        """For each person everyone whom relations tie to them, however far off, and themselves."""
        found = {person: frozenset({person}) for person in self.persons}
        for relation in self.case.relations:
            joined = found[relation.person] | found[relation.of]
            found.update(dict.fromkeys(joined, joined))
        return found

    @cached_property
    def _statuses(self) -> Mapping[tuple[str, str], tuple[tuple[int, Status], ...]]:
        found: dict[tuple[str, str], list[tuple[int, Status]]] = {}
        for index, status in enumerate(self.case.statuses):
            if status.from_.first <= self.today:
                found.setdefault((status.of, status.status), []).append((index, status))
        return {key: tuple(sorted(items, key=lambda item: item[1].from_)) for key, items in found.items()}

    def statuses(self, person: str, kind: str) -> tuple[tuple[int, Status], ...]:
        """The dated values of one status, by date, each with its index in the case."""
        return self._statuses.get((person, kind), ())

    def status_at(self, person: str, kind: str, day: date) -> tuple[Any, int] | None:
        """The value on a day and its index; None when none is certain."""
        for index, status in self.statuses(person, kind):
            ends = status.to.first if status.to else FOREVER
            if status.from_.last <= day <= ends:
                return status.is_, index
        return None

    def is_episodic(self, kind: str) -> bool:
        """Whether no record of a status means that there was none, as far as the log is complete."""
        term = self.corpus.terms.get("status", {}).get(kind)
        return bool(term and term.episodes)

    def age_on(self, person: str, day: date) -> tuple[int, int] | None:
        """The lowest and highest possible age on a day; None when no birth is known."""
        known_person = self.persons.get(person)
        if known_person is None or known_person.born is None:
            return None
        born = known_person.born
        return _years(born.last, day), _years(born.first, day)

    def birthday(self, person: str, age: int) -> Span | None:
        """The day a person reaches an age."""
        born = self.persons[person].born if person in self.persons else None
        return Span(add_months(born.first, 12 * age), add_months(born.last, 12 * age)) if born else None

    def related(self, kind: str, of: str) -> tuple[str, ...]:
        """The persons who stand in a relation to someone on the day of assessment."""
        term = self.corpus.terms.get("relation", {}).get(kind)
        found: dict[str, None] = {}
        for relation in self.case.relations:
            if relation.is_ != kind or not _running(relation.from_, relation.to, self.today):
                continue
            if relation.of == of:
                found[relation.person] = None
            elif term and term.symmetric and relation.person == of:
                found[relation.of] = None
        if kind == "soeskende":  # persons who share a parent are siblings without being recorded as such
            parents = {r.person for r in self.case.relations if r.is_ == "foraelder" and r.of == of}
            for relation in self.case.relations:
                if relation.is_ == "foraelder" and relation.person in parents and relation.of != of:
                    found[relation.of] = None
        return tuple(found)

    def related_by(self, kind: str, person: str) -> tuple[str, ...]:
        """The persons to whom someone stands in a relation: the children of a parent."""
        return tuple(other for other in self.persons if person in self.related(kind, other))

    def municipality(self, person: str, day: date) -> str | None:
        """The code of the acting municipality of a person on a day."""
        found = self.status_at(person, "handlekommune", day)
        return str(found[0]) if found else None

    def profile(self, person: str, day: date) -> Municipality | None:
        """The profile of the acting municipality, if there is one."""
        code = self.municipality(person, day)
        return self.corpus.municipalities.get(int(code)) if code else None

    def complete_to(self, kind: str, terms: tuple[str, ...]) -> date:
        """The day to which records of some terms are complete: by their logs, else own sectors to today, others unknown."""
        key = (kind, terms)
        if key not in self._complete:
            self._complete[key] = min(self._complete_to(kind, term) for term in terms)
        return self._complete[key]

    @cached_property
    def _complete(self) -> dict[tuple[str, tuple[str, ...]], date]:
        return {}

    def _complete_to(self, kind: str, term: str) -> date:
        sector = self.corpus.sector(
            "question" if kind == "judged" else "document" if kind == "revision" else kind, term
        )
        days = [
            log.complete_to
            for log in self.case.logs
            if (log.kind == term) or (log.kind is None and log.sector == sector)
        ]
        if days:
            return min(max(days), self.today)
        own = sector in self.case.sectors or (sector in (None, "cross") and bool(self.case.sectors))
        return self.today if own else date.min

    def setting(self, name: str, person: str, day: date) -> Setting | None:
        """What the case decided, last on or before a day."""
        found = [s for s in self.case.settings if (s.setting, s.about) == (name, person) and s.date <= day]
        return max(found, key=lambda s: s.date) if found else None


def status_signals(status: str, values: Iterable[Any] | None) -> Signals:
    """The signals of a status, or of each of the values of which one is wanted."""
    wanted = list(values or ())
    # A number may be written in several ways: then any value is a signal.
    if not wanted or not all(isinstance(value, str) for value in wanted):
        return frozenset({("status", status)})
    return frozenset(("status", status, value) for value in wanted)


def any_signal(parts: Iterable[Signals | None]) -> Signals | None:
    """What some parts ask for between them; None where one of them cannot say."""
    found = list(parts)
    return None if None in found else frozenset().union(*filter(None, found))


def _in_order(groups: Iterable[tuple[Record, ...]]) -> tuple[Record, ...]:
    """Records of several terms, each in order of date, as one sequence in order of date."""
    some = [group for group in groups if group]
    if len(some) < 2:
        return some[0] if some else ()
    return tuple(sorted((record for group in some for record in group), key=lambda r: (r.day, r.path)))


def _years(born: date, day: date) -> int:
    years = day.year - born.year
    return years - 1 if add_months(born, 12 * years) > day else years


def _running(start: Span | None, end: Span | None, day: date) -> bool:
    return (start is None or start.first <= day) and (end is None or day <= end.last)


def within(low: float, high: float, at_least: float | None, below: float | None) -> Truth:
    """Whether a number known only to lie from `low` to `high` is at least one bound and below another."""
    lower = TRUE if at_least is None or low >= at_least else known(False) if high < at_least else UNKNOWN
    upper = TRUE if below is None or high < below else known(False) if low >= below else UNKNOWN
    if FALSE in (lower, upper):
        return FALSE
    return UNKNOWN if UNKNOWN in (lower, upper) else TRUE
