"""Citations of what was found, receipts of searches, and holding both against the archive."""

from indexer.citations.citation import Citation, cite, cite_all
from indexer.citations.digest import text_digest
from indexer.citations.formats import FORMATS, Format
from indexer.citations.receipts import receipt
from indexer.citations.rerunning import Absent, Difference, Rerun, Why, rerun
from indexer.citations.verdict import State, Verdict, Verification
from indexer.citations.verify import verify_file

__all__ = [
    "FORMATS",
    "Absent",
    "Citation",
    "Difference",
    "Format",
    "Rerun",
    "State",
    "Verdict",
    "Verification",
    "Why",
    "cite",
    "cite_all",
    "receipt",
    "rerun",
    "text_digest",
    "verify_file",
]
