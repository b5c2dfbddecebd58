"""Cooperation domains: the taxonomy, and the labels it gives to documents."""

from indexer.domains.label import Labeller
from indexer.domains.taxonomy import Node, Taxonomy

__all__ = ["Labeller", "Node", "Taxonomy"]
