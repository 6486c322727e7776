"""Findings: duplicates, mergeable meetings, missing consents, dangling duties, exemptions that have expired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from enplan.corpus import Corpus
from enplan.dates import Span
from enplan.formulas import Formula, evaluate
from enplan.language.acts import NeedsConsent
from enplan.language.conditions import Consented
from enplan.regime import View
from enplan.result import UNMET, Finding, Obligation, Verdict
from enplan.situation import Situation, within
from enplan.texts import both
from enplan.truth import FALSE, TRUE


def find(obligations: Sequence[Obligation], situation: Situation, seen: View) -> tuple[Finding, ...]:
    """Every finding for the obligations of one assessment."""
    corpus = seen.corpus
    live = [obligation for obligation in obligations if _live(obligation)]
    found = [
        *_duplicate_plans(live, situation, corpus),
        *_mergeable_meetings(live, situation),
        *_missing_consents(live, situation, corpus),
        *_consents_to_options(live, situation, seen),
        *_dangling(obligations, live, corpus),
        *_expired_exemptions(live),
    ]
    return tuple(found)


def _live(obligation: Obligation) -> bool:
    """Whether it binds, and no change in effect takes it away."""
    if obligation.binding != "binds" or obligation.requirement.must_not:
        return False
    return not any(v.change.removes for v in obligation.changed_by)


def _sources(obligations: Iterable[Obligation]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    items = list(obligations)
    keys = tuple(o.occasion.key for o in items)
    return keys, tuple(dict.fromkeys(o.requirement.provision for o in items))


def _duplicate_plans(obligations: Sequence[Obligation], situation: Situation, corpus: Corpus) -> Iterator[Finding]:
    """Several plans for one person, or for a parent and their children, that bind at once."""
    plans = [
        o
        for o in obligations
        if o.requirement.family == "handleplan" and o.requirement.act.produce
        and o.requirement.in_force.covers(situation.today)
    ]  # fmt: skip
    subjects = dict.fromkeys(_subject(o) for o in plans)
    parents = dict.fromkeys(parent for person in subjects for parent in situation.related("foraelder", person))
    told: list[set[str]] = []
    for person in (*parents, *subjects):
        circle = {person, *(other for other in subjects if person in situation.related("foraelder", other))}
        kinds = {str(o.requirement.act.produce): o for o in reversed(plans) if _subject(o) in circle}
        keys = {o.occasion.key for o in kinds.values()}
        if len(kinds) > 1 and not any(keys <= others for others in told):
            told.append(keys)
            yield _duplicates(dict(sorted(kinds.items())), situation, corpus)


def _subject(obligation: Obligation) -> str:
    """The person whom an obligation is about."""
    persons, about = obligation.occasion.persons, obligation.requirement.act.about
    return next((persons[role] for role in about or () if role in persons), next(iter(persons.values())))


def _duplicates(plans: Mapping[str, Obligation], situation: Situation, corpus: Corpus) -> Finding:
    keys, provisions = _sources(plans.values())
    names = tuple(
        ", ".join(
            f"{corpus.title('document', plan, lang)} ({_name(_subject(o), situation)})" for plan, o in plans.items()
        )
        for lang in ("da", "en")
    )
    replaceable = [found for o in plans.values() if (found := _options(o))]
    options = ", ".join(dict.fromkeys(name for found in replaceable for name in found)) if len(replaceable) > 1 else ""
    dissolved = "dissolved" if options else "undissolved"
    return Finding(
        "duplicate-plan",
        keys,
        provisions,
        both("finding.duplicate-plan", count=len(plans), plans=names),
        both(f"finding.duplicate-plan.{dissolved}", options=options),
    )


def _options(obligation: Obligation) -> list[str]:
    """The provisions in force that let a common plan stand in for this one."""
    changes = [v.change for v in obligation.verdicts if v.change.kind == "option" and v.gate != "in-force"]
    return [change.provision or change.versions[0].provision for change in changes]


def _name(person: str, situation: Situation) -> str:
    return situation.persons[person].name or person if person in situation.persons else person


def _mergeable_meetings(obligations: Sequence[Obligation], situation: Situation) -> Iterator[Finding]:
    """Talks with one person whose open windows share a day."""
    by_person: dict[str, list[tuple[Obligation, Span | None, Span]]] = {}
    for obligation in obligations:
        if obligation.requirement.family not in ("samtale", "opfoelgning", "kontaktforloeb"):
            continue
        current = obligation.current
        if obligation.requirement.act.verb not in ("hold", "hear") or current is None or current.due is None:
            continue
        if current.fulfilment not in UNMET or current.due.last < situation.today:
            continue
        for person in dict.fromkeys(obligation.occasion.persons.values()):
            by_person.setdefault(person, []).append((obligation, current.opens, current.due))
    for person, items in by_person.items():
        items.sort(key=lambda item: item[2].first)
        tight, _, due = items[0]
        last, together = due.first, list[Obligation]()
        for obligation, opens, _ in items:
            if (opens is None or opens.first <= last) and not any(_on_top(obligation, other) for other in together):
                together.append(obligation)
        if len(together) < 2 or last < situation.today:
            continue
        name = _name(person, situation)
        keys, provisions = _sources(together)
        yield Finding(
            "mergeable-meetings",
            keys,
            provisions,
            both("finding.mergeable-meetings", count=len(together), person=name, day=last.isoformat()),
            both("finding.mergeable-meetings.dissolved", provision=tight.requirement.provision),
        )


def _on_top(one: Obligation, other: Obligation) -> bool:
    """Whether the law says that an event counted for the one cannot count for the other."""
    first, second = one.requirement, other.requirement
    return first.id in second.distinct_from or second.id in first.distinct_from


def _missing_consents(obligations: Sequence[Obligation], situation: Situation, corpus: Corpus) -> Iterator[Finding]:
    """A consent that an act needs and that is refused, withdrawn or not recorded."""
    for obligation in obligations:
        for need in obligation.requirement.consents:
            giver = obligation.occasion.persons.get(need.by)
            if giver is None or need.strength == "heard" or not _asked(need, giver, situation):
                continue
            concerned = obligation.occasion.persons.get(need.about or "")
            given = [
                r for r in situation.of_kind("consent", (need.consent,))
                if r.by == giver and r.detail("answer") and not _withdrawn(r, situation)
                and (concerned is None or not r.about or concerned in r.about)
            ]  # fmt: skip
            if given:
                continue
            name, title = _name(giver, situation), _consent_title(need.consent, corpus)
            keys, provisions = _sources([obligation])
            soft = "" if need.strength == "required" else ".soft"
            yield Finding(
                "consent-missing",
                keys,
                provisions,
                both(f"finding.consent-missing{soft}", consent=title, person=name),
                both("finding.consent-missing.dissolved", person=name),
            )


def _consent_title(consent: str, corpus: Corpus) -> tuple[str, ...]:
    return tuple(corpus.title("consent", consent, lang).capitalize() for lang in ("da", "en"))


def _consents_to_options(obligations: Sequence[Obligation], situation: Situation, seen: View) -> Iterator[Finding]:
    """A common plan that would stand in for others, were it not for a consent."""
    waiting: dict[tuple[str, str], list[Obligation]] = {}
    for obligation in obligations:
        for verdict in obligation.verdicts:
            if verdict.change.kind == "option" and verdict.truth is not TRUE and verdict.row:
                for consent, role in _decisive_consents(verdict, seen.formulas[verdict.change.id]):
                    giver = obligation.occasion.persons.get(role, "")
                    waiting.setdefault((consent, giver), []).append(obligation)
    for (consent, giver), rows in waiting.items():
        keys, provisions = _sources(rows)
        person, title = _name(giver, situation), _consent_title(consent, seen.corpus)
        yield Finding(
            "consent-missing",
            keys,
            provisions,
            both("finding.consent-missing", consent=title, person=person),
            both("finding.consent-missing.option", person=person, provisions=", ".join(provisions)),
        )


def _decisive_consents(verdict: Verdict, formula: Formula) -> list[tuple[str, str]]:
    """The consents, and who gives them, that alone keep an option from being used."""
    values = [reading.truth for _, reading in verdict.row]
    asked = {i: literal for i, (_, literal) in enumerate(formula.literals) if isinstance(literal, Consented)}
    given = [TRUE if i in asked else value for i, value in enumerate(values)]
    if evaluate(formula, given) is not TRUE:
        return []
    return [
        (literal.consent, literal.by)
        for i, literal in asked.items()
        if evaluate(formula, [*given[:i], values[i], *given[i + 1 :]]) is not TRUE
    ]


def _asked(need: NeedsConsent, giver: str, situation: Situation) -> bool:
    """Whether a person of this age is asked at all; an unknown age is asked."""
    age = situation.age_on(giver, situation.today)
    return age is None or within(*age, need.from_age, need.below_age) is not FALSE


def _withdrawn(record: object, situation: Situation) -> bool:
    withdrawn = getattr(getattr(record, "entry", None), "withdrawn", None)
    return withdrawn is not None and withdrawn.first <= situation.today


def _dangling(obligations: Sequence[Obligation], live: Sequence[Obligation], corpus: Corpus) -> Iterator[Finding]:
    """An exemption removes a document that another duty still presupposes."""
    presupposing = [(o, documents) for o in live if (documents := corpus.presupposed.get(o.requirement.provision))]
    for removed in obligations if presupposing else ():
        document = removed.requirement.act.produce
        verdicts = [v for v in removed.changed_by if v.change.removes] if document else []
        if document is None or not verdicts:
            continue
        kept = {
            corpus.requirements[name].act.produce
            for v in verdicts
            for name in v.change.instead
            if name in corpus.requirements
        }
        if document in kept:
            continue
        persons = set(removed.occasion.persons.values())
        for other, documents in presupposing:
            if document in documents and persons & set(other.occasion.persons.values()):
                title = tuple(corpus.title("document", document, lang) for lang in ("da", "en"))
                keys, provisions = _sources([removed, other])
                source = verdicts[0].version.provision if verdicts[0].version else verdicts[0].change.provision
                yield Finding(
                    "dangling-duty",
                    keys,
                    provisions,
                    both("finding.dangling-duty", provision=other.requirement.provision, document=title, source=source),
                    both("finding.dangling-duty.dissolved"),
                )


def _expired_exemptions(obligations: Sequence[Obligation]) -> Iterator[Finding]:
    """A document made under an exemption still stands in for a duty that has come back."""
    for obligation in obligations:
        current = obligation.current
        earlier = [o for o in obligation.occurrences if o.fulfilment == "waived"]
        if earlier and current is not None and current.fulfilment in UNMET and current is not earlier[-1]:
            names = sorted({name for o in earlier for name in o.changed_by})
            keys, provisions = _sources([obligation])
            yield Finding(
                "expired-exemption",
                keys,
                provisions,
                both("finding.expired-exemption", changes=", ".join(names), provision=provisions[0]),
                both("finding.expired-exemption.dissolved"),
            )
