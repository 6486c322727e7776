"""A regime: a view of the corpus through an ordered list of layers. It never changes the corpus."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from enplan.corpus import Corpus
from enplan.formulas import Formula, of_change, of_requirement
from enplan.language.rules import Change, Requirement
from enplan.problems import nearest


class UnknownRegime(Exception):
    """No regime of that name."""

    def __init__(self, name: str, known: list[str]):
        self.name, self.nearest = name, nearest(name, known)
        near = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        super().__init__(f"unknown regime {name!r}; expected one of {', '.join(known)}{near}")


DEFAULT = "gaeldende-ret"


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
    def formulas(self) -> Mapping[str, Formula]:
        """The formula of each requirement and change, made when it is first asked for."""
        return _Formulas(self)

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
