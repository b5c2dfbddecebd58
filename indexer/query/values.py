"""The values of fields: which make sense, which some document has, and which one was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

_SHOWN = 3  # values that are named where one isn't there


@dataclass(frozen=True, slots=True)
class Values:
    """``known`` may be asked for, ``present`` are those that documents have, ``names``: what people call some."""

    known: frozenset[str]
    present: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)

    def like(self, value: str) -> list[str]:
        """Values that were probably meant by one that isn't known: present ones first."""
        wanted = value.casefold()
        by_name = [known for known, name in self.names.items() if name.casefold() == wanted]
        ordered = [*sorted(self.present), *sorted(self.known - self.present)]
        by_part = [known for known in ordered if wanted in re.split(r"[/-]", known)]
        near = get_close_matches(wanted, ordered, _SHOWN, 0.7)
        return list(dict.fromkeys((*by_name, *by_part, *near)))[:_SHOWN]

    def problem(self, field_name: str, value: str) -> str | None:
        """What is wrong with a value that was asked for; ``None`` where some document has it, or could."""
        if value in self.present:
            return None
        if value in self.known:
            return f'no document has {field_name} "{value}"'
        like = self.like(value)
        there = f": there is {', '.join(like)}" if like else ""
        return f'unknown {field_name} "{value}"{there}'
