"""Kleene's strong three-valued logic (Kleene 1952, § 64): a fact that is not given is unknown, never false."""

from collections.abc import Iterable
from enum import Enum
from typing import Final


class Truth(Enum):
    """One of the three truth values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # there are three of them, each equal to itself alone

    def __bool__(self) -> bool:
        raise TypeError("a three-valued result has no plain truth value: compare with Truth.TRUE")

    def __invert__(self) -> "Truth":
        if self is TRUE:
            return FALSE
        return TRUE if self is FALSE else self


# By these names, since looking a member up in its class takes ten times as long and is done ten thousand times a case.
TRUE: Final = Truth.TRUE
FALSE: Final = Truth.FALSE
UNKNOWN: Final = Truth.UNKNOWN


def known(value: bool) -> Truth:
    """Lift a plain boolean."""
    return TRUE if value else FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction: false if any is false, else unknown if any is unknown; true when empty."""
    result = TRUE
    for value in values:
        if value is FALSE:
            return value
        if value is UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction: true if any is true, else unknown if any is unknown; false when empty."""
    result = FALSE
    for value in values:
        if value is TRUE:
            return value
        if value is UNKNOWN:
            result = value
    return result
