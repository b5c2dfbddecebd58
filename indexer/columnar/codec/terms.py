"""The terms of a segment, field by field, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermNotFound

from indexer.columnar.codec.matcher import ColumnarMatcher
from indexer.columnar.codec.names import field_name
from indexer.columnar.codec.postings import ColumnarTermInfo, FieldPostings

if TYPE_CHECKING:
    from indexer.columnar.segment import SegmentFile

    Term = tuple[str, bytes]


class Terms(TermsReader):
    """A :class:`whoosh.codec.base.TermsReader`; terms are (field, bytes)."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        self._names = sorted(map(field_name, file.field_names))
        self._fields: dict[str, FieldPostings] = {}

    def _field(self, name: str) -> FieldPostings | None:
        return self._known(name) if name in self._names else None

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int] | None:
        field = self._field(fieldname)
        number = -1 if field is None else field.terms.find(text)
        return None if field is None or number < 0 else (field, number)

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return list(self._names)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """A cursor over a field's terms."""
        return Cursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[Term]:
        """All terms, in order."""
        return ((name, text) for name in self._names for text in self._known(name).terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The terms from ``prefix`` on, and those of the fields that follow; nothing of a field without terms."""
        return (term for term, _ in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, ColumnarTermInfo]]:
        """All terms with their statistics."""
        return self.items_from(self._names[0], b"") if self._names else iter(())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, ColumnarTermInfo]]:
        """The same from a term on."""
        return ((term, self._known(term[0]).term(number).info()) for term, number in self._walk(fieldname, prefix))

    def _walk(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, int]]:
        if fieldname not in self._names:
            return
        for name in self._names[self._names.index(fieldname) :]:
            terms = self._known(name).terms
            first = terms.starting_with(prefix)[0] if name == fieldname else 0
            for number in range(first, len(terms)):
                yield (name, terms[number]), number

    def _known(self, name: str) -> FieldPostings:
        if name not in self._fields:
            self._fields[name] = FieldPostings(self._file, name)
        return self._fields[name]

    def term_info(self, fieldname: str, text: bytes) -> ColumnarTermInfo:
        """A term's statistics; ``TermNotFound`` where there is no such term."""
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        field, number = found
        return field.term(number).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """All weights of a term together; ``KeyError`` where there is no such term, as Whoosh's readers expect."""
        return self._statistics(fieldname, text).weight()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands, those deleted included; ``KeyError`` like ``frequency``."""
        return self._statistics(fieldname, text).doc_frequency()

    def _statistics(self, fieldname: str, text: bytes) -> ColumnarTermInfo:
        try:
            return self.term_info(fieldname, text)
        except TermNotFound as error:
            raise KeyError((fieldname, text)) from error

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ColumnarMatcher:
        """Walks a term's postings; ``TermNotFound`` where there is no such term."""
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        field, number = found
        return ColumnarMatcher(field.term(number), format_, (fieldname, text), scorer)

    def close(self) -> None:
        """Let go of the file."""
        self._fields.clear()
        self._file.close()


class Cursor(FieldCursor):
    """Walks a field's terms in order; it begins at the first. Where the terms end, everything is ``None``."""

    def __init__(self, field: FieldPostings | None, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._count = len(field.terms) if field else 0
        self._number = 0

    def first(self) -> Any:
        """Back to the first term."""
        self._number = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to the first term that is ``term`` (text or bytes) or comes behind it."""
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        if self._field is not None:
            self._number = self._field.terms.starting_with(text)[0]
        return self.text()

    def next(self) -> Any:
        """Go on to the next term."""
        self._number = min(self._number + 1, self._count)
        return self.text()

    def text(self) -> Any:
        """The term here, as the field reads its bytes."""
        if self._field is None or not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._field.terms[self._number])

    def term_info(self) -> ColumnarTermInfo | None:
        """The statistics of the term here."""
        if self._field is None or not self.is_valid():
            return None
        return self._field.term(self._number).info()

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._number < self._count
