"""Case and scenario files: from text to an immutable, checked Case."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import decimal

from enplan.corpus import RELATIVE_TERMS, Corpus
from enplan.dates import HOLIDAY_YEARS, Span
from enplan.language.case import Case, Consent, Document, Event, Judgement, Measure, Record
from enplan.problems import InvalidCase, Problem, nearest
from enplan.validate import dotted, references, validate
from enplan.yamlfile import Document as Text
from enplan.yamlfile import Path_, Unreadable, parse, read

_DAY = "(?:0[1-9]|[12]\\d|3[01]|6[1-9]|[78]\\d|9[01])"  # a replacement number: 60 days more
_MONTH = "(?:0[1-9]|1[0-2])"
_GAP = "[\\W_]{0,3}"  # dashes of every length, dots, spaces, what cannot be seen
_CPR = re.compile(rf"(?<!\d){_DAY}{_GAP}{_MONTH}{_GAP}\d\d{_GAP}\d{{4}}(?!\d)")
_TWO_PIECES = re.compile(r"(?<!\d)(?=(\d+)[\W_]{1,3}(\d+)(?!\d))")
_TEN_DIGITS = re.compile(rf"{_DAY}{_MONTH}\d{{6}}")
FEW = 60  # names that are told all at once
RECORDS = ("event", "document", "measure", "question", "consent", "status")  # kinds of term that a log may name


def load_case(path: Path, corpus: Corpus) -> Case:
    """Load one case file.

    Raises:
        InvalidCase: with every problem found.

    """
    try:
        return check_case(read(path), corpus)
    except Unreadable as error:
        raise InvalidCase(error.problems) from None


def parse_case(raw: bytes, name: str, corpus: Corpus) -> Case:
    """Load a case from bytes, as `load_case` does."""
    try:
        return check_case(parse(raw, name), corpus)
    except Unreadable as error:
        raise InvalidCase(error.problems) from None


def check_case(document: Text, corpus: Corpus) -> Case:
    """Validate a document as a case, against the register of terms."""
    problems = [
        Problem(document.file, document.line(path), dotted(path), "this looks like a CPR number", "a case without CPR numbers")
        for path, text in _scalars(document.value)
        if _like_cpr(text)
    ]  # fmt: skip
    case, faults = validate(document, Case)
    problems += faults
    if case is not None:
        problems += _Checks(document, case, corpus).run()
    if problems or case is None:
        raise InvalidCase(problems)
    return case


def _like_cpr(text: str) -> bool:
    """Whether a text holds what may be a CPR number, however it is punctuated."""
    if sum(map(str.isdecimal, text)) < 10:
        return False
    text = "".join(str(decimal(one, one)) for one in text)
    halves = _TWO_PIECES.findall(text)
    return bool(_CPR.search(text) or any(_TEN_DIGITS.fullmatch(one + other) for one, other in halves))


def _scalars(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), key
            yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))
    elif isinstance(value, float) and abs(value) < 10**6:
        yield path, f"{abs(value):011.4f}" if round(value, 2) != value else ""  # 110190.1234
    elif isinstance(value, int | float) and not isinstance(value, bool) and 10**8 <= abs(value) < 10**10:
        yield path, f"{int(abs(value)):010d}"
    elif isinstance(value, str):
        yield path, value


class _Checks:
    def __init__(self, document: Text, case: Case, corpus: Corpus):
        self.document, self.case, self.corpus = document, case, corpus
        self.problems: list[Problem] = []
        self.persons = {person.id: person for person in case.persons}
        terms = corpus.terms
        self.valid: dict[str, Any] = {
            **terms, "person": self.persons, "regime": corpus.regimes, "requirement": corpus.requirements,
            "change": corpus.changes, "clock": corpus.clocks,
            "party": {**terms.get("actor", {}), **self.persons},
            "kind of record": {name for kind in RECORDS for name in terms.get(kind, ())},
        }  # fmt: skip

    def fault(self, path: Path_, message: str, expected: str = "", near: str = "") -> None:
        line = self.document.line(path)
        self.problems.append(Problem(self.document.file, line, dotted(path), message, expected, near))

    def run(self) -> list[Problem]:
        seen: dict[str, int] = {}
        for index, person in enumerate(self.case.persons):
            if person.id in seen:
                self.fault(("persons", index, "id"), f"two persons have the id {person.id!r}", "each id once")
            seen[person.id] = index
            if person.born is None and person.due is None:
                self.fault(("persons", index), "neither born nor due is given", "a date of birth, or the expected day")
            if person.born and person.died and person.died.last < person.born.first:
                self.fault(("persons", index, "died"), "death before birth", "a day after the birth")
        for path, kind, name in references(self.case):
            known = self.valid.get(kind, ())
            if name not in known:
                near = nearest(name, known)
                owner = "of this case" if kind == "person" else "that exists"
                expected = f"{'an' if kind[0] in 'aeio' else 'a'} {kind} {owner}"
                if not near and kind != "person":
                    few = len(known) <= FEW
                    expected = f"one of {', '.join(known)}" if few else f"{expected} (enplan schema case lists them)"
                self.fault(path, f"unknown {kind} {name!r}", expected, near)
        self._records()
        self._statuses()
        self._relations()
        self._expectations()
        return self.problems

    def _records(self) -> None:
        for group in ("events", "documents", "measures", "judgements", "consents"):
            for index, record in enumerate(getattr(self.case, group)):
                at: Path_ = (group, index)
                self._details(at, record)
                if isinstance(record, Document | Measure | Judgement) and not record.about:
                    self.fault(at, "it is about nobody", "about: one or more persons of this case")
                if isinstance(record, Event) and not record.about and not record.by:
                    self.fault(at, "it is about nobody and by nobody", "about: one or more persons of this case")
                if isinstance(record, Measure):
                    self._order(at, record.from_, record.to, "to")
                    if not (record.granted or record.from_):
                        self.fault(at, "neither granted nor from is given", "the day it was granted, or began")
                day = record.from_ if isinstance(record, Measure) else record.date
                for name in getattr(record, "about", ()):
                    self._after_birth(at, name, day)
                for step in record.revised if isinstance(record, Document) else ():
                    if step.last < record.date.first:
                        self.fault(at, f"revised on {step}, before it was made ({record.date})", "a day on or after")
                if isinstance(record, Measure):
                    self._order(at, record.from_, record.planned_to, "planned_to")
                    for name in record.about:
                        self._after_birth(at, name, record.granted)
                if isinstance(record, Consent):
                    self._order(at, record.date, record.withdrawn, "withdrawn")

    def _details(self, at: Path_, record: Record) -> None:
        details = self.corpus.terms.get("detail", {})
        for name, value in record.details.items():
            if name not in details:
                known = [*details, *(f.alias or n for n, f in type(record).model_fields.items())]
                self.fault((*at, name), f"unknown key {name!r}", "a detail of the register", nearest(name, known))
                continue
            if not isinstance(value, str | int | float | bool):
                self.fault((*at, name), f"unexpected value {value!r}", "a text, number or true/false")
                continue
            values = self.corpus.terms.get(name, {}) if name in RELATIVE_TERMS else details[name].values
            if values and str(value) not in values:
                self.fault(
                    (*at, name), f"unknown value {value!r}", f"one of {', '.join(values)}", nearest(str(value), values)
                )

    def _statuses(self) -> None:
        for index, status in enumerate(self.case.statuses):
            at: Path_ = ("statuses", index)
            self._order(at, status.from_, status.to, "to")
            term = self.corpus.terms.get("status", {}).get(status.status)
            if term and term.number and (isinstance(status.is_, bool) or not isinstance(status.is_, int | float)):
                self.fault((*at, "is"), f"unexpected value {status.is_!r}", "a number")
            if term and not term.free and not term.number and str(status.is_) not in term.values:
                near = nearest(str(status.is_), term.values)
                self.fault((*at, "is"), f"unknown value {status.is_!r} of the status {status.status!r}",
                           f"one of {', '.join(term.values)}", near)  # fmt: skip
            if status.status == "handlekommune" and str(status.is_) not in self.corpus.codes:
                by_name = {name: code for code, name in self.corpus.codes.items()}
                near = by_name.get(str(status.is_)) or nearest(str(status.is_), self.corpus.codes)
                expected = "a three-digit code of a municipality"
                self.fault((*at, "is"), f"unknown municipality code {status.is_!r}", expected, near)
            self._after_birth(at, status.of, status.to or status.from_)
        for index, status in enumerate(self.case.statuses):
            for other in self.case.statuses[:index]:
                if (other.of, other.status) == (status.of, status.status) and _clash(other, status):
                    self.fault(("statuses", index), f"two values of {status.status!r} for {status.of!r} at the same time",
                               "the earlier one ended (to:) before the later begins")  # fmt: skip

    def _relations(self) -> None:
        parents: dict[str, set[str]] = {}
        for index, relation in enumerate(self.case.relations):
            at: Path_ = ("relations", index)
            self._order(at, relation.from_, relation.to, "to")
            if relation.person == relation.of:
                self.fault(at, "a person stands in a relation to themselves", "two different persons")
            if relation.is_ == "foraelder":
                parents.setdefault(relation.of, set()).add(relation.person)
                older, younger = self.persons.get(relation.person), self.persons.get(relation.of)
                if older and younger and older.born and younger.born and older.born.first >= younger.born.last:
                    self.fault(at, "the parent is not born before the child", "dates of birth in that order")
        for name in parents:
            if name in _ancestors(name, parents):
                self.fault(("relations",), f"{name!r} is their own ancestor", "parents without a ring")

    def _expectations(self) -> None:
        provisions = self.corpus.provisions
        self._assessed_on(("date",), self.case.date)
        for i, run in enumerate(self.case.expect):
            self._assessed_on(("expect", i, "date"), run.date)
            for group in ("required", "optional", "forbidden"):
                for j, row in enumerate(getattr(run.expect, group)):
                    at: Path_ = ("expect", i, "expect", group, j)
                    if row.provision is None and row.requirement is None:
                        self.fault(at, "neither provision nor requirement is given", "one of them")
                    if row.provision and row.provision not in provisions:
                        self.fault((*at, "provision"), f"no such provision: {row.provision}",
                                   "a provision in legislation/", nearest(row.provision, provisions))  # fmt: skip

    def _assessed_on(self, at: Path_, day: date | None) -> None:
        if day and day.year not in HOLIDAY_YEARS:
            self.fault(at, f"{day} lies outside the calendar", f"a day from {HOLIDAY_YEARS[0]} to {HOLIDAY_YEARS[-1]}")

    def _order(self, at: Path_, first: Span | None, last: Span | None, key: str) -> None:
        if first and last and last.last < first.first:
            self.fault((*at, key), f"ends on {last}, before it begins on {first}", "an end on or after the beginning")

    def _after_birth(self, at: Path_, name: str, day: Span | None) -> None:
        person = self.persons.get(name)
        if person and person.born and day and day.last < person.born.first:
            self.fault(at, f"{day} is before {name!r} was born ({person.born})", "a day on or after the birth")


def _clash(one: Any, other: Any) -> bool:
    first, second = sorted((one, other), key=lambda s: s.from_.first)
    if first.from_ == second.from_ and first.to == second.to:
        return bool(first.is_ != second.is_)
    return first.to is None or first.to.last >= second.from_.last


def _ancestors(name: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(parents.get(name, ()))
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += parents.get(one, ())
    return found
