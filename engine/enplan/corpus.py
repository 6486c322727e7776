"""The corpus: legislation, rules, terms, profiles and regimes, loaded, cross-checked and immutable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enplan import data
from enplan.language.acts import VERBS, Act
from enplan.language.conditions import FieldIs, StatusIs
from enplan.language.legislation import Instrument, LegislationFile, NotEncoded, ProvisionEntry
from enplan.language.patterns import Pattern, Range
from enplan.language.register import Layer, MunicipalitiesFile, Municipality, Regime, RegimesFile, Term, TermsFile
from enplan.language.rules import Change, Clock, Definition, Requirement, RulesFile, StatusChange, StatusValue
from enplan.language.triggers import FirstOf, Outcome, StatusTurns
from enplan.language.words import Validity, Word
from enplan.problems import InvalidRules, Problem, nearest
from enplan.validate import dotted, references, validate, words_in
from enplan.yamlfile import Document, Path_, Unreadable, read

RELATIVE_TERMS = ("form",)  # details whose values are terms of the kind of the same name


@dataclass(frozen=True)
class Place:
    """Where a rule stands: its file, path and line, its act and layer."""

    document: Document
    path: Path_
    act: str
    layer: str = ""

    def problem(self, message: str, expected: str = "", near: str = "", at: Path_ = ()) -> Problem:
        """A problem at this rule, or at a path below it."""
        path = (*self.path, *at)
        return Problem(self.document.file, self.document.line(path), dotted(path), message, expected, near)


@dataclass(frozen=True)
class Unencoded:
    """An entry of the register of law that is not encoded, with its act."""

    act: str
    entry: NotEncoded

    @property
    def provision(self) -> str:
        """As cited."""
        return f"{self.act} {self.entry.ref}"


@dataclass(frozen=True, eq=False)
class Corpus:
    """Everything that was loaded. Equal only to itself: a regime is a view of one corpus."""

    terms: Mapping[str, Mapping[str, Term]]
    acts: Mapping[str, tuple[LegislationFile, ...]]
    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, tuple[ProvisionEntry, ...]]
    requirements: Mapping[str, Requirement]
    changes: Mapping[str, Change]
    clocks: Mapping[str, Clock]
    definitions: Mapping[str, Definition]
    municipalities: Mapping[int, Municipality]
    codes: Mapping[str, str]
    layers: Mapping[str, Layer]
    regimes: Mapping[str, Regime]
    not_encoded: tuple[Unencoded, ...]
    places: Mapping[str, Place]
    strata: tuple[tuple[str, ...], ...] = ()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def title(self, kind: str, name: str, lang: str) -> str:
        """The title of a term, or its name when the register does not hold it."""
        term = self.terms.get(kind, {}).get(name)
        return getattr(term, lang) if term else name

    def sector(self, kind: str, name: str) -> str | None:
        """The sector whose records hold a kind of thing: the term's own, else that of its owner act."""
        term = self.terms.get(kind, {}).get(name)
        if term is None:
            return None
        if term.sector:
            return term.sector
        files = self.acts.get(term.act or "")
        return files[0].sector if files else None

    def known_from(self, validity: Validity) -> date:
        """The day from which a rule was known: the issue of its enacting instrument, else the day it took effect."""
        if validity.by and (instrument := self.instruments.get(validity.by)):
            return instrument.issued
        return validity.from_ or date.min

    @cached_property
    def changes_by_requirement(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes that reach each requirement."""
        reached: dict[str, list[Change]] = {}
        for change in self.changes.values():
            for name in self.targets(change):
                reached.setdefault(name, []).append(change)
        return {name: tuple(found) for name, found in reached.items()}

    def targets(self, change: Change) -> tuple[str, ...]:
        """The requirements a change reaches, less its safeguards and its own replacement duties."""
        wanted = change.reaches
        spared = set(change.never) | set(change.instead)
        found = []
        for name, requirement in self.requirements.items():
            by_family = requirement.family in wanted.families
            by_provision = any(_at_or_below(requirement.provision, p) for p in wanted.provisions) and (
                wanted.numbered_as_in is None
                or requirement.source is None
                or self._same_numbering(requirement, wanted.numbered_as_in)
            )
            if (name in wanted.requirements or by_family or by_provision) and name not in spared:
                found.append(name)
        return tuple(found)

    def _same_numbering(self, requirement: Requirement, eli: str) -> bool:
        instrument = self.instruments.get(eli)
        return instrument is None or requirement.in_force.overlaps(instrument.in_force)


def _at_or_below(provision: str, wanted: str) -> bool:
    """Whether a provision is the wanted one or lies below it: BL § 32, stk. 1 lies below BL § 32."""
    return provision == wanted or provision.startswith((wanted + ",", wanted + " og ", wanted + ", "))


at_or_below = _at_or_below


def load(root: Path | None = None) -> Corpus:
    """Load and cross-check the corpus: the shipped one, or `root` holding `legislation/` and `rules/`.

    Raises:
        InvalidRules: with every problem of every file.

    """
    legislation = root / "legislation" if root else data.folder("legislation")
    rules = root / "rules" if root else data.folder("rules")
    return _Builder().load(legislation, rules)


class _Builder:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.terms: dict[str, dict[str, Term]] = {}
        self.term_places: dict[tuple[str, str], Place] = {}
        self.acts: dict[str, tuple[LegislationFile, ...]] = {}
        self.instruments: dict[str, Instrument] = {}
        self.provisions: dict[str, tuple[ProvisionEntry, ...]] = {}
        self.not_encoded: list[Unencoded] = []
        self.kinds: dict[str, dict[str, Any]] = {k: {} for k in ("requirement", "change", "clock", "definition")}
        self.places: dict[str, Place] = {}
        self.municipalities: dict[int, Municipality] = {}
        self.codes: dict[str, str] = {}
        self.layers: dict[str, Layer] = {}
        self.regimes: dict[str, Regime] = {}
        self.checks: list[tuple[Place, Word]] = []

    def load(self, legislation: Path, rules: Path) -> Corpus:
        for document in self._documents(legislation, "legislation"):
            self._legislation(document)
        for document in self._documents(rules, "rules"):
            self._rules(document)
        corpus = Corpus(
            terms=MappingProxyType(self.terms), acts=MappingProxyType(self.acts),
            instruments=MappingProxyType(self.instruments), provisions=MappingProxyType(self.provisions),
            requirements=MappingProxyType(self.kinds["requirement"]), changes=MappingProxyType(self.kinds["change"]),
            clocks=MappingProxyType(self.kinds["clock"]), definitions=MappingProxyType(self.kinds["definition"]),
            municipalities=MappingProxyType(self.municipalities), codes=MappingProxyType(self.codes),
            layers=MappingProxyType(self.layers), regimes=MappingProxyType(self.regimes),
            not_encoded=tuple(self.not_encoded), places=MappingProxyType(self.places),
        )  # fmt: skip
        checker = _Checker(corpus, self.problems)
        for place, word in self.checks:
            checker.check(place, word)
        roles = checker.all_roles()
        strata = checker.strata()
        if self.problems:
            raise InvalidRules(self.problems)
        object.__setattr__(corpus, "strata", strata)
        object.__setattr__(corpus, "roles", MappingProxyType(roles))
        return corpus

    def _documents(self, folder: Path, shown: str) -> Iterator[Document]:
        for path in sorted(folder.rglob("*.yaml")):
            try:
                yield read(path, f"{shown}/{path.relative_to(folder).as_posix()}")
            except Unreadable as error:
                self.problems += error.problems

    def _validated(self, document: Document, model: type[Any]) -> Any:
        value, problems = validate(document, model)
        self.problems += problems
        return value

    def _legislation(self, document: Document) -> None:
        law: LegislationFile | None = self._validated(document, LegislationFile)
        if law is None:
            return
        self.acts[law.act] = (*self.acts.get(law.act, ()), law)
        place = Place(document, (), law.act)
        self.checks.append((place, law))
        for index, instrument in enumerate(law.instruments):
            known = self.instruments.get(instrument.eli)
            if known and known != instrument:
                self.problems.append(
                    place.problem(f"the instrument {instrument.eli} is described in two ways",
                                  "the same title and dates everywhere", at=("instruments", index))
                )  # fmt: skip
            self.instruments[instrument.eli] = instrument
        for index, entry in enumerate(law.provisions):
            entry = entry.model_copy(update={"in_force": _inherit(entry.in_force, law.in_force)})
            key = f"{law.act} {entry.ref}"
            earlier = self.provisions.get(key, ())
            if any(entry.in_force.overlaps(other.in_force) for other in earlier):
                self.problems.append(
                    place.problem(f"{key} stands twice for the same days", "validity that does not overlap",
                                  at=("provisions", index))
                )  # fmt: skip
            self.provisions[key] = (*earlier, entry)
        self.not_encoded += [
            Unencoded(law.act, e.model_copy(update={"in_force": _inherit(e.in_force, law.in_force)}))
            for e in law.not_encoded
        ]

    def _rules(self, document: Document) -> None:
        keys = set(document.value) if isinstance(document.value, dict) else set()
        if "terms" in keys:
            self._terms(document)
        elif "regimes" in keys or "layers" in keys:
            self._regimes(document)
        elif "municipalities" in keys or "codes" in keys:
            self._municipalities(document)
        else:
            self._rule_file(document)

    def _terms(self, document: Document) -> None:
        value: TermsFile | None = self._validated(document, TermsFile)
        for kind, terms in value.terms.items() if value else ():
            for name, term in terms.items():
                place = Place(document, ("terms", kind, name), term.act or "")
                if (kind, name) in self.term_places:
                    other = self.term_places[kind, name]
                    where = f"{other.document.file}:{other.document.line(other.path)}"
                    self.problems.append(place.problem(f"the {kind} {name!r} is already in {where}", "each term once"))
                self.term_places[kind, name] = place
                self.terms.setdefault(kind, {})[name] = term
                self.checks.append((place, term))

    def _regimes(self, document: Document) -> None:
        value: RegimesFile | None = self._validated(document, RegimesFile)
        if value:
            self.layers.update({layer.id: layer for layer in value.layers})
            self.regimes.update({regime.id: regime for regime in value.regimes})
            self.checks.append((Place(document, (), ""), value))

    def _municipalities(self, document: Document) -> None:
        value: MunicipalitiesFile | None = self._validated(document, MunicipalitiesFile)
        if value:
            self.codes.update(value.codes)
            self.municipalities.update({profile.code: profile for profile in value.municipalities})
            self.checks.append((Place(document, (), ""), value))

    def _rule_file(self, document: Document) -> None:
        value: RulesFile | None = self._validated(document, RulesFile)
        if value is None:
            return
        place = Place(document, (), value.act, value.layer)
        self.checks.append((place, RulesFile(act=value.act, layer=value.layer, source=value.source)))
        for kind in ("requirement", "change", "clock", "definition"):
            for index, rule in enumerate(getattr(value, kind + "s")):
                at = Place(document, (kind + "s", index), value.act, value.layer)
                if rule.id in self.places:
                    other = self.places[rule.id]
                    where = f"{other.document.file}:{other.document.line(other.path)}"
                    self.problems.append(at.problem(f"the id {rule.id!r} is already used in {where}", "each id once"))
                update: dict[str, Any] = {"in_force": _inherit(rule.in_force, value.in_force)}
                if rule.source is None:
                    update["source"] = value.source
                rule = rule.model_copy(update=update)
                self.places[rule.id] = at
                self.kinds[kind][rule.id] = rule
                self.checks.append((at, rule))


def _inherit(own: Validity, outer: Validity) -> Validity:
    given = own.model_fields_set
    names = ("from_", "to", "by", "inferred")
    return Validity.model_construct(given, **{name: getattr(own if name in given else outer, name) for name in names})


class _Checker:
    """Cross-checks: every name exists, every role is bound, validity fits, dependencies have an order."""

    def __init__(self, corpus: Corpus, problems: list[Problem]):
        self.corpus, self.problems = corpus, problems
        terms = corpus.terms
        self.valid: dict[str, Iterable[str]] = {
            **{kind: names for kind, names in terms.items()},
            "requirement": corpus.requirements, "change": corpus.changes, "clock": corpus.clocks,
            "definition": corpus.definitions, "instrument": corpus.instruments, "act": corpus.acts,
            "layer": corpus.layers, "regime": corpus.regimes,
            "offer": {**terms.get("event", {}), **terms.get("document", {}), **terms.get("measure", {})},
            "party": {**terms.get("actor", {}), **terms.get("role", {})},
        }  # fmt: skip

    def check(self, place: Place, word: Word) -> None:
        for path, kind, name in references(word):
            if kind == "provision":
                self._provision(place, path, word, name)
            elif name not in self.valid.get(kind, ()):
                known = self.valid.get(kind, ())
                expected = (
                    f"a {kind} that exists"
                    if kind in self.corpus.places or kind in ("requirement", "change", "clock", "definition")
                    else f"a {kind} of the register"
                )
                self.problems.append(place.problem(f"unknown {kind} {name!r}", expected, nearest(name, known), path))
        for path, inner in words_in(word):
            self._values(place, path, inner)
        if isinstance(word, Requirement):
            self._roles(place, word)
        if isinstance(word, Change):
            self._change(place, word)

    def _provision(self, place: Place, path: Path_, word: Word, name: str) -> None:
        entries = self.corpus.provisions.get(name, ())
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
        elif isinstance(word, Pattern):
            for name, wanted in word.where.items():
                if not isinstance(wanted, Range):
                    self._detail_values(place, (*path, "where", name), name, list(wanted))

    def _status_values(self, place: Place, path: Path_, status: str, values: list[Any]) -> None:
        term = self.corpus.terms.get("status", {}).get(status)
        if term and not term.free and not term.number:
            self._among(place, path, f"value of the status {status!r}", values, term.values)

    def _detail_values(self, place: Place, path: Path_, detail: str, values: list[Any]) -> None:
        if detail in RELATIVE_TERMS:
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

    def _roles(self, place: Place, requirement: Requirement) -> None:
        bound = set(self.roles_of(requirement))
        inner = {role for _, word in words_in(requirement) for name in ("for_all", "for_some")
                 for role in getattr(word, name, None) or ()}  # fmt: skip
        for path, kind, name in references(requirement):
            if kind == "role" and name not in bound | inner and name in self.valid.get("role", ()):
                near = nearest(name, bound)
                self.problems.append(place.problem(f"the role {name!r} is not bound by when or for_each", f"one of {', '.join(sorted(bound)) or 'none'}", near, path))  # fmt: skip

    def _change(self, place: Place, change: Change) -> None:
        if change.carries:
            return
        targets = self.corpus.targets(change)
        windows = [version.in_force for version in change.versions] or [change.in_force]
        if not targets:
            self.problems.append(place.problem("the change reaches no requirement", "requirements, families or provisions that are encoded", at=("reaches",)))  # fmt: skip
        for name in targets:
            target = self.corpus.requirements[name]
            if not any(window.overlaps(target.in_force) for window in windows):
                self.problems.append(place.problem(f"the change reaches {name}, which is not in force while the change is", "a target in force on some day of the change", at=("reaches",)))  # fmt: skip

    def all_roles(self) -> dict[str, tuple[str, ...]]:
        return {name: self.roles_of(requirement) for name, requirement in self.corpus.requirements.items()}

    def strata(self) -> tuple[tuple[str, ...], ...]:
        """Requirements in the order of their dependencies on others' outcomes."""
        graph = {name: set(_watched(requirement)) for name, requirement in self.corpus.requirements.items()}
        sorter: TopologicalSorter[str] = TopologicalSorter(graph)
        try:
            sorter.prepare()
        except CycleError as error:
            ring = " → ".join(error.args[1])
            place = self.corpus.places[error.args[1][0]]
            self.problems.append(
                place.problem(f"requirements depend on each other in a ring: {ring}", "an order of strata")
            )
            return ()
        strata = []
        while sorter.is_active():
            ready = sorter.get_ready()
            strata.append(tuple(name for name in self.corpus.requirements if name in set(ready)))
            sorter.done(*ready)
        return tuple(strata)


def _watched(requirement: Requirement) -> Iterator[str]:
    for _, word in words_in(requirement.when, ()):
        if isinstance(word, Outcome):
            yield word.of
    yield from requirement.distinct_from


def term_kind_of(act: Act) -> str:
    """The kind of term that an act's verb takes."""
    return VERBS[act.verb]
