"""The standpoint from which conditions and anchors are read: the roles, the trigger, the day looked from."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from enplan.dates import Span
from enplan.situation import Record, Situation
from enplan.truth import Truth

NOTHING: Mapping[str, Truth] = MappingProxyType({})


class Context(Struct, frozen=True, gc=False):
    """One occasion as seen by conditions, patterns and anchors."""

    situation: Situation
    roles: Mapping[str, str]
    trigger: Span
    record: Record | None = None
    today: date = date.max
    opens: Span | None = None
    in_effect: Mapping[str, Truth] = NOTHING
    origin: Span | None = None  # the trigger itself, when the occasion is seen on another day
    acting: str | None = None  # the municipality on which the duty falls, where the rule says which; empty: not known
    vacant: frozenset[str] = frozenset()  # roles that somebody must fill, with nobody on record

    def opened(self, day: Span) -> "Context":
        """The same occasion, with a window that opens on a day."""
        return self if day is self.opens else replace(self, opens=day)

    def asked_on(self, day: date, in_effect: Mapping[str, Truth]) -> "Context":
        """The same occasion, as a change asks of it: its trigger is the day on which the change is asked."""
        return replace(self, trigger=Span.of(day), in_effect=in_effect)

    def seen_by(self, day: date) -> "Context":
        """The same occasion, with records later than a day not seen."""
        return self if day >= self.today else replace(self, today=day)

    def at(self, day: date) -> "Context":
        """The same occasion, seen on another day: statuses are asked on that day, and later records are not seen.

        Filters of records that speak of the trigger still mean the trigger itself.
        """
        return replace(self, trigger=Span.of(day), today=day, origin=self.origin or self.trigger)
