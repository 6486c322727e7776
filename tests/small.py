"""The small corpus of the tests: invented law, a few terms; tests add the rules that they are about."""

import json
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from enplan.assess import assess
from enplan.casefile import parse_case
from enplan.corpus import Corpus, load
from enplan.language.case import Case
from enplan.problems import InvalidCase, InvalidRules
from enplan.result import Assessment, Obligation
from enplan.yamlfile import parse

ROOT = Path(__file__).parent / "corpora" / "small"
RULES = "rules/children/tl.yaml"
LAW = "legislation/children/tl.yaml"
HEAD = "act: TL\nsource: {instrument: lta/2009/1, read: 2024-01-01}\n"

DUTY = """requirements:
  - id: tl-1
    provision: TL § 1
    title: {da: Pligt, en: Duty}
    when: {event: underretning, about: child}
    must: {produce: undersoegelse, about: child}
    window: {closes: {after: {amount: 4, unit: months}}}
"""
WAIVER = """changes:
  - id: fl-1
    kind: exemption
    verb: waive
    title: {da: Fritagelse, en: Exemption}
    provision: FL § 1
    reaches: {requirements: [tl-1]}
"""
CLOCK = """clocks:
  - id: ur
    provision: AL § 2
    title: {da: Ur, en: Clock}
    mode: continuous
    counts: [{status: ydelse, is: [kontanthjaelp]}]
"""


def copied(folder: Path) -> Path:
    """A copy of the small corpus that a test may change."""
    return Path(shutil.copytree(ROOT, folder / "corpus"))


@cache
def corpus(*rules: str) -> Corpus:
    """The small corpus with more rules: the text of a rule file without its head, or a whole file."""
    with tempfile.TemporaryDirectory() as name:
        root = copied(Path(name))
        for number, text in enumerate(rules):
            path = root / f"rules/children/tl{number or ''}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text if text.startswith("act:") else HEAD + text, encoding="utf-8")
        return load(root)


def changed(text: str, old: str, new: str) -> str:
    """A text with one part of it changed."""
    assert old in text
    return text.replace(old, new, 1)


def rule_errors(folder: Path, **files: str) -> list[str]:
    """What the loader says of the small corpus with some files written over, line by line."""
    root = copied(folder)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        load(root)
    except InvalidRules as error:
        return str(error).splitlines()
    return []


def errors_in_rules(folder: Path, text: str) -> list[str]:
    """What the loader says of one rule file, its head added."""
    return rule_errors(folder, **{RULES: HEAD + text})


def case(text: str, known: Corpus) -> Case:
    """A case from the text of its file, with a head added."""
    head = "case: proeve\ntitle: {da: Prøve, en: Test}\n"
    return parse_case(merged(head, text).encode(), "case.yaml", known)


def case_errors(text: str, known: Corpus | None = None) -> list[str]:
    """What the loader says of a case file, line by line; nothing when it is sound."""
    try:
        parse_case(text.encode(), "case.yaml", known or corpus())
    except InvalidCase as error:
        return str(error).splitlines()
    return []


def run(text: str, known: Corpus, on: str, **options: Any) -> Assessment:
    """Assess the case of a text on a day."""
    return assess(case(text, known), known, on=date.fromisoformat(on), **options)


def merged(*texts: str) -> str:
    """Several case texts as one: lists but for the sectors are joined, anything else is overwritten."""
    whole: dict[str, Any] = {}
    for text in filter(None, texts):
        for key, value in parse(text.encode(), "facts").value.items():
            joined = isinstance(value, list) and key != "sectors"
            whole[key] = [*whole.get(key, []), *value] if joined else value
    return json.dumps(whole, ensure_ascii=False)


def rows(assessment: Assessment, requirement: str) -> list[Obligation]:
    """The obligations of one requirement, those not raised included, by the day of their trigger."""
    everything = (*assessment.obligations, *assessment.not_raised)
    found = [o for o in everything if o.requirement.id == requirement]
    return sorted(found, key=lambda o: (o.occasion.trigger.day.first, o.occasion.key))


def row(assessment: Assessment, requirement: str) -> Obligation:
    """The one obligation of a requirement."""
    found = rows(assessment, requirement)
    assert len(found) == 1, [o.occasion.key for o in found]
    return found[0]


def dues(obligation: Obligation) -> list[str]:
    """The due day of every occurrence, in order; why there is none, where there is none."""
    return [str(o.due) if o.due else str(o.gap and o.gap.reason) for o in obligation.occurrences]


def fulfilments(obligation: Obligation) -> list[str]:
    """The fulfilment of every occurrence, in order."""
    return [o.fulfilment for o in obligation.occurrences]
