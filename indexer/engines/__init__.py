"""Engines: what keeps a generation and answers queries from it. The embedded one has a Whoosh index of arrays."""
