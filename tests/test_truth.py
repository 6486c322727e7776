"""Kleene's strong three-valued logic, table by table."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enplan.truth import Truth, all_of, any_of, known

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
values = st.sampled_from([T, F, U])


@pytest.mark.parametrize(("one", "expected"), [(T, F), (F, T), (U, U)])
def test_not(one: Truth, expected: Truth) -> None:
    assert ~one is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(T, T, T), (T, F, F), (T, U, U), (F, T, F), (F, F, F), (F, U, F), (U, T, U), (U, F, F), (U, U, U)],
)
def test_and(one: Truth, other: Truth, expected: Truth) -> None:
    assert all_of([one, other]) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(T, T, T), (T, F, T), (T, U, T), (F, T, T), (F, F, F), (F, U, U), (U, T, T), (U, F, U), (U, U, U)],
)
def test_or(one: Truth, other: Truth, expected: Truth) -> None:
    assert any_of([one, other]) is expected


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert all_of([]) is T
    assert any_of([]) is F


def test_a_plain_boolean_is_lifted() -> None:
    assert known(True) is T
    assert known(False) is F


@pytest.mark.parametrize("value", [T, F, U])
def test_a_truth_has_no_plain_truth_value(value: Truth) -> None:
    with pytest.raises(TypeError, match=r"compare with Truth\.TRUE"):
        bool(value)


@given(st.lists(values, max_size=6))
def test_de_morgan(row: list[Truth]) -> None:
    assert ~all_of(row) is any_of(~one for one in row)
    assert ~any_of(row) is all_of(~one for one in row)


def test_order_and_grouping_change_nothing() -> None:
    for row in product([T, F, U], repeat=3):
        one, two, three = row
        assert {all_of(p) for p in permutations(row)} == {all_of([one, all_of([two, three])])}
        assert {any_of(p) for p in permutations(row)} == {any_of([one, any_of([two, three])])}


@given(st.lists(values, min_size=1, max_size=6), st.data())
def test_learning_an_unknown_never_turns_a_known_result(row: list[Truth], data: st.DataObject) -> None:
    learned = [data.draw(st.sampled_from([T, F])) if one is U else one for one in row]
    for combine in (all_of, any_of):
        assert combine(row) in (U, combine(learned))
