"""The standpoint from which conditions and anchors are read: the roles, the trigger, the day looked from."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from enplan.dates import Span
from enplan.situation import Record, Situation
from enplan.truth import Truth

NOTHING: Mapping[str, Truth] = MappingProxyType({})


class Context(NamedTuple):
    """One occasion as seen by conditions, patterns and anchors.

    A tuple, since many are made and none lives long; its methods write every field out, since `_replace` made the scenario
    suite a twentieth slower.
    """

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
        if day is self.opens:
            return self
        return Context(
            self.situation, self.roles, self.trigger, self.record, self.today,
            day, self.in_effect, self.origin, self.acting, self.vacant,
        )  # fmt: skip

    def asked_on(self, day: date, in_effect: Mapping[str, Truth]) -> "Context":
        """The same occasion, as a change asks of it: its trigger is the day on which the change is asked."""
        return Context(
            self.situation, self.roles, Span.of(day), self.record, self.today,
            self.opens, in_effect, self.origin, self.acting, self.vacant,
        )  # fmt: skip

    def seen_by(self, day: date) -> "Context":
        """The same occasion, with records later than a day not seen."""
        if day >= self.today:
            return self
        return Context(
            self.situation, self.roles, self.trigger, self.record, day,
            self.opens, self.in_effect, self.origin, self.acting, self.vacant,
        )  # fmt: skip

    def at(self, day: date) -> "Context":
        """The same occasion, seen on another day: statuses are asked on that day, and later records are not seen.

        Filters of records that speak of the trigger still mean the trigger itself.
        """
        origin = self.origin or self.trigger
        return Context(
            self.situation, self.roles, Span.of(day), self.record, day,
            self.opens, self.in_effect, origin, self.acting, self.vacant,
        )  # fmt: skip
