"""A case: persons, relations, statuses and records, the unified plan, and what a scenario expects of it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from enplan.language.words import Day, Names, Scalar, Terms, Text, When, Word

PersonId = Annotated[str, Names("person")]
PersonIds = Annotated[Terms, Names("person")]
Sector = Literal["employment", "children", "social", "health", "cross"]


class Record(Word):
    """A dated record. Keys beyond those named are details, which must stand in the register."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    by: Annotated[str, Names("party")] | None = None

    @property
    def details(self) -> Mapping[str, Any]:
        """The details by name."""
        return self.model_extra or {}


class Person(Word):
    """A person, with an invented name and never a CPR number."""

    id: Annotated[str, Field(pattern=r"^[a-zæøå][a-zæøå0-9-]*$")]
    name: str | None = None
    born: When | None = None
    due: When | None = None  # an expected child
    died: When | None = None


class Relation(Word):
    """`person` stands in this relation to `of`."""

    person: PersonId
    is_: Annotated[str, Names("relation"), Field(alias="is")]
    of: PersonId
    from_: Annotated[When | None, Field(alias="from")] = None
    to: When | None = None


class Status(Word):
    """A dated status of a person, both days inclusive."""

    of: PersonId
    status: Annotated[str, Names("status")]
    is_: Annotated[Scalar, Field(alias="is")]
    from_: Annotated[When, Field(alias="from")]
    to: When | None = None


class Event(Record):
    """Something that happened. `outcome` is afholdt unless given."""

    event: Annotated[str, Names("event")]
    date: When
    about: PersonIds = ()
    outcome: Literal["afholdt", "udeblevet", "aflyst", "afslået"] = "afholdt"


class Document(Record):
    """A document, the persons it is about, its parts, the days on which it was revised."""

    document: Annotated[str, Names("document")]
    date: When
    about: PersonIds = ()
    parts: tuple[Annotated[str, Names("part")], ...] = ()
    revised: tuple[When, ...] = ()


class Measure(Record):
    """An effort or offer: its legal basis, when granted, begun, ended, or planned to end."""

    measure: Annotated[str, Names("measure")]
    about: PersonIds = ()
    basis: str | None = None
    granted: When | None = None
    from_: Annotated[When | None, Field(alias="from")] = None
    to: When | None = None
    planned_to: When | None = None
    hours: float | None = None  # a week


class Judgement(Record):
    """A professional judgement: the question, the answer, who and when."""

    judged: Annotated[str, Names("question")]
    date: When
    about: PersonIds = ()
    answer: Scalar


class Consent(Record):
    """A consent or refusal (`answer: false`), by a person, possibly withdrawn."""

    consent: Annotated[str, Names("consent")]
    date: When
    by: Annotated[str, Names("party")]
    about: PersonIds = ()
    answer: bool = True
    form: Annotated[str, Names("form")] | None = None
    withdrawn: When | None = None


class ClockReading(Word):
    """What a clock showed on a day, by a record the case does not hold."""

    clock: Annotated[str, Names("clock")]
    of: PersonId
    date: Day
    amount: Annotated[int, Field(ge=0)]
    unit: Literal["days", "weeks", "months"]


class Log(Word):
    """How far a sector's records are complete in this case; for one kind of record, or all."""

    sector: Sector
    kind: Annotated[str, Names("kind of record")] | None = None  # a term; absent: everything of the sector
    complete_to: Day


class Setting(Word):
    """Something decided in the case: a rhythm or a day."""

    setting: Annotated[str, Names("setting")]
    about: PersonId
    date: Day
    amount: int | None = None
    unit: Literal["days", "weeks", "months"] | None = None
    on: When | None = None


class Goal(Word):
    """A goal of the unified plan."""

    goal: str
    of: PersonIds = ()
    date: Day | None = None


class Contact(Word):
    """A contact person and the authority they speak for."""

    person: str
    sector: Sector
    coordinates: bool = False


class Plan(Word):
    """The unified plan itself: goals, the order of measures, contacts, who pays."""

    goals: tuple[Goal, ...] = ()
    order: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    payers: Mapping[str, str] = {}


class ExpectedRow(Word):
    """A row that a scenario expects: found by provision (and requirement, roles, trigger where several)."""

    provision: str | None = None
    requirement: Annotated[str, Names("requirement")] | None = None
    roles: Mapping[str, PersonId] = {}
    about: PersonId | None = None
    trigger: Day | None = None
    display: str | None = None
    binding: str | None = None
    changed_by: Annotated[str, Names("change")] | None = None
    actor: str | None = None  # who acts, changes in effect counted in
    due: When | None = None  # of the first occurrence still open, or the only one
    dues: tuple[When, ...] = ()  # of all occurrences, in order
    opens: When | None = None
    fulfilment: str | None = None
    fulfilments: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    note: str | None = None


class ExpectedFinding(Word):
    """A finding that a scenario expects."""

    finding: str
    provisions: tuple[str, ...] = ()


class Expect(Word):
    """What a scenario expects: rows that must be there, may be there, must not be there."""

    written: Literal["before-rules", "with-rules"] = "with-rules"
    required: tuple[ExpectedRow, ...] = ()
    optional: tuple[ExpectedRow, ...] = ()
    forbidden: tuple[ExpectedRow, ...] = ()
    findings: tuple[ExpectedFinding, ...] = ()
    no_findings: tuple[str, ...] = ()
    not_encoded: tuple[str, ...] = ()


class Run(Word):
    """One way of running a scenario: date, regime, assumptions, and what is expected then."""

    date: Day | None = None
    regime: Annotated[str, Names("regime")] | None = None
    assume: tuple[Annotated[str, Names("trial")], ...] = ()
    expect: Expect


class Case(Word):
    """The input of an assessment."""

    case: Annotated[str, Field(pattern=r"^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$")]
    title: Text
    date: Day | None = None
    sectors: tuple[Sector, ...] = ()
    persons: Annotated[tuple[Person, ...], Field(min_length=1)]
    relations: tuple[Relation, ...] = ()
    statuses: tuple[Status, ...] = ()
    events: tuple[Event, ...] = ()
    documents: tuple[Document, ...] = ()
    measures: tuple[Measure, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    consents: tuple[Consent, ...] = ()
    readings: tuple[ClockReading, ...] = ()
    settings: tuple[Setting, ...] = ()
    logs: tuple[Log, ...] = ()
    plan: Plan = Plan()
    expect: tuple[Run, ...] = ()
