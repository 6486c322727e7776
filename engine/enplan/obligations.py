"""Obligations: what an occasion raises, once its conditions and the changes in effect are settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from enplan.changes import Gatekeeper, Rows
from enplan.context import Context
from enplan.dates import FOREVER, Span, add_days
from enplan.formulas import Formula, Leaf, Node, evaluate, value_of
from enplan.language.acts import MunicipalityOf
from enplan.language.rules import Change, Requirement
from enplan.language.triggers import Organisation
from enplan.lasting import Course, Lasting
from enplan.literals import Reading, read
from enplan.occasions import Handover, identity, occasions
from enplan.regime import View
from enplan.result import UNMET, Binding, Obligation, Occasion, Occurrence, Question, Verdict
from enplan.schedule import Plan, schedule
from enplan.situation import Record, Situation
from enplan.truth import FALSE, TRUE, UNKNOWN, Truth

Outcomes = Mapping[str, tuple[Obligation, ...]]


class Obligations:
    """The obligations of one situation under one regime, requirement by requirement.

    `outcomes` holds those of earlier strata; every formula that is settled leaves its row in `rows`.
    """

    def __init__(self, situation: Situation, seen: View, assumed: frozenset[str], outcomes: Outcomes, rows: Rows):
        self.situation, self.view, self.outcomes, self.rows = situation, seen, outcomes, rows
        self.case, self.corpus, self.today = situation.case, seen.corpus, situation.today
        self._lasting = Lasting(situation)
        self.keeper = Gatekeeper(situation, assumed, seen.formulas, rows)

    def of(self, requirement: Requirement) -> tuple[Obligation, ...]:
        """Every obligation of a requirement, those whose conditions fail among them."""
        takes_over = self.view.takes_over.get(requirement.id, ())
        raised = occasions(requirement, self.situation, self.outcomes, takes_over)
        if not raised:
            return ()
        made: dict[object, list[Obligation]] = {}
        for occasion, record in raised:
            key = identity(requirement, occasion, self.situation)
            made.setdefault(key, []).append(self._obligation(requirement, occasion, record, takes_over))
        joined = _episodes if requirement.per == "episode" else _once
        return tuple([o for members in made.values() for o in (joined(members) if len(members) > 1 else members)])

    def _obligation(
        self, requirement: Requirement, occasion: Occasion, record: Record | None, takes_over: Sequence[Handover]
    ) -> Obligation:
        acting = (
            self._municipality(requirement.actor, occasion) or ""
            if isinstance(requirement.actor, MunicipalityOf)
            else None
        )
        # A matter taken over may lack a role that the new rule binds: somebody fills it, but the old rule did not say who.
        bound = self.corpus.terms.get("role", {}) if occasion.carried_from else requirement.for_each
        persons = occasion.persons
        vacant = frozenset(bound).difference(persons) if bound else frozenset()
        context = Context(
            self.situation, persons, occasion.trigger.day, record, self.today, acting=acting, vacant=vacant
        )
        formula = self.view.formulas[requirement.id]
        asked = replace(context, trigger=Span.of(occasion.seen_on)) if occasion.seen_on else context
        under = self._under(requirement, occasion, asked)
        row = tuple([(label, _reading(label, literal, occasion, under, asked)) for label, literal in formula.literals])
        values = tuple([reading.truth for _, reading in row])
        truth = evaluate(formula, values)
        self.rows.append((requirement.id, values, truth))
        if truth is FALSE:
            return Obligation(occasion, requirement, "does-not-bind", row)
        questions = tuple(_questions(formula, row, occasion)) if truth is UNKNOWN else ()
        binding = _binding(requirement, truth)
        if binding in ("group", "option"):
            verdicts = self._verdicts(requirement, occasion, context)
            ended = self._course(requirement, under, asked).ended if binding == "option" else None
            return Obligation(
                occasion,
                requirement,
                "lapsed" if ended else binding,
                row,
                questions,
                verdicts,
                (),
                ended,
                self._actor(requirement, occasion, ()),
            )
        course = self._course(requirement, under, asked)
        lapsed = course.ended
        plan = Plan(
            requirement,
            occasion,
            context,
            way=self.view.way(requirement, occasion.role_names),
            changes=self._reaching(requirement),
            keeper=self.keeper,
            used=self._used(requirement, occasion),
            ends_on=lapsed,
            hands_over=self.view.hands_over.get(requirement.id),
            takes_over=next((h.at for h in takes_over if occasion.carried_from in h.from_), None),
            also_met_by=self._predecessors(occasion),
        )
        occurrences, verdicts = schedule(plan)
        if not occurrences:  # none of its windows opened under this law
            return Obligation(occasion, requirement, "does-not-bind", row, (), verdicts)
        if binding == "binds" and lapsed is None and _hang_on(course.doubtful, occurrences, requirement):
            binding, questions = "open", self._still(formula, asked, occasion)
        binding, occurrences = _after_lapse(binding, occurrences, lapsed, plan)
        if requirement.under and all(o.fulfilment == "not-applicable" for o in occurrences):
            # What an exemption put in the place of a duty is gone with it.
            return Obligation(occasion, requirement, "does-not-bind", row, (), verdicts, lapsed_on=lapsed)
        alternatives = self._alternatives(plan, requirement)
        actor = self._actor(requirement, occasion, verdicts)
        return Obligation(
            occasion, requirement, binding, row, questions, verdicts, occurrences, lapsed, actor, alternatives
        )

    def _under(self, requirement: Requirement, occasion: Occasion, context: Context) -> Verdict | None:
        """The verdict on the change that a duty stands under."""
        change = self.view.changes.get(requirement.under) if requirement.under else None
        if change is None:
            return None
        day = occasion.trigger.day.first
        # A recurring or standing duty may come under a change that began after its trigger.
        starts = [v.in_force.from_ for v in change.versions] or [change.in_force.from_]
        begins = min((start for start in starts if start), default=date.min)
        if (requirement.recurring or requirement.standing) and day < begins <= self.today:
            day = begins
        return self.keeper.verdict(change, occasion, context, day)

    def _reaching(self, requirement: Requirement) -> tuple[Change, ...]:
        return self.view.changes_of.get(requirement.id, ())

    def _verdicts(self, requirement: Requirement, occasion: Occasion, context: Context) -> tuple[Verdict, ...]:
        day = occasion.trigger.day.first
        return tuple(self.keeper.verdict(change, occasion, context, day) for change in self._reaching(requirement))

    def _course(self, requirement: Requirement, under: Verdict | None, context: Context) -> Course:
        """The first day on which `while` fails, or after which the exemption that the duty stands under has ended."""
        ended = add_days(under.until, 1) if under and under.until and under.until < self.today else None
        if not requirement.while_:
            return Course(ended)
        lasted = self._lasting.course(requirement.while_, self.view.asked_while(requirement), context)
        return replace(lasted, ended=min(filter(None, (ended, lasted.ended)), default=None))

    def _still(self, formula: Formula, context: Context, occasion: Occasion) -> tuple[Question, ...]:
        """What is not known of whether the state that the duty lasts with still lasts today."""
        now = context.at(self.today)
        readings = [(literal, read(literal, now)) for label, literal in formula.literals if label == "while"]
        return tuple(
            Question(reading.asks, "while", literal, occasion.roles)
            for literal, reading in readings
            if reading.truth is UNKNOWN
        )

    def _used(self, requirement: Requirement, occasion: Occasion) -> frozenset[str]:
        if not requirement.distinct_from:
            return frozenset()
        persons = set(occasion.persons.values())
        return frozenset(
            path
            for name in requirement.distinct_from
            for other in self.outcomes.get(name, ())
            if persons & set(other.occasion.persons.values())
            for occurrence in other.occurrences
            for path in occurrence.met_by
        )

    def _predecessors(self, occasion: Occasion) -> tuple[object, ...]:
        old = self.corpus.requirements.get(occasion.carried_from)
        return (self.view.way(old, occasion.role_names),) if old else ()

    def _alternatives(self, plan: Plan, requirement: Requirement) -> tuple[tuple[str, Occurrence], ...]:
        found = []
        for number, reading in enumerate(requirement.readings):
            occurrences, _ = schedule(replace(plan, window=reading.window))
            if occurrences:
                found.append((str(number), occurrences[0]))
        return tuple(found)

    def _municipality(self, actor: MunicipalityOf, occasion: Occasion) -> str | None:
        day = occasion.trigger.day.first
        day = add_days(day, -1) if actor.when == "before" else day
        return self.situation.municipality(occasion.persons.get(actor.municipality_of, ""), day)

    def _actor(self, requirement: Requirement, occasion: Occasion, verdicts: Sequence[Verdict]) -> str:
        transfers = [v.change.actor for v in verdicts if v.truth is TRUE and v.change.verb == "transfer"]
        actor = transfers[-1] if transfers else requirement.actor
        if isinstance(actor, MunicipalityOf):
            code = self._municipality(actor, occasion)
            return f"municipality:{code}" if code else "kommunen"
        if actor:
            return actor
        return self._default_actor(requirement.provision.split(" §")[0], occasion.trigger.day.first)

    def _default_actor(self, act: str, day: date) -> str:
        """Who acts under an act where its rules do not say."""
        files = self.corpus.acts.get(act, ())
        if len(files) == 1:
            return files[0].actor
        return next((f.actor for f in files if f.in_force.covers(day)), files[0].actor if files else "kommunen")


_BOUND = {truth: Reading(truth, ("relations",)) for truth in Truth}


def _reading(label: str, literal: object, occasion: Occasion, under: Verdict | None, context: Context) -> Reading:
    if label in ("if", "unless"):
        return read(literal, context)
    if label == "trigger":
        return Reading(
            occasion.certain, (occasion.trigger.record,) if occasion.trigger.record else (), str(occasion.trigger.day)
        )
    if label == "roles":
        return _BOUND[occasion.bound]
    if label == "under":
        if under is None:
            return Reading(FALSE, asks="gate")
        # An exemption that is not known to be adopted puts nothing in the place of what it has not removed.
        undocumented = under.truth is UNKNOWN and under.gate in ("started", "adoption", "portfolio")
        truth = FALSE if undocumented else under.truth
        return Reading(truth, (f"changes.{under.change.id}",), "assumed" if under.assumed else "", "gate")
    # What held when the duty arose and holds no more has lapsed, and was there until then.
    then = read(literal, context.at(context.trigger.first))
    return then if then.truth is TRUE else read(literal, context)


def _begins(obligation: Obligation) -> tuple[Span, date]:
    """The day of the trigger; of several on one day, that with the strictest limit comes first."""
    due = obligation.occurrences[0].due if obligation.occurrences else None
    return obligation.occasion.trigger.day, due.first if due else FOREVER


def _earliest(members: Sequence[Obligation]) -> Obligation:
    """Of several triggers of one obligation: the earliest that counts, with the others shown beside it."""
    counting = [o for o in members if o.binding != "does-not-bind"] or list(members)
    first, *others = sorted(counting, key=lambda o: (o.binding == "open", *_begins(o)))
    also = tuple(o.occasion.trigger for o in others)
    return replace(first, occasion=replace(first.occasion, also=(*first.occasion.also, *also))) if also else first


def _once(members: Sequence[Obligation]) -> Iterator[Obligation]:
    """One obligation of all triggers; but what has lapsed takes no later ones in."""
    taken: list[Obligation] = []
    for obligation in sorted(members, key=lambda o: (*_begins(o), o.binding == "open")):
        ended = next((o.lapsed_on for o in taken if o.binding == "lapsed"), None)
        if ended and ended <= obligation.occasion.trigger.day.first and obligation.binding != "does-not-bind":
            yield _earliest(taken)
            taken = []
        taken.append(obligation)
    yield _earliest(taken)


def _episodes(members: Sequence[Obligation]) -> Iterator[Obligation]:
    """Triggers that count and fall on one day, or inside the window of an earlier one that is not yet met, are one."""
    yield from (o for o in members if o.binding == "does-not-bind")
    episode: list[Obligation] = []
    for obligation in sorted((o for o in members if o.binding != "does-not-bind"), key=_begins):
        if episode and not _joins(obligation, episode[0]):
            yield _earliest(episode)
            episode = []
        episode.append(obligation)
    if episode:
        yield _earliest(episode)


def _joins(later: Obligation, first: Obligation) -> bool:
    day, window = later.occasion.trigger.day, first.occurrences[0] if first.occurrences else None
    if first.lapsed_on is not None and first.lapsed_on <= day.first:
        return False
    if day.first <= first.occasion.trigger.day.last or window is None:
        return True
    met_before = window.fulfilment in ("met", "met-late") and window.met_on[-1].last < day.first
    return not met_before and (window.due is None or day.first <= window.due.last)


def _binding(requirement: Requirement, truth: Truth) -> Binding:
    if isinstance(requirement.when, Organisation):
        return "group"
    if truth is UNKNOWN:
        return "open"
    return "option" if requirement.may else "binds"


def _questions(formula: Formula, row: Sequence[tuple[str, Reading]], occasion: Occasion) -> Iterator[Question]:
    """The unknown literals that could still decide the row: those in no part that is settled already."""
    values = [reading.truth for _, reading in row]

    def undecided(part: Leaf | Node) -> Iterator[int]:
        if isinstance(part, Leaf):
            if values[part.index] is UNKNOWN:
                yield part.index
            return
        for inner in part.parts:
            if value_of(inner, values) is UNKNOWN:
                yield from undecided(inner)

    for index in undecided(formula.root):
        label, reading = row[index]
        yield Question(reading.asks, label, formula.literals[index][1], occasion.roles)


def _hang_on(doubtful: date | None, occurrences: Sequence[Occurrence], requirement: Requirement) -> bool:
    """Whether it would change anything if the state had ended on the first day on which it may have."""
    return doubtful is not None and any(
        o.fulfilment in UNMET and (requirement.recurring or o.due is None or o.due.last >= doubtful)
        for o in occurrences
    )


def _after_lapse(
    binding: Binding, occurrences: tuple[Occurrence, ...], lapsed: date | None, plan: Plan
) -> tuple[Binding, tuple[Occurrence, ...]]:
    """An obligation whose state has ended keeps what fell due before, and loses what would have come after."""
    if lapsed is None:
        return binding, occurrences
    kept = []
    cut = plan.requirement.recurring
    before_turn = plan.hands_over is None or lapsed < plan.hands_over  # what has ended by then is not handed over
    for occurrence in occurrences:
        unmet = occurrence.fulfilment in UNMET or (occurrence.fulfilment == "carried" and before_turn)
        if unmet and (occurrence.due is None or occurrence.due.last >= lapsed):
            occurrence, cut = replace(occurrence, fulfilment="not-applicable"), True
        kept.append(occurrence)
    return ("lapsed" if cut and binding in ("binds", "open") else binding), tuple(kept)
