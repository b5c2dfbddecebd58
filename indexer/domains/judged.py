"""Passages of which the domains are known: what a taxonomy's labels are measured on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler import detect_language, read_lines
from indexer.domains.taxonomy import Taxonomy
from indexer.errors import JudgmentsError

_SHAPE = 'write {"text": …, "domains": […], "language"?: …, "id"?: …}'


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A passage with the ``domains`` that it speaks of, as they are written; ``language`` is None where unknown."""

    id: str
    text: str
    language: str | None
    domains: frozenset[str]


def read_passages(path: Path, taxonomy: Taxonomy) -> list[JudgedPassage]:
    """Read a ``.jsonl`` (``.gz``) file, a passage a line; an ``id`` left out is the number of its line.

    Raises ``LoadError`` for a file that can't be read and ``JudgmentsError``, with the line, for what is no passage,
    for an id that stands twice and for a domain that the taxonomy doesn't have.
    """
    passages: dict[str, JudgedPassage] = {}
    for number, line in read_lines(path):
        if line is not None and not line.strip(b"\xef\xbb\xbf \t"):
            continue
        where = f"{path}:{number}"
        passage = _passage(_record(line, where), number, where)
        _check_domains(passage, taxonomy, where)
        if passage.id in passages:
            raise JudgmentsError(f'{where}: the passage "{passage.id}" stands twice: take one of them out')
        passages[passage.id] = passage
    if not passages:
        raise JudgmentsError(f"{path}: no passages: {_SHAPE} on each line")
    return list(passages.values())


def _record(line: bytes | None, where: str) -> dict[str, Any]:
    try:
        record = json.loads((line or b"").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise JudgmentsError(f"{where}: not a JSON object: {_SHAPE} on each line")
    return record


def _passage(record: dict[str, Any], number: int, where: str) -> JudgedPassage:
    text, domains, language = record.get("text"), record.get("domains"), record.get("language")
    if not isinstance(text, str):
        raise JudgmentsError(f'{where}: no "text": {_SHAPE} on each line')
    if not isinstance(domains, list) or not all(isinstance(domain, str) for domain in domains):
        raise JudgmentsError(f'{where}: no "domains", a list of ids, empty for none: {_SHAPE} on each line')
    if not isinstance(language, str | None):
        raise JudgmentsError(f'{where}: "language" is no code like "en"; leave it out where it isn\'t known')
    name = str(record.get("id") or number)
    return JudgedPassage(name, text, language or detect_language(text), frozenset(domains))


def _check_domains(passage: JudgedPassage, taxonomy: Taxonomy, where: str) -> None:
    for domain in sorted(passage.domains):
        if taxonomy.get(domain) is None:
            raise JudgmentsError(f"{where}: no domain \"{domain}\": 'concord domains list' has those there are")
