"""What changed when: between versions of a document, in the life of a phrase, among the copies of a story."""

from indexer.history.align import Kind, Step, align
from indexer.history.candidates import trace_phrase
from indexer.history.compare import DocumentDiff, FieldChange, Side, compare, diff
from indexer.history.edits import Change, Piece
from indexer.history.lineage import Basis, Copy, Lineage, lineage
from indexer.history.timeline import Stay, stays
from indexer.history.trace import PageTrace, Spell, Trace
from indexer.history.turning import SentenceChange, anchor

__all__ = [
    "Basis",
    "Change",
    "Copy",
    "DocumentDiff",
    "FieldChange",
    "Kind",
    "Lineage",
    "PageTrace",
    "Piece",
    "SentenceChange",
    "Side",
    "Spell",
    "Stay",
    "Step",
    "Trace",
    "align",
    "anchor",
    "compare",
    "diff",
    "lineage",
    "stays",
    "trace_phrase",
]
