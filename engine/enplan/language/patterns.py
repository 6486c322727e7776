"""Records a rule looks for: events, documents, revisions, measures, judgements and consents of a case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from enplan.language.words import Amount, Names, Role, Roles, Scalar, Scalars, Terms, Word

if TYPE_CHECKING:
    from enplan.language.windows import Anchor

KINDS = ("event", "document", "revision", "measure", "judged", "consent")


class Range(Word):
    """A number from `at_least` (inclusive) to `below` (exclusive)."""

    at_least: float | None = None
    below: float | None = None


class Pattern(Word):
    """A record of one kind (several terms: any of them) with filters; every filter must hold.

    `since` and `until` are inclusive; `before` is exclusive. `basis` matches a provision and all below it.
    """

    event: Annotated[Terms, Names("event")] | None = None
    document: Annotated[Terms, Names("document")] | None = None
    revision: Annotated[Terms, Names("document")] | None = None
    measure: Annotated[Terms, Names("measure")] | None = None
    judged: Annotated[Terms, Names("question")] | None = None
    consent: Annotated[Terms, Names("consent")] | None = None
    about: Roles | None = None
    by: Annotated[str, Names("party")] | None = None
    answer: Scalars | None = None
    state: Literal["granted", "begun", "running", "ended", "planned-end"] | None = None
    basis: Terms | None = None
    law: Annotated[Terms, Names("act")] | None = None
    other_law_than: Annotated[Terms, Names("act")] | None = None
    where: Mapping[Annotated[str, Names("detail")], Range | Scalars] = Field(default_factory=dict)
    part: Annotated[str, Names("part")] | None = None
    lasting: Amount | None = None
    since: Anchor | None = None
    until: Anchor | None = None
    before: Anchor | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Pattern:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"expected exactly one of {', '.join(KINDS)}; found {', '.join(given) or 'none'}")
        return self

    @cached_property
    def kind(self) -> str:
        """Which kind of record this looks for."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @cached_property
    def plain(self) -> bool:
        """Whether it asks nothing of what a record itself says: neither details nor basis, part, answer or length."""
        return not (
            self.where or self.basis or self.law or self.other_law_than or self.part or self.lasting or self.answer
        )

    @cached_property
    def bounded(self) -> bool:
        """Whether it asks when a record was made."""
        return not (self.since is None and self.until is None and self.before is None)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms looked for, any of which will do."""
        terms: tuple[str, ...] = getattr(self, self.kind)
        return terms


class Binding(Word):
    """Persons bound to a role by a relation: those who stand in `relation` to the person in role `of`.

    With `inverse`, those to whom that person stands in the relation (the children of a parent).
    With `same`, both must have the same value of that status; ages are on the day of the trigger.
    `expected` says that there must be someone: nobody recorded is then a missing fact, not an empty set.
    """

    relation: Annotated[str, Names("relation")]
    of: Role
    inverse: bool = False
    same: Annotated[str, Names("status")] | None = None
    at_least: int | None = None
    below: int | None = None
    expected: bool = False


__all__ = ["KINDS", "Binding", "Pattern", "Range", "Scalar"]
