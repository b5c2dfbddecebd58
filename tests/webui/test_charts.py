from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import FacetRow
from tests.webui.fake import FakeCollection
from webui import WebSettings, create_app
from webui.charts import HEIGHT, WIDTH, year_chart
from webui.state import SearchState


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    with create_app(WebSettings(), FakeCollection()).test_request_context():
        yield


def rows(**counts: int) -> list[FacetRow]:
    return [FacetRow(year.removeprefix("y"), year.removeprefix("y"), count) for year, count in counts.items()]


def test_years_without_documents_keep_their_place():
    chart = year_chart(SearchState("a"), rows(y2003=1, y2006=4))
    assert chart is not None
    assert [(bar.label, bar.count) for bar in chart.bars] == [("2003", 1), ("2004", 0), ("2005", 0), ("2006", 4)]


def test_the_highest_bar_fills_the_height_and_all_stay_within_the_picture():
    chart = year_chart(SearchState("a"), rows(y2003=1, y2006=4, unknown=3))
    assert chart is not None
    assert max(bar.height for bar in chart.bars) == HEIGHT
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y + bar.height == HEIGHT for bar in chart.bars)


def test_a_bar_leads_to_its_year():
    chart = year_chart(SearchState("a", sources=("s",)), rows(y2003=1, y2006=4))
    assert chart is not None
    assert chart.bars[0].href == "/?q=a&source=s&since=2003&until=2003"


def test_many_years_become_decades():
    chart = year_chart(SearchState(), rows(y1790=3, y1795=4, y2011=1))
    assert chart is not None
    assert [(bar.label, bar.count) for bar in chart.bars][0::22] == [("1790-1799", 7), ("2010-2019", 1)]


def test_the_undated_have_a_bar_of_their_own_on_the_same_scale():
    chart = year_chart(SearchState("a"), rows(y2003=2, y2006=1, unknown=4))
    assert chart is not None
    assert chart.undated is not None
    assert (chart.undated.height, chart.bars[0].height) == (HEIGHT, HEIGHT / 2)
    assert chart.undated.href == "/?q=a+date:unknown"


def test_a_single_year_is_no_chart():
    assert year_chart(SearchState(), rows(y2008=5, unknown=3)) is None


def test_the_years_of_the_filter_are_marked():
    chart = year_chart(SearchState(since="2004", until="2005-06"), rows(y2003=1, y2004=1, y2005=1, y2006=1))
    assert chart is not None
    assert [bar.chosen for bar in chart.bars] == [False, True, True, False]
