"""Must, must not, may: the closed list of acts, who acts, what meets the duty, whose consent it needs."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, Tag, model_validator

from enplan.language.patterns import Pattern
from enplan.language.words import Names, Role, Roles, Text, Word, word_of

VERBS: dict[str, str] = {  # verb -> kind of term it takes
    "judge": "question",
    "decide": "event",
    "produce": "document",
    "revise": "document",
    "hold": "event",
    "offer": "offer",
    "hear": "event",
    "obtain_consent": "consent",
    "inform": "event",
    "forward": "document",
    "register": "event",
    "start": "measure",
    "end": "measure",
    "keep": "organisation",
}


class Act(Word):
    """One verb with its term, and the roles it concerns."""

    judge: Annotated[str, Names("question")] | None = None
    decide: Annotated[str, Names("event")] | None = None
    produce: Annotated[str, Names("document")] | None = None
    revise: Annotated[str, Names("document")] | None = None
    hold: Annotated[str, Names("event")] | None = None
    offer: Annotated[str, Names("offer")] | None = None
    hear: Annotated[str, Names("event")] | None = None
    obtain_consent: Annotated[str, Names("consent")] | None = None
    inform: Annotated[str, Names("event")] | None = None
    forward: Annotated[str, Names("document")] | None = None
    register_: Annotated[str | None, Names("event"), Field(alias="register")] = None
    start: Annotated[str, Names("measure")] | None = None
    end: Annotated[str, Names("measure")] | None = None
    keep: Annotated[str, Names("organisation")] | None = None
    about: Roles | None = None
    with_: Annotated[Roles | None, Field(alias="with")] = None
    to: Annotated[str, Names("party")] | None = None
    form: Annotated[str, Names("form")] | None = None
    parts: tuple[Annotated[str, Names("part")], ...] = ()

    @model_validator(mode="after")
    def _one_verb(self) -> Act:
        given = [verb for verb in VERBS if getattr(self, _field(verb)) is not None]
        if len(given) != 1:
            raise ValueError(f"expected exactly one act of {', '.join(VERBS)}; found {', '.join(given) or 'none'}")
        return self

    @cached_property
    def verb(self) -> str:
        """The act."""
        return next(verb for verb in VERBS if getattr(self, _field(verb)) is not None)

    @cached_property
    def term(self) -> str:
        """What is done."""
        term: str = getattr(self, _field(self.verb))
        return term


def _field(verb: str) -> str:
    return "register_" if verb == "register" else verb


class MunicipalityOf(Word):
    """The acting municipality of a person, on the day of the trigger or the day before it."""

    municipality_of: Role
    when: Literal["trigger", "before"] = "trigger"


Actor = Annotated[str, Names("actor")] | MunicipalityOf


class MetByAny(Word):
    """Any one of these."""

    any: Annotated[tuple[MetBy, ...], Field(min_length=2)]


class MetByAll(Word):
    """Every one of these; met on the day of the last."""

    all: Annotated[tuple[MetBy, ...], Field(min_length=2)]


class MetBySequence(Word):
    """One after the other, in this order (same day allowed); met on the day of the last."""

    sequence: Annotated[tuple[Pattern, ...], Field(min_length=2)]


MetBy = Annotated[
    Annotated[MetByAny, Tag("any")]
    | Annotated[MetByAll, Tag("all")]
    | Annotated[MetBySequence, Tag("sequence")]
    | Annotated[Pattern, Tag("event")]
    | Annotated[Pattern, Tag("document")]
    | Annotated[Pattern, Tag("revision")]
    | Annotated[Pattern, Tag("measure")]
    | Annotated[Pattern, Tag("judged")]
    | Annotated[Pattern, Tag("consent")],
    word_of(
        "a way of meeting a duty",
        ("any", "all", "sequence", "event", "document", "revision", "measure", "judged", "consent"),
    ),
]


class NeedsConsent(Word):
    """Whose consent the act needs, at what age, and how strongly."""

    consent: Annotated[str, Names("consent")]
    by: Role
    about: Role | None = None
    from_age: int | None = None
    below_age: int | None = None
    strength: Literal["required", "as-far-as-possible", "heard"] = "required"
    form: Annotated[str, Names("form")] | None = None


class Quota(Word):
    """A share of a group that the municipality must reach in a period."""

    at_least: int  # per cent
    group: Text
    period: Text
