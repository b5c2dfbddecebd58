from __future__ import annotations

import webui


def test_the_public_names_are_these_and_all_are_there():
    assert webui.__all__ == [
        "CannotListen",
        "NotServing",
        "PortInUse",
        "PortNotAllowed",
        "Server",
        "UnknownHost",
        "WebError",
        "WebSettings",
        "create_app",
    ]
    assert all(hasattr(webui, name) for name in webui.__all__)
