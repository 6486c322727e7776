"""Why, why not, and what is missing: the trace of an assessment in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from enplan.anchors import Step
from enplan.corpus import Corpus
from enplan.formulas import Formula, Leaf, Node, of_change, of_requirement
from enplan.language.case import Case
from enplan.language.conditions import Member
from enplan.literals import Reading
from enplan.result import Obligation, Occurrence, Question, Verdict
from enplan.sentence import Sentence
from enplan.texts import Lang, amount, has, say
from enplan.truth import FALSE, TRUE, UNKNOWN

_MARKS = {TRUE: "+", FALSE: "-", UNKNOWN: "?"}


@dataclass(frozen=True)
class Missing:
    """A question that is open, and how many rows hang on it."""

    text: str
    asks: str
    settles: int
    provisions: tuple[str, ...]


def names(case: Case, obligation: Obligation) -> dict[str, str]:
    """The persons in an obligation's roles, by name."""
    known = {person.id: person.name or person.id for person in case.persons}
    return {role: known.get(person, person) for role, person in obligation.occasion.roles}


class Explainer:
    """Words for the obligations of one case in one language."""

    def __init__(self, corpus: Corpus, case: Case, lang: Lang):
        self.corpus, self.case, self.lang = corpus, case, lang

    def _sentence(self, obligation: Obligation) -> Sentence:
        return Sentence(self.corpus, self.lang, names(self.case, obligation))

    def literal(self, label: str, literal: object, sentence: Sentence, change: str = "") -> str:
        """A literal as a clause; a gate or the trigger by its label."""
        if literal is not None:
            return sentence.condition(literal)
        text = say(f"label.{label}", self.lang) if has(f"label.{label}") else say(f"gate.{label}", self.lang)
        title = self.corpus.changes[change].title[self.lang] if change in self.corpus.changes else ""
        return f"{title}: {text}" if title else text

    def why(self, obligation: Obligation) -> tuple[str, ...]:
        """The reasons for a row: trigger, each condition with the fact that decided it, window, changes."""
        return tuple(self._why(obligation))

    def _why(self, o: Obligation) -> Iterator[str]:
        lang, sentence = self.lang, self._sentence(o)
        kind = self.trigger_title(o.occasion.trigger.kind)
        yield say("why.trigger", lang, kind=kind, day=o.occasion.trigger.day)
        for also in o.occasion.also:
            yield say("why.also", lang, kind=self.trigger_title(also.kind), day=also.day)
        yield from self._rows(of_requirement(o.requirement), o.row, sentence, o.requirement.under or "")
        for occurrence in o.occurrences:
            yield from self._occurrence(occurrence)
        if o.lapsed_on and o.binding in ("lapsed", "does-not-bind"):
            yield say("why.lapsed", lang, day=o.lapsed_on)
        for number, other in o.alternatives:
            reading = o.requirement.readings[int(number)]
            first = o.occurrences[0] if o.occurrences else None
            if first is None or first.due != other.due:
                yield say("why.reading", lang, title=reading.title[lang], day=other.due or "-")
        in_effect = {verdict.change.id for verdict in o.changed_by}
        for verdict in o.verdicts:
            if verdict.truth is not TRUE or verdict.change.id in in_effect:
                yield self.verdict(verdict)
        if o.requirement.note:
            yield o.requirement.note[lang]

    def _rows(
        self, formula: Formula, row: Sequence[tuple[str, Reading]], sentence: Sentence, change: str
    ) -> Iterator[str]:
        signs = _signs(formula.root)
        for index, (label, reading) in enumerate(row):
            literal = formula.literals[index][1]
            if label in ("trigger", "roles") and reading.truth is TRUE:
                continue
            good = reading.truth if signs[index] else ~reading.truth
            facts = ", ".join(reading.facts)
            value = "; ".join(filter(None, (reading.value, facts)))
            yield say(
                "why.row", self.lang, mark=_MARKS[good], text=self.literal(label, literal, sentence, change),
                truth=say(f"truth.{reading.truth.value}", self.lang), value=f": {value}" if value else "",
            )  # fmt: skip

    def _occurrence(self, x: Occurrence) -> Iterator[str]:
        if x.gap:
            yield say("why.gap", self.lang, reason=self.gap(x))
        elif x.steps:
            yield say("why.window", self.lang, steps=" ".join(self.step(step) for step in x.steps))
        if x.met_on and x.fulfilment in ("met", "met-late"):
            yield say("why.met", self.lang, day=", ".join(map(str, x.met_on)), records=", ".join(x.met_by))

    def gap(self, x: Occurrence) -> str:
        """Why an occurrence has no date."""
        assert x.gap is not None
        wording = self.corpus.terms.get("wording", {}).get(x.gap.detail)
        reason = say(f"fulfilment.{x.gap.reason}", self.lang)
        return f"{getattr(wording, self.lang)} ({reason})" if wording else reason

    def step(self, step: Step) -> str:
        """One step of a computation."""
        detail = step.detail
        if step.what in ("after", "before", "max-gap", "lasts-at-most", "local-limit") and detail:
            number, unit, *more = detail.split()
            detail = amount(int(number), unit, self.lang)
            if more:
                detail += f" ({say('step.count-first-day', self.lang)})"
        return say(f"step.{step.what}", self.lang, detail=detail, gives=step.gives)

    def trigger_title(self, kind: str) -> str:
        """The title of what raised an occasion."""
        for group in ("event", "document", "measure", "question", "consent", "status"):
            if kind in self.corpus.terms.get(group, {}):
                return self.corpus.title(group, kind, self.lang)
        for rules in (self.corpus.requirements, self.corpus.clocks):
            if kind in rules:
                return str(rules[kind].title[self.lang])
        return kind

    def verdict(self, verdict: Verdict) -> str:
        """What a change does to a row, or the gate that keeps it from doing so."""
        provision = self.provision(verdict)
        if verdict.truth is TRUE:
            text = say("why.change", self.lang, verb=say(f"verb.{verdict.change.verb}", self.lang), provision=provision)
            if verdict.until:
                text += f" ({say('report.until', self.lang, day=verdict.until)})"
            return text + (f" [{say('report.assumption', self.lang)}]" if verdict.assumed else "")
        return say(
            "why.change.no", self.lang, provision=provision, gate=say(f"gate.{verdict.gate or 'conditions'}", self.lang),
            truth=say(f"truth.{verdict.truth.value}", self.lang),
        )  # fmt: skip

    def provision(self, verdict: Verdict) -> str:
        """The provision of a change as it stood on the day."""
        if verdict.version:
            return verdict.version.provision
        return verdict.change.provision or verdict.change.versions[0].provision

    def question(self, question: Question, obligation: Obligation) -> str:
        """An open question in words."""
        if question.label == "trigger":
            if watched := self.corpus.requirements.get(obligation.occasion.trigger.kind):
                title = watched.title[self.lang]
                return say("question.depends", self.lang, title=title, provision=watched.provision)
            trigger = self._sentence(obligation).trigger(obligation.requirement.when)
            return say("question.trigger", self.lang, trigger=trigger)
        return self.literal(
            question.label, question.literal, self._sentence(obligation), obligation.requirement.under or ""
        )

    def missing(self, obligations: Iterable[Obligation]) -> tuple[Missing, ...]:
        """The open questions of some rows, the one that most of them hang on first."""
        found: dict[tuple[str, str], list[str]] = {}
        for obligation in obligations:
            for question in obligation.questions:
                if question.label == "trigger" and obligation.occasion.trigger.kind in self.corpus.requirements:
                    continue  # settled with the questions of the requirement that it depends on
                text = self.question(question, obligation) + self._meaning(question.literal, obligation)
                key = (text, question.asks)
                found.setdefault(key, []).append(obligation.requirement.provision)
        items = [Missing(text, asks, len(rows), tuple(dict.fromkeys(rows))) for (text, asks), rows in found.items()]
        return tuple(sorted(items, key=lambda item: (-item.settles, item.text)))

    def _meaning(self, literal: object, obligation: Obligation) -> str:
        """What a membership comes to, so that whoever is asked knows what to find out."""
        if not isinstance(literal, Member):
            return ""
        definition = self.corpus.definitions[literal.member]
        person = names(self.case, obligation).get(literal.who, literal.who)
        sentence = Sentence(self.corpus, self.lang, {definition.role: person})
        return " " + say("question.means", self.lang, conditions=sentence.all(definition.holds))

    def gate_rows(self, verdict: Verdict, obligation: Obligation) -> tuple[str, ...]:
        """Each gate of a change with its answer."""
        return tuple(self._rows(of_change(verdict.change), verdict.row, self._sentence(obligation), ""))


def _signs(root: Node) -> dict[int, bool]:
    """For each literal, whether its being true speaks for the formula."""
    found: dict[int, bool] = {}

    def visit(part: Leaf | Node) -> None:
        if isinstance(part, Leaf):
            found[part.index] = part.positive
        else:
            for inner in part.parts:
                visit(inner)

    visit(root)
    return found
