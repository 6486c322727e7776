"""Cross-checks of a corpus: every name exists, every role is bound, validity fits, dependencies have an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import networkx as nx

from enplan.corpus import RELATIVE_TERMS, Corpus
from enplan.language.conditions import FieldIs, InEffect, MunicipalityIs, StatusIs
from enplan.language.patterns import Pattern, Range
from enplan.language.register import Municipality
from enplan.language.rules import Change, Clock, Definition, Gates, Requirement, StatusChange, StatusValue
from enplan.language.triggers import FirstOf, Outcome, StatusTurns
from enplan.language.words import Word
from enplan.place import Place
from enplan.problems import Problem, nearest
from enplan.validate import references, words_in
from enplan.yamlfile import Path_


class Checker:
    """Cross-checks: every name exists, every role is bound, validity fits, dependencies have an order."""

    def __init__(
        self, corpus: Corpus, places: Mapping[str, Place], problems: list[Problem], hidden: Set[str] = frozenset()
    ):
        """`hidden`: kinds of name of which a file that cannot be used may hold more; none of these is unknown."""
        self.corpus, self.places, self.problems, self.hidden = corpus, places, problems, hidden
        terms = corpus.terms
        self.valid: dict[str, Iterable[str]] = {
            **terms,
            "requirement": corpus.requirements, "change": corpus.changes, "clock": corpus.clocks,
            "definition": corpus.definitions, "instrument": corpus.instruments, "act": corpus.acts,
            "layer": corpus.layers, "regime": corpus.regimes,
            "offer": {**terms.get("event", {}), **terms.get("document", {}), **terms.get("measure", {})},
            "party": {**terms.get("actor", {}), **terms.get("role", {})},
        }  # fmt: skip

    def check(self, place: Place, word: Word) -> None:
        """Check one entry of a file: its names, its values, its roles."""
        for path, kind, name in references(word):
            if path[0] in ("source", "in_force") and (*place.path, *path) not in place.document.lines:
                continue  # inherited from the head of the file, and checked there
            if kind == "provision":
                self._provision(place, path, word, name)
            else:
                self._name(place, path, kind, name)
        for path, inner in words_in(word):
            self._values(place, path, inner)
        if getattr(word, "confidence", "high") != "high" and getattr(word, "note", None) is None:
            message, expected = "confidence below high without a note", "note: {da: TEXT, en: TEXT}"
            self.problems.append(place.problem(message, expected, at=("confidence",)))
        if isinstance(word, Requirement | Definition):
            for path, inner in words_in(word):
                if isinstance(inner, InEffect):
                    self.problems.append(
                        place.problem("in_effect outside the gates of a change", "another condition", at=path)
                    )
        if isinstance(word, Definition):
            self._roles(place, word, {word.role}, "is not the role of the definition")
        if isinstance(word, Requirement) and "requirement" not in self.hidden:
            self._roles(place, word, set(self.roles_of(word)), "is not bound by when or for_each")
        if isinstance(word, Change) and "requirement" not in self.hidden:
            self._change(place, word)

    def _name(self, place: Place, path: Path_, kind: str, name: str) -> None:
        known = self.valid.get(kind, ())
        if name not in known and kind not in self.hidden:
            where = "of legislation/" if kind in ("act", "instrument") else "of rules/"
            expected = f"{'an' if kind[0] in 'aeio' else 'a'} {kind} {where}"
            self.problems.append(place.problem(f"unknown {kind} {name!r}", expected, nearest(name, known), path))

    def _provision(self, place: Place, path: Path_, word: Word, name: str) -> None:
        entries = self.corpus.provisions.get(name, ())
        if "provision" in self.hidden:
            return
        if not entries:
            near = nearest(name, self.corpus.provisions)
            self.problems.append(place.problem(f"no such provision: {name}", "a provision in legislation/", near, path))
        elif path == ("provision",) and isinstance(word, Requirement | Clock | Definition):
            if not any(entry.in_force.overlaps(word.in_force) for entry in entries):
                message = f"{name} is not in force when this rule is"
                self.problems.append(place.problem(message, "days that overlap those in legislation/", "", path))

    def _values(self, place: Place, path: Path_, word: Word) -> None:
        if isinstance(word, StatusIs | StatusTurns | StatusValue):
            values = [v for f in ("is_", "is_not", "from_value") for v in getattr(word, f, None) or ()]
            self._status_values(place, path, word.status, values)
        elif isinstance(word, StatusChange):
            self._status_values(place, path, word.status, [*(word.from_ or ()), *(word.to or ())])
        elif isinstance(word, FieldIs):
            self._detail_values(place, path, word.trigger, [*(word.is_ or ()), *(word.is_not or ())])
        elif isinstance(word, MunicipalityIs):
            self._codes(place, (*path, "municipality"), word.municipality)
        elif isinstance(word, Gates):
            self._codes(place, (*path, "not_in"), word.not_in)
        elif isinstance(word, Municipality):
            self._codes(place, (*path, "code"), [word.code])
        elif isinstance(word, Pattern):
            for name in word.basis or ():
                self._name(place, (*path, "basis"), "act", name.partition(" §")[0])
            for name, wanted in word.where.items():
                if not isinstance(wanted, Range):
                    self._detail_values(place, (*path, "where", name), name, list(wanted))

    def _status_values(self, place: Place, path: Path_, status: str, values: list[Any]) -> None:
        term = self.corpus.terms.get("status", {}).get(status)
        if term and not term.free and not term.number:
            self._among(place, path, f"value of the status {status!r}", values, term.values)

    def _detail_values(self, place: Place, path: Path_, detail: str, values: list[Any]) -> None:
        if detail in RELATIVE_TERMS and detail not in self.hidden:
            self._among(place, path, detail, values, self.corpus.terms.get(detail, {}))
        elif (term := self.corpus.terms.get("detail", {}).get(detail)) and term.values:
            self._among(place, path, f"value of the detail {detail!r}", values, term.values)

    def _among(self, place: Place, path: Path_, what: str, values: list[Any], valid: Iterable[str]) -> None:
        for value in values:
            if str(value) not in valid:
                expected = f"one of {', '.join(valid)}"
                self.problems.append(
                    place.problem(f"unknown {what} {value!r}", expected, nearest(str(value), valid), path)
                )

    def _codes(self, place: Place, path: Path_, codes: Iterable[object]) -> None:
        for code in codes:
            if str(code) not in self.corpus.codes and "municipality" not in self.hidden:
                message, near = f"unknown municipality code {code!r}", nearest(str(code), self.corpus.codes)
                self.problems.append(place.problem(message, "a three-digit code of a municipality", near, path))

    def roles_of(self, requirement: Requirement, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The roles that a requirement's trigger binds, then those of `for_each`."""
        roles = dict.fromkeys(self._trigger_roles(requirement.when, seen | {requirement.id}))
        roles.update(dict.fromkeys(requirement.for_each))
        return tuple(roles)

    def _trigger_roles(self, trigger: Any, seen: frozenset[str]) -> tuple[str, ...]:
        if isinstance(trigger, Outcome):
            watched = self.corpus.requirements.get(trigger.of)
            if watched is None or watched.id in seen:
                return ()
            return tuple(trigger.renamed.get(role, role) for role in self.roles_of(watched, seen))
        if isinstance(trigger, FirstOf):
            return tuple(dict.fromkeys(r for part in trigger.any_of for r in self._trigger_roles(part, seen)))
        roles = [name for _, kind, name in references(trigger) if kind == "role"]
        if isinstance(trigger, Pattern) and trigger.by in self.corpus.terms.get("role", {}):
            roles.append(str(trigger.by))
        return tuple(dict.fromkeys(roles))

    def _roles(self, place: Place, rule: Requirement | Change | Definition, bound: set[str], fault: str) -> None:
        """Every role that a rule speaks of is bound, but for participants, who are only named."""
        if "role" in self.hidden:
            return
        inner = {role for _, word in words_in(rule) for name in ("for_all", "for_some")
                 for role in getattr(word, name, None) or ()}  # fmt: skip
        for path, kind, name in references(rule):
            if kind not in ("role", "party") or path[-1] == "participants" or name not in self.valid.get("role", ()):
                continue
            if name in bound | inner or (isinstance(rule, Change) and "any" in path):
                continue  # alternatives of a change may speak of the roles of different requirements
            expected = f"one of {', '.join(sorted(bound)) or 'none'}"
            self.problems.append(place.problem(f"the role {name!r} {fault}", expected, nearest(name, bound), path))

    def _change(self, place: Place, change: Change) -> None:
        if change.carries:
            if change.in_force.from_ is None:
                self.problems.append(place.problem("a transition without a first day", "in_force: {from: DATE}"))
            return
        targets = self.corpus.targets(change)
        windows = [version.in_force for version in change.versions] or [change.in_force]
        if not targets:
            expected = "requirements, families or provisions that are encoded"
            self.problems.append(place.problem("the change reaches no requirement", expected, at=("reaches",)))
        if targets:
            bound = {role for name in targets for role in self.roles_of(self.corpus.requirements[name])}
            self._roles(place, change, bound, "is not bound by what the change reaches")
        for name in targets:
            target = self.corpus.requirements[name]
            if not any(window.overlaps(target.in_force) for window in windows):
                message = f"the change reaches {name}, which is not in force while the change is"
                expected = "a target in force on some day of the change"
                self.problems.append(place.problem(message, expected, at=("reaches",)))

    def rings_of_changes(self) -> None:
        """Changes that wait for each other's being in effect."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        for name, change in self.corpus.changes.items():
            for _, word in words_in(change.gates):
                if isinstance(word, InEffect):
                    graph.add_edge(word.in_effect, name)
        self._rings(graph, "changes", "an order of changes")

    def _rings(self, graph: nx.DiGraph[str], what: str, expected: str) -> None:
        for ring in nx.simple_cycles(graph):
            first = ring.index(min(ring))
            ring = [*ring[first:], *ring[:first], ring[first]]
            message = f"{what} depend on each other in a ring: {' → '.join(ring)}"
            self.problems.append(self.places[ring[0]].problem(message, expected))

    def strata(self) -> tuple[tuple[str, ...], ...]:
        """Requirements in the order of their dependencies on others' outcomes; every ring of them is a problem."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.corpus.requirements)
        for name, requirement in self.corpus.requirements.items():
            graph.add_edges_from((other, name) for other in watched(requirement) if other in graph)
        for change in self.corpus.changes.values():  # a successor takes over what its predecessor left open
            for carry in change.carries:
                graph.add_edges_from((a, b) for a in carry.from_ for b in carry.to if {a, b} <= set(graph))
        try:
            return tuple(tuple(stratum) for stratum in nx.topological_generations(graph))
        except nx.NetworkXUnfeasible:
            self._rings(graph, "requirements", "an order of strata")
            return ()


def watched(requirement: Requirement) -> Iterator[str]:
    """The requirements whose outcome a requirement depends on."""
    for _, word in words_in(requirement.when, ()):
        if isinstance(word, Outcome):
            yield word.of
    yield from requirement.distinct_from
