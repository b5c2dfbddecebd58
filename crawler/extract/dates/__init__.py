"""The date of publication of a page: never invented, never shifted by a time zone."""

from crawler.extract.dates.find import Evidence, find_date, page_order, read_selected
from crawler.extract.dates.order import Order

__all__ = ["Evidence", "Order", "find_date", "page_order", "read_selected"]
