"""What can go wrong with the web interface in a way that the user can act on.

::

    ConcordError
    └── WebError                root of this package
        ├── NotServing          a process that was to serve can't
        └── CannotListen        the server can't listen at the address it was given
            ├── PortInUse       another program listens there
            ├── PortNotAllowed  the operating system keeps this port from this user
            └── UnknownHost     this machine has no such address
"""

from __future__ import annotations

from crawler import ConcordError


class WebError(ConcordError):
    """Root of the errors of ``webui``."""


class NotServing(WebError):
    """A process that was to serve ended right away; ``status`` is what it ended with (below 0: by that signal)."""

    def __init__(self, status: int | None) -> None:
        super().__init__(
            f"a process that was to serve ended as soon as it was started ({status}): what it said is above; "
            "with [web] processes = 1 there is none beside this one"
        )
        self.status = status


class CannotListen(WebError):
    """The server can't listen at the address it was given."""

    def __init__(self, host: str, port: int, message: str) -> None:
        super().__init__(message)
        self.host = host
        self.port = port


class PortInUse(CannotListen):
    """Another program listens there."""

    def __init__(self, host: str, port: int) -> None:
        todo = "stop the other program or give --port N (with make: PORT=N)"
        super().__init__(host, port, f"port {port} on {host} is in use: {todo}")


class PortNotAllowed(CannotListen):
    """The operating system keeps this port from this user."""

    def __init__(self, host: str, port: int) -> None:
        todo = "give --port N (with make: PORT=N) with 1024 or above"
        super().__init__(host, port, f"port {port} on {host} is not permitted: {todo}")


class UnknownHost(CannotListen):
    """This machine has no such address."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            host, port, f'can\'t listen on host "{host}" ({reason}): give --host 127.0.0.1 or another of this machine'
        )
        self.reason = reason
