"""Character sets: from bytes to text, never to a wrong one silently."""

from crawler.extract.charset.decoding import Basis, Decoded, decode

__all__ = ["Basis", "Decoded", "decode"]
