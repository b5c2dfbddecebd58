"""Writing a segment plainly, all in memory and word by word: what the quick way is held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.analysis import CJK_PREFIX, UNKNOWN, Token, family, fold, tokenize
from indexer.columnar.blocks import BlockWriter
from indexer.columnar.columns import write_codes
from indexer.columnar.postings import Postings, invert, write_field
from indexer.columnar.strings import bounds, write_strings
from indexer.columnar.words import number_words, write_words
from indexer.engines.protocol import LabelledDocument

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNDATED = 0  # no day of the calendar: date.toordinal() starts at 1


def write_segment(path: Path, entries: Iterable[LabelledDocument]) -> None:
    """Write the segment of some documents, all in memory."""
    from indexer.columnar.packing import pack

    documents = list(entries)
    titles = [_Text.of([entry.document.title], [entry.document.language or UNKNOWN]) for entry in documents]
    bodies = [_Text.of(entry.document.paragraphs, entry.languages()) for entry in documents]
    pasts = {
        (at, version.number): _Text.of(version.paragraphs, version.languages)
        for at, entry in enumerate(documents)
        for version in (entry.history.past if entry.history else ())
    }
    texts = (*titles, *bodies, *pasts.values())
    different = list(dict.fromkeys(chain.from_iterable(text.words for text in texts)))
    numbers, arrays = number_words(different)
    final = dict(zip(different, numbers.tolist(), strict=True))
    ordered = sorted(different, key=final.__getitem__)
    with BlockWriter(path) as writer:
        writer.add("documents", np.array([len(documents)], np.uint64))
        write_words(writer, ["\t".join(word).encode() for word in ordered], arrays)
        for name, texts in (("title", titles), ("body", bodies)):
            _write_text(writer, name, texts, final, ordered)
        _write_columns(writer, documents, titles, bodies, final)
        write_strings(writer, "column/past", [_past(at, entry, pasts, final) for at, entry in enumerate(documents)])
        write_strings(writer, "stored", map(pack, documents))


def _past(
    at: int, entry: LabelledDocument, pasts: dict[tuple[int, int], _Text], final: dict[tuple[str, str], int]
) -> bytes:
    if entry.history is None:
        return b""
    values = [entry.document.version, len(entry.history.order), *entry.history.order]
    for version in entry.history.past:
        text = pasts[at, version.number]
        values += [version.number, len(text.lengths), len(text.words), *text.lengths]
        values += [final[word] for word in text.words]
    return np.array(values, "<u4").tobytes()


class _Text:
    def __init__(self, words: list[tuple[str, str]], lengths: list[int]) -> None:
        self.words = words
        self.lengths = lengths

    @classmethod
    def of(cls, passages: Sequence[str], languages: Sequence[str]) -> _Text:
        tokens: list[list[Token]] = [list(tokenize(passage)) for passage in passages]
        words = [(token.written, language) for each, language in zip(tokens, languages, strict=True) for token in each]
        return cls(words, list(map(len, tokens)))


def _write_text(
    writer: BlockWriter,
    name: str,
    texts: Sequence[_Text],
    final: dict[tuple[str, str], int],
    ordered: Sequence[tuple[str, str]],
) -> None:
    words = np.fromiter((final[word] for text in texts for word in text.words), np.uint32)
    starts = bounds(np.array([len(text.words) for text in texts])).astype(np.intp)
    longest = int(np.diff(starts).max(initial=0))
    exact = [fold(written) for written, _ in ordered]
    families = [family(written, language) for written, language in ordered]
    _write_terms(writer, f"{name}_exact", [exact[word] for word in words.tolist()], starts, longest)
    _write_terms(writer, name, _with_pairs([families[word] for word in words.tolist()], starts), starts, longest)
    accents = [(at, ordered[word][0]) for at, word in enumerate(words.tolist()) if ordered[word][0] != exact[word]]
    owners = np.searchsorted(starts, [at for at, _ in accents], "right")
    _write_terms(
        writer,
        f"{name}_accents",
        [form for _, form in accents],
        np.searchsorted(owners, np.arange(1, len(texts) + 2)).astype(np.intp),
        None,
    )


def _with_pairs(terms: list[str], starts: NDArray[np.intp]) -> list[str]:
    ends = set((starts[1:] - 1).tolist())
    paired = list(terms)
    for at, term in enumerate(terms[:-1]):
        if term.startswith(CJK_PREFIX) and terms[at + 1].startswith(CJK_PREFIX) and at not in ends:
            paired[at] = term + terms[at + 1].removeprefix(CJK_PREFIX)
    return paired


def _write_terms(
    writer: BlockWriter, field: str, terms: Sequence[str], starts: NDArray[np.intp], longest: int | None
) -> None:
    if not terms:
        return
    different = sorted({term.encode() for term in terms})
    numbers = {term.decode(): number for number, term in enumerate(different)}
    postings = invert(np.fromiter(map(numbers.__getitem__, terms), np.uint32), starts, places=longest is not None)
    write_field(writer, field, different, postings, len(starts) - 1, longest)


def _write_columns(
    writer: BlockWriter,
    entries: Sequence[LabelledDocument],
    titles: Sequence[_Text],
    bodies: Sequence[_Text],
    final: dict[tuple[str, str], int],
) -> None:
    documents = [entry.document for entry in entries]
    dates = [document.date for document in documents]
    ids = [document.id.encode() for document in documents]
    writer.add("column/date_first", np.array([d.first.toordinal() if d else UNDATED for d in dates], np.int32))
    writer.add("column/date_last", np.array([d.last.toordinal() if d else UNDATED for d in dates], np.int32))
    writer.add("column/title_length", np.array([len(text.words) for text in titles], np.uint32))
    writer.add("column/body_length", np.array([len(text.words) for text in bodies], np.uint32))
    write_codes(writer, "column/date", [str(d).encode() if d else b"" for d in dates])
    write_codes(writer, "column/source", [document.source.encode() for document in documents])
    write_codes(writer, "column/domain", [" ".join(sorted(entry.domain_ids)).encode() for entry in entries])
    write_codes(writer, "column/language", [(document.language or UNKNOWN).encode() for document in documents])
    read_in = [" ".join(sorted({e.document.language or UNKNOWN, *e.passage_languages})).encode() for e in entries]
    write_codes(writer, "column/read_in", read_in)
    write_strings(writer, "column/id", ids)
    write_strings(writer, "column/url", [(document.url or "").encode() for document in documents])
    write_strings(writer, "column/lead", [(document.lead or "").encode() for document in documents])
    for name, texts in (("words", bodies), ("title_words", titles)):
        packed = [np.array([final[word] for word in text.words], "<u4").tobytes() for text in texts]
        write_strings(writer, f"column/{name}", packed)
    write_strings(writer, "column/passages", [np.array(text.lengths, "<u4").tobytes() for text in bodies])
    for name, values in (
        ("id", [[each] for each in ids]),
        ("source", [[document.source.encode()] for document in documents]),
        ("language", [[(document.language or UNKNOWN).encode()] for document in documents]),
        ("domain", [[domain.encode() for domain in sorted(entry.domain_ids)] for entry in entries]),
    ):
        _write_values(writer, name, values)


def _write_values(writer: BlockWriter, field: str, values: Sequence[Sequence[bytes]]) -> None:
    """The postings of a field that has values without places."""
    different = sorted(set(chain.from_iterable(values)))
    if not different:
        return
    numbers = {value: number for number, value in enumerate(different)}
    terms: Any = np.fromiter((numbers[value] for each in values for value in each), np.uint32)
    postings: Postings = invert(terms, bounds(np.array(list(map(len, values)))).astype(np.intp), places=False)
    write_field(writer, field, different, postings, len(values), None)
