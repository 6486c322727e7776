"""When: anchors, amounts and their combinations. A window opens at one anchor and closes at another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, Tag

from enplan.dates import Unit
from enplan.language.patterns import Pattern
from enplan.language.words import Amount, Names, Role, Scalars, Text, Word, word_of

if TYPE_CHECKING:
    from enplan.language.conditions import Condition


class After(Word):
    """An amount after an anchor; the anchor's own day is not counted unless `count_first_day`."""

    after: Amount
    from_: Annotated[Anchor, Field(alias="from")] = "trigger"
    count_first_day: bool = False


class Before(Word):
    """An amount before an anchor."""

    before: Amount
    from_: Annotated[Anchor, Field(alias="from")] = "trigger"


class EndOf(Word):
    """The last day of the `number`th calendar week, month, quarter or year, that of the anchor being the first."""

    end_of: Literal[Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS, Unit.YEARS]
    number: Annotated[int, Field(ge=1)] = 1
    from_: Annotated[Anchor, Field(alias="from")] = "trigger"


class EarliestOf(Word):
    """The earliest of those anchors that are known; all unknown is unknown."""

    earliest_of: Annotated[tuple[Anchor, ...], Field(min_length=2)]


class LatestOf(Word):
    """The latest of several anchors; one unknown is unknown."""

    latest_of: Annotated[tuple[Anchor, ...], Field(min_length=2)]


class Branch(Word):
    """One guarded alternative."""

    if_: Annotated[Condition, Field(alias="if")]
    then: Anchor


class Cases(Word):
    """The first alternative whose guard holds, else `otherwise`."""

    cases: Annotated[tuple[Branch, ...], Field(min_length=1)]
    otherwise: Anchor


class OnClock(Word):
    """The day on which a clock shows an amount."""

    clock: Annotated[str, Names("clock")]
    of: Role
    at: Amount


class LocalLimit(Word):
    """A limit that the municipality has published (RSL § 3), found in its profile, after an anchor."""

    local_limit: Annotated[str, Names("local-limit")]
    of: Role
    from_: Annotated[Anchor, Field(alias="from")] = "trigger"


class SetInCase(Word):
    """A day, or an amount after an anchor, that is decided in the case itself; never a default."""

    set_in_case: Annotated[str, Names("setting")]
    about: Role
    from_: Annotated[Anchor, Field(alias="from")] = "trigger"


class NoNumber(Word):
    """A limit that the law gives in words only: a window without an end."""

    no_number: Annotated[str, Names("wording")]


class OfRecord(Word):
    """The day of the first, or last, matching record."""

    first: Pattern | None = None
    last: Pattern | None = None


class OfDetail(Word):
    """The day that a detail of the triggering record gives, such as when a decision was received."""

    detail: Annotated[str, Names("detail")]


class Birthday(Word):
    """The day on which a person reaches an age."""

    birthday: Annotated[int, Field(ge=0)]
    of: Role


class StatusEdge(Word):
    """The day on which a status last began or ended, at or before the assessment."""

    status: Annotated[str, Names("status")]
    is_: Annotated[Scalars | None, Field(alias="is")] = None
    of: Role
    turn: Literal["begins", "ends"] = "begins"


class Proxy(Word):
    """A stand-in for a day that is seldom recorded; every date made from it says so."""

    proxy: Anchor
    for_: Annotated[Text, Field(alias="for")]


_WORDS = ("after", "before", "end_of", "earliest_of", "latest_of", "cases", "clock", "local_limit", "set_in_case",
          "no_number", "first", "last", "detail", "birthday", "status", "proxy")  # fmt: skip

AnchorWord = Annotated[
    Annotated[After, Tag("after")]
    | Annotated[Before, Tag("before")]
    | Annotated[EndOf, Tag("end_of")]
    | Annotated[EarliestOf, Tag("earliest_of")]
    | Annotated[LatestOf, Tag("latest_of")]
    | Annotated[Cases, Tag("cases")]
    | Annotated[OnClock, Tag("clock")]
    | Annotated[LocalLimit, Tag("local_limit")]
    | Annotated[SetInCase, Tag("set_in_case")]
    | Annotated[NoNumber, Tag("no_number")]
    | Annotated[OfRecord, Tag("first")]
    | Annotated[OfRecord, Tag("last")]
    | Annotated[OfDetail, Tag("detail")]
    | Annotated[Birthday, Tag("birthday")]
    | Annotated[StatusEdge, Tag("status")]
    | Annotated[Proxy, Tag("proxy")],
    word_of("an anchor", _WORDS),
]
Named = Literal["trigger", "opens", "today", "ever"]
Anchor = Named | AnchorWord


class Window(Word):
    """The days within which the act is to happen. `closes` absent: no time limit of any kind is stated.

    `not_before`: an act before it is a breach. `lasts_at_most`: the measure must have ended that long after the
    opening. `max_gap`: after each matching interval ends, the next must begin within the amount. `tolerance`: one
    occurrence may slide by the amount.
    """

    opens: Anchor = "trigger"
    closes: Anchor | None = None
    not_before: Anchor | None = None
    lasts_at_most: Amount | None = None
    max_gap: Amount | None = None
    tolerance: Amount | None = None


class Every(Word):
    """A recurrence. The first occurrence closes at the window's end; each next follows by the interval.

    `from: last` counts from the last fulfilment; `grid` from the first window, whatever happened; `set_in_case` takes
    the interval from the case. With `times`, each interval is a window in which so many acts are due.
    """

    amount: Annotated[int, Field(ge=1)] | None = None
    unit: Unit | None = None
    set_in_case: Annotated[str, Names("setting")] | None = None
    at_most: Amount | None = None  # a ceiling on what the case may set
    from_: Annotated[Literal["last", "grid"], Field(alias="from")] = "last"
