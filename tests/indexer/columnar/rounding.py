"""Scores that only rounding tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose


def grouped(scores: Mapping[str, float], same: float) -> list[list[str]]:
    """Ids by their scores, highest first; those whose scores differ by no more than ``same`` (of 1) together."""
    groups: list[list[str]] = []
    for each in sorted(scores, key=lambda each: -scores[each]):
        if groups and isclose(scores[groups[-1][0]], scores[each], rel_tol=same, abs_tol=same):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups
