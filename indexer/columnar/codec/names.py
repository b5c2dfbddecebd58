"""How a field of any schema is called in a file of columns."""

from __future__ import annotations

import re
from urllib.parse import unquote

RESERVED = frozenset({"column", "lengths", "stored", "vectors", "words"})
"""What else of a file has blocks called so; a field with such a name gets its first letter escaped."""
_SIGNS = re.compile(r"[%./]")  # blocks of a field are called FIELD/PART, parts of a block BLOCK.PART


def block_name(field: str) -> str:
    """The name that a field's blocks begin with: its own, with ``%`` escapes where that means something else."""
    if field in RESERVED:
        return f"%{ord(field[0]):02X}{field[1:]}"
    return _SIGNS.sub(lambda found: f"%{ord(found[0]):02X}", field)


def field_name(block: str) -> str:
    """The field whose blocks begin with ``block``."""
    return unquote(block)
