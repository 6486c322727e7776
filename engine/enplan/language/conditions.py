"""If, unless, while: a small tree whose leaves are literals over one row of features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, Tag

from enplan.language.patterns import Binding, Pattern
from enplan.language.windows import Anchor
from enplan.language.words import Amount, Names, Role, Scalars, Word, word_of

Bound = float | int | None


class AgeIs(Word):
    """The age of a person on a day."""

    age: Role
    at_least: int | None = None
    below: int | None = None
    at: Anchor = "trigger"


class StatusIs(Word):
    """A dated status of a person on a day; no such status recorded for the day is unknown."""

    status: Annotated[str, Names("status")]
    of: Role
    is_: Annotated[Scalars | None, Field(alias="is")] = None
    is_not: Scalars | None = None
    at_least: Bound = None
    below: Bound = None
    lasted: Amount | None = None
    at: Anchor = "trigger"


class Exists(Word):
    """At least so many matching records on or before a day (default: the assessment)."""

    exists: Pattern
    at_least: Annotated[int, Field(ge=1)] = 1
    at: Anchor = "today"


class NoneSuch(Word):
    """No matching record; unknown where the log is not complete."""

    none: Pattern
    at: Anchor = "today"


class JudgedSo(Word):
    """A professional judgement, recorded in the case; not recorded is unknown."""

    judged: Annotated[str, Names("question")]
    about: Role
    answer: Scalars = (True,)


class Consented(Word):
    """A consent given and not withdrawn; a refusal is false, nothing recorded is unknown."""

    consent: Annotated[str, Names("consent")]
    by: Role
    about: Role | None = None


class Related(Word):
    """Whether one person stands in a relation to another."""

    relation: Annotated[str, Names("relation")]
    who: Role
    of: Role


class FieldIs(Word):
    """A detail of the record that triggered the rule."""

    trigger: Annotated[str, Names("detail")]
    is_: Annotated[Scalars | None, Field(alias="is")] = None
    is_not: Scalars | None = None
    at_least: Bound = None
    below: Bound = None


class Member(Word):
    """Membership as a definition states it, whatever duties survive."""

    member: Annotated[str, Names("definition")]
    who: Role
    at: Anchor = "trigger"


class Organised(Word):
    """A fact of the municipality profile; not recorded is unknown."""

    profile: Annotated[str, Names("organisation")]
    of: Role
    is_: Annotated[Scalars, Field(alias="is")] = (True,)


class MunicipalityIs(Word):
    """Whether the acting municipality of a person is one of these (three-digit codes)."""

    municipality: Scalars
    of: Role
    at: Anchor = "trigger"


class ClockShows(Word):
    """What a clock shows on a day."""

    clock: Annotated[str, Names("clock")]
    of: Role
    at_least: Amount | None = None
    below: Amount | None = None
    at: Anchor = "trigger"


class ForAll(Word):
    """Something holds for everyone whom a relation binds."""

    for_all: Mapping[Role, Binding]
    hold: tuple[Condition, ...]


class ForSome(Word):
    """Something holds for someone whom a relation binds."""

    for_some: Mapping[Role, Binding]
    hold: tuple[Condition, ...] = ()


class InEffect(Word):
    """Whether a change is in effect for this obligation's persons and day; only in the gates of another change."""

    in_effect: Annotated[str, Names("change")]


class All(Word):
    """Every one of these."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(Word):
    """At least one of these."""

    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(Word):
    """The opposite."""

    not_: Annotated[Condition, Field(alias="not")]


# The order matters where a mapping holds two of the words: the trigger's own `answer`, `status` ... come last.
_WORDS = ("all", "any", "not", "for_all", "for_some", "exists", "none", "age", "judged", "consent", "relation", "trigger",
          "member", "profile", "municipality", "clock", "in_effect", "status")  # fmt: skip

Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[ForAll, Tag("for_all")]
    | Annotated[ForSome, Tag("for_some")]
    | Annotated[Exists, Tag("exists")]
    | Annotated[NoneSuch, Tag("none")]
    | Annotated[AgeIs, Tag("age")]
    | Annotated[JudgedSo, Tag("judged")]
    | Annotated[Consented, Tag("consent")]
    | Annotated[Related, Tag("relation")]
    | Annotated[FieldIs, Tag("trigger")]
    | Annotated[Member, Tag("member")]
    | Annotated[Organised, Tag("profile")]
    | Annotated[MunicipalityIs, Tag("municipality")]
    | Annotated[ClockShows, Tag("clock")]
    | Annotated[InEffect, Tag("in_effect")]
    | Annotated[StatusIs, Tag("status")],
    word_of("a condition", _WORDS),
]
Literal_ = (AgeIs | StatusIs | Exists | NoneSuch | JudgedSo | Consented | Related | FieldIs | Member | Organised
            | MunicipalityIs | ClockShows | ForAll | ForSome | InEffect)  # fmt: skip
Polarity = Literal["if", "unless"]
