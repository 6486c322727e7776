"""Scenarios: a case held against the rows that a lawyer expects of it; and which rules the scenarios reach."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from enplan.assess import assess
from enplan.casefile import load_case
from enplan.corpus import Corpus, at_or_below
from enplan.dates import Span
from enplan.language.case import Case, Expect, ExpectedRow, Run
from enplan.problems import InvalidCase, Problem
from enplan.regime import DEFAULT
from enplan.result import Assessment, Obligation
from enplan.truth import FALSE, TRUE, UNKNOWN


@dataclass(frozen=True)
class Outcome:
    """One run of one scenario: what differs from what was expected."""

    scenario: str
    file: str
    regime: str
    date: date
    checked: int
    differences: tuple[str, ...]
    written: str


@dataclass
class Coverage:
    """For each rule, the scenarios in which it fired, did not fire, or was open."""

    fired: dict[str, set[str]] = field(default_factory=dict)
    not_fired: dict[str, set[str]] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=dict)

    def add(self, result: Assessment) -> None:
        """Count one assessment."""
        for obligation in (*result.obligations, *result.not_raised):
            where = {"does-not-bind": self.not_fired, "open": self.open}.get(obligation.binding, self.fired)
            where.setdefault(obligation.requirement.id, set()).add(result.case)
            for verdict in obligation.verdicts:
                target = {TRUE: self.fired, FALSE: self.not_fired, UNKNOWN: self.open}[verdict.truth]
                target.setdefault(verdict.change.id, set()).add(result.case)

    def merge(self, other: Coverage) -> None:
        """Count what was counted elsewhere."""
        for mine, theirs in ((self.fired, other.fired), (self.not_fired, other.not_fired), (self.open, other.open)):
            for rule, cases in theirs.items():
                mine.setdefault(rule, set()).update(cases)


def files(paths: Sequence[Path]) -> list[Path]:
    """The scenario files among files and folders, in order of path."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return found


def run_files(paths: Sequence[Path], corpus: Corpus) -> tuple[list[Outcome], Coverage]:
    """Run many scenario files, beside each other where the machine has several cores.

    Raises:
        InvalidCase: with every problem of every file that is not a valid case.

    """
    workers = min(os.cpu_count() or 1, len(paths) // FEW)
    if workers < 2:
        found = [_attempt(path, corpus) for path in paths]
    else:
        with ProcessPoolExecutor(workers, initializer=_begin, initargs=(corpus,)) as pool:
            found = list(pool.map(_in_worker, paths))
    problems = [problem for _, _, faults in found for problem in faults]
    if problems:
        raise InvalidCase(problems)
    coverage = Coverage()
    for _, seen, _ in found:
        coverage.merge(seen)
    return [outcome for outcomes, _, _ in found for outcome in outcomes], coverage


FEW = 8  # files that one process runs before a second is worth its start
_corpus: Corpus


def _begin(corpus: Corpus) -> None:
    global _corpus
    _corpus = corpus
    gc.disable()  # a worker lives for one run, and what it makes holds no rings: collecting cost a fifth of the time


def _in_worker(path: Path) -> tuple[list[Outcome], Coverage, list[Problem]]:
    return _attempt(path, _corpus)


def _attempt(path: Path, corpus: Corpus) -> tuple[list[Outcome], Coverage, list[Problem]]:
    coverage = Coverage()
    try:
        return run_file(path, corpus, coverage), coverage, []
    except InvalidCase as error:
        return [], coverage, list(error.problems)


def run_file(path: Path, corpus: Corpus, coverage: Coverage | None = None) -> list[Outcome]:
    """Run one scenario file.

    Raises:
        InvalidCase: the file is not a valid case.

    """
    return run(load_case(path, corpus), corpus, str(path), coverage)


def run(case: Case, corpus: Corpus, file: str = "", coverage: Coverage | None = None) -> list[Outcome]:
    """Run every expectation of a case."""
    outcomes = []
    for number, wanted in enumerate(case.expect, 1):
        result = assess(case, corpus, regime=wanted.regime or DEFAULT, on=wanted.date, assume=wanted.assume)
        if coverage is not None:
            coverage.add(result)
        outcomes.append(_outcome(case, file, wanted, result, number))
    return outcomes


def _outcome(case: Case, file: str, wanted: Run, result: Assessment, _number: int) -> Outcome:
    expect = wanted.expect
    found = tuple(differences(expect, result))
    checked = len(expect.required) + len(expect.forbidden) + len(expect.findings) + len(expect.no_findings)
    return Outcome(case.case, file, result.regime, result.date, checked, found, expect.written)


def differences(expect: Expect, result: Assessment) -> Iterator[str]:
    """What an assessment has otherwise than was expected, one line for each."""
    for row in expect.required:
        found = _matching(row, result)
        if not found:
            yield f"required but absent: {_name(row)}{_why_absent(row, result)}"
        elif not any(not list(_off(row, o)) for o in found):
            best = min((list(_off(row, o)) for o in found), key=len)
            yield f"differs: {_name(row)}: {'; '.join(best)}"
    for row in expect.optional:
        for o in _matching(row, result):
            if off := list(_off(row, o)):
                yield f"differs (optional): {_name(row)}: {'; '.join(off)}"
    for row in expect.forbidden:
        for o in _matching(row, result):
            if not list(_off(row, o)):
                yield f"forbidden but there: {_name(row)} ({o.occasion.key}: {o.display})"
    for finding in expect.findings:
        kinds = [
            f for f in result.findings if f.kind == finding.finding and set(finding.provisions) <= set(f.provisions)
        ]
        if not kinds:
            yield f"finding absent: {finding.finding} {', '.join(finding.provisions)}"
    for kind in expect.no_findings:
        if any(f.kind == kind for f in result.findings):
            yield f"finding not expected: {kind}"
    for provision in expect.not_encoded:
        if provision not in result.not_encoded:
            yield f"not listed as not encoded: {provision}"


def _matching(row: ExpectedRow, result: Assessment) -> list[Obligation]:
    return [o for o in result.obligations if _is_meant(row, o)]


def _is_meant(row: ExpectedRow, o: Obligation) -> bool:
    roles = o.occasion.persons
    days = [o.occasion.trigger, *o.occasion.also]
    return (
        (row.provision is None or at_or_below(o.requirement.provision, row.provision))
        and (row.requirement is None or row.requirement == o.requirement.id)
        and (row.about is None or row.about in roles.values())
        and all(roles.get(role) == person for role, person in row.roles.items())
        and (row.trigger is None or any(t.day.first <= row.trigger <= t.day.last for t in days))
    )


def _why_absent(row: ExpectedRow, result: Assessment) -> str:
    failed = [o for o in result.not_raised if _is_meant(row, o)]
    return f" ({len(failed)} occasions whose conditions failed)" if failed else ""


def _off(row: ExpectedRow, o: Obligation) -> Iterator[str]:
    current = o.current
    pairs: list[tuple[str, object, object]] = [
        ("display", row.display, o.display),
        ("binding", row.binding, o.binding),
        ("actor", row.actor, o.actor),
        ("due", row.due, current.due if current else None),
        ("opens", row.opens, current.opens if current else None),
        ("fulfilment", row.fulfilment, current.fulfilment if current else None),
        ("dues", row.dues or None, tuple(x.due for x in o.occurrences)),
        ("fulfilments", row.fulfilments or None, tuple(x.fulfilment for x in o.occurrences)),
    ]
    for name, wanted, found in pairs:
        if wanted is not None and not _same(wanted, found):
            yield f"{name} is {_show(found)}, expected {_show(wanted)}"
    if row.changed_by and row.changed_by not in {v.change.id for v in o.changed_by}:
        yield f"not changed by {row.changed_by}"
    asked = {question.asks for question in o.questions}
    for question in row.questions:
        if question not in asked:
            yield f"no open question of the kind {question}"


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, Span) and isinstance(found, Span):
        # A limit in hours may be written as its day.
        return wanted == found or (wanted.at is None and found.certain and wanted.first == found.first)
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return len(wanted) == len(found) and all(_same(a, b) for a, b in zip(wanted, found, strict=True))
    return wanted == found


def _show(value: object) -> str:
    if isinstance(value, tuple) and not isinstance(value, Span):
        return "[" + ", ".join(map(_show, value)) + "]"
    return "none" if value is None else str(value)


def _name(row: ExpectedRow) -> str:
    parts = [row.provision or "", row.requirement or "", row.about or "", str(row.trigger or "")]
    return " ".join(filter(None, parts))
