"""Why no answer came, in words."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "the host's name can't be resolved"),
    (DownloadConnectionRefusedError, "the host refuses the connection"),
    (DownloadTimeoutError, "no whole answer within the timeout"),
    (DownloadCancelledError, "larger than max_bytes"),
)


def reason_of(error: BaseException | None) -> str:
    """One line for the report."""
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    text = str(error)
    if isinstance(error, IgnoreRequest):
        return "larger than max_bytes" if "DOWNLOAD_MAXSIZE" in text else (text or "ignored")
    if isinstance(error, ResponseDataLossError):
        return text if "gzip" in text or "body" in text else "the body is cut off"
    return text.splitlines()[0][:200] if text else type(error).__name__
