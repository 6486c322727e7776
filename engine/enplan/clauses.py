"""Patterns, conditions and anchors in words, in Danish or English: the clauses that sentences and reasons are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from enplan.corpus import Corpus
from enplan.language import conditions as c
from enplan.language import windows as w
from enplan.language.acts import MetByAll, MetByAny, MetBySequence
from enplan.language.patterns import Binding, Pattern, Range
from enplan.language.words import Amount
from enplan.texts import Lang, amount

_STATES = {
    "begun": ("begyndt", "begun"), "granted": ("bevilget", "granted"), "running": ("i gang", "running"),
    "ended": ("ophørt", "ended"), "planned-end": ("ophører efter planen", "planned to end"),
}  # fmt: skip
PER = {
    "episode": ("Flere anledninger i samme forløb giver ét krav, regnet fra den første.",
                "Several triggers in one course raise one duty, counted from the first."),
    "person": ("Kravet gælder én gang for samme person.", "The duty arises once for a person."),
    "pair": ("Kravet gælder én gang for de samme personer.", "The duty arises once for the same persons."),
    "household": ("Kravet gælder én gang for husstanden.", "The duty arises once for the household."),
    "municipality": ("Kravet gælder én gang for kommunen.", "The duty arises once for the municipality."),
}  # fmt: skip


@dataclass(frozen=True)
class Clauses:
    """Words for one corpus in one language; `names` may put persons in the place of roles."""

    corpus: Corpus
    lang: Lang
    names: Mapping[str, str] | None = None

    def _(self, danish: str, english: str) -> str:
        return danish if self.lang == "da" else english

    def term(self, kind: str, name: str) -> str:
        """The title of a term."""
        return self.corpus.title(kind, name, self.lang)

    def role(self, name: str | None) -> str:
        """A role, or the person in it."""
        if name is None:
            return ""
        return (self.names or {}).get(name) or self.term("role", name)

    def whose(self, name: str) -> str:
        """A role in the genitive."""
        role = self.role(name)
        return self._(role + ("'" if role.endswith(("s", "x", "z")) else "s"), role + "'s")

    def roles(self, names: Iterable[str]) -> str:
        """Several roles."""
        return self.join([self.role(name) for name in names], "og", "and")

    def join(self, parts: list[str], danish: str, english: str) -> str:
        """A list in words."""
        word = self._(danish, english)
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else ""

    def party(self, name: str) -> str:
        """An actor or a role."""
        if name in self.corpus.terms.get("role", {}):
            return self.role(name)
        return self.term("actor", name)

    def length(self, value: Amount) -> str:
        """An amount."""
        return amount(value.amount, value.unit, self.lang)

    def binding(self, role: str, b: Binding) -> str:
        """Whom a binding binds."""
        link = self.term("relation", b.relation)
        text = f"{self.role(role)} ({link} {self.role(b.of)})"
        if b.inverse:
            text = self._(
                f"{self.role(role)}, som {self.role(b.of)} er {link}", f"{self.role(role)} ({self.role(b.of)}: {link})"
            )
        if b.same:
            text += self._(f" i samme {self.term('status', b.same)}", f" of the same {self.term('status', b.same)}")
        return text + self.ages(b.at_least, b.below)

    def ages(self, at_least: float | None, below: float | None) -> str:
        """Bounds of age."""
        if at_least is not None and below is not None:
            return self._(f" fra {at_least} til under {below} år", f" from {at_least} to below {below} years")
        if at_least is not None:
            return self._(f" på {at_least} år eller derover", f" of {at_least} or more")
        return self._(f" under {below} år", f" below {below}") if below is not None else ""

    # --- patterns

    def titles(self, p: Pattern) -> str:
        """The terms of a pattern; questions each in quotes."""
        kind = {"revision": "document", "judged": "question"}.get(p.kind, p.kind)
        names = [self.term(kind, name) for name in p.terms]
        if p.kind == "judged":
            names = [self.quoted(name) for name in names]
        return self.join(names, "eller", "or")

    def quoted(self, text: str) -> str:
        """Quotes as each language has them."""
        return self._(f"»{text}«", f"“{text}”")

    def answers(self, p: Pattern) -> str:
        """The answers of a judgement."""
        answers = p.answer or (True,)
        return self.join(
            [self._("ja", "yes") if a is True else self._("nej", "no") if a is False else str(a) for a in answers],
            "eller",
            "or",
        )

    def _about(self, p: Pattern) -> str:
        return self._(" vedrørende ", " concerning ") + self.roles(p.about) if p.about else ""

    def _by(self, p: Pattern) -> str:
        return self._(f" af {self.party(p.by)}", f" by {self.party(p.by)}") if p.by else ""

    def _filters(self, p: Pattern) -> str:
        found = []
        if p.basis:
            found.append(self._("efter ", "under ") + self.join(list(p.basis), "eller", "or"))
        if p.law:
            found.append(self._("efter ", "under ") + self.join(list(p.law), "eller", "or"))
        if p.other_law_than:
            found.append(
                self._("efter anden lov end ", "under other law than ")
                + self.join(list(p.other_law_than), "eller", "or")
            )
        if p.part:
            found.append(self._("med ", "with ") + self.term("part", p.part))
        if p.lasting:
            found.append(self._(f"i mindst {self.length(p.lasting)}", f"for at least {self.length(p.lasting)}"))
        for name, wanted in p.where.items():
            found.append(f"{self.term('detail', name)}: {self._wanted(name, wanted)}")
        if p.since == "trigger" and p.until == "trigger":
            found.append(self._("samme dag", "the same day"))
        else:
            for anchor, words, then in (
                (p.since, ("fra", "from"), ("fra samme dag", "from the same day")),
                (p.until, ("til og med", "until"), ("senest samme dag", "by the same day")),
                (p.before, ("før", "before"), ("forinden", "before that")),
            ):
                if anchor is not None:
                    found.append(self._(*then) if anchor == "trigger" else f"{self._(*words)} {self.anchor(anchor)}")
        return f" ({'; '.join(found)})" if found else ""

    def _wanted(self, name: str, wanted: Any) -> str:
        if isinstance(wanted, Range):
            return self._bounds(wanted.at_least, wanted.below)
        return self.join([self._value(name, value) for value in wanted], "eller", "or")

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return self._("ja", "yes") if value else self._("nej", "no")
        term = self.corpus.terms.get("detail", {}).get(name)
        if term and str(value) in term.values:
            return term.values[str(value)][self.lang]
        for kind in (name, "document", "measure", "event"):
            if str(value) in self.corpus.terms.get(kind, {}):
                return self.term(kind, str(value))
        return str(value)

    def pattern(self, p: Pattern) -> str:
        """A record as a noun phrase."""
        text = self.titles(p)
        if p.kind == "judged":
            text = self._(f"svaret {self.answers(p)} på {text}" if p.answer else f"vurdering af {text}",
                          f"the answer {self.answers(p)} to {text}" if p.answer else f"a judgement of {text}")  # fmt: skip
        elif p.kind == "revision":
            text = self._(f"revision af {text}", f"a revision of the {text}")
        elif p.kind == "consent":
            text = self._answer(p) + " " + self._consented_to(p)
        if p.kind == "measure" and p.state:
            text += f" ({self._(*_STATES[p.state])})"
        return text + self._about(p) + self._by(p) + self._filters(p)

    def _consented_to(self, p: Pattern) -> str:
        """What is consented to: the titles say that they are consents."""
        titles = [self.term("consent", name) for name in p.terms]
        return self.join([t.removeprefix("samtykke til ").removeprefix("consent to ") for t in titles], "eller", "or")

    def _answer(self, p: Pattern) -> str:
        """Whether a consent looked for was given, refused, or either."""
        if p.answer and True in p.answer and False in p.answer:
            return self._("ja eller nej til", "a yes or no to")
        return self._("et nej til", "a refusal of") if p.answer == (False,) else self._("et ja til", "a yes to")

    def there_is(self, p: Pattern, negated: bool = False) -> str:
        """That a record exists, or does not, as a clause."""
        if p.kind == "judged" and p.answer:
            rest = self._about(p) + self._by(p) + self._filters(p)
            return self._(f"{self.titles(p)} {'ikke ' if negated else ''}er besvaret {self.answers(p)}{rest}",
                          f"{self.titles(p)} has {'not ' if negated else ''}been answered {self.answers(p)}{rest}")  # fmt: skip
        if p.kind == "consent" and p.by:
            said = _CONSENTED["both" if len(p.answer or ()) > 1 else "no" if p.answer == (False,) else "yes"]
            rest = f" {self._consented_to(p)}{self._about(p)}{self._filters(p)}"
            return self._(f"{self.party(p.by)} {'ikke ' if negated else ''}har {said[0]}{rest}",
                          f"{self.party(p.by)} has {'not ' if negated else ''}{said[1]}{rest}")  # fmt: skip
        return self._(
            "der ikke foreligger " if negated else "der foreligger ", "there is no " if negated else "there is "
        ) + (self.pattern(p).removeprefix("the ").removeprefix("a ") if negated else self.pattern(p))

    def met(self, way: Any) -> str:
        """What meets a duty."""
        if isinstance(way, MetByAny):
            return self.join([self.met(part) for part in way.any], "eller", "or")
        if isinstance(way, MetByAll):
            return self.join([self.met(part) for part in way.all], "og", "and")
        if isinstance(way, MetBySequence):
            return self.join([self.met(part) for part in way.sequence], "og derefter", "and then")
        return self.pattern(way)

    # --- conditions

    def all(self, parts: Iterable[Any]) -> str:
        """Several conditions that must all hold."""
        return self.join([self.condition(part) for part in parts], "og", "and")

    def any(self, parts: Iterable[Any]) -> str:
        """Several conditions of which one is enough."""
        return self.join([self.condition(part) for part in parts], "eller", "or")

    def values(self, status: str, values: Any) -> str:
        """Values of a status."""
        term = self.corpus.terms.get("status", {}).get(status)
        names = [
            term.values[str(v)][self.lang] if term and str(v) in term.values else self._number(v) for v in values or ()
        ]
        return self.join(names, "eller", "or")

    def _number(self, value: Any) -> str:
        return (self._("ja", "yes") if value else self._("nej", "no")) if isinstance(value, bool) else str(value)

    def condition(self, condition: Any) -> str:
        """A condition as a clause."""
        return self._conditions[type(condition)](self, condition)

    def _all(self, x: c.All) -> str:
        return "(" + self.all(x.all) + ")"

    def _any(self, x: c.AnyOf) -> str:
        match x.any:
            case (c.NoneSuch(none=p), c.JudgedSo() as judged) if p.judged == (judged.judged,) and not p.answer:
                return self._(
                    f"{self._judged(judged)} (eller ikke er vurderet)", f"{self._judged(judged)} (or not judged)"
                )
        return "(" + self.any(x.any) + ")"

    def _not(self, x: c.Not) -> str:
        return self._("ikke (", "not (") + self.condition(x.not_) + ")"

    def _at(self, anchor: Any, default: str = "trigger") -> str:
        if anchor == default:
            return ""
        if anchor == "today":
            return self._(" i dag", " today")
        if anchor in ("trigger", "opens", "ever"):
            return self._(" ved ", " at ") + self.anchor(anchor)
        if isinstance(anchor, w.Before | w.After):
            return " " + self.anchor(anchor)
        return self._(" på dette tidspunkt: ", " at this time: ") + self.anchor(anchor)

    def _age(self, x: c.AgeIs) -> str:
        age = self.ages(x.at_least, x.below)
        return self._(f"{self.role(x.age)} er{age}", f"{self.role(x.age)} is{age}") + self._at(x.at)

    def _bounds(self, at_least: float | None, below: float | None) -> str:
        low = self._("mindst ", "at least ") + self.figure(at_least) if at_least is not None else ""
        high = self._("under ", "below ") + self.figure(below) if below is not None else ""
        return self._(" og ", " and ").join(filter(None, (low, high)))

    def figure(self, number: float) -> str:
        """A number with the decimal mark of the language."""
        return self._(f"{number:g}".replace(".", ","), f"{number:g}")

    def said(self, status: str, values: Any) -> str:
        """Values of a status as said of a person (`er på barsel`); empty where one of them is not said so."""
        term = self.corpus.terms.get("status", {}).get(status)
        words = [term.said[str(v)][self.lang] if term and str(v) in term.said else "" for v in values or ()]
        return self.join(words, "eller", "or") if words and all(words) else ""

    def _status(self, x: c.StatusIs) -> str:
        if (said := self.said(x.status, x.is_)) and not x.lasted:
            return f"{self.role(x.of)} {said}" + self._at(x.at)
        what = f"{self.whose(x.of)} {self.term('status', x.status)}"
        if x.is_ in (("ja",), ("nej",)) and not x.lasted:
            words = ("gælder", "it holds") if x.is_ == ("ja",) else ("gælder ikke", "it does not hold")
            title = self.term("status", x.status)
            return self._(
                f"for {self.role(x.of)} {words[0]}: {title}", f"of {self.role(x.of)} {words[1]}: {title}"
            ) + self._at(x.at)
        if x.at_least is not None or x.below is not None:
            text = self._(
                f"{what} er {self._bounds(x.at_least, x.below)}", f"{what} is {self._bounds(x.at_least, x.below)}"
            )
        elif x.is_ is not None:
            text = self._(f"{what} er {self.values(x.status, x.is_)}", f"{what} is {self.values(x.status, x.is_)}")
        else:
            text = self._(
                f"{what} ikke er {self.values(x.status, x.is_not)}", f"{what} is not {self.values(x.status, x.is_not)}"
            )
        if x.lasted:
            text += self._(f" i mindst {self.length(x.lasted)}", f" for at least {self.length(x.lasted)}")
        return text + self._at(x.at)

    def _exists(self, x: c.Exists) -> str:
        if x.at_least > 1:
            return self._(
                f"der er mindst {x.at_least} gange {self.pattern(x.exists)}",
                f"there are at least {x.at_least} of {self.pattern(x.exists)}",
            ) + self._at(x.at, "today")
        return self.there_is(x.exists) + self._at(x.at, "today")

    def _none(self, x: c.NoneSuch) -> str:
        return self.there_is(x.none, negated=True) + self._at(x.at, "today")

    def _judged(self, x: c.JudgedSo) -> str:
        question = self.quoted(self.term("question", x.judged))
        answer = self.answers(Pattern.model_construct(judged=(x.judged,), answer=x.answer))
        return self._(f"{question} er vurderet til {answer} for {self.role(x.about)}",
                      f"{question} is judged {answer} for {self.role(x.about)}")  # fmt: skip

    def _consented(self, x: c.Consented) -> str:
        about = self._(f" vedrørende {self.role(x.about)}", f" concerning {self.role(x.about)}") if x.about else ""
        what = self.term("consent", x.consent)
        return self._(f"{self.role(x.by)} har givet {what}{about}", f"{self.role(x.by)} has given {what}{about}")

    def _related(self, x: c.Related) -> str:
        link = self.term("relation", x.relation)
        verb = "" if link.startswith(("har ", "has ")) else self._("er ", "is ")
        return f"{self.role(x.who)} {verb}{link} {self.role(x.of)}"

    def _field(self, x: c.FieldIs) -> str:
        what = self.term("detail", x.trigger)
        term = self.corpus.terms.get("detail", {}).get(x.trigger)
        words = [
            term.said[str(v).lower()][self.lang] if term and str(v).lower() in term.said else "" for v in x.is_ or ()
        ]
        if words and all(words):
            return self.join(words, "eller", "or")
        if x.is_ in ((True,), ("ja",)):
            return self._(f"for anledningen gælder: {what}", f"of the trigger it holds: {what}")
        if x.at_least is not None or x.below is not None:
            return self._(f"anledningens {what} er ", f"the trigger's {what} is ") + self._bounds(x.at_least, x.below)
        values, negated = (x.is_, False) if x.is_ is not None else (x.is_not or (), True)
        shown = self.join([self._value(x.trigger, v) for v in values], "eller", "or")
        middle = ("ikke er", "is not") if negated else ("er", "is")
        return self._(f"anledningens {what} {middle[0]} {shown}", f"the trigger's {what} {middle[1]} {shown}")

    def _member(self, x: c.Member) -> str:
        definition = self.corpus.definitions.get(x.member)
        title = definition.title[self.lang] if definition else x.member
        return self._(f"{self.role(x.who)} er {title}", f"{self.role(x.who)} is {title}") + self._at(x.at)

    def _organised(self, x: c.Organised) -> str:
        values = self.join([self._number(v) for v in x.is_], "eller", "or")
        return self._(f"i kommunen gælder: {self.term('organisation', x.profile)} ({values})",
                      f"in the municipality: {self.term('organisation', x.profile)} ({values})")  # fmt: skip

    def _municipality(self, x: c.MunicipalityIs) -> str:
        names = self.join([self.corpus.codes.get(str(code), str(code)) for code in x.municipality], "eller", "or")
        return self._(
            f"{self.whose(x.of)} handlekommune er {names}", f"the acting municipality of {self.role(x.of)} is {names}"
        )

    def _clock(self, x: c.ClockShows) -> str:
        clock = self.corpus.clocks.get(x.clock)
        title = clock.title[self.lang] if clock else x.clock
        low = self._(f"mindst {self.length(x.at_least)}", f"at least {self.length(x.at_least)}") if x.at_least else ""
        high = self._(f"under {self.length(x.below)}", f"less than {self.length(x.below)}") if x.below else ""
        bounds = self._(" og ", " and ").join(filter(None, (low, high)))
        return self._(
            f"»{title}« for {self.role(x.of)} er {bounds}", f"“{title}” for {self.role(x.of)} is {bounds}"
        ) + self._at(x.at)

    def _for_all(self, x: c.ForAll) -> str:
        who = "; ".join(self.binding(role, b) for role, b in x.for_all.items())
        return self._(
            f"for alle ({who}) gælder, at {self.all(x.hold)}", f"for all ({who}) it holds that {self.all(x.hold)}"
        )

    def _for_some(self, x: c.ForSome) -> str:
        who = "; ".join(self.binding(role, b) for role, b in x.for_some.items())
        if not x.hold:
            return self._(f"der findes {who}", f"there is {who}")
        return self._(
            f"for mindst én ({who}) gælder, at {self.all(x.hold)}",
            f"for at least one ({who}) it holds that {self.all(x.hold)}",
        )

    def _in_effect(self, x: c.InEffect) -> str:
        change = self.corpus.changes.get(x.in_effect)
        title = change.title[self.lang] if change else x.in_effect
        return self._(f"»{title}« virker", f"“{title}” is in effect")

    _conditions: ClassVar[Mapping[type, Callable[[Clauses, Any], str]]] = {
        c.All: _all, c.AnyOf: _any, c.Not: _not, c.AgeIs: _age, c.StatusIs: _status, c.Exists: _exists,
        c.NoneSuch: _none, c.JudgedSo: _judged, c.Consented: _consented, c.Related: _related, c.FieldIs: _field,
        c.Member: _member, c.Organised: _organised, c.MunicipalityIs: _municipality, c.ClockShows: _clock,
        c.ForAll: _for_all, c.ForSome: _for_some, c.InEffect: _in_effect,
    }  # fmt: skip

    # --- anchors

    def anchor(self, anchor: w.Anchor) -> str:
        """An anchor as a noun phrase."""
        if isinstance(anchor, str):
            return self._(*_NAMED[anchor])
        return self._anchors[type(anchor)](self, anchor)

    def _from(self, anchor: w.Anchor) -> str:
        return self.anchor(anchor)

    def _after(self, x: w.After) -> str:
        day = self._from(x.from_)
        if x.count_first_day:
            return self._(
                f"{self.length(x.after)} regnet fra og med {day}",
                f"{self.length(x.after)} counted from and including {day}",
            )
        return self._(f"{self.length(x.after)} efter {day}", f"{self.length(x.after)} after {day}")

    def _before(self, x: w.Before) -> str:
        return self._(
            f"{self.length(x.before)} før {self._from(x.from_)}",
            f"{self.length(x.before)} before {self._from(x.from_)}",
        )

    def _end_of(self, x: w.EndOf) -> str:
        unit = amount(1, x.end_of, self.lang).partition(" ")[2]
        day = self._from(x.from_)
        if x.number == 1:
            return self._(f"udgangen af samme {unit} som {day}", f"the end of the same {unit} as {day}")
        return self._(
            f"udgangen af {x.number}. {unit} regnet fra {day}", f"the end of {unit} no. {x.number} from {day}"
        )

    def _earliest_of(self, x: w.EarliestOf) -> str:
        return self._("det tidligste af: ", "the earliest of: ") + self.numbered(
            [self.anchor(part) for part in x.earliest_of]
        )

    def _latest_of(self, x: w.LatestOf) -> str:
        return self._("det seneste af: ", "the latest of: ") + self.numbered(
            [self.anchor(part) for part in x.latest_of]
        )

    def numbered(self, parts: list[str]) -> str:
        """A list with numbers."""
        return "; ".join(f"{number}) {part}" for number, part in enumerate(parts, 1))

    def _cases(self, x: w.Cases) -> str:
        parts = [
            self._(
                f"hvis {self.condition(b.if_)}: {self.anchor(b.then)}",
                f"if {self.condition(b.if_)}: {self.anchor(b.then)}",
            )
            for b in x.cases
        ]
        return "[" + self.numbered([*parts, self._("ellers ", "otherwise ") + self.anchor(x.otherwise)]) + "]"

    def _on_clock(self, x: w.OnClock) -> str:
        clock = self.corpus.clocks.get(x.clock)
        title = clock.title[self.lang] if clock else x.clock
        return self._(
            f"den dag »{title}« for {self.role(x.of)} når {self.length(x.at)}",
            f"the day “{title}” for {self.role(x.of)} reaches {self.length(x.at)}",
        )

    def _local_limit(self, x: w.LocalLimit) -> str:
        return self._(
            f"{self.term('local-limit', x.local_limit)} efter {self._from(x.from_)}",
            f"{self.term('local-limit', x.local_limit)} after {self._from(x.from_)}",
        )

    def _set_in_case(self, x: w.SetInCase) -> str:
        return self._(
            f"som fastsat i sagen ({self.term('setting', x.set_in_case)})",
            f"as set in the case ({self.term('setting', x.set_in_case)})",
        )

    def _no_number(self, x: w.NoNumber) -> str:
        return self.term("wording", x.no_number)

    def _of_record(self, x: w.OfRecord) -> str:
        if x.first is not None:
            return self._("dagen for den første: ", "the day of the first: ") + self.pattern(x.first)
        assert x.last is not None
        return self._("dagen for den seneste: ", "the day of the last: ") + self.pattern(x.last)

    def _of_detail(self, x: w.OfDetail) -> str:
        what = self.term("detail", x.detail)
        return self._(f"dagen for anledningens »{what}«", f"the day of the trigger's “{what}”")

    def _birthday(self, x: w.Birthday) -> str:
        return self._(f"{self.whose(x.of)} {x.birthday}-årsdag", f"the day {self.role(x.of)} turns {x.birthday}")

    def _status_edge(self, x: w.StatusEdge) -> str:
        if said := self.said(x.status, x.is_):
            turn = ("", "") if x.turn == "begins" else ("ikke længere ", "no longer ")
            return self._(f"den dag {self.role(x.of)} {turn[0]}{said}", f"the day {self.role(x.of)} {turn[1]}{said}")
        values = self.values(x.status, x.is_)
        what = f"{self.whose(x.of)} {self.term('status', x.status)}" + (f" ({values})" if values else "")
        turn = ("begyndte", "began") if x.turn == "begins" else ("ophørte", "ended")
        return self._(f"den dag {what} {turn[0]}", f"the day {what} {turn[1]}")

    def _proxy(self, x: w.Proxy) -> str:
        return self._(
            f"{x.for_.da} (regnet som {self.anchor(x.proxy)})", f"{x.for_.en} (taken as {self.anchor(x.proxy)})"
        )

    _anchors: ClassVar[Mapping[type, Callable[[Clauses, Any], str]]] = {
        w.After: _after, w.Before: _before, w.EndOf: _end_of, w.EarliestOf: _earliest_of, w.LatestOf: _latest_of,
        w.Cases: _cases, w.OnClock: _on_clock, w.LocalLimit: _local_limit, w.SetInCase: _set_in_case,
        w.NoNumber: _no_number, w.OfRecord: _of_record, w.OfDetail: _of_detail, w.Birthday: _birthday, w.StatusEdge: _status_edge,
        w.Proxy: _proxy,
    }  # fmt: skip


_CONSENTED = {
    "yes": ("sagt ja til", "agreed to"),
    "no": ("sagt nej til", "refused"),
    "both": ("svaret på", "answered on"),
}
_NAMED = {
    "trigger": ("anledningen", "the trigger"), "opens": ("den dag tiden begynder at løbe", "the day the time begins to run"),
    "today": ("dagen for beregningen", "the day of assessment"),
    "ever": ("enhver tid", "any time"),
}  # fmt: skip
