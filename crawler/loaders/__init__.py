"""Loading files into the archive: a module a format, a walker, and the run."""

from crawler.loaders.corpus import read_corpus, read_records
from crawler.loaders.files import read_lines
from crawler.loaders.report import LoadReport
from crawler.loaders.run import load, load_sources
from crawler.loaders.walk import kinds

__all__ = ["LoadReport", "kinds", "load", "load_sources", "read_corpus", "read_lines", "read_records"]
