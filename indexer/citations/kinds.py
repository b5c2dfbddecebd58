"""What kind of publication a web address belongs to, as far as the name of its host says."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit


class Kind(StrEnum):
    """The kinds that reference managers tell apart and that a host can tell."""

    GOVERNMENT = "government"
    NEWS = "news"
    WEB = "web"
    UNKNOWN = "unknown"
    """A document without a web address."""


_GOVERNMENTS = re.compile(
    # Registries give these names to governments only.
    r"(?:^|\.)(?:(?:gov|gob|gouv|gub|govt|gv)(?:\.[a-z]{2})?|go\.[a-z]{2}|gc\.ca|mil"
    # Bodies that governments have made together.
    r"|europa\.eu|un\.org|oas\.org|cepal\.org|celacinternational\.org|int)$"
)
# The agencies and papers of the field; what is missing here is a web page, which is never wrong.
_NEWS = frozenset(
    """
    xinhuanet.com news.cn people.com.cn people.cn chinadaily.com.cn globaltimes.cn cgtn.com ecns.cn scmp.com
    efe.com telam.com.ar prensa-latina.cu agenciabrasil.ebc.com.br andina.pe notimex.gob.mx reuters.com
    apnews.com afp.com bbc.com bbc.co.uk dw.com france24.com elpais.com nytimes.com washingtonpost.com
    theguardian.com ft.com lemonde.fr folha.uol.com.br globo.com clarin.com lanacion.com.ar pagina12.com.ar
    eltiempo.com elcomercio.pe emol.com eluniversal.com.mx jornada.com.mx granma.cu mercopress.com
    """.split()  # noqa: SIM905 - forty quoted names are harder to read
)


def kind_of(url: str | None) -> Kind:
    """What the host of an address says; ``WEB`` where it says nothing."""
    if not url:
        return Kind.UNKNOWN
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # a broken IPv6 address
        return Kind.WEB
    parts = host.split(".")
    if any(".".join(parts[at:]) in _NEWS for at in range(len(parts))):
        return Kind.NEWS
    return Kind.GOVERNMENT if _GOVERNMENTS.search(host) else Kind.WEB
