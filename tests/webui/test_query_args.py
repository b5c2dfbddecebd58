from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import Sort
from webui.query_args import MAX_PAGE, MAX_QUERY, MAX_VALUES, read_search_arguments, unknown_parameters


def read(**values: str | list[str]):
    return read_search_arguments(MultiDict(values))


def test_every_parameter_is_read():
    state = read(
        q="a b",
        source=["x", "y"],
        domain="judicial",
        lang="en",
        since="2007",
        until="2008-02",
        sort="oldest",
        page="3",
    ).state
    request = state.request(20)
    assert (request.query, request.sources, request.domains, request.languages) == (
        "a b",
        ("x", "y"),
        ("judicial",),
        ("en",),
    )
    assert (request.since, request.until) == (date(2007, 1, 1), date(2008, 2, 29))
    assert (request.sort, request.page, request.limit) == (Sort.OLDEST, 3, 20)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("since", "2008-13"),
        ("until", "2008-02-30"),
        ("until", "0000"),
        ("sort", "best"),
        ("page", "0"),
        ("page", "-1"),
        ("page", str(MAX_PAGE + 1)),
        ("page", "1" * 5000),
        ("page", "٣"),
        ("page", "1.5"),
        ("limit", "101"),
        ("limit", "many"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_and_left_out(name: str, value: str):
    arguments = read(**{name: value})
    assert [mistake.parameter for mistake in arguments.mistakes] == [name]
    assert (arguments.state, arguments.limit) == (read().state, read().limit)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2008-13", 'since "2008-13": there is no month 13: it is left out'),
        ("2008-02-30", 'since "2008-02-30": February 2008 has no day 30: it is left out'),
        ("0000", 'since "0000": there is no year 0000: it is left out'),
        ("soon", 'since "soon": not a date (write 2008, 2008-11 or 2008-11-05): it is left out'),
    ],
)
def test_what_is_wrong_with_a_date_is_told(value: str, message: str):
    assert [mistake.message for mistake in read(since=value).mistakes] == [message]


@pytest.mark.parametrize(("since", "until"), [("2010", "2008"), ("2008-13", "2009"), ("", "soon")])
def test_dates_are_kept_as_they_were_typed(since: str, until: str):
    assert read(since=since, until=until).typed_dates == (since, until)


def test_a_message_about_a_very_long_value_is_short():
    assert len(read(sort="x" * 5000).mistakes[0].message) < 200


def test_dates_in_the_wrong_order_are_told_and_left_out():
    arguments = read(since="2010", until="2008")
    assert len(arguments.mistakes) == 1
    assert not arguments.state.dated


def test_since_and_until_of_the_same_year_take_the_whole_year_in():
    arguments = read(since="2008", until="2008")
    assert arguments.mistakes == ()
    assert (arguments.state.first_day, arguments.state.last_day) == (date(2008, 1, 1), date(2008, 12, 31))


def test_a_long_query_is_cut_off_and_that_is_told():
    arguments = read(q="x" * (MAX_QUERY + 1))
    assert arguments.state.query == "x" * MAX_QUERY
    assert arguments.mistakes[0].parameter == "q"


def test_too_many_values_of_a_filter_are_told():
    arguments = read(source=[f"s{number}" for number in range(MAX_VALUES + 1)])
    assert len(arguments.state.sources) == MAX_VALUES
    assert arguments.mistakes[0].parameter == "source"


def test_a_value_given_twice_counts_once():
    assert read(domain=["culture", "culture"]).state.domains == ("culture",)


def test_two_different_queries_are_told_and_the_first_is_used():
    arguments = read(q=["a", "b"])
    assert arguments.state.query == "a"
    assert arguments.mistakes[0].parameter == "q"


def test_control_characters_become_spaces():
    assert read(q="a\x00b\x1fc").state.query == "a b c"


def test_parameters_that_nobody_asked_for_are_told():
    assert [mistake.parameter for mistake in unknown_parameters(MultiDict({"q": "x", "qq": "y"}), ("q",))] == ["qq"]


@given(
    st.dictionaries(st.sampled_from(["q", "source", "since", "until", "sort", "page", "limit"]), st.text(max_size=20))
)
def test_reading_never_fails(values: dict[str, str]):
    state = read_search_arguments(MultiDict(values)).state
    state.request(10)
