"""Kleene's strong three-valued logic (Kleene 1952, § 64): a fact that is not given is unknown, never false."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """One of the three truth values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # there are three of them, each equal to itself alone

    def __bool__(self) -> bool:
        raise TypeError("a three-valued result has no plain truth value: compare with Truth.TRUE")

    def __invert__(self) -> "Truth":
        if self is Truth.TRUE:
            return Truth.FALSE
        return Truth.TRUE if self is Truth.FALSE else self


def known(value: bool) -> Truth:
    """Lift a plain boolean."""
    return Truth.TRUE if value else Truth.FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction: false if any is false, else unknown if any is unknown; true when empty."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction: true if any is true, else unknown if any is unknown; false when empty."""
    result = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result
