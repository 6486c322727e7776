"""A regime: a view of the corpus through an ordered list of layers. It never changes the corpus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from enplan.corpus import Corpus, Unencoded
from enplan.dates import FOREVER
from enplan.formulas import Formula, of_change, of_requirement
from enplan.fulfilment import met_by
from enplan.language.rules import Carry, Change, Requirement
from enplan.lasting import subjects_of
from enplan.literals import signals as condition_signals
from enplan.occasions import Handover, signals
from enplan.problems import nearest
from enplan.situation import Signal, Signals


class UnknownRegime(Exception):
    """No regime of that name."""

    def __init__(self, name: str, known: list[str]):
        self.name, self.nearest = name, nearest(name, known)
        near = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        super().__init__(f"unknown regime {name!r}; expected one of {', '.join(known)}{near}")


DEFAULT = "gaeldende-ret"


@dataclass(frozen=True)
class Stratum:
    """Requirements that depend on earlier strata alone, by what a case must hold for one of them to be raised."""

    always: tuple[str, ...]
    by_signal: Mapping[Signal, tuple[tuple[str, date], ...]]  # each with the last day of its rule

    def raised_by(self, present: Mapping[Signal, date]) -> list[str]:
        """Those whose trigger may occur where these are present from a day on, in a fixed order."""
        found = set(self.always)
        for signal in present.keys() & self.by_signal.keys():
            first = present[signal]
            found.update(name for name, last in self.by_signal[signal] if first <= last)
        return sorted(found)


@dataclass(frozen=True, eq=False)
class View:
    """What a regime sees: its requirements and changes, and their formulas."""

    corpus: Corpus
    id: str
    layers: frozenset[str]

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Requirements of the regime's layers, by id."""
        places = self.corpus.places
        return {name: r for name, r in self.corpus.requirements.items() if places[name].layer in self.layers}

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """Changes of the regime's layers, by id."""
        places = self.corpus.places
        return {name: c for name, c in self.corpus.changes.items() if places[name].layer in self.layers}

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        """The requirements in the order of their dependencies."""
        return tuple(self._stratum(names) for names in self.corpus.strata)

    def _stratum(self, names: tuple[str, ...]) -> Stratum:
        always: list[str] = []
        by_signal: dict[Signal, list[tuple[str, date]]] = {}
        for name in names:
            if requirement := self.requirements.get(name):
                needed = None if name in self.takes_over else signals(requirement.when)
                for signal in needed or ():
                    by_signal.setdefault(signal, []).append((name, requirement.in_force.to or FOREVER))
                if needed is None:
                    always.append(name)
        return Stratum(tuple(always), {signal: tuple(found) for signal, found in by_signal.items()})

    @cached_property
    def known_from(self) -> Mapping[str, date]:
        """The day from which each requirement was known."""
        return {name: self.corpus.known_from(r.in_force) for name, r in self.requirements.items()}

    @cached_property
    def formulas(self) -> Mapping[str, Formula]:
        """The formula of each requirement and change, made when it is first asked for."""
        return _Formulas(self)

    @cached_property
    def takes_over(self) -> Mapping[str, tuple[Handover, ...]]:
        """What each requirement takes over by a transition."""
        found: dict[str, list[Handover]] = {}
        for at, carry in self._carries:
            for name in carry.to:
                found.setdefault(name, []).append(Handover(at, carry.from_))
        return {name: tuple(handovers) for name, handovers in found.items()}

    @cached_property
    def hands_over(self) -> Mapping[str, date]:
        """The day from which each requirement's open obligations go on elsewhere."""
        return {name: at for at, carry in self._carries for name in carry.from_}

    @cached_property
    def _carries(self) -> tuple[tuple[date, Carry], ...]:
        return tuple(
            (c.in_force.from_, carry) for c in self.changes.values() for carry in c.carries if c.in_force.from_
        )

    @cached_property
    def unencoded(self) -> tuple[tuple[Unencoded, tuple[Signals, ...]], ...]:
        """Law that is not expressed but may matter, each with what a case must hold for that."""
        return tuple(
            (item, tuple(filter(None, map(condition_signals, item.entry.matters_if))))
            for item in self.corpus.not_encoded
            if item.entry.matters_if
        )

    def way(self, requirement: Requirement, roles: tuple[str, ...]) -> Any:
        """What meets a requirement, for these roles."""
        key = (requirement.id, roles)
        if key not in self._ways:
            self._ways[key] = met_by(requirement, self.corpus, roles)
        return self._ways[key]

    def asked_while(self, requirement: Requirement) -> Signals | None:
        """What the `while` of a requirement asks about."""
        if requirement.id not in self._asked:
            self._asked[requirement.id] = subjects_of(requirement.while_, self.corpus)
        return self._asked[requirement.id]

    @cached_property
    def _asked(self) -> dict[str, Signals | None]:
        return {}

    @cached_property
    def _ways(self) -> dict[tuple[str, tuple[str, ...]], Any]:
        return {}

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes that reach each requirement."""
        return {
            name: tuple(c for c in found if c.id in self.changes)
            for name, found in self.corpus.changes_by_requirement.items()
        }


class _Formulas(Mapping[str, Formula]):
    def __init__(self, seen: View):
        self._view = seen
        self._made: dict[str, Formula] = {}

    def __getitem__(self, name: str) -> Formula:
        if name not in self._made:
            requirement = self._view.requirements.get(name)
            self._made[name] = of_requirement(requirement) if requirement else of_change(self._view.changes[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._view.requirements
        yield from self._view.changes

    def __len__(self) -> int:
        return len(self._view.requirements) + len(self._view.changes)


def view(corpus: Corpus, regime: str = DEFAULT) -> View:
    """The view of a regime.

    Raises:
        UnknownRegime: the corpus has none of that name.

    """
    if regime not in corpus.regimes:
        raise UnknownRegime(regime, sorted(corpus.regimes))
    key = (id(corpus), regime)
    if key not in _VIEWS or _VIEWS[key].corpus is not corpus:
        _VIEWS[key] = View(corpus, regime, frozenset(corpus.regimes[regime].layers))
    return _VIEWS[key]


_VIEWS: dict[tuple[int, str], View] = {}
