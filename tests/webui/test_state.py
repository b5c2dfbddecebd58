from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import Sort
from webui.query_args import read_search_arguments
from webui.state import SearchState

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
states = st.builds(
    SearchState,
    query=words | st.just(""),
    sources=st.lists(words, unique=True, max_size=3).map(tuple),
    domains=st.lists(words, unique=True, max_size=3).map(tuple),
    languages=st.lists(words, unique=True, max_size=3).map(tuple),
    since=st.sampled_from(["", "1999", "2000-02"]),
    until=st.sampled_from(["", "2008", "2008-11-05"]),
    sort=st.none() | st.sampled_from(Sort),
    page=st.integers(1, 100),
    fold=st.booleans(),
    explain=st.booleans(),
)


def back(arguments: dict[str, Any]) -> SearchState:
    return read_search_arguments(
        MultiDict({name: str(v) if isinstance(v, int) else v for name, v in arguments.items()})
    ).state


@given(states)
def test_an_address_holds_the_whole_state(state: SearchState):
    assert back(state.arguments()) == state


@given(states)
def test_choosing_a_value_and_taking_it_away_gives_the_same_search_from_its_first_page(state: SearchState):
    assert state.toggled("domains", "new/one").toggled("domains", "new/one") == state.at_page(1)


def test_without_words_the_newest_come_first():
    assert SearchState(sources=("a",)).order is Sort.NEWEST


def test_with_words_the_most_relevant_come_first():
    assert SearchState("a").order is Sort.RELEVANCE


def test_a_form_carries_along_all_but_the_page_and_what_it_asks_itself():
    state = SearchState("a", sources=("x", "y"), since="2008", page=4)
    assert state.hidden_fields("since") == (("q", "a"), ("source", "x"), ("source", "y"))
