"""Lists, single rules, coverage and schemas, as text and data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enplan.corpus import Corpus
from enplan.language.case import Case
from enplan.language.complete import complete
from enplan.language.legislation import LegislationFile
from enplan.language.register import Term
from enplan.language.rules import Change, Clock, Definition, Requirement, RulesFile
from enplan.language.words import NAMES, Word
from enplan.scenarios import Coverage
from enplan.sentence import Sentence
from enplan.texts import Lang, say


def listing(corpus: Corpus, lang: Lang) -> str:
    """Requirements and changes, one to a line: id, provision, validity, title."""
    words = Sentence(corpus, lang)
    lines = [
        f"{r.id}\t{r.provision}\t{words.validity(r.in_force)}\t{r.title[lang]}" for r in corpus.requirements.values()
    ]
    lines += [f"{c.id}\t{_provision(c)}\t{c.verb}\t{c.title[lang]}" for c in corpus.changes.values()]
    return "\n".join(lines)


def listing_data(corpus: Corpus, lang: Lang) -> dict[str, Any]:
    """The same as data, with the sentence of each rule."""
    words = Sentence(corpus, lang)
    return {
        "requirements": [
            {
                "id": r.id, "provision": r.provision, "title": r.title[lang], "sentence": words.requirement(r),
                "from": r.in_force.from_.isoformat() if r.in_force.from_ else None,
                "to": r.in_force.to.isoformat() if r.in_force.to else None,
                "layer": corpus.places[r.id].layer, "family": r.family, "confidence": r.confidence,
                "eli": r.source.instrument if r.source else None,
            }
            for r in corpus.requirements.values()
        ],
        "changes": [
            {"id": c.id, "kind": c.kind, "verb": c.verb, "provision": _provision(c), "title": c.title[lang],
             "reaches": list(corpus.targets(c)), "layer": corpus.places[c.id].layer}
            for c in corpus.changes.values()
        ],
        "not_encoded": [
            {"provision": x.provision, "about": x.entry.about[lang], "reason": x.entry.reason[lang], "by_hand": x.entry.by_hand[lang]}
            for x in corpus.not_encoded
        ],
    }  # fmt: skip


def _provision(change: Change) -> str:
    return change.provision or change.versions[-1].provision


def show(corpus: Corpus, name: str, lang: Lang) -> str:
    """One rule: its sentence, where it stands in the law and in the files, how sure the encoding is."""
    words, place = Sentence(corpus, lang), corpus.places[name]
    rule: Requirement | Change | Clock | Definition
    if name in corpus.requirements:
        rule = corpus.requirements[name]
        body = words.requirement(rule)
        provision = rule.provision
    elif name in corpus.changes:
        rule = corpus.changes[name]
        body, provision = words.change(rule), _provision(rule)
    else:
        rule = corpus.clocks.get(name) or corpus.definitions[name]
        body = words.clock(rule) if isinstance(rule, Clock) else words.definition(rule)
        provision = rule.provision
    lines = [f"{provision} · {rule.title[lang]} ({name})", "", body, ""]
    lines.append(f"{'I kraft' if lang == 'da' else 'In force'}: {words.validity(rule.in_force)}")
    if rule.source:
        instrument = corpus.instruments[rule.source.instrument]
        read = f"{'læst' if lang == 'da' else 'read'} {rule.source.read}"
        lines.append(f"{instrument.title} · https://www.retsinformation.dk/eli/{rule.source.instrument} · {read}")
    lines.append(say("report.confidence", lang, level=say(f"confidence.{rule.confidence}", lang)))
    if rule.note:
        lines.append(rule.note[lang])
    for reading in getattr(rule, "readings", ()):
        lines.append(f"{'Kan også læses sådan' if lang == 'da' else 'May also be read thus'}: {reading.title[lang]}")
    lines.append(f"{place.file}:{place.line}")
    return "\n".join(lines)


def coverage_data(corpus: Corpus, seen: Coverage) -> dict[str, Any]:
    """For every rule: the scenarios in which it fired, did not fire, was open."""
    return {
        name: {
            "fired": sorted(seen.fired.get(name, ())),
            "not_fired": sorted(seen.not_fired.get(name, ())),
            "open": sorted(seen.open.get(name, ())),
        }
        for name in (*corpus.requirements, *corpus.changes)
    }


def coverage_text(corpus: Corpus, seen: Coverage) -> str:
    """The same as a table of counts, with the rules that never fired first."""
    rows = []
    for name in (*corpus.requirements, *corpus.changes):
        counts = [len(group.get(name, ())) for group in (seen.fired, seen.not_fired, seen.open)]
        rows.append((counts[0] > 0, name, counts))
    rows.sort()
    lines = ["rule\tfired\tnot fired\topen"]
    lines += [f"{name}\t{counts[0]}\t{counts[1]}\t{counts[2]}" for _, name, counts in rows]
    never = sum(not fired for fired, *_ in rows)
    lines.append(f"{len(rows)} rules: {len(rows) - never} fired in some scenario, {never} in none")
    return "\n".join(lines)


def schema_of(kind: str, corpus: Corpus) -> dict[str, Any]:
    """The JSON Schema of a kind of file, with the terms of the corpus as the values to choose from."""
    complete()
    models: dict[str, type[Word]] = {"case": Case, "rules": RulesFile, "legislation": LegislationFile}
    schema = models[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_with_names(schema, corpus)}


def _with_names(value: Any, corpus: Corpus) -> Any:
    if isinstance(value, list):
        return [_with_names(item, corpus) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _with_names(item, corpus) for key, item in value.items() if key != NAMES}
    terms = corpus.terms.get(value.get(NAMES, ""), {})
    return _chosen_from(inner, terms) if terms else inner


def _chosen_from(schema: dict[str, Any], terms: Mapping[str, Term]) -> dict[str, Any]:
    """A schema of one name, or of several, with the names that there are and their titles."""
    if schema.get("type") == "string":
        return {**schema, "enum": list(terms), "enumDescriptions": [f"{t.da} / {t.en}" for t in terms.values()]}
    if "items" in schema:
        return {**schema, "items": _chosen_from(schema["items"], terms)}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_chosen_from(part, terms) for part in schema["anyOf"]]}
    return schema
