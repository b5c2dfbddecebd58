"""From bytes to text, and from text to title, paragraphs and date."""

from crawler.extract.credit import Credit, read_credit
from crawler.extract.decode import decode
from crawler.extract.paragraphs import split_paragraphs
from crawler.extract.title import make_title, split_headline

__all__ = ["Credit", "decode", "make_title", "read_credit", "split_headline", "split_paragraphs"]
