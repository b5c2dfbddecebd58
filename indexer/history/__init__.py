"""What changed when: between versions of a document, in the life of a phrase, among the copies of a story."""

from indexer.history.align import Step, StepKind, align
from indexer.history.candidates import trace_phrase
from indexer.history.compare import DiffSide, DocumentDiff, FieldChange, compare, diff
from indexer.history.edits import Piece, PieceChange
from indexer.history.lineage import Lineage, OriginBasis, StoryCopy, lineage
from indexer.history.timeline import Clock, Stay, clock_of, stays
from indexer.history.trace import PageTrace, Spell, Trace
from indexer.history.turning import SentenceChange, anchor

__all__ = [
    "Clock",
    "DiffSide",
    "DocumentDiff",
    "FieldChange",
    "Lineage",
    "OriginBasis",
    "PageTrace",
    "Piece",
    "PieceChange",
    "SentenceChange",
    "Spell",
    "Stay",
    "Step",
    "StepKind",
    "StoryCopy",
    "Trace",
    "align",
    "anchor",
    "clock_of",
    "compare",
    "diff",
    "lineage",
    "stays",
    "trace_phrase",
]
