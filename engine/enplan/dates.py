"""Days, spans and the Danish calendar: the only place where dates are computed.

A date in a case may be a day, a month, a year, an interval or "about": it is a `Span` of possible days, and
arithmetic on it gives spans. Public holidays come from the `holidays` library (Store Bededag until 2023).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

ZONE = "Europe/Copenhagen"
ABOUT = timedelta(days=15)  # "ca. 2018-03-05" is any day from 15 before to 15 after
FOREVER = date.max


class Unit(StrEnum):
    """The units of a time limit; each names its calendar."""

    HOURS = "hours"  # elapsed hours, Europe/Copenhagen
    DAYS = "days"
    HVERDAGE = "hverdage"  # Monday to Saturday, not public holidays
    ARBEJDSDAGE = "arbejdsdage"  # Monday to Friday, not public holidays
    BANKDAGE = "bankdage"  # arbejdsdage less 5 June, 24 and 31 December and the Friday after Ascension
    SKOLEDAGE = "skoledage"  # arbejdsdage; local school holidays are not known here
    WEEKS = "weeks"
    MONTHS = "months"
    WHOLE_MONTHS = "whole-months"  # whole calendar months after the one of the anchor
    QUARTERS = "quarters"
    YEARS = "years"


class Span(Struct, frozen=True, gc=False):
    """The days on which something happened or falls due; `at` is the moment, when a time of day is known."""

    first: date
    last: date
    at: datetime | None = None

    def _order(self) -> tuple[date, date, str]:
        return self.first, self.last, self.at.isoformat() if self.at else ""

    def __lt__(self, other: object) -> bool:
        return self._order() < other._order() if isinstance(other, Span) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._order() > other._order() if isinstance(other, Span) else NotImplemented

    def __le__(self, other: object) -> bool:
        return not self > other

    def __ge__(self, other: object) -> bool:
        return not self < other

    @staticmethod
    @lru_cache(maxsize=65536)
    def of(day: date) -> "Span":
        """The span of one known day."""
        return Span(day, day)

    @property
    def certain(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.at:
            return self.at.isoformat(timespec="minutes")
        return self.first.isoformat() if self.certain else f"{self.first.isoformat()}/{self.last.isoformat()}"


def parse_span(text: str) -> Span | None:
    """Read `2018-03-05`, `2018-03-05T14:30`, `2018-03`, `2018`, `ca. 2018-03-05` or `2018-03-01/2018-03-20`.

    A moment may have the offset with which it is printed: `2018-03-05T14:30+01:00`.

    Returns None when the text is none of these, or names a day that does not exist.
    """
    text = text.strip()
    try:
        if match := re.fullmatch(r"(?:ca\.|about)\s*([0-9]{4}-[0-9]{2}-[0-9]{2})", text):
            day = date.fromisoformat(match[1])
            return Span(day - ABOUT, day + ABOUT)
        if match := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})", text):
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
            return Span(first, last) if first <= last else None
        if re.fullmatch(r"[0-9]{4}", text):
            return Span(date(int(text), 1, 1), date(int(text), 12, 31))
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
            year, month = int(match[1]), int(match[2])
            return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}([+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?", text):
            given = datetime.fromisoformat(text)
            utc = (given if given.tzinfo else given.replace(tzinfo=ZoneInfo(ZONE))).astimezone(ZoneInfo("UTC"))
            moment = utc.astimezone(ZoneInfo(ZONE))  # a time that the night of summer time lacks is an hour later
            return Span(moment.date(), moment.date(), moment)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return Span.of(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return None


@lru_cache(maxsize=65536)
def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, else the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return FOREVER if year > 9999 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """`days` later, held within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return FOREVER if days > 0 else date.min


def adjoins(end: Span, start: Span) -> bool:
    """Whether something begins by the day after the last day of something else, so that no day lies between."""
    return (start.first - end.last).days <= 1


HOLIDAY_YEARS = range(1990, 2061)


@lru_cache(maxsize=1)
def public_holidays() -> frozenset[date]:
    """The Danish public holidays of HOLIDAY_YEARS, by the `holidays` library."""
    if _remembered:
        return _remembered
    from holidays import country_holidays

    return frozenset(country_holidays("DK", years=HOLIDAY_YEARS))


_remembered: frozenset[date] = frozenset()


def remember_holidays(days: frozenset[date]) -> None:
    """Take the holidays that the library gave earlier, so that it need not be imported again (a tenth of a second)."""
    global _remembered
    _remembered = days


def _holidays() -> Callable[[date], bool]:
    return public_holidays().__contains__


@lru_cache(maxsize=8192)
def is_counted(day: date, unit: Unit) -> bool:
    """Whether a day counts in a calendar of working days."""
    if day.weekday() > (5 if unit is Unit.HVERDAGE else 4) or _holidays()(day):
        return False
    if unit is not Unit.BANKDAGE:
        return True
    after_ascension = day.weekday() == 4 and day.month in (4, 5, 6) and _holidays()(add_days(day, -1))
    return (day.month, day.day) not in ((6, 5), (12, 24), (12, 31)) and not after_ascension


_COUNTED = (Unit.HVERDAGE, Unit.ARBEJDSDAGE, Unit.BANKDAGE, Unit.SKOLEDAGE)
DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}


def add(day: date, amount: int, unit: Unit) -> date:
    """`amount` units after `day` (before, when negative); the day itself is not counted."""
    if unit in DAYS:
        return add_days(day, amount * DAYS[unit])
    if unit in MONTHS:
        return add_months(day, amount * MONTHS[unit])
    if unit is Unit.WHOLE_MONTHS:
        return end_of(add_months(day.replace(day=1), amount), Unit.MONTHS)
    if unit is Unit.HOURS:
        return add_days(day, -(-amount // 24) if amount >= 0 else amount // 24)
    step = 1 if amount >= 0 else -1
    left = abs(amount)
    while left and date.min < day < FOREVER:
        day = add_days(day, step)
        left -= is_counted(day, unit)
    return day


def add_to(span: Span, amount: int, unit: Unit) -> Span:
    """`add` on a span. Hours after a known moment give a moment, counted as elapsed time."""
    if unit is Unit.HOURS and span.at:
        utc = span.at.astimezone(ZoneInfo("UTC")) + timedelta(hours=amount)
        moment = utc.astimezone(ZoneInfo(ZONE))
        return Span(moment.date(), moment.date(), moment)
    return Span(add(span.first, amount, unit), add(span.last, amount, unit))


def end_of(day: date, unit: Unit, number: int = 1) -> date:
    """The last day of the `number`th calendar week, month, quarter or year, that of `day` being the first."""
    if unit is Unit.WEEKS:
        return add_days(day, 6 - day.weekday() + 7 * (number - 1))
    size = MONTHS.get(unit, 1)
    start = date(day.year, (day.month - 1) // size * size + 1, 1)
    return add_days(add_months(start, size * number), -1)


def last_working_day(day: date) -> date:
    """`day`, or the nearest earlier day on which a municipal office is open (bankdage)."""
    while not is_counted(day, Unit.BANKDAGE) and day > date.min:
        day = add_days(day, -1)
    return day


def earliest(spans: "list[Span]") -> Span:
    """The earliest of several uncertain days."""
    return (
        min(spans) if all(s.certain for s in spans) else Span(min(s.first for s in spans), min(s.last for s in spans))
    )


def latest(spans: "list[Span]") -> Span:
    """The latest of several uncertain days."""
    return (
        max(spans) if all(s.certain for s in spans) else Span(max(s.first for s in spans), max(s.last for s in spans))
    )
