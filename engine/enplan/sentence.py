"""A rule as one sentence in Danish or English, generated from its words: what a lawyer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from enplan.clauses import PER, Clauses
from enplan.language import triggers as t
from enplan.language import windows as w
from enplan.language.acts import VERBS, MunicipalityOf
from enplan.language.patterns import Pattern
from enplan.language.rules import Change, Clock, Definition, Requirement, StatusChange, StatusValue, Suspension
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
_MODALS = {"must": ("skal", "must"), "must_not": ("må", "must not"), "may": ("kan", "may")}
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
        modal, refusal = _MODALS[rule.modality], "ikke " if rule.modality == "must_not" else ""
        actor = self.actor(rule)
        act = self.act(rule)
        parts.append(self._(f"{modal[0]} {actor} {refusal}{act}", f"{actor} {modal[1]} {act}"))
        parts += [part for part in (self.window(rule.window, rule.times, rule.modality), self.every(rule)) if part]
        if rule.while_:
            parts.append(self._("så længe ", "while ") + self.all(rule.while_))
        text = _joined(parts) + "."
        if isinstance(rule.window.closes, w.Cases):
            text += self._(" Frist: ", " Limit: ") + self.anchor(rule.window.closes) + "."
        if rule.met_by is not None and not self._says_it(rule):
            met = ("Overtrådt ved", "Broken by") if rule.modality == "must_not" else ("Opfyldt ved", "Met by")
            text += f" {self._(*met)}: {self.met(rule.met_by)}."
        if rule.window.opens == "ever":
            text += self._(" Det, der er gjort før, tæller med.", " What was done before counts.")
        elif rule.window.opens != "trigger":
            day = self.anchor(rule.window.opens)
            text += self._(f" Det tæller med, der er gjort fra: {day}.", f" What is done from this day counts: {day}.")
        if rule.distinct_from:
            text += self._(" Kommer ud over: ", " Comes on top of: ") + self._named(rule.distinct_from) + "."
        if rule.per != "event":
            text += " " + self._(*PER[rule.per])
        for need in rule.consents:
            if not (rule.act.verb == "obtain_consent" and need.consent == rule.act.term):  # the act has said it
                text += " " + self.consent(need)
        if others := [name for name in rule.participants if name not in (rule.act.with_ or ())]:
            named = self.join([self.party(name) for name in others], "og", "and")
            text += self._(f" Deltagere: {named}.", f" Taking part: {named}.")
        if rule.quota:
            share = self._(f"{rule.quota.at_least} pct.", f"{rule.quota.at_least} per cent")
            text += self._(f" Kravet gælder for mindst {share} af {rule.quota.group.da}, {rule.quota.period.da}.",
                           f" The duty holds for at least {share} of {rule.quota.group.en}, {rule.quota.period.en}.")  # fmt: skip
        return _capital(text.replace("the the ", "the "))  # a title may bring its own article

    def validity(self, rule: Validity) -> str:
        """Days in force."""
        start, end = rule.from_, rule.to
        if start and end:
            return self._(f"fra {start} til og med {end}", f"from {start} to {end}, both included")
        if start:
            return self._(f"fra {start}", f"from {start}")
        return self._(f"til og med {end}", f"to {end}, included") if end else self._("i hele perioden", "throughout")

    def someone(self, actor: MunicipalityOf | str | None) -> str:
        """An actor that a rule or a change names."""
        if isinstance(actor, MunicipalityOf):
            former = ("hidtidige ", "former ") if actor.when == "before" else ("", "")
            return self._(f"{self.whose(actor.municipality_of)} {former[0]}kommune",
                          f"{self.whose(actor.municipality_of)} {former[1]}municipality")  # fmt: skip
        return self.term("actor", actor or "kommunen")

    def actor(self, rule: Requirement) -> str:
        """Who acts."""
        if rule.actor:
            return self.someone(rule.actor)
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
        term = self.corpus.terms.get(kind, {}).get(act.term)
        doing = term.doing[self.lang] if term and term.doing else ""
        if act.verb == "obtain_consent" and act.about:  # the consent of those named, not a consent about them
            owner = self.join([self.whose(name) for name in act.about], "og", "and")
            hoped = any(n.consent == act.term and n.strength == "as-far-as-possible" for n in rule.consents)
            text = self._("så vidt muligt ", "as far as possible ") if hoped else ""
            text += self._("indhente ", "obtain ") + f"{owner} {self.term(kind, act.term)}"
        else:
            text = doing or self._(*_ACTS[act.verb]).format(term=self.term(kind, act.term))
        present = {*(act.with_ or ()), act.to}
        about = [name for name in act.about or () if name not in present and act.verb != "obtain_consent"]
        if about:
            text += self._(" vedrørende ", " concerning ") + self.roles(about)
        if act.with_:
            text += self._(" med ", " with ") + self.roles(act.with_)
        if act.to:
            text += self._(" til ", " to ") + self.party(act.to)
        if act.form:
            text += f" ({self.term('form', act.form)})"
        if rule.modality == "must_not" and isinstance(rule.met_by, Pattern) and self._says_it(rule):
            text += self._filters(rule.met_by)
        if act.parts:
            text += self._(" med ", " with ") + self.join([self.term("part", p) for p in act.parts], "og", "and")
        return text

    def _says_it(self, rule: Requirement) -> bool:
        """Whether the main clause already says what meets, or breaks, the duty."""
        met, act = rule.met_by, rule.act
        if not isinstance(met, Pattern) or met.terms != (act.term,):
            return False
        if act.verb == "obtain_consent":
            return met.answer in (None, (True,)) and not self._filters(met)
        return rule.modality == "must_not" and set(met.about or ()) <= {*(act.about or ()), *(act.with_ or ())}

    def window(self, window: w.Window, times: int, modality: str = "must") -> str:
        """Within what time, and how often."""
        parts = []
        if times > 1:
            parts.append(self._(f"mindst {times} gange", f"at least {times} times"))
        if window.not_before is not None:
            parts.append(self._("før ", "before ") + self.anchor(window.not_before) if modality == "must_not"
                         else self._("ikke før ", "not before ") + self.anchor(window.not_before))  # fmt: skip
        if window.closes is not None:
            if isinstance(window.closes, w.NoNumber):
                parts.append(self.anchor(window.closes))
            elif window.closes == "trigger":
                parts.append(self._("senest samme dag", "by the same day"))
            elif isinstance(window.closes, w.Cases):
                parts.append(self._("inden fristen nedenfor", "within the limit below"))
            elif modality == "must_not":
                parts.append(self._("indtil ", "until ") + self.anchor(window.closes))
            else:
                end = isinstance(window.closes, w.EndOf)
                latest = ("senest ved ", "by ") if end else ("senest ", "no later than ")
                parts.append(self._(*latest) + self.anchor(window.closes))
        if window.lasts_at_most:
            parts.append(self._("efter højst ", "after at most ") + self.length(window.lasts_at_most))
        if window.max_gap:
            parts.append(self._(f"så der højst går {self.length(window.max_gap)} imellem",
                                f"so that at most {self.length(window.max_gap)} lie between"))  # fmt: skip
        if window.tolerance:
            parts.append(self._(f"dog højst {self.length(window.tolerance)} senere",
                                f"or up to {self.length(window.tolerance)} later"))  # fmt: skip
        return ", ".join(parts)

    def every(self, rule: Requirement) -> str:
        """The recurrence of a requirement."""
        return self.recurrence(rule.every, rule.times) if rule.every else ""

    def recurrence(self, every: w.Every, times: int) -> str:
        """How often again."""
        if every.set_in_case:
            text = self._("derefter med den rytme, der er fastsat i sagen", "then in the rhythm set in the case")
            if every.at_most:
                text += self._(f" (højst {self.length(every.at_most)})", f" (at most {self.length(every.at_most)})")
            return text
        assert every.amount is not None
        assert every.unit is not None
        length = amount(every.amount, every.unit, self.lang)
        if times > 1 or every.from_ == "grid":
            return self._(f"og igen i hver følgende periode på {length}", f"and again in every following {length}")
        return self._(f"og derefter senest {length} efter den seneste", f"and then within {length} of the last")

    def consent(self, need: Any) -> str:
        """Whose consent is needed."""
        who = self.role(need.by)
        if need.from_age is not None:
            who += self._(f" fra {need.from_age} år", f" from the age of {need.from_age}")
        if need.below_age is not None:
            who += self._(f" under {need.below_age} år", f" below {need.below_age}")
        what = self.term("consent", need.consent)
        if need.form:
            what += f" ({self.term('form', need.form)})"
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
                f"når {titles} er besvaret {self.answers(p)}{about}",
                f"when {titles} is answered {self.answers(p)}{about}",
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
        if (said := self.said(x.status, x.is_)) and not x.from_value:
            ends = self._("ikke længere ", "no longer ") if x.turn == "ends" else ""
            return self._(f"når {self.role(x.of)} {ends}{said}", f"when {self.role(x.of)} {ends}{said}")
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
        again = (
            self._(" (og igen for hver gang så meget til)", " (and again for each further such time)")
            if x.again
            else ""
        )
        return self._(f"når »{title}« for {self.role(x.of)} {word[0]} {self.length(x.reaches)}{again}",
                      f"when “{title}” for {self.role(x.of)} {word[1]} {self.length(x.reaches)}{again}")  # fmt: skip

    def _outcome_trigger(self, x: t.Outcome) -> str:
        rule = self.corpus.requirements.get(x.of)
        name = f"{rule.provision} ({rule.title[self.lang]})" if rule else x.of
        words = {"missed": ("fristen i {} ikke er overholdt", "the limit of {} was not kept"),
                 "met": ("kravet i {} er opfyldt", "the requirement of {} is met"),
                 "waived": ("kravet i {} er fraveget", "the requirement of {} is waived")}[x.word]  # fmt: skip
        return self._(f"når {words[0].format(name)}", f"when {words[1].format(name)}")

    def _absence_trigger(self, x: t.Absence) -> str:
        what = self.join([self.pattern(p) for p in x.none_of], "eller", "or")
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

    def _effect(self, change: Change) -> str:
        """What a change does to the rules that it reaches."""
        rules = self._named(self.corpus.targets(change))
        if change.suspends:
            return self._suspends(change.suspends, rules)
        text = f"{self._(*_VERBS[change.verb])} {rules}"
        if change.verb == "re-time":
            window = self.window(change.window, change.times or 1) if change.window else ""
            again = self.recurrence(change.every, change.times or 1) if change.every else ""
            times = self._(f"mindst {change.times} gange", f"at least {change.times} times") if change.times else ""
            new = ", ".join(part for part in (window or times, again) if part)
            text = self._(f"fristen bliver {new} i: {rules}", f"the limit becomes {new} in: {rules}")
        if change.verb == "transfer":
            text += self._(" til ", " to ") + self.someone(change.actor)
        if change.verb == "re-scope":
            text += self._("; gælder ikke, hvis ", "; does not hold if ") + self.any(change.unless)
        return text

    def _suspends(self, rule: Suspension, rules: str) -> str:
        """What a suspension does to limits, from what to what, and which it spares."""
        by = self.length(rule.by) if rule.by else ""
        what = {
            "stop": (f"stopper fristen i {rules}", f"stops the limit of {rules}"),
            "lift": (f"ophæver fristen i {rules}", f"lifts the limit of {rules}"),
            "extend": (f"forlænger fristen i {rules} med {by}", f"extends the limit of {rules} by {by}"),
            "extend-real": (f"forlænger fristen i {rules} med tiden imellem", f"extends the limit of {rules} by the time between"),
            "re-anchor": (f"lader fristen i {rules} udløbe {by + ' ' if by else ''}efter ophøret",
                          f"lets the limit of {rules} expire {by + ' ' if by else ''}after the end"),
        }[rule.effect]  # fmt: skip
        text = self._(*what) + self._("; fra: ", "; from: ") + self.pattern(rule.from_)
        if rule.until:
            text += self._("; til: ", "; until: ") + self.pattern(rule.until)
        if rule.spares_statutory:
            text += self._("; en frist, som loven selv sætter i tal, flyttes ikke",
                           "; a limit to which the act itself gives a number is not moved")  # fmt: skip
        return text

    def definition(self, x: Definition) -> str:
        """Who belongs to a group, and when."""
        text = self._(f"{self.role(x.role)} er {x.title.da}, når ", f"{self.role(x.role)} is {x.title.en} when ")
        return _capital(text + self.all(x.holds) + ".")

    def clock(self, x: Clock) -> str:
        """What a clock counts, from when, and what starts it anew or is left out."""
        counted = self.join([self._state(value) for value in x.counts], "eller", "or")
        mode = {
            "continuous": ("uden afbrydelse", "without a break"),
            "accumulated": ("lagt sammen over afbrydelser", "added up over breaks"),
            "sliding": ("i alt inden for de seneste ", "in all within the last "),
        }[x.mode]  # fmt: skip
        text = self._(f"Tiden tælles {mode[0]}", f"Time is counted {mode[1]}")
        if x.within:
            text += self.length(x.within)
        if x.whole_months:
            text += self._(" (hele kalendermåneder, og den løbende)", " (whole calendar months, and the running one)")
        text += self._(", mens ", " while ") + counted + "."
        if x.starts_with:
            text += self._(" Den begynder ved: ", " It begins at: ") + self.pattern(x.starts_with) + "."
        if x.same:
            title = self.term("status", x.same)
            text += self._(f" Den begynder forfra ved ny {title}.", f" It starts anew with a new {title}.")
        if x.restarts:
            text += self._(" Den begynder forfra ved: ", " It starts anew on: ") + self._shifts(x.restarts) + "."
        if x.not_restarted_by:
            text += self._(" Men ikke ved: ", " But not on: ") + self._shifts(x.not_restarted_by) + "."
        if x.leaves_out:
            out = self.join([self._state(value) for value in x.leaves_out], "eller", "or")
            text += self._(f" Tid tælles ikke, mens {out}.", f" Time does not count while {out}.")
        if x.leaves_out_first:
            length = self.length(x.leaves_out_first)
            text += self._(f" De første {length} tælles ikke.", f" The first {length} do not count.")
        if x.leaves_out_holidays:
            text += self._(" Helligdage på hverdage tælles ikke.", " Public holidays on weekdays do not count.")
        return text

    def _state(self, x: StatusValue) -> str:
        if said := self.said(x.status, x.is_):
            return self._(f"personen {said}", f"the person {said}")
        status, values = self.term("status", x.status), self.values(x.status, x.is_)
        return self._(f"personens {status} er {values}", f"the person's {status} is {values}")

    def _shifts(self, changes: Iterable[StatusChange]) -> str:
        """Changes of statuses, in words."""
        return "; ".join(
            " ".join(filter(None, (
                self.term("status", x.status),
                self._("fra ", "from ") + self.values(x.status, x.from_) if x.from_ else "",
                self._("til ", "to ") + self.values(x.status, x.to) if x.to else "",
            )))
            for x in changes
        )  # fmt: skip

    def change(self, change: Change) -> str:
        """A change: what it does to which rules, where it stands, and its gates in order."""
        if change.carries:
            return self._transition(change)
        text = f"{change.title[self.lang]}: {self._effect(change)}."
        texts = [f"{v.provision} ({self.validity(v.in_force)})" for v in change.versions]
        if texts:
            text += self._(" Hjemmel: ", " Basis: ") + "; ".join(texts) + "."
        gates = change.gates
        parts = []
        if gates.network:
            parts.append(
                self._("kommunen er med i netværket ", "the municipality is in the network ")
                + self.quoted(self.term("network", gates.network))
            )
        if gates.approval:
            parts.append(self._("forsøget er godkendt af ministeren", "the trial is approved by the minister"))
        if gates.started_by:
            parts.append(
                self._(f"forsøget er startet senest {gates.started_by}", f"the trial started by {gates.started_by}")
            )
        if gates.adoption:
            parts.append(
                self._("forsøget står i kommunens vedtægt", "the trial stands in the municipality's by-laws (vedtægt)")
            )
        if gates.not_in:
            parts.append(
                self._("kommunen er ikke ", "the municipality is not ")
                + self.join([self.corpus.codes.get(str(x), str(x)) for x in gates.not_in], "eller", "or")
            )
        parts += [self.condition(x) for x in (*gates.group, *gates.conditions)]
        if gates.portfolio:
            parts.append(gates.portfolio[self.lang].rstrip("."))
        if parts:
            text += self._(" Kræver: ", " Requires: ") + "; ".join(parts) + "."
        if change.while_:
            text += self._(" Kun så længe ", " Only while ") + self.all(change.while_) + "."
        if change.instead:
            titles = [
                self.corpus.requirements[n].title[self.lang] for n in change.instead if n in self.corpus.requirements
            ]
            text += self._(" I stedet gælder: ", " Instead: ") + "; ".join(titles) + "."
        return text


_VERBS = {
    "waive": ("fritager fra", "waives"), "replace": ("erstatter", "replaces"), "re-time": ("ændrer fristen i", "changes the limit of"),
    "re-scope": ("indskrænker", "narrows"), "transfer": ("overfører", "transfers"),
    "add": ("tilføjer til", "adds to"), "repeal": ("ophæver", "repeals"),
}  # fmt: skip


def _joined(parts: Iterable[str]) -> str:
    """The parts of a sentence; what opens it without a verb of its own has no comma after it."""
    opening, *rest = [part for part in parts if part]
    fronted = opening.startswith(("ved ", "for kommunen som helhed"))
    main = bool(rest) and rest[0].startswith(("skal ", "må ", "kan "))
    return opening + (" " if fronted and main else ", ") + ", ".join(rest) if rest else opening


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
