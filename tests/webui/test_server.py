from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from crawler import ConcordError
from tests.webui.fake import FakeCollection
from webui import PortInUse, Server, UnknownHost, WebSettings, create_app


def server(**settings: object) -> Server:
    chosen = WebSettings(**settings)
    return Server(create_app(chosen, FakeCollection()), chosen)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_told_with_what_to_do(taken: int):
    with pytest.raises(PortInUse) as caught:
        server(port=taken)
    assert isinstance(caught.value, ConcordError)
    todo = "stop the other program or give --port N (with make: PORT=N)"
    assert str(caught.value) == f"port {taken} on 127.0.0.1 is in use: {todo}"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "a" * 300])
def test_an_address_that_is_not_ours_is_told(host: str):
    with pytest.raises(UnknownHost):
        server(host=host, port=0)


def test_the_port_is_taken_before_the_server_runs():
    first = server(port=0)
    try:
        with pytest.raises(PortInUse):
            server(port=first.port)
    finally:
        first.close()


def test_port_0_takes_a_free_port_and_tells_it():
    one = server(port=0)
    try:
        assert one.url == f"http://127.0.0.1:{one.port}"
        assert one.port > 0
    finally:
        one.close()


def test_listening_beyond_this_machine_is_warned_of(caplog: pytest.LogCaptureFixture):
    server(host="0.0.0.0", port=0).close()
    assert "others can read" in caplog.text


def test_listening_on_this_machine_alone_is_not_warned_of(caplog: pytest.LogCaptureFixture):
    server(port=0).close()
    assert caplog.text == ""
