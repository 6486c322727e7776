"""A rule as one sentence in Danish or English, generated from its words: what a lawyer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from enplan.clauses import Clauses
from enplan.language import triggers as t
from enplan.language import windows as w
from enplan.language.acts import VERBS, MunicipalityOf
from enplan.language.patterns import Pattern
from enplan.language.rules import Change, Requirement
from enplan.language.words import Validity
from enplan.texts import amount

_ACTS: dict[str, tuple[str, str]] = {
    "judge": ("tage stilling til »{term}«", "decide the question “{term}”"),
    "decide": ("træffe {term}", "make the {term}"),
    "produce": ("lave {term}", "make the {term}"),
    "revise": ("revidere {term}", "revise the {term}"),
    "hold": ("holde {term}", "hold the {term}"),
    "offer": ("tilbyde {term}", "offer {term}"),
    "hear": ("gennemføre {term}", "carry out the {term}"),
    "obtain_consent": ("indhente {term}", "obtain {term}"),
    "inform": ("give {term}", "give {term}"),
    "forward": ("sende {term}", "send the {term}"),
    "register": ("registrere {term}", "register the {term}"),
    "start": ("sætte {term} i gang", "start {term}"),
    "end": ("lade {term} ophøre", "end {term}"),
    "keep": ("sikre, at {term}", "keep it so that {term}"),
}
_MODALS = {"must": ("skal", "must"), "must_not": ("må ikke", "must not"), "may": ("kan", "may")}
_TURNS = {
    "begun": ("begynder", "begins"), "granted": ("bevilges", "is granted"), "running": ("begynder", "begins"),
    "ended": ("ophører", "ends"), "planned-end": ("efter planen ophører", "is planned to end"),
}  # fmt: skip


@dataclass(frozen=True)
class Sentence(Clauses):
    """Whole rules for one corpus in one language."""

    def requirement(self, rule: Requirement) -> str:
        """The whole sentence, ending with how it is met and the days it is in force."""
        parts = [self.trigger(rule.when)]
        if rule.for_each:
            parts.append(
                self._("for hver: ", "for each: ") + "; ".join(self.binding(r, b) for r, b in rule.for_each.items())
            )
        if rule.under:
            change = self.corpus.changes.get(rule.under)
            title = change.title[self.lang] if change else rule.under
            parts.append(self._(f"mens fritagelsen »{title}« virker", f"while the exemption “{title}” is in effect"))
        if rule.if_:
            parts.append(self._("hvis ", "if ") + self.all(rule.if_))
        if rule.unless:
            parts.append(self._("medmindre ", "unless ") + self.any(rule.unless))
        modal = self._(*_MODALS[rule.modality])
        actor = self.actor(rule)
        act = self.act(rule)
        parts.append(self._(f"{modal} {actor} {act}", f"{actor} {modal} {act}"))
        parts += [part for part in (self.window(rule.window, rule.times, rule.modality), self.every(rule)) if part]
        if rule.while_:
            parts.append(self._("så længe ", "while ") + self.all(rule.while_))
        text = ", ".join(part for part in parts if part) + "."
        if rule.met_by is not None:
            text += self._(" Opfyldt ved: ", " Met by: ") + self.met(rule.met_by) + "."
        for need in rule.consents:
            text += " " + self.consent(need)
        if others := [
            name for name in rule.participants if name not in (*(rule.act.about or ()), *(rule.act.with_ or ()))
        ]:
            named = ", ".join(self.party(name) for name in others)
            text += self._(f" Deltagere: {named}.", f" Taking part: {named}.")
        if rule.quota:
            share = f"{rule.quota.at_least} %"
            text += self._(f" For mindst {share} af {rule.quota.group.da}, {rule.quota.period.da}.",
                           f" For at least {share} of {rule.quota.group.en}, {rule.quota.period.en}.")  # fmt: skip
        text = text.replace("the the ", "the ")  # a title may bring its own article
        return text[0].upper() + text[1:]

    def validity(self, rule: Validity) -> str:
        """Days in force."""
        start, end = rule.from_, rule.to
        if start and end:
            return self._(f"fra {start} til og med {end}", f"from {start} to {end}, both included")
        if start:
            return self._(f"fra {start}", f"from {start}")
        return self._(f"til og med {end}", f"to {end}, included") if end else self._("i hele perioden", "throughout")

    def actor(self, rule: Requirement) -> str:
        """Who acts."""
        if isinstance(rule.actor, MunicipalityOf):
            when = self._(" før flytningen", " before the move") if rule.actor.when == "before" else ""
            return self._(f"{self.whose(rule.actor.municipality_of)} kommune{when}",
                          f"the municipality of {self.role(rule.actor.municipality_of)}{when}")  # fmt: skip
        if rule.actor:
            return self.term("actor", rule.actor)
        files = self.corpus.acts.get(rule.provision.split(" §")[0], ())
        fitting = [f for f in files if f.in_force.overlaps(rule.in_force)] or list(files)
        return self.term("actor", fitting[0].actor) if fitting else self.term("actor", "kommunen")

    def act(self, rule: Requirement) -> str:
        """What is done."""
        act = rule.act
        kind = VERBS[act.verb]
        if kind == "offer":
            kind = next(
                (k for k in ("event", "document", "measure") if act.term in self.corpus.terms.get(k, {})), "event"
            )
        text = self._(*_ACTS[act.verb]).format(term=self.term(kind, act.term))
        if act.about:
            text += self._(" vedrørende ", " concerning ") + self.roles(act.about)
        if act.with_:
            text += self._(" med ", " with ") + self.roles(act.with_)
        if act.to:
            text += self._(" til ", " to ") + self.party(act.to)
        if act.form:
            text += f" ({self.term('form', act.form)})"
        if act.parts:
            text += self._(" med ", " with ") + self.join([self.term("part", p) for p in act.parts], "og", "and")
        return text

    def window(self, window: w.Window, times: int, modality: str = "must") -> str:
        """Within what time, and how often."""
        parts = []
        if times > 1:
            parts.append(self._(f"{times} gange", f"{times} times"))
        if window.opens not in ("trigger", "ever"):
            parts.append(self._("tidligst fra ", "not before ") + self.anchor(window.opens))
        if window.not_before is not None:
            parts.append(self._("før ", "before ") + self.anchor(window.not_before) if modality == "must_not"
                         else self._("ikke før ", "not before ") + self.anchor(window.not_before))  # fmt: skip
        if window.closes is not None:
            if isinstance(window.closes, w.NoNumber):
                parts.append(self.anchor(window.closes))
            elif window.closes == "trigger":
                parts.append(self._("senest samtidig", "no later than then"))
            else:
                parts.append(self._("senest ", "no later than ") + self.anchor(window.closes))
        if window.lasts_at_most:
            parts.append(self._("efter højst ", "after at most ") + self.length(window.lasts_at_most))
        if window.max_gap:
            parts.append(self._(f"så der højst går {self.length(window.max_gap)} imellem",
                                f"so that at most {self.length(window.max_gap)} lie between"))  # fmt: skip
        if window.tolerance:
            parts.append(self._(f"én gang kan udskydes {self.length(window.tolerance)}",
                                f"one may slide by {self.length(window.tolerance)}"))  # fmt: skip
        return ", ".join(parts)

    def every(self, rule: Requirement) -> str:
        """The recurrence."""
        every = rule.every
        if every is None:
            return ""
        if every.set_in_case:
            text = self._("derefter med den rytme, der er fastsat i sagen", "then in the rhythm set in the case")
            if every.at_most:
                text += self._(f" (højst {self.length(every.at_most)})", f" (at most {self.length(every.at_most)})")
            return text
        assert every.amount is not None
        assert every.unit is not None
        length = amount(every.amount, every.unit, self.lang)
        if rule.times > 1 or every.from_ == "grid":
            return self._(f"og igen for hver {length}", f"and again for every {length}")
        return self._(f"og derefter senest {length} efter den seneste", f"and then within {length} of the last")

    def consent(self, need: Any) -> str:
        """Whose consent is needed."""
        who = self.role(need.by)
        if need.from_age is not None:
            who += self._(f" fra {need.from_age} år", f" from the age of {need.from_age}")
        if need.below_age is not None:
            who += self._(f" under {need.below_age} år", f" below {need.below_age}")
        what = self.term("consent", need.consent)
        strength = {"required": ("kræves", "is required"), "as-far-as-possible": ("skal så vidt muligt foreligge",
                    "should be had as far as possible"), "heard": ("skal høres om", "is to be heard on")}[need.strength]  # fmt: skip
        return self._(f"{what.capitalize()} fra {who} {strength[0]}.", f"{what.capitalize()} from {who} {strength[1]}.")

    # --- triggers

    def trigger(self, trigger: Any) -> str:
        """When."""
        return self._triggers[type(trigger)](self, trigger)

    def _pattern_trigger(self, p: Pattern) -> str:
        titles = self.titles(p)
        about = self._about(p)
        if p.kind == "event":
            text = self._(f"ved {titles}{about}", f"on {titles}{about}")
        elif p.kind == "measure":
            turn = self._(*_TURNS[p.state or "begun"])
            text = self._(f"når {titles}{about} {turn}", f"when {titles}{about} {turn}")
        elif p.kind == "judged":
            text = self._(
                f"når »{titles}« er besvaret {self.answers(p)}{about}",
                f"when “{titles}” is answered {self.answers(p)}{about}",
            )
        elif p.kind == "consent":
            given = ("afslået", "refused") if p.answer == (False,) else ("givet", "given")
            text = self._(f"når der er {given[0]} {titles}", f"when {titles} is {given[1]}") + self._by(p)
            return text + self._filters(p)
        else:
            done = ("revideret", "revised") if p.kind == "revision" else ("lavet", "made")
            text = self._(f"når {titles}{about} er {done[0]}", f"when the {titles}{about} is {done[1]}")
        return text + self._by(p) + self._filters(p)

    def _status_trigger(self, x: t.StatusTurns) -> str:
        what = f"{self.whose(x.of)} {self.term('status', x.status)}"
        values = self.values(x.status, x.is_)
        source = (
            self._(f" fra {self.values(x.status, x.from_value)}", f" from {self.values(x.status, x.from_value)}")
            if x.from_value
            else ""
        )
        if x.turn == "ends":
            return self._(f"når {what} ophører" + (f" at være {values}" if values else ""),
                          f"when {what} ceases" + (f" to be {values}" if values else ""))  # fmt: skip
        return self._(
            f"når {what} bliver {values or 'fastsat'}{source}", f"when {what} becomes {values or 'set'}{source}"
        )

    def _age_trigger(self, x: t.AgeReached) -> str:
        return self._(f"når {self.role(x.age)} fylder {x.reaches} år", f"when {self.role(x.age)} turns {x.reaches}")

    def _clock_trigger(self, x: t.ClockReaches) -> str:
        clock = self.corpus.clocks.get(x.clock)
        title = clock.title[self.lang] if clock else x.clock
        if x.reaches.amount == 0:
            return self._(
                f"når »{title}« for {self.role(x.of)} begynder", f"when “{title}” for {self.role(x.of)} begins"
            )
        word = ("overstiger", "exceeds") if x.exceeds else ("når", "reaches")
        again = self._(" (og igen hver gang)", " (and again each time)") if x.again else ""
        return self._(f"når »{title}« for {self.role(x.of)} {word[0]} {self.length(x.reaches)}{again}",
                      f"when “{title}” for {self.role(x.of)} {word[1]} {self.length(x.reaches)}{again}")  # fmt: skip

    def _outcome_trigger(self, x: t.Outcome) -> str:
        rule = self.corpus.requirements.get(x.of)
        name = f"{rule.provision} ({rule.title[self.lang]})" if rule else x.of
        words = {"missed": ("fristen ikke er holdt", "the limit was not kept"), "met": ("kravet er opfyldt", "it is met"),
                 "waived": ("der er fritaget", "it is waived")}[x.word]  # fmt: skip
        return self._(f"når {words[0]} efter {name}", f"when {words[1]} under {name}")

    def _absence_trigger(self, x: t.Absence) -> str:
        what = self.join([self.titles(p) for p in x.none_of], "eller", "or")
        start = self.trigger(x.from_)
        return self._(f"når der i {self.length(x.for_)} regnet fra dagen »{start}« ikke er sket {what}",
                      f"when for {self.length(x.for_)} counted from the day “{start}” there was no {what}")  # fmt: skip

    def _organisation_trigger(self, _x: t.Organisation) -> str:
        return self._("for kommunen som helhed", "for the municipality as a whole")

    def _first_trigger(self, x: t.FirstOf) -> str:
        return self.join([self.trigger(part) for part in x.any_of], "eller", "or")

    _triggers: ClassVar[Mapping[type, Callable[[Sentence, Any], str]]] = {
        Pattern: _pattern_trigger, t.StatusTurns: _status_trigger, t.AgeReached: _age_trigger,
        t.ClockReaches: _clock_trigger, t.Outcome: _outcome_trigger, t.Absence: _absence_trigger,
        t.Organisation: _organisation_trigger, t.FirstOf: _first_trigger,
    }  # fmt: skip

    # --- changes

    def _named(self, requirements: Iterable[str]) -> str:
        rules = [self.corpus.requirements[name] for name in requirements]
        return "; ".join(f"{rule.provision} ({rule.title[self.lang]})" for rule in rules)

    def _transition(self, change: Change) -> str:
        """What is open under which rules goes on under which."""
        day = change.in_force.from_
        start = self._(f"Fra {day} fortsætter det, der er åbent efter", f"From {day}, what is open under")
        middle, end = (
            self._("videre efter", "goes on under"),
            self._("det, der er gjort før, tæller med", "what was done before counts"),
        )
        pairs = "; ".join(f"{self._named(c.from_)}, {middle} {self._named(c.to)}" for c in change.carries)
        return f"{change.title[self.lang]}. {start} {pairs}; {end}."

    def change(self, change: Change) -> str:
        """A change: what it does to which rules, where it stands, and its gates in order."""
        if change.carries:
            return self._transition(change)
        text = f"{change.title[self.lang]}: {self._(*_VERBS[change.verb])} {self._named(self.corpus.targets(change))}."
        texts = [f"{v.provision} ({self.validity(v.in_force)})" for v in change.versions]
        if texts:
            text += self._(" Hjemmel: ", " Basis: ") + "; ".join(texts) + "."
        gates = change.gates
        parts = []
        if gates.network:
            parts.append(
                self._("kommunen er med i netværket ", "the municipality is in the network ")
                + f"»{self.term('network', gates.network)}«"
            )
        if gates.started_by:
            parts.append(
                self._(f"forsøget er startet senest {gates.started_by}", f"the trial started by {gates.started_by}")
            )
        if gates.adoption:
            parts.append(self._("forsøget står i kommunens vedtægt", "the trial stands in the municipality's vedtægt"))
        if gates.not_in:
            parts.append(
                self._("kommunen er ikke ", "the municipality is not ")
                + self.join([self.corpus.codes.get(str(x), str(x)) for x in gates.not_in], "eller", "or")
            )
        parts += [self.condition(x) for x in (*gates.group, *gates.conditions, *change.while_)]
        if gates.portfolio:
            parts.append(gates.portfolio[self.lang])
        if parts:
            text += self._(" Kræver: ", " Requires: ") + "; ".join(parts) + "."
        if change.instead:
            titles = [
                self.corpus.requirements[n].title[self.lang] for n in change.instead if n in self.corpus.requirements
            ]
            text += self._(" I stedet gælder: ", " Instead: ") + "; ".join(titles) + "."
        return text


_VERBS = {
    "waive": ("fritager fra", "waives"), "replace": ("erstatter", "replaces"), "re-time": ("ændrer fristen i", "re-times"),
    "re-scope": ("indskrænker", "narrows"), "transfer": ("overfører", "transfers"), "suspend": ("flytter fristen i", "suspends"),
    "add": ("tilføjer til", "adds to"), "repeal": ("ophæver", "repeals"),
}  # fmt: skip
