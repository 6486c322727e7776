"""Legislation files: what the law is. Instruments, provisions, successors, and what is not encoded."""

from typing import Annotated, Literal

from pydantic import Field

from enplan.language.conditions import Condition
from enplan.language.words import Day, Names, Provision, Terms, Text, Validity, Word

Eli = Annotated[str, Field(pattern=r"^lta/\d{4}/\d+$")]
Section = Annotated[str, Field(pattern=r"^§+ .+$")]


class Instrument(Word):
    """A published act: ELI, title, date of issue, days in force where known."""

    eli: Eli
    title: str
    issued: Day
    in_force: Validity = Validity()


class ProvisionEntry(Word):
    """A provision as numbered in an instrument; `presupposes` names documents it takes for granted."""

    ref: Section
    title: Text
    instrument: Annotated[str, Names("instrument")] | None = None
    in_force: Validity = Validity()
    becomes: tuple[Provision, ...] = ()
    presupposes: Annotated[Terms, Names("document")] = ()


class NotEncoded(Word):
    """Law that the rules do not express: why, what to do by hand, and on which facts it could matter."""

    ref: Section
    in_force: Validity = Validity()
    about: Text
    reason: Text
    by_hand: Text
    matters_if: tuple[Condition, ...] = ()
    matters_to: Annotated[str, Names("role")] = "citizen"


class LegislationFile(Word):
    """One act (or one era of it): its name, owner, instruments and provisions."""

    act: Annotated[str, Field(pattern=r"^[A-ZÆØÅ0-9-]+( [0-9]+/[0-9]{4})?$")]
    title: Text
    sector: Literal["employment", "children", "social", "health", "cross"]
    actor: Annotated[str, Names("actor")]
    instruments: Annotated[tuple[Instrument, ...], Field(min_length=1)]
    in_force: Validity = Validity()
    provisions: tuple[ProvisionEntry, ...] = ()
    not_encoded: tuple[NotEncoded, ...] = ()
