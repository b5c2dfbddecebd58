"""Engines: what keeps a generation and answers queries from it. Whoosh is the embedded one."""
