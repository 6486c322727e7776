"""Mutation check: whether the scenarios notice when a rule is wrong.

For each rule, one number is changed, one condition dropped and one validity date shifted (where it has any; `--all`: each of
them). A mutant is killed when some scenario's expectations come out differently. Only the mutated rule and those it is
linked to are assessed, so that a run over the corpus takes minutes.

    python benchmarks/mutation.py [--all] [--survivors] [RULE ...]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from multiprocessing import Pool
from typing import Any

from enplan import data
from enplan.assess import assess
from enplan.casefile import load_case
from enplan.corpus import Corpus, load
from enplan.crosscheck import watched
from enplan.language.conditions import AgeIs
from enplan.language.patterns import Pattern
from enplan.language.rules import Change, Clock, Definition, Requirement
from enplan.language.windows import Birthday, Every
from enplan.language.words import Amount, Validity, Word
from enplan.regime import DEFAULT
from enplan.scenarios import differences, files

KINDS = ("requirements", "changes", "clocks", "definitions")
NUMBERS: dict[type, tuple[str, ...]] = {
    Amount: ("amount",),
    Every: ("amount",),
    AgeIs: ("at_least", "below"),
    Birthday: ("birthday",),
    Requirement: ("times",),
}
CONDITIONS = ("if_", "unless", "while_", "group", "conditions", "holds", "restarts", "leaves_out", "counts", "carries")


@dataclass(frozen=True)
class Mutant:
    """One changed rule: what was done to it."""

    rule: str
    kind: str
    what: str
    value: Any


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy of a frozen value with one place changed."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, tuple):
        return (*value[:step], _put(value[step], rest, new), *value[step + 1 :])
    if isinstance(value, dict):
        return {**value, step: _put(value[step], rest, new)}
    return value.model_copy(update={step: _put(getattr(value, step), rest, new)})


def _walk(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    if isinstance(value, Word):
        for name in type(value).model_fields:
            if name not in ("source", "title", "note", "readings"):
                yield from _walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*path, key))


def _numbers(rule: Any) -> Iterator[tuple[str, Any]]:
    for path, value in _walk(rule):
        for name in NUMBERS.get(type(value), ()):
            number = getattr(value, name)
            if isinstance(number, int) and not (name == "times" and number == 1):
                at = (*path, name)
                yield f"{'.'.join(map(str, at))}: {number} -> {number + 1}", _put(rule, at, number + 1)


def _drops(rule: Any) -> Iterator[tuple[str, Any]]:
    for path, value in _walk(rule):
        if path and path[-1] in CONDITIONS and isinstance(value, tuple):
            for index in range(len(value)):
                if len(value) == 1 and path[-1] in ("holds", "counts"):
                    continue
                yield (
                    f"{'.'.join(map(str, path))}.{index} dropped",
                    _put(rule, path, (*value[:index], *value[index + 1 :])),
                )
        if isinstance(value, Pattern) and path and path[0] == "when":
            for name in ("basis", "law", "answer"):
                if getattr(value, name):
                    yield f"{'.'.join(map(str, path))}.{name} dropped", _put(rule, (*path, name), None)
    if isinstance(rule, Change):
        for name in ("network", "adoption", "started_by"):
            if getattr(rule.gates, name):
                yield f"gates.{name} dropped", _put(rule, ("gates", name), None)


def _dates(rule: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(rule, Clock):
        return  # the days of a clock say which provision it cites, and nothing is computed from them
    for path, value in _walk(rule):
        if isinstance(value, Validity):
            for name, days in (("from_", 1), ("to", -1)):
                day = getattr(value, name)
                if isinstance(day, date):
                    shifted = day + timedelta(days=days)
                    yield f"{'.'.join(map(str, (*path, name)))}: {day} -> {shifted}", _put(rule, (*path, name), shifted)


def mutants(corpus: Corpus, every: bool, wanted: set[str]) -> Iterator[Mutant]:
    """The mutants of every rule: one of each kind, or all."""
    for kind in KINDS:
        for name, rule in getattr(corpus, kind).items():
            if wanted and name not in wanted:
                continue
            for label, make in (("number", _numbers), ("condition", _drops), ("date", _dates)):
                for count, (what, value) in enumerate(make(rule)):
                    if count and not every:
                        break
                    yield Mutant(name, label, what, value)


def _carried(change: Change) -> set[str]:
    return {name for carry in change.carries for name in (*carry.from_, *carry.to)}


def _edges(corpus: Corpus) -> dict[str, set[str]]:
    """Which rules depend on which: watching, standing under, reaching, carrying, and naming a clock or a definition."""
    edges: dict[str, set[str]] = {}

    def link(one: str, other: str) -> None:
        edges.setdefault(one, set()).add(other)
        edges.setdefault(other, set()).add(one)

    named = (*corpus.clocks, *corpus.definitions)
    for requirement in corpus.requirements.values():
        for other in watched(requirement):
            link(requirement.id, other)
        if requirement.under:
            link(requirement.id, requirement.under)
    for change in corpus.changes.values():
        for target in (*corpus.targets(change), *_carried(change)):
            link(change.id, target)
    for rule in (*corpus.requirements.values(), *corpus.changes.values(), *corpus.definitions.values()):
        text = repr(rule)
        for other in named:
            if other != rule.id and f"'{other}'" in text:
                link(rule.id, other)
    return edges


def _linked(corpus: Corpus, name: str) -> set[str]:
    """The requirements to assess when a rule is mutated: itself, what it watches, what watches it, and so on."""
    start, edges = {name}, _EDGES
    if name not in corpus.requirements:
        start |= edges.get(name, set())
        start |= {other for one in set(start) - set(corpus.requirements) for other in edges.get(one, ())}
    found = set(start)
    for one in start:
        for other in edges.get(one, ()):
            found.add(other)
            if other in corpus.changes:
                found |= edges[other] & {old for carry in corpus.changes[other].carries for old in carry.from_}
    return found & set(corpus.requirements)


def _reduced(corpus: Corpus, names: set[str]) -> Corpus:
    """The corpus as far as it concerns these requirements: small enough to be assessed thousands of times."""
    strata = tuple(tuple(n for n in stratum if n in names) for stratum in corpus.strata)
    reaching = corpus.changes_by_requirement
    changes = {change.id for name in names for change in reaching.get(name, ())}
    changes |= {r.under for n in names if (r := corpus.requirements[n]).under}
    for change in corpus.changes.values():
        if names & _carried(change):
            changes.add(change.id)
    gates = {
        leaf for name in changes for leaf in corpus.changes if f"in_effect='{leaf}'" in repr(corpus.changes[name].gates)
    }
    return replace(
        corpus,
        strata=strata,
        requirements={n: corpus.requirements[n] for n in corpus.requirements if n in names},
        changes={n: c for n, c in corpus.changes.items() if n in changes | gates},
        not_encoded=(),
    )


def _mutated(corpus: Corpus, mutant: Mutant) -> Corpus:
    kind = {Requirement: "requirements", Change: "changes", Clock: "clocks", Definition: "definitions"}[
        type(mutant.value)
    ]
    return replace(corpus, **{kind: {**getattr(corpus, kind), mutant.rule: mutant.value}})


_CORPUS: Corpus
_EDGES: dict[str, set[str]]
_RUNS: list[tuple[Any, Any, str]]  # case, run, its expectations as text


def _start() -> None:
    global _CORPUS, _EDGES, _RUNS
    _CORPUS = load()
    _EDGES = _edges(_CORPUS)
    cases = [load_case(path, _CORPUS) for path in files((data.folder("scenarios"),))]
    _RUNS = [(case, run, repr(run.expect)) for case in cases for run in case.expect]


def _outcome(corpus: Corpus, case: Any, run: Any) -> tuple[str, ...]:
    try:
        result = assess(case, corpus, regime=run.regime or DEFAULT, on=run.date, assume=run.assume, second_engine=False)
        return tuple(differences(run.expect, result))
    except Exception as error:  # a mutant that breaks the engine is noticed
        return (repr(error),)


@lru_cache(maxsize=8)
def _before(rule: str) -> tuple[Corpus, list[tuple[Any, Any, tuple[str, ...]]]]:
    """What is assessed for a rule, and every run with what differs in it before the rule is changed.

    The runs that name the rule come first: they are the most likely to notice.
    """
    reduced = _reduced(_CORPUS, _linked(_CORPUS, rule))
    words = (f"'{rule}'", f"'{getattr(_CORPUS.requirements.get(rule), 'provision', rule)}'")
    likely = sorted(_RUNS, key=lambda item: not any(word in item[2] for word in words))
    return reduced, [(case, run, _outcome(reduced, case, run)) for case, run, _ in likely]


def _killed(mutant: Mutant) -> tuple[Mutant, bool]:
    reduced, runs = _before(mutant.rule)
    mutated = _mutated(reduced, mutant)
    return mutant, any(_outcome(mutated, case, run) != before for case, run, before in runs)


def main(arguments: list[str]) -> int:
    """Run the check and print the rate; exit 1 below 95 %."""
    wanted = {a for a in arguments if not a.startswith("--")}
    _start()
    todo = list(mutants(_CORPUS, "--all" in arguments, wanted))
    todo.sort(key=lambda mutant: mutant.rule)
    with Pool(1 if wanted else 2, _start) as pool:
        done = pool.map(_killed, todo, chunksize=8)
    for label in ("number", "condition", "date"):
        of_kind = [killed for mutant, killed in done if mutant.kind == label]
        if of_kind:
            print(f"{label}: {sum(of_kind)} of {len(of_kind)} killed")
    if "--survivors" in arguments:
        for mutant, killed in done:
            if not killed:
                where = _CORPUS.places[mutant.rule].file
                print(f"  {where} {mutant.rule}: {mutant.what}")
    rate = sum(killed for _, killed in done) / len(done) if done else 1.0
    print(f"{len(done)} mutants, {rate:.1%} killed")
    return 0 if rate >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
