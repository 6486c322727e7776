"""From the files of legislation/ and rules/ to a corpus, with every problem of every file at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from enplan.corpus import Corpus, Unencoded
from enplan.crosscheck import Checker
from enplan.language.complete import complete
from enplan.language.legislation import Instrument, LegislationFile, ProvisionEntry
from enplan.language.register import (
    Layer,
    MunicipalitiesFile,
    Municipality,
    Regime,
    RegimesFile,
    Term,
    TermKind,
    TermsFile,
)
from enplan.language.rules import RulesFile
from enplan.language.words import Validity, Word
from enplan.place import Place
from enplan.problems import InvalidRules, Problem
from enplan.validate import validate
from enplan.yamlfile import Document, Unreadable, read

RULES = ("requirements", "changes", "clocks", "definitions")
HELD: dict[type[Word], tuple[str, ...]] = {  # the kinds of name that a file holds
    LegislationFile: ("act", "instrument", "provision"),
    TermsFile: (*get_args(TermKind), "offer", "party"),
    RegimesFile: ("layer", "regime"),
    MunicipalitiesFile: ("municipality",),
    RulesFile: ("requirement", "change", "clock", "definition"),
}


def build(legislation: Path, rules: Path) -> Corpus:
    """Load a corpus from its two folders.

    Raises:
        InvalidRules: with every problem found.

    """
    complete()
    return _Builder().load(legislation, rules)


class _Builder:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.terms: dict[str, dict[str, Term]] = {}
        self.first: dict[tuple[str, str], Place] = {}  # where each id and term stands first
        self.hidden: set[str] = set()  # the kinds of name that a file which cannot be used may hold
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
        corpus = self._corpus(())
        checker = Checker(corpus, self.places, self.problems, self.hidden)
        for place, word in self.checks:
            checker.check(place, word)
        checker.rings_of_changes()
        strata = checker.strata()
        if self.problems:
            raise InvalidRules(self.problems)
        return self._corpus(strata)

    def _corpus(self, strata: tuple[tuple[str, ...], ...]) -> Corpus:
        return Corpus(
            terms=self.terms, acts=self.acts, instruments=self.instruments, provisions=self.provisions,
            requirements=self.kinds["requirement"], changes=self.kinds["change"], clocks=self.kinds["clock"],
            definitions=self.kinds["definition"], municipalities=self.municipalities, codes=self.codes,
            layers=self.layers, regimes=self.regimes, not_encoded=tuple(self.not_encoded),
            places={name: place.where() for name, place in self.places.items()}, strata=strata,
        )  # fmt: skip

    def _documents(self, folder: Path, shown: str) -> Iterator[Document]:
        for path in sorted(folder.rglob("*.yaml")):
            name = f"{shown}/{path.relative_to(folder).as_posix()}"
            try:
                yield read(path, name)
            except Unreadable as error:
                self.problems += error.problems
                self.hidden.update(HELD[_model_of(name)])

    def _validated(self, document: Document, model: type[Any]) -> Any:
        value, problems = validate(document, model)
        self.problems += problems
        if value is None:
            self.hidden.update(HELD[model])
        return value

    def _once(self, kind: str, name: str, place: Place) -> None:
        other = self.first.setdefault((kind, name), place)
        if other is not place:
            where = f"{other.document.file}:{other.document.line(other.path)}"
            self.problems.append(place.problem(f"the {kind} {name!r} is already used in {where}", f"each {kind} once"))

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
                self._once(kind, name, place)
                self.terms.setdefault(kind, {})[name] = term
                self.checks.append((place, term))

    def _regimes(self, document: Document) -> None:
        value: RegimesFile | None = self._validated(document, RegimesFile)
        if value:
            for index, layer in enumerate(value.layers):
                self._once("layer", layer.id, Place(document, ("layers", index), ""))
            for index, regime in enumerate(value.regimes):
                self._once("regime", regime.id, Place(document, ("regimes", index), ""))
            self.layers.update({layer.id: layer for layer in value.layers})
            self.regimes.update({regime.id: regime for regime in value.regimes})
            self.checks.append((Place(document, (), ""), value))

    def _municipalities(self, document: Document) -> None:
        value: MunicipalitiesFile | None = self._validated(document, MunicipalitiesFile)
        if value:
            for index, profile in enumerate(value.municipalities):
                self._once("municipality", str(profile.code), Place(document, ("municipalities", index), ""))
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
                self._once("id", rule.id, at)
                update: dict[str, Any] = {"in_force": _inherit(rule.in_force, value.in_force)}
                if rule.source is None:
                    update["source"] = value.source
                rule = rule.model_copy(update=update)
                self.places[rule.id] = at
                self.kinds[kind][rule.id] = rule
                self.checks.append((at, rule))


def _model_of(name: str) -> type[Word]:
    """What a file that cannot be read would be, by its name."""
    folder, first, *_ = name.removesuffix(".yaml").split("/")
    own: dict[str, type[Word]] = {"terms": TermsFile, "regimes": RegimesFile, "municipalities": MunicipalitiesFile}
    return LegislationFile if folder == "legislation" else own.get(first, RulesFile)


def _inherit(own: Validity, outer: Validity) -> Validity:
    given = own.model_fields_set
    names = ("from_", "to", "by", "inferred")
    return Validity.model_construct(given, **{name: getattr(own if name in given else outer, name) for name in names})
