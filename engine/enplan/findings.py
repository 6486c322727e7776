"""Findings: duplicates, mergeable meetings, missing consents, dangling duties, exemptions that have expired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from enplan.corpus import Corpus
from enplan.dates import Span
from enplan.language.acts import NeedsConsent
from enplan.result import UNMET, Finding, Obligation
from enplan.situation import Situation, within
from enplan.texts import both
from enplan.truth import Truth

REMOVING = ("waive", "replace", "repeal", "re-scope")


def find(obligations: Sequence[Obligation], situation: Situation, corpus: Corpus) -> tuple[Finding, ...]:
    """Every finding for the obligations of one assessment."""
    found = [
        *_duplicate_plans(obligations, situation, corpus),
        *_mergeable_meetings(obligations, situation),
        *_missing_consents(obligations, situation, corpus),
        *_dangling(obligations, corpus),
        *_expired_exemptions(obligations),
    ]
    return tuple(found)


def _live(obligation: Obligation) -> bool:
    removed = any(v.change.verb in REMOVING for v in obligation.changed_by)
    return obligation.binding == "binds" and not removed and not obligation.requirement.must_not


def _sources(obligations: Iterable[Obligation]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    items = list(obligations)
    keys = tuple(o.occasion.key for o in items)
    return keys, tuple(dict.fromkeys(o.requirement.provision for o in items))


def _duplicate_plans(obligations: Sequence[Obligation], situation: Situation, corpus: Corpus) -> Iterator[Finding]:
    """Several plans that bind at once in one family, which one plan might serve."""
    families: dict[frozenset[str], dict[str, Obligation]] = {}
    for obligation in obligations:
        act, person = obligation.requirement.act, next(iter(obligation.occasion.persons.values()))
        if obligation.requirement.family == "handleplan" and act.produce and _live(obligation):
            families.setdefault(situation.families[person], {}).setdefault(act.produce, obligation)
    for plans in families.values():
        if len(plans) > 1:
            yield _duplicates(plans, corpus)


def _duplicates(plans: Mapping[str, Obligation], corpus: Corpus) -> Finding:
    options = sorted(
        {
            v.change.provision or v.change.versions[0].provision
            for obligation in plans.values()
            for v in obligation.verdicts
            if v.change.kind == "option" and v.gate != "in-force"
        }
    )
    keys, provisions = _sources(plans.values())
    names = tuple(", ".join(corpus.title("document", plan, lang) for plan in plans) for lang in ("da", "en"))
    dissolved = "dissolved" if options else "undissolved"
    return Finding(
        "duplicate-plan",
        keys,
        provisions,
        both("finding.duplicate-plan", count=len(plans), plans=names),
        both(f"finding.duplicate-plan.{dissolved}", options=", ".join(options)),
    )


def _mergeable_meetings(obligations: Sequence[Obligation], situation: Situation) -> Iterator[Finding]:
    """Talks with one person whose open windows share a day."""
    by_person: dict[str, list[tuple[Obligation, Span | None, Span]]] = {}
    for obligation in obligations:
        current = obligation.current
        if obligation.requirement.family not in ("samtale", "opfoelgning", "kontaktforloeb") or not _live(obligation):
            continue
        if obligation.requirement.act.verb not in ("hold", "hear") or current is None or current.due is None:
            continue
        if current.fulfilment not in UNMET or current.due.last < situation.today:
            continue
        for person in dict.fromkeys(obligation.occasion.persons.values()):
            by_person.setdefault(person, []).append((obligation, current.opens, current.due))
    for person, items in by_person.items():
        tight, _, due = min(items, key=lambda item: item[2].first)
        last = due.first
        together = [o for o, opens, _ in items if opens is None or opens.first <= last]
        if len(together) < 2 or last < situation.today:
            continue
        name = situation.persons[person].name or person
        keys, provisions = _sources(together)
        yield Finding(
            "mergeable-meetings",
            keys,
            provisions,
            both("finding.mergeable-meetings", count=len(together), person=name, day=last.isoformat()),
            both("finding.mergeable-meetings.dissolved", provision=tight.requirement.provision),
        )


def _missing_consents(obligations: Sequence[Obligation], situation: Situation, corpus: Corpus) -> Iterator[Finding]:
    """A consent that an act needs and that is refused, withdrawn or not recorded."""
    for obligation in obligations:
        if not _live(obligation):
            continue
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
            name = situation.persons[giver].name or giver
            title = tuple(corpus.title("consent", need.consent, lang).capitalize() for lang in ("da", "en"))
            keys, provisions = _sources([obligation])
            soft = "" if need.strength == "required" else ".soft"
            yield Finding(
                "consent-missing",
                keys,
                provisions,
                both(f"finding.consent-missing{soft}", consent=title, person=name),
                both("finding.consent-missing.dissolved", person=name),
            )


def _asked(need: NeedsConsent, giver: str, situation: Situation) -> bool:
    """Whether a person of this age is asked at all; an unknown age is asked."""
    age = situation.age_on(giver, situation.today)
    return age is None or within(*age, need.from_age, need.below_age) is not Truth.FALSE


def _withdrawn(record: object, situation: Situation) -> bool:
    withdrawn = getattr(getattr(record, "entry", None), "withdrawn", None)
    return withdrawn is not None and withdrawn.first <= situation.today


def _dangling(obligations: Sequence[Obligation], corpus: Corpus) -> Iterator[Finding]:
    """An exemption removes a document that another duty still presupposes."""
    for removed in obligations:
        document = removed.requirement.act.produce
        verdicts = [v for v in removed.changed_by if v.change.verb in REMOVING]
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
        for other in obligations:
            if not _live(other) or not persons & set(other.occasion.persons.values()):
                continue
            entries = corpus.provisions.get(other.requirement.provision, ())
            if any(document in entry.presupposes for entry in entries):
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
        if not _live(obligation):
            continue
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
