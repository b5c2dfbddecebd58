"""The section ``[web]`` of ``config.toml``."""

from __future__ import annotations

from pydantic import Field

from crawler import ConfigFile, Settings


class WebSettings(Settings):
    """Where the server listens and what its pages say.

    ``port = 0`` takes any free port. ``threads`` is how many answers each of ``processes`` works on at once.
    """

    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(8000, ge=0, le=65535)
    threads: int = Field(4, ge=1, le=64)
    processes: int = Field(1, ge=1, le=64)
    title: str = Field("Concord", min_length=1, max_length=60)
    results_per_page: int = Field(10, ge=1, le=50)

    @classmethod
    def load(cls, config: ConfigFile) -> WebSettings:
        """Read ``[web]``; raise ``ConfigError`` with every mistake in it."""
        return config.section("web", cls)
