"""The corpus: legislation, rules, terms, profiles and regimes, loaded, cross-checked and immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enplan import data
from enplan.language.legislation import Instrument, LegislationFile, NotEncoded, ProvisionEntry
from enplan.language.register import Layer, MunicipalitiesFile, Municipality, Regime, RegimesFile, Term, TermsFile
from enplan.language.rules import Change, Clock, Definition, Requirement, RulesFile
from enplan.language.words import Validity, Word
from enplan.problems import InvalidRules, Problem
from enplan.validate import dotted, validate
from enplan.yamlfile import Document, Path_, Unreadable, read

RULES = ("requirements", "changes", "clocks", "definitions")


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
        from enplan.crosscheck import Checker

        checker = Checker(corpus, self.problems)
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
        self.checks.append((place, value.model_copy(update=dict.fromkeys(RULES, ()))))
        for group in RULES:
            kind = group.removesuffix("s")
            for index, rule in enumerate(getattr(value, group)):
                at = Place(document, (group, index), value.act, value.layer)
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
