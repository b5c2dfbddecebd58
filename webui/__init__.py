"""Pages and API."""

from webui.app import create_app
from webui.errors import CannotListen, NotServing, PortInUse, PortNotAllowed, UnknownHost, WebError
from webui.server import Server
from webui.settings import WebSettings

__all__ = [
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
