"""When: what must happen, to whom, for a requirement to be raised."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag

from enplan.language.patterns import Pattern
from enplan.language.words import Amount, Names, RequirementId, Role, Scalars, Word, word_of


class StatusTurns(Word):
    """A status begins, ends or changes its value. With `from_value`, only a change from one of these."""

    status: Annotated[str, Names("status")]
    of: Role
    is_: Annotated[Scalars | None, Field(alias="is")] = None
    from_value: Scalars | None = None
    turn: Literal["begins", "ends"] = "begins"


class AgeReached(Word):
    """A person reaches an age."""

    age: Role
    reaches: Annotated[int, Field(ge=0)]


class ClockReaches(Word):
    """A clock shows an amount; a crossing after the assessment is a forecast. `exceeds` is one day more."""

    clock: Annotated[str, Names("clock")]
    of: Role
    reaches: Amount
    exceeds: bool = False
    again: bool = False  # once more at every further multiple of the amount


class Outcome(Word):
    """Another requirement was missed, met or waived for the same persons; roles are taken over by name."""

    missed: RequirementId | None = None
    met: RequirementId | None = None
    waived: RequirementId | None = None
    renamed: dict[str, str] = Field(default_factory=dict)  # role there: role here

    @property
    def word(self) -> str:
        """Which outcome."""
        return "missed" if self.missed else "met" if self.met else "waived"

    @property
    def of(self) -> str:
        """The requirement watched."""
        return self.missed or self.met or self.waived or ""


class Absence(Word):
    """Nothing of a kind happened for a time; occurs on the day that time ends."""

    none_of: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    for_: Annotated[Amount, Field(alias="for")]
    from_: Annotated[Trigger, Field(alias="from")]


class Organisation(Word):
    """A duty of the municipality as such, or of its effort for a group: no person, no event."""

    municipality: Role


class FirstOf(Word):
    """Any of several triggers that bind the same roles."""

    any_of: Annotated[tuple[Trigger, ...], Field(min_length=2)]


_WORDS = ("any_of", "none_of", "missed", "met", "waived", "clock", "age", "municipality", "event", "document", "revision",
          "measure", "judged", "consent", "status")  # fmt: skip

Trigger = Annotated[
    Annotated[FirstOf, Tag("any_of")]
    | Annotated[Absence, Tag("none_of")]
    | Annotated[Outcome, Tag("missed")]
    | Annotated[Outcome, Tag("met")]
    | Annotated[Outcome, Tag("waived")]
    | Annotated[ClockReaches, Tag("clock")]
    | Annotated[AgeReached, Tag("age")]
    | Annotated[Organisation, Tag("municipality")]
    | Annotated[Pattern, Tag("event")]
    | Annotated[Pattern, Tag("document")]
    | Annotated[Pattern, Tag("revision")]
    | Annotated[Pattern, Tag("measure")]
    | Annotated[Pattern, Tag("judged")]
    | Annotated[Pattern, Tag("consent")]
    | Annotated[StatusTurns, Tag("status")],
    word_of("a trigger", _WORDS),
]
