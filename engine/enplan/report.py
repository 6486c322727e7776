"""An assessment as a caseworker reads it, and as one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from enplan.corpus import Corpus
from enplan.explain import Explainer
from enplan.language.case import Case
from enplan.result import UNMET, Assessment, Finding, Obligation, Occurrence, Verdict
from enplan.sentence import Sentence
from enplan.situation import Situation
from enplan.texts import Lang, say
from enplan.truth import UNKNOWN

NOW = ("overdue", "late-at-birth", "not-recorded", "cannot-be-repaired", "broken")
_GROUPS = ("now", "soon", "later", "undated", "open", "changed", "options", "done", "carried", "lapsed", "groups")


def group_of(o: Obligation) -> str:
    """The heading under which a row stands."""
    if o.binding in ("group", "option"):
        return o.binding + "s"
    if o.display in ("fritaget", "erstattet"):
        return "changed"
    if o.binding == "lapsed":
        return "lapsed"
    if o.binding == "open":
        return "open"
    current = o.current
    if current is not None and current.fulfilment == "carried":
        return "carried"
    if current is None or current.fulfilment in ("met", "met-late", "kept", "waived", "not-applicable"):
        return "done"
    if current.fulfilment in NOW:
        return "now"
    if current.due is None:
        return "undated"
    return "soon" if current.fulfilment == "due-soon" else "later"


class Report:
    """Text and data of one assessment."""

    def __init__(self, assessment: Assessment, case: Case, corpus: Corpus, lang: Lang = "da"):
        self.result, self.case, self.corpus, self.lang = assessment, case, corpus, lang
        self.explain = Explainer(corpus, case, lang)

    def _(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    @cached_property
    def in_view(self) -> tuple[Obligation, ...]:
        """The rows less those that hang on an age reached before anything is recorded and on facts nobody gave."""
        records = Situation(self.case, self.corpus, self.result.date).records
        begins = records[0].day.first if records else self.result.date
        return tuple(
            o
            for o in self.result.obligations
            if not (o.binding == "open" and o.occasion.trigger.kind == "age" and o.occasion.trigger.day.last < begins)
        )

    @cached_property
    def _raised(self) -> frozenset[str]:
        return frozenset(o.requirement.id for o in self.result.obligations)

    # --- text

    def text(self, only: str | None = None) -> str:
        """The whole report; `only` keeps the rows with one display word."""
        return "\n".join(self._lines(only))

    def _lines(self, only: str | None) -> Iterator[str]:
        result = self.result
        regime = self.corpus.regimes[result.regime].title[self.lang]
        yield self._(
            "report.heading", title=self.case.title[self.lang], date=_day(result.date, self.lang), regime=regime
        )
        if result.assumptions:
            trials = ", ".join(self.corpus.title("trial", name, self.lang) for name in result.assumptions)
            yield self._("report.assumed", trials=trials)
            if not any(v.assumed for o in result.obligations for v in o.verdicts):
                yield self._("report.assumed-unused")
        yield self._("report.advice")
        rows = [o for o in self.in_view if only is None or o.display == only]
        counts = Counter(o.display for o in rows)
        parts = ", ".join(f"{count} {self._(f'display.{word}')}" for word, count in counts.most_common())
        yield self._("report.counts", rows=len(rows), parts=parts) if rows else self._("report.nothing")
        for group in _GROUPS:
            members = [o for o in rows if group_of(o) == group]
            if members:
                yield ""
                yield f"{self._(f'report.{group}')} ({len(members)})"
                if group == "groups":  # settled on the whole caseload: named, and no more
                    yield "  " + "; ".join(dict.fromkeys(o.requirement.provision for o in members))
                    continue
                for o in members:
                    yield from self.row(o, brief=group in ("done", "carried", "lapsed"))
        if only is None and len(self.in_view) < len(result.obligations):
            yield ""
            yield self._("report.before", count=len(result.obligations) - len(self.in_view))
        yield from self._after(only)

    def _after(self, only: str | None) -> Iterator[str]:
        if only is None and self.result.findings:
            yield ""
            yield f"{self._('report.findings')} ({len(self.result.findings)})"
            for finding in self.result.findings:
                index = 0 if self.lang == "da" else 1
                yield f"  ! {self._(f'kind.{finding.kind}')}: {finding.explanation[index]}"
                yield f"    {', '.join(finding.provisions)}. {finding.dissolved_by[index]}"
        missing = self.explain.missing(self.in_view)
        if only is None and missing:
            yield ""
            yield self._("report.missing")
            for item in missing[:10]:
                yield f"  ? {item.text} ({self._('report.settles', count=item.settles)}: {', '.join(item.provisions[:4])})"
        if only is None and self.result.not_encoded:
            yield ""
            yield self._("report.not-encoded")
            for provision in self.result.not_encoded:
                yield f"  · {provision}: {self._unencoded(provision)}"
        yield ""
        yield self._("report.law", law="; ".join(self.result.law_versions.values()))
        yield self._("report.engines", engines=", ".join(self.result.engines))

    def _unencoded(self, provision: str) -> str:
        entry = next(x.entry for x in self.corpus.not_encoded if x.provision == provision)
        return f"{entry.about[self.lang].rstrip('.')}. {entry.by_hand[self.lang]}"

    def row(self, o: Obligation, brief: bool = False) -> Iterator[str]:
        """The lines of one row."""
        current = o.current
        who = self._persons(o)
        yield f"  {self._when(o, current)}{o.requirement.title[self.lang]} ({who}) · {o.requirement.provision} · {o.requirement.id}"
        if brief:
            return
        for verdict in o.changed_by:
            yield f"      {self.explain.verdict(verdict)}{self._instead(verdict)}"
        for verdict in o.verdicts:
            if verdict.truth is UNKNOWN and verdict.change.kind == "exemption":
                gate = self._(f"gate.{verdict.gate or 'conditions'}")
                yield "      " + self._("report.might-change", provision=self.explain.provision(verdict), gate=gate)
        if current and current.proxy:
            yield "      " + self._(
                "report.proxy", detail=next((s.detail for s in current.steps if s.what == "proxy"), "")
            )
        for text in dict.fromkeys(self.explain.question(question, o) for question in o.questions):
            yield f"      ? {text}"
        if o.requirement.confidence != "high":
            yield "      " + self._("report.confidence", level=self._(f"confidence.{o.requirement.confidence}"))

    def _instead(self, verdict: Verdict) -> str:
        titles = dict.fromkeys(self.corpus.requirements[n].title[self.lang] for n in self._in_its_place(verdict))
        return "; " + self._("report.instead", titles=", ".join(titles)) if titles else ""

    def _in_its_place(self, verdict: Verdict) -> list[str]:
        """The duties that a change puts in the place of others and that were raised in this case."""
        return [name for name in verdict.change.instead if name in self._raised]

    def _persons(self, o: Obligation) -> str:
        known = {p.id: p.name or p.id for p in self.case.persons}
        shown = [known.get(person, self.corpus.codes.get(person, person)) for _, person in o.occasion.roles]
        return ", ".join(dict.fromkeys(shown))

    def _when(self, o: Obligation, x: Occurrence | None) -> str:
        if x is None:
            return f"{self._(f'display.{o.display}')}: "
        state = self._(f"fulfilment.{x.fulfilment}", done=len(x.met_on), needed=x.needed)
        if x.gap or x.due is None:
            wording = self.explain.gap(x) if x.gap else state
            return f"{wording}: "
        if x.fulfilment in ("met", "met-late"):
            return f"{state} {_span(x.met_on[-1], self.lang)}: "
        if x.needed > 1 and x.met_on and x.fulfilment != "partial":
            state += f" ({self._('fulfilment.partial', done=len(x.met_on), needed=x.needed)})"
        text = f"{_span(x.due, self.lang)} · {state}"
        if x.fulfilment in UNMET and x.due.certain:
            text += f", {self._distance(x.due.first)}"
            if x.act_by and x.act_by != x.due.first:
                text += " " + self._("report.working", day=_day(x.act_by, self.lang))
        if x.forecast:
            text += f" [{self._('report.forecast')}]"
        return text + ": "

    def _distance(self, due: date) -> str:
        days = (due - self.result.date).days
        if days == 0:
            return self._("report.today")
        if days < 0:
            return self._("report.day-over") if days == -1 else self._("report.days-over", days=-days)
        return self._("report.day-left") if days == 1 else self._("report.days-left", days=days)

    # --- data

    def data(self, only: str | None = None) -> dict[str, Any]:
        """One object for `--json`; docs/json.md describes it, and its schema is checked in the tests."""
        result = self.result
        return {
            "case": result.case,
            "regime": result.regime,
            "date": result.date.isoformat(),
            "assumptions": list(result.assumptions),
            "law_versions": dict(result.law_versions),
            "obligations": [self.obligation(o) for o in result.obligations if only is None or o.display == only],
            "findings": [self._finding(f) for f in result.findings],
            "missing": [
                {"question": m.text, "asks": m.asks, "settles": m.settles, "provisions": list(m.provisions)}
                for m in self.explain.missing(self.in_view)
            ],
            "not_shown": sorted({o.occasion.key for o in result.obligations} - {o.occasion.key for o in self.in_view}),
            "not_encoded": [{"provision": name, "by_hand": self._unencoded(name)} for name in result.not_encoded],
            "engines": list(result.engines),
        }

    def obligation(self, o: Obligation) -> dict[str, Any]:
        """One row."""
        source = o.requirement.source
        return {
            "id": o.occasion.key,
            "requirement": o.requirement.id,
            "title": o.requirement.title[self.lang],
            "provision": o.requirement.provision,
            "instrument": self.corpus.instruments[source.instrument].title if source else None,
            "eli": source.instrument if source else None,
            "roles": o.occasion.persons,
            "actor": self._actor(o.actor),
            "trigger": {"kind": o.occasion.trigger.kind, "date": str(o.occasion.trigger.day)},
            "display": o.display,
            "binding": {
                "state": o.binding,
                "questions": [{"asks": q.asks, "text": self.explain.question(q, o)} for q in o.questions],
            },
            "changed_by": [self._changed(v) for v in o.changed_by],
            "open_gates": [
                {"change": v.change.id, "provision": self.explain.provision(v), "gate": v.gate}
                for v in o.verdicts
                if v.truth is UNKNOWN and v.change.kind == "exemption"
            ],
            "occurrences": [self._occurrence(x) for x in o.occurrences],
            "documents": list(o.requirement.documents)
            or ([o.requirement.act.produce] if o.requirement.act.produce else []),
            "why": list(self.explain.why(o)),
            "findings": [f.kind for f in self.result.findings if o.occasion.key in f.obligations],
            "confidence": o.requirement.confidence,
        }

    def _actor(self, name: str) -> str:
        if name.startswith("municipality:"):
            code = name.partition(":")[2]
            return self.corpus.codes.get(code, code)
        return self.corpus.title("actor", name, self.lang) if name else ""

    def _changed(self, v: Verdict) -> dict[str, Any]:
        return {
            "change": v.change.id,
            "verb": v.change.verb,
            "provision": self.explain.provision(v),
            "until": v.until.isoformat() if v.until else None,
            "instead": self._in_its_place(v),
            "assumed": v.assumed,
        }

    def _occurrence(self, x: Occurrence) -> dict[str, Any]:
        return {
            "number": x.number,
            "opens": str(x.opens) if x.opens else None,
            "due": str(x.due) if x.due else None,
            "act_by": x.act_by.isoformat() if x.act_by else None,
            "fulfilment": x.fulfilment,
            "done": len(x.met_on),
            "needed": x.needed,
            "met_by": list(x.met_by),
            "met_on": [str(day) for day in x.met_on],
            "changed_by": list(x.changed_by),
            "proxy": x.proxy,
            "forecast": x.forecast,
            "provenance": [self.explain.step(step) for step in x.steps] or ([self.explain.gap(x)] if x.gap else []),
        }

    def _finding(self, f: Finding) -> dict[str, Any]:
        index = 0 if self.lang == "da" else 1
        return {
            "kind": f.kind,
            "provisions": list(f.provisions),
            "obligations": list(f.obligations),
            "explanation": f.explanation[index],
            "dissolved_by": f.dissolved_by[index],
        }


_MONTHS = {
    "da": [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def _day(day: date, lang: Lang) -> str:
    month = _MONTHS[lang][day.month - 1]
    return f"{day.day}. {month} {day.year}" if lang == "da" else f"{day.day} {month} {day.year}"


def _span(span: Any, lang: Lang) -> str:
    if span.at:
        return f"{_day(span.first, lang)} {span.at:%H:%M}"
    return _day(span.first, lang) if span.certain else f"{_day(span.first, lang)} – {_day(span.last, lang)}"


def why_text(result: Assessment, case: Case, corpus: Corpus, requirement: str, lang: Lang) -> str:
    """Why a requirement binds on a case, why it does not, or why it was never raised; every occasion of it."""
    rule = corpus.requirements[requirement]
    explain = Explainer(corpus, case, lang)
    words = Sentence(corpus, lang)
    lines = [f"{rule.provision} · {rule.title[lang]} ({requirement})", words.requirement(rule), ""]
    found = [o for o in (*result.obligations, *result.not_raised) if o.requirement.id == requirement]
    for o in found:
        lines.append(f"{say(f'binding.{o.binding}', lang)}: {o.occasion.key}")
        lines += [f"  {line}" for line in explain.why(o)]
        for verdict in o.verdicts:
            if verdict.row:
                lines.append(f"  {verdict.change.title[lang]} ({explain.provision(verdict)}):")
                lines += [f"    {line}" for line in explain.gate_rows(verdict, o)]
    if not found:
        if corpus.places[requirement].layer not in corpus.regimes[result.regime].layers:
            lines.append(say("why.other-regime", lang, provision=rule.provision, regime=result.regime))
        elif not rule.in_force.covers(result.date) and not (rule.in_force.to and rule.in_force.to < result.date):
            lines.append(
                say("why.not-in-force", lang, provision=rule.provision, validity=words.validity(rule.in_force))
            )
        else:
            lines.append(say("why.never", lang, provision=rule.provision, validity=words.validity(rule.in_force)))
    return "\n".join(lines)
