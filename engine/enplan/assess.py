"""The pipeline: occasions, conditions, changes, obligations, windows and findings, once for each stratum.

Both engines settle the same rows; if they differ, or a row is lost, there is no answer at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from enplan import productions
from enplan.changes import Rows
from enplan.context import Context
from enplan.corpus import Corpus
from enplan.dates import Span
from enplan.findings import find
from enplan.language.case import Case
from enplan.literals import evaluate as holds
from enplan.obligations import Obligations
from enplan.regime import DEFAULT, View, view
from enplan.result import UNMET, Assessment, Obligation
from enplan.situation import Situation
from enplan.truth import TRUE


class NoDate(Exception):
    """Neither the call nor the case gives a day of assessment."""


def assess(
    case: Case,
    corpus: Corpus,
    *,
    regime: str = DEFAULT,
    on: date | None = None,
    assume: Iterable[str] = (),
    second_engine: bool = True,
) -> Assessment:
    """Assess one case under one regime on one day.

    Args:
        on: the day of assessment; the case's own date when not given. Later records and later law are not seen.
        assume: trials whose adoption is assumed; every row that hangs on one says so.
        second_engine: hold the productions beside the interpreter, where durable-rules is installed.

    Raises:
        NoDate: no day of assessment is given.
        UnknownRegime: the corpus has no such regime.
        Disagreement: the two engines differ, or a row was lost.

    """
    today = on or case.date
    if today is None:
        raise NoDate
    seen = view(corpus, regime)
    run = _Run(case, seen, today, frozenset(assume), second_engine and productions.available())
    return run.assessment()


class _Run:
    def __init__(self, case: Case, seen: View, today: date, assumed: frozenset[str], second: bool):
        self.case, self.view, self.today, self.assumed, self.second = case, seen, today, assumed, second
        self.corpus = seen.corpus
        self.situation = Situation(case, seen.corpus, today)
        self.rows: Rows = []
        self.outcomes: dict[str, tuple[Obligation, ...]] = {}
        self.obligations = Obligations(self.situation, seen, assumed, self.outcomes, self.rows)

    def assessment(self) -> Assessment:
        compared = 0
        present = dict(self.situation.signals)
        for stratum in self.view.strata:
            for name in stratum.matter(present):
                if self.view.known_from[name] > self.today:
                    continue
                if found := self.obligations.of(self.view.requirements[name]):
                    self.outcomes[name] = found
                    present["outcome", name] = date.min
            if self.second:
                self._compare(self.rows[compared:])
                compared = len(self.rows)
        everything = [o for found in self.outcomes.values() for o in found]
        raised = [o for o in everything if o.binding != "does-not-bind"]
        findings = find(raised, self.situation, self.view)
        conflicting = {
            key for f in findings if f.kind in ("contradiction", "impossible-timing") for key in f.obligations
        }
        if conflicting:
            raised = [replace(o, conflict=True) if o.occasion.key in conflicting else o for o in raised]
        return Assessment(
            case=self.case.case, regime=self.view.id, date=self.today, assumptions=tuple(sorted(self.assumed)),
            obligations=tuple(sorted(raised, key=_urgency)),
            not_raised=tuple(o for o in everything if o.binding == "does-not-bind"),
            findings=findings, not_encoded=tuple(self._not_encoded()),
            engines=("interpreter", "durable-rules") if self.second else ("interpreter",),
            law_versions=self._law_versions(raised),
        )  # fmt: skip

    def _compare(self, rows: Rows) -> None:
        """The productions settle the same rows; any difference is a refusal."""
        distinct = list(dict.fromkeys(rows))
        compared = _productions(self.view).evaluate([(name, values) for name, values, _ in distinct])
        for (name, _, ours), theirs in zip(distinct, compared, strict=True):
            if ours is not theirs:
                raise productions.Disagreement(f"the engines differ on {name}: {ours.value} and {theirs.value}")

    def _not_encoded(self) -> Iterator[str]:
        today = Span.of(self.today)
        persons: dict[str, list[Context]] = {}
        for position in self.view.unencoded.matter(self.situation.signals):
            item = self.corpus.not_encoded[position]
            entry = item.entry
            if not entry.in_force.covers(self.today):
                continue
            role = entry.matters_to
            if role not in persons:
                persons[role] = [
                    Context(self.situation, {role: person}, today, None, self.today)
                    for person in self.situation.persons
                ]
            if any(all(holds(part, one) is TRUE for part in entry.matters_if) for one in persons[role]):
                yield item.provision

    def _law_versions(self, obligations: Iterable[Obligation]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for obligation in obligations:
            source = obligation.requirement.source
            if source:
                found[source.instrument] = self.corpus.instruments[source.instrument].title
        return dict(sorted(found.items()))


def _productions(seen: View) -> productions.Productions:
    """The productions of a view, registered once in a process."""
    key = id(seen)
    if key not in _REGISTERED or _REGISTERED[key][0] is not seen:
        _REGISTERED[key] = (seen, productions.Productions(seen.formulas, seen.id))
    return _REGISTERED[key][1]


_REGISTERED: dict[int, tuple[View, productions.Productions]] = {}


def _urgency(obligation: Obligation) -> tuple[Any, ...]:
    """By due day; those without one last."""
    current, occasion = obligation.current, obligation.occasion
    due = current.due.first if current and current.due else date.max
    met = current is not None and current.fulfilment not in UNMET
    return met, due, occasion.requirement, occasion.roles, occasion.trigger.day
