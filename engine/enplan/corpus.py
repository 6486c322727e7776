"""The corpus: legislation, rules, terms, profiles and regimes, as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from enplan.language.legislation import Instrument, LegislationFile, NotEncoded, ProvisionEntry
from enplan.language.register import Layer, Municipality, Regime, Term
from enplan.language.rules import Change, Clock, Definition, Requirement
from enplan.language.words import Validity

RELATIVE_TERMS = ("form",)  # details whose values are terms of the kind of the same name


@dataclass(frozen=True)
class Where:
    """Where a rule stands: its file and line, its act and layer."""

    file: str
    line: int
    act: str
    layer: str


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
    places: Mapping[str, Where]
    strata: tuple[tuple[str, ...], ...] = ()

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
    def presupposed(self) -> Mapping[str, frozenset[str]]:
        """The documents that a provision takes for granted, for the provisions that do."""
        found = {
            provision: frozenset(document for entry in entries for document in entry.presupposes)
            for provision, entries in self.provisions.items()
        }
        return {provision: documents for provision, documents in found.items() if documents}

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
            by_provision = any(at_or_below(requirement.provision, p) for p in wanted.provisions) and (
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


def at_or_below(provision: str, wanted: str) -> bool:
    """Whether a provision is the wanted one or lies below it: BL § 32, stk. 1 lies below BL § 32."""
    return provision == wanted or provision.startswith((wanted + ",", wanted + " og ", wanted + ", "))


def load(root: Path | None = None) -> Corpus:
    """Load and cross-check the corpus: the shipped one, or that of a folder holding `legislation/` and `rules/`.

    Raises:
        InvalidRules: with every problem of every file.

    """
    if root is None:
        from enplan.loader import shipped

        return shipped()
    from enplan.build import build

    return build(root / "legislation", root / "rules")
