"""Why no answer came, in words."""

from __future__ import annotations

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectionClosed

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "the host's name can't be resolved"),
    (DownloadConnectionRefusedError, "the host refuses the connection"),
    (DownloadTimeoutError, "no whole answer within the timeout"),
    (DownloadCancelledError, "larger than max_bytes"),
    (ConnectionClosed, "the server hung up"),
    (SSL.Error, "no secure connection (TLS) can be made"),
    (DownloadFailedError, "the answer can't be read as HTTP"),
)
"""What went wrong, in words; the first that fits is told."""


def reason_of(error: BaseException | None) -> str:
    """One line for the report."""
    errors = (error, *_wrapped(error))
    for kind, reason in _REASONS:
        if any(isinstance(each, kind) for each in errors):
            return reason
    text = str(error)
    if isinstance(error, IgnoreRequest):
        return "larger than max_bytes" if "DOWNLOAD_MAXSIZE" in text else (text or "ignored")
    if isinstance(error, ResponseDataLossError):
        return text if "gzip" in text or "body" in text else "the body is cut off"
    return text.splitlines()[0][:200] if text else type(error).__name__


def _wrapped(error: BaseException | None) -> list[BaseException]:
    """What Twisted says of an answer that failed; the text of the error itself is made of names of classes."""
    cause = error.__cause__ if isinstance(error, DownloadFailedError) else None
    return [failure.value for failure in getattr(cause, "reasons", ())]
