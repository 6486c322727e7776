"""A regime: a view of the corpus through an ordered list of layers. It never changes the corpus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from enplan.corpus import Corpus
from enplan.dates import FOREVER
from enplan.formulas import Formula, of_change, of_requirement
from enplan.fulfilment import met_by
from enplan.language.rules import Carry, Change, Requirement
from enplan.lasting import subjects_of
from enplan.literals import needed
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


Name = TypeVar("Name", str, int)


class Index(Generic[Name]):
    """Names of things, each under what a case must hold for the thing to matter to it."""

    def __init__(self, needs: Iterable[tuple[Name, Sequence[Signals], date]]):
        """Take each name with sets of signals, of each of which one is needed, and the last day on which the first may come."""
        self._always: list[Name] = []
        self._by_signal: dict[Signal, list[tuple[Name, date]]] = {}
        self._others: dict[Name, Sequence[Signals]] = {}
        for name, sets, last in needs:
            if not sets:
                self._always.append(name)
                continue
            for signal in sets[0]:
                self._by_signal.setdefault(signal, []).append((name, last))
            if len(sets) > 1:
                self._others[name] = sets[1:]

    def matter(self, present: Mapping[Signal, date]) -> list[Name]:
        """Those that may matter where these are present from a day on, in order."""
        found = set(self._always)
        for signal in present.keys() & self._by_signal.keys():
            first = present[signal]
            found.update([name for name, last in self._by_signal[signal] if first <= last])
        for name in found & self._others.keys():
            if any(signals.isdisjoint(present) for signals in self._others[name]):
                found.remove(name)
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
    def strata(self) -> tuple[Index[str], ...]:
        """The requirements that depend on earlier strata alone, stratum by stratum, by what may raise them."""
        return tuple(
            Index((r.id, self._raised_by(r), r.in_force.to or FOREVER) for r in map(self.requirements.get, names) if r)
            for names in self.corpus.strata
        )

    def _raised_by(self, requirement: Requirement) -> tuple[Signals, ...]:
        raised_by = None if requirement.id in self.takes_over else signals(requirement.when, self.corpus)
        return () if raised_by is None else (raised_by,)

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
    def unencoded(self) -> Index[int]:
        """Law that is not expressed but may matter: positions in the register, by what a case must hold for that."""
        return Index(
            (position, needed(item.entry.matters_if, self.corpus), FOREVER)
            for position, item in enumerate(self.corpus.not_encoded)
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
        """The changes that reach each requirement and have an effect on it of their own."""
        return {
            name: tuple(c for c in found if c.id in self.changes and not c.carries and c.kind != "reading")
            for name, found in self.corpus.changes_by_requirement.items()
        }


class _Formulas(dict[str, Formula]):
    """Made one by one: a case asks for few of them."""

    def __init__(self, seen: View):
        super().__init__()
        self._view = seen

    def __missing__(self, name: str) -> Formula:
        requirement = self._view.requirements.get(name)
        made = self[name] = of_requirement(requirement) if requirement else of_change(self._view.changes[name])
        return made


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
