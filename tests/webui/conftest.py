from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.webui.fake import FakeCollection, FakeDocument
from webui import WebSettings, create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

XINHUA = FakeDocument(
    "xinhua-1",
    "China to expand judicial cooperation",
    (
        "China on Wednesday said it will carry out exchanges.",
        "The paper speaks of judicial assistance & extradition in particular.",
        "Cultural cooperation comes last.",
    ),
    domains=("judicial/extradition", "culture"),
)


@pytest.fixture
def collection() -> FakeCollection:
    return FakeCollection(
        [
            XINHUA,
            FakeDocument(
                "mfa-1", "A treaty on extradition", source="mfa", date="2010", precision="year", domains=("judicial",)
            ),
            FakeDocument("mfa-2", "A note about extradition", source="mfa", date=None, precision=None, url=None),
            FakeDocument("ar-1", "اتفاقية extradition", source="mfa", date="2010-03", precision="month", language="ar"),
        ]
    )


@pytest.fixture
def client(collection: FakeCollection) -> FlaskClient:
    return create_app(WebSettings(), collection).test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[..., BeautifulSoup]:
    """Fetches a page that must be there, parsed."""

    def fetch(path: str = "/", **query: object) -> BeautifulSoup:
        response = client.get(path, query_string=query or None)
        assert response.status_code == 200, response.text
        return BeautifulSoup(response.text, "html.parser")

    return fetch
