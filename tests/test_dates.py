"""Days, spans and the Danish calendar. Expected days are counted by hand from a calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enplan.dates import (
    FOREVER,
    Span,
    Unit,
    add,
    add_to,
    earliest,
    end_of,
    is_counted,
    last_working_day,
    latest,
    parse_span,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
day = date.fromisoformat


def span(text: str) -> Span:
    found = parse_span(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2024-02-28", 1, Unit.DAYS, "2024-02-29"),
        ("2023-02-28", 1, Unit.DAYS, "2023-03-01"),
        ("2023-12-31", 1, Unit.DAYS, "2024-01-01"),
        ("2024-03-01", -1, Unit.DAYS, "2024-02-29"),
        ("2024-01-01", 0, Unit.DAYS, "2024-01-01"),
        ("2024-01-01", 3, Unit.WEEKS, "2024-01-22"),
        ("2024-01-01", -1, Unit.WEEKS, "2023-12-25"),
        ("2024-01-15", 1, Unit.MONTHS, "2024-02-15"),
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),
        ("2023-01-31", 1, Unit.MONTHS, "2023-02-28"),
        ("2023-01-31", 3, Unit.MONTHS, "2023-04-30"),  # added to the anchor, not month by month
        ("2023-10-31", 4, Unit.MONTHS, "2024-02-29"),
        ("2024-03-31", -1, Unit.MONTHS, "2024-02-29"),
        ("2024-02-29", 12, Unit.MONTHS, "2025-02-28"),
        ("2023-11-30", 1, Unit.QUARTERS, "2024-02-29"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2024-02-29", -1, Unit.YEARS, "2023-02-28"),
    ],
)
def test_calendar_units_are_added_to_the_anchors_day(start: str, amount: int, unit: Unit, expected: str) -> None:
    assert add(day(start), amount, unit) == day(expected)


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2024-01-15", 3, "2024-04-30"),  # February, March, April
        ("2024-01-31", 3, "2024-04-30"),
        ("2024-01-01", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-12-01", 12, "2024-12-31"),
    ],
)
def test_whole_months_are_the_calendar_months_after_the_anchors_own(start: str, amount: int, expected: str) -> None:
    assert add(day(start), amount, Unit.WHOLE_MONTHS) == day(expected)


# Easter 2024: Maundy Thursday 28 March, Good Friday 29 March, Easter Sunday 31 March, Easter Monday 1 April.
@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2024-03-22", 1, Unit.HVERDAGE, "2024-03-23"),  # a Saturday counts
        ("2024-03-22", 2, Unit.HVERDAGE, "2024-03-25"),  # Sunday does not
        ("2024-03-22", 1, Unit.ARBEJDSDAGE, "2024-03-25"),
        ("2024-03-27", 1, Unit.HVERDAGE, "2024-03-30"),  # the Saturday inside Easter
        ("2024-03-27", 2, Unit.HVERDAGE, "2024-04-02"),
        ("2024-03-27", 6, Unit.HVERDAGE, "2024-04-06"),  # 30 March, 2, 3, 4, 5, 6 April
        ("2024-03-27", 1, Unit.ARBEJDSDAGE, "2024-04-02"),
        ("2024-03-27", 1, Unit.SKOLEDAGE, "2024-04-02"),
        ("2024-04-02", -1, Unit.ARBEJDSDAGE, "2024-03-27"),
        ("2024-04-02", -1, Unit.HVERDAGE, "2024-03-30"),
        ("2023-05-04", 1, Unit.ARBEJDSDAGE, "2023-05-08"),  # Store Bededag on 5 May 2023
        ("2023-05-04", 1, Unit.HVERDAGE, "2023-05-06"),
        ("2023-05-04", 1, Unit.BANKDAGE, "2023-05-08"),
        ("2024-04-25", 1, Unit.ARBEJDSDAGE, "2024-04-26"),  # abolished: the fourth Friday after Easter 2024 counts
        ("2024-04-25", 1, Unit.HVERDAGE, "2024-04-26"),
        ("2024-04-25", 1, Unit.BANKDAGE, "2024-04-26"),
        ("2024-05-08", 1, Unit.ARBEJDSDAGE, "2024-05-10"),  # the Friday after Ascension
        ("2024-05-08", 1, Unit.BANKDAGE, "2024-05-13"),
        ("2024-06-04", 1, Unit.ARBEJDSDAGE, "2024-06-05"),  # Constitution Day
        ("2024-06-04", 1, Unit.BANKDAGE, "2024-06-06"),
        ("2024-12-23", 1, Unit.ARBEJDSDAGE, "2024-12-24"),
        ("2024-12-23", 1, Unit.BANKDAGE, "2024-12-27"),
        ("2024-12-30", 1, Unit.BANKDAGE, "2025-01-02"),
        ("2024-03-30", 0, Unit.ARBEJDSDAGE, "2024-03-30"),
    ],
)
def test_working_days_know_the_danish_holidays(start: str, amount: int, unit: Unit, expected: str) -> None:
    assert add(day(start), amount, unit) == day(expected)


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        ("2024-03-30T14:30", 24, "2024-03-31T15:30+02:00"),  # the night that lacks an hour
        ("2024-03-29T14:30", 24, "2024-03-30T14:30+01:00"),
        ("2024-10-26T14:30", 24, "2024-10-27T13:30+01:00"),  # the night that has one more
        ("2024-03-31T01:30", 1, "2024-03-31T03:30+02:00"),
        ("2024-03-05T23:30", 1, "2024-03-06T00:30+01:00"),
        ("2024-03-06T00:30", -1, "2024-03-05T23:30+01:00"),
    ],
)
def test_hours_after_a_moment_are_elapsed_hours(moment: str, hours: int, expected: str) -> None:
    found = add_to(span(moment), hours, Unit.HOURS)
    assert found.at == datetime.fromisoformat(expected)
    assert found.first == found.last == day(expected[:10])


def test_twenty_four_hours_after_a_day_end_on_the_next_day() -> None:
    assert add_to(span("2024-03-05"), 24, Unit.HOURS) == span("2024-03-06")
    assert add_to(span("2024-03-05"), 48, Unit.HOURS) == span("2024-03-07")
    assert add_to(span("2024-03-05"), -24, Unit.HOURS) == span("2024-03-04")


@pytest.mark.parametrize(
    ("text", "amount", "unit", "expected"),
    [
        ("2024-01", 1, Unit.MONTHS, "2024-02-01/2024-02-29"),
        ("ca. 2024-03-20", 1, Unit.WEEKS, "2024-03-12/2024-04-11"),
        ("2024-03-27/2024-03-29", 1, Unit.ARBEJDSDAGE, "2024-04-02"),  # both ends give the first day after Easter
        ("2024-01-15T10:00", 1, Unit.MONTHS, "2024-02-15"),  # a month after a moment is a day
    ],
)
def test_an_amount_after_an_uncertain_day_is_a_span(text: str, amount: int, unit: Unit, expected: str) -> None:
    assert str(add_to(span(text), amount, unit)) == expected


@pytest.mark.parametrize(
    ("start", "unit", "number", "expected"),
    [
        ("2024-01-03", Unit.WEEKS, 1, "2024-01-07"),
        ("2024-01-07", Unit.WEEKS, 1, "2024-01-07"),
        ("2024-01-08", Unit.WEEKS, 1, "2024-01-14"),
        ("2024-01-03", Unit.WEEKS, 8, "2024-02-25"),
        ("2024-02-10", Unit.MONTHS, 1, "2024-02-29"),
        ("2023-02-28", Unit.MONTHS, 1, "2023-02-28"),
        ("2023-12-15", Unit.MONTHS, 3, "2024-02-29"),
        ("2024-02-10", Unit.QUARTERS, 1, "2024-03-31"),
        ("2024-02-10", Unit.QUARTERS, 2, "2024-06-30"),
        ("2023-12-31", Unit.QUARTERS, 2, "2024-03-31"),
        ("2024-02-10", Unit.YEARS, 1, "2024-12-31"),
        ("2024-02-10", Unit.YEARS, 2, "2025-12-31"),
    ],
)
def test_the_end_of_a_calendar_period(start: str, unit: Unit, number: int, expected: str) -> None:
    assert end_of(day(start), unit, number) == day(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-03-27", "2024-03-27"),
        ("2024-03-30", "2024-03-27"),  # Saturday of Easter: back over Good Friday and Maundy Thursday
        ("2024-04-01", "2024-03-27"),
        ("2024-06-05", "2024-06-04"),
        ("2024-12-26", "2024-12-23"),
        ("2023-05-05", "2023-05-04"),
        ("2024-04-26", "2024-04-26"),
        ("2024-05-10", "2024-05-08"),
    ],
)
def test_the_last_working_day_on_or_before_a_day(start: str, expected: str) -> None:
    assert last_working_day(day(start)) == day(expected)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-03-05", "2018-03-05", "2018-03-05"),
        (" 2018-03-05 ", "2018-03-05", "2018-03-05"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("ca. 2018-03-05", "2018-02-18", "2018-03-20"),
        ("ca.2018-03-05", "2018-02-18", "2018-03-20"),
        ("2018-03-01/2018-03-20", "2018-03-01", "2018-03-20"),
    ],
)
def test_a_date_may_be_a_day_a_month_a_year_about_or_an_interval(text: str, first: str, last: str) -> None:
    assert parse_span(text) == Span(day(first), day(last))


def test_a_moment_keeps_its_time_of_day_in_copenhagen() -> None:
    found = span("2018-03-05T14:30")
    assert (found.first, found.last) == (day("2018-03-05"), day("2018-03-05"))
    assert found.at == datetime(2018, 3, 5, 14, 30, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2018-03-05T14:30", "2018-03-05T14:30+01:00"),
        ("2018-07-05T14:30", "2018-07-05T14:30+02:00"),
        ("2018-10-28T02:30", "2018-10-28T02:30+02:00"),  # the hour that the night has twice: the first
        ("2018-10-28T02:30+01:00", "2018-10-28T02:30+01:00"),  # the second
        ("2018-03-25T02:30", "2018-03-25T03:30+02:00"),  # the hour that the night lacks
        ("2018-03-05T23:30+00:00", "2018-03-06T00:30+01:00"),
        ("1890-01-01T10:00", "1890-01-01T10:00+00:50:20"),  # before Denmark had one time
    ],
)
def test_a_moment_is_read_as_it_is_printed(text: str, printed: str) -> None:
    assert str(span(text)) == printed
    assert span(printed) == span(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2023-02-29", "2018-13", "2018-00", "2018-03-32", "0000", "2018-3-5", "05-03-2018", "5. marts 2018", "2018-03-05T25:00",
        "2018-03-05T14", "2018-03-05 14:30", "2018-03-20/2018-03-01", "2018-03-01/", "/2018-03-01", "2018-03-01/2018-03-02/2018-03-03",
        "ca. 2018-03", "ca. 0001-01-01", "ca. 9999-12-31", "20180305", "2018-W10-1", "20180301/20180320", "2018-W10-1/2018-W10-5",
        "２０１８", "２０１８-０３", "２０１８-０３-０５", "2018-03-05T14:30Z", "2018-03-05T14:30+25:00", "0001-01-01T00:00",
    ],
)  # fmt: skip
def test_a_text_that_is_no_date_is_none(text: str) -> None:
    assert parse_span(text) is None


def test_the_earliest_and_the_latest_of_uncertain_days_are_spans() -> None:
    one, other = span("2018-03-01/2018-03-20"), span("2018-03-10")
    assert str(earliest([one, other])) == "2018-03-01/2018-03-10"
    assert str(latest([one, other])) == "2018-03-10/2018-03-20"
    assert latest([span("2018-03-10"), span("2018-03-11")]) == span("2018-03-11")


def test_a_day_and_a_moment_on_it_have_an_order() -> None:
    both = [span("2018-03-10T10:30"), span("2018-03-10")]
    assert sorted(both) == [span("2018-03-10"), span("2018-03-10T10:30")]
    assert {earliest(both).first, latest(both).first} == {day("2018-03-10")}


days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
amounts = st.integers(0, 400)
counted = st.sampled_from([Unit.HVERDAGE, Unit.ARBEJDSDAGE, Unit.BANKDAGE, Unit.SKOLEDAGE])


@given(days, st.integers(0, 40), amounts, st.sampled_from(list(Unit)))
def test_a_later_anchor_never_gives_an_earlier_day(start: date, later: int, amount: int, unit: Unit) -> None:
    assert add(start, amount, unit) <= add(start + timedelta(days=later), amount, unit)


@given(days, amounts, st.integers(1, 40), st.sampled_from(list(Unit)))
def test_a_longer_amount_never_gives_an_earlier_day(start: date, amount: int, more: int, unit: Unit) -> None:
    assert start <= add(start, amount, unit) <= add(start, amount + more, unit)


@given(days, amounts, st.sampled_from([Unit.DAYS, Unit.WEEKS]))
def test_days_and_weeks_go_there_and_back(start: date, amount: int, unit: Unit) -> None:
    assert add(add(start, amount, unit), -amount, unit) == start


@given(days, amounts, st.sampled_from([Unit.MONTHS, Unit.QUARTERS, Unit.YEARS]))
def test_months_there_and_back_lose_at_most_the_days_a_month_lacks(start: date, amount: int, unit: Unit) -> None:
    back = add(add(start, amount, unit), -amount, unit)
    assert timedelta(0) <= start - back <= timedelta(days=3)
    assert start.day > 28 or back == start


@given(days, st.integers(1, 60), counted)
def test_so_many_working_days_lie_after_the_anchor(start: date, amount: int, unit: Unit) -> None:
    end = add(start, amount, unit)
    passed = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(is_counted(one, unit) for one in passed) == amount
    assert is_counted(end, unit)
    assert not is_counted(start, unit) or add(end, -amount, unit) == start


@given(days, amounts)
def test_whole_months_end_on_the_last_day_of_a_month(start: date, amount: int) -> None:
    assert (add(start, amount, Unit.WHOLE_MONTHS) + timedelta(days=1)).day == 1


@given(days, st.integers(1, 9), st.sampled_from([Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS, Unit.YEARS]))
def test_the_end_of_one_period_is_followed_by_the_next(start: date, number: int, unit: Unit) -> None:
    end = end_of(start, unit, number)
    assert end >= start
    assert end_of(end, unit, 1) == end
    assert end_of(end + timedelta(days=1), unit, 1) == end_of(start, unit, number + 1)


@given(days)
def test_the_last_working_day_is_the_nearest_one_and_no_later(start: date) -> None:
    found = last_working_day(start)
    assert found <= start
    assert is_counted(found, Unit.BANKDAGE)
    assert not any(is_counted(found + timedelta(days=i), Unit.BANKDAGE) for i in range(1, (start - found).days + 1))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), st.integers(-500, 500), st.integers(1, 100))
def test_hours_after_a_moment_are_strictly_monotone(moment: datetime, hours: int, more: int) -> None:
    at = moment.replace(second=0, microsecond=0, tzinfo=COPENHAGEN)
    start = Span(at.date(), at.date(), at)
    one, other = (add_to(start, n, Unit.HOURS).at for n in (hours, hours + more))
    assert one is not None
    assert other is not None
    assert other.timestamp() - one.timestamp() == more * 3600


@given(days, st.integers(0, 500))
def test_a_span_reads_back_from_its_own_text(first: date, length: int) -> None:
    one = Span(first, first + timedelta(days=length))
    assert parse_span(str(one)) == one


@given(st.text(max_size=30))
def test_any_text_gives_a_span_or_none(text: str) -> None:
    found = parse_span(text)
    assert found is None or found.first <= found.last


@pytest.mark.parametrize("unit", list(Unit))
def test_an_amount_beyond_the_calendar_stays_within_it(unit: Unit) -> None:
    assert date(9999, 1, 1) <= add(date(9999, 12, 1), 500, unit) <= FOREVER
    assert add(date(1, 1, 1), -500, unit) >= date.min
