"""The day on which a measure was granted, where only its decision is on record, or only the measure that it goes on from.

A placement is decided once: what begins the day after another placement ended is a change of place under the same decision.
"""

from __future__ import annotations

from collections.abc import Mapping

from enplan.corpus import Corpus, at_or_below
from enplan.dates import Span, add_months, adjoins
from enplan.language.case import Case, Measure

CARRIED_OUT_WITHIN = 4  # months from a decision to the measure that is taken to carry it out


def grants(case: Case, corpus: Corpus) -> Mapping[int, Span]:
    """The day of the grant of each measure that gives none itself, by its place in the case.

    It is that of the last decision by which such a measure is made (`decided_by` of its term) before it or the unbroken row of
    measures that it continues; without one, the grant, or the beginning, of the first of that row.
    """
    terms = corpus.terms.get("measure", {})
    found: dict[int, Span] = {}
    for index, measure in enumerate(case.measures):
        term = terms.get(measure.measure)
        if term is None or not term.decided_by or measure.granted or measure.from_ is None:
            continue
        first = _first_of_row(measure, case)
        opens = add_months((first.from_ or measure.from_).first, -CARRIED_OUT_WITHIN)
        decided = [
            event.date
            for event in case.events
            if event.event == term.decided_by and event.outcome == "afholdt" and set(event.about) == set(measure.about)
            and opens <= event.date.first and event.date.last <= measure.from_.last
            and _one_basis(event.details.get("basis"), measure.basis)
        ]  # fmt: skip
        granted = max(decided, default=None) or first.granted or first.from_
        if granted and granted != measure.from_:
            found[index] = granted
    return found


def _first_of_row(measure: Measure, case: Case) -> Measure:
    """The first of the measures of a kind, for the same persons and on the same basis, that follow each other day by day."""
    for earlier in case.measures:
        if (
            earlier.measure == measure.measure and set(earlier.about) == set(measure.about)
            and earlier.from_ and earlier.to and measure.from_
            and earlier.from_.first < measure.from_.first and earlier.to.last <= measure.from_.last
            and adjoins(earlier.to, measure.from_)
            and _one_basis(earlier.basis, measure.basis)
        ):  # fmt: skip
            return _first_of_row(earlier, case)
    return measure


def _one_basis(one: str | None, other: str | None) -> bool:
    """Whether two records may rest on one provision: the same, or one a part of the other, or not given."""
    return one is None or other is None or at_or_below(one, other) or at_or_below(other, one)
