"""Pages and API."""

from webui.app import create_app
from webui.errors import CannotListen, PortInUse, PortNotAllowed, UnknownHost, WebError
from webui.server import Server
from webui.settings import WebSettings

__all__ = [
    "CannotListen",
    "PortInUse",
    "PortNotAllowed",
    "Server",
    "UnknownHost",
    "WebError",
    "WebSettings",
    "create_app",
]
