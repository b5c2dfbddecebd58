"""What a mistake in ``config.toml`` is called: pydantic's findings in the words of the file's readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ALIKE = 65.0
"""Of 100 (``rapidfuzz.fuzz.ratio``): above it, a key was meant rather than made up. "wbe" is like "web" by 67."""

_REASONS = {
    "tuple_type": 'write a list, such as ["…"], with its brackets',
    "model_type": "write it as a section of its own, with keys",
    "bool_parsing": "write true or false, without quotes",
    "bool_type": "write true or false, without quotes",
    "string_type": "write a text, in quotes",
    "int_type": "write a whole number, without quotes",
    "int_parsing": "write a whole number, without quotes",
    "int_from_float": "write a whole number",
    "float_type": "write a number, without quotes",
    "float_parsing": "write a number, without quotes",
    "path_type": "write a path, in quotes",
    "string_too_short": "is empty: leave it out or fill it in",
}


def reason_of(mistake: ErrorDetails, model: type[BaseModel] | None, elsewhere: Mapping[str, str]) -> str:
    """Why a value is wrong, and what to write instead.

    ``model`` is what the section was read as. ``elsewhere``: keys that have their place in other sections, with what to
    say of each.
    """
    if mistake["type"] == "extra_forbidden":
        return _unknown(mistake["loc"], model, elsewhere)
    if mistake["type"] == "missing":
        field = model.model_fields.get(str(mistake["loc"][-1])) if model and len(mistake["loc"]) == 1 else None
        return f"is missing: {field.description}" if field and field.description else "is missing"
    return _REASONS.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))


def did_you_mean(word: str, known: list[str]) -> str | None:
    """The one of ``known`` that ``word`` is most like; ``None`` where it is like none of them."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else None


def _unknown(keys: tuple[str | int, ...], model: type[BaseModel] | None, elsewhere: Mapping[str, str]) -> str:
    key = str(keys[-1])
    if len(keys) == 1 and key in elsewhere:
        return elsewhere[key]
    known = _known(model, keys[:-1])
    meant = did_you_mean(key, [*known, *elsewhere] if len(keys) == 1 else known)
    return f'unknown key: did you mean "{meant}"?' if meant else "unknown key"


def _known(model: type[BaseModel] | None, inside: tuple[str | int, ...]) -> list[str]:
    """The keys of the table that ``inside`` leads to."""
    for key in inside:
        field = model.model_fields.get(str(key)) if model else None
        kind = field.annotation if field else None
        model = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    return list(model.model_fields) if model else []
