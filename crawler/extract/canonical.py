"""One address for one page: without what only tracks readers, and knowing the variants that show the same text.

:mod:`courlan` and :func:`w3lib.url.canonicalize_url` sort parameters or drop ones that tell pages apart (``eid``,
``source``, empty ones), which makes addresses that servers don't answer; so only the registrable domain is courlan's.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE, _QUERY_SAFE = "!$&'()*+,;=:@/%", "!$&'()*+,;=:@/?%[]|"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SPACE_AROUND = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\n\r]")

# Who set the parameter says what it is for: campaign tools, social networks, mailers, web statistics.
_TRACKING = re.compile(
    r"(?:utm|itm|mtm|pk|piwik|matomo|hsa|oly|vero|share|wt)[_.-]\w+"
    r"|(?:fb|g|d|y|ys|tw|tt|ms)clid|[gw]braid|gclsrc|gad_(?:source|campaignid)|msclkid|rdt_cid|li_fat_id|irclickid"
    r"|igshid|igsh|mc_[ce]id|mkt_tok|_ga|_gl|_gac|_hs(?:enc|mi|fp)|hsctatracking|__hs\w+|__s|s_cid|cmpid|xtor|_openstat"
    r"|spm|scm|share|isappinstalled|nsukey|weibo_id|sharer?_\w+|srcid|clicktime|enterid|ref_src|ref_url|at_\w+",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|asp\.?net_sessionid|aspsessionid\w*|cfid|cftoken|sessionid|session_id)", re.I
)
_MAYBE_SESSION = re.compile(r"(?:sid|s|session|zenid|oscsid)", re.IGNORECASE)
_TOKEN = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,}", re.IGNORECASE)
_SHARED_FROM = re.compile(r"[a-z_]+", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)

_MIRROR = re.compile(r"(?:www\d*|m|mobile|wap|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_VARIANT_PATH = re.compile(
    r"^/(?:amp|print)(?=/.)"
    r"|/(?:amp|print|printable|print-view)(?=/?$)"
    r"|(?:[._-](?:amp|print|printable))(?=\.s?html?$)"
    r"|\.amp$",
    re.IGNORECASE,
)
_VARIANT_PARAMETER = re.compile(
    r"(?:amp|print|printable|print_?view|printer_?friendly|is_?print)(?:=(?:1|true|yes|y|on)?)?"
    r"|(?:outputtype|output|type|format|view|mode|layout)=(?:amp|print|printable)|tmpl=component",
    re.IGNORECASE,
)


def canonical(url: str, *, base: str | None = None) -> str:
    """The address of a page as it is stored: the same for all ways to write it, and one that its server answers.

    A relative ``url`` is resolved against ``base``. Host in small letters and punycode; user name, default port,
    fragment (but for ``#!…``), tracking parameters and session ids left out; percent-encoding and dots in the path
    normalised (RFC 3986, section 6.2.2). The order of parameters and a final ``index.html`` stay: a server may give
    them a meaning. Raises ``ValueError`` for anything but http and https.
    """
    # As the URL standard has it: spaces around and line breaks inside are slips of the author's.
    text = _BREAKS.sub("", url.strip(_SPACE_AROUND))
    parts = urlsplit(urljoin(base, text) if base else text)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f'"{_shown(parts, text)}" is not a web address: it starts with https:// or http://')
    query = _query(parts.query)
    fragment = f"#{_normal(parts.fragment, _QUERY_SAFE)}" if parts.fragment.startswith("!") else ""
    return f"{parts.scheme}://{_authority(parts)}{_path(parts.path)}{f'?{query}' if query else ''}{fragment}"


def page_key(url: str) -> str:
    """What the variants of one page have in common: http and https, ``www.``, mobile, AMP and print views.

    A key to compare, not an address. Raises ``ValueError`` as :func:`canonical` does.
    """
    parts = urlsplit(canonical(url))
    path = _INDEX.sub("/", _VARIANT_PATH.sub("", parts.path)).rstrip("/")
    parameters = [pair for pair in parts.query.split("&") if pair and not _VARIANT_PARAMETER.fullmatch(pair)]
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{_MIRROR.sub('', parts.netloc, count=1)}{path}?{'&'.join(sorted(parameters))}{fragment}"


def same_page(a: str, b: str) -> bool:
    """Whether two addresses are variants of one page; raises ``ValueError`` as :func:`canonical` does."""
    return page_key(a) == page_key(b)


def canonical_of(page_url: str | None, link_canonical: str | None, og_url: str | None = None) -> str | None:
    """The address of a page that names its own: ``<link rel=canonical>`` first, then ``og:url``, each if plausible.

    Templates often name the home page, the section or one page for all of them; such a claim is passed over, and
    ``page_url`` stands. ``None`` where there is no address at all. Raises ``ValueError`` for a ``page_url`` that is no
    web address.
    """
    own = canonical(page_url) if page_url else None
    for claim in (link_canonical, og_url):
        if claim and (found := _claimed(claim, own)):
            return found
    return own


def _claimed(claim: str, own: str | None) -> str | None:
    try:
        found = canonical(claim, base=own)
    except ValueError:
        return None
    return found if _is_plausible(urlsplit(found), urlsplit(own) if own else None) else None


def _is_plausible(claim: SplitResult, own: SplitResult | None) -> bool:
    if own is None:
        return bool(claim.path.strip("/") or claim.query)
    if _site(claim) != _site(own):
        return False
    if _is_home(claim):
        return _is_home(own)
    return not (_is_above(claim, own) or _drops_number(claim, own))


def _is_home(parts: SplitResult) -> bool:
    return not _INDEX.sub("/", parts.path).strip("/") and not parts.query


def _is_above(claim: SplitResult, own: SplitResult) -> bool:
    """Whether a page claims to be the section that it stands in; print and AMP views do stand below their page."""
    if page_key(claim.geturl()) == page_key(own.geturl()):
        return False
    section = _INDEX.sub("/", claim.path)
    return not claim.query and section.endswith("/") and own.path.startswith(section) and own.path != claim.path


def _drops_number(claim: SplitResult, own: SplitResult) -> bool:
    """Whether a claim leaves out the very parameter that tells pages of one script apart: ``view.php?id=12``."""
    kept = set(claim.query.split("&"))
    dropped = [pair for pair in own.query.split("&") if pair not in kept and not _VARIANT_PARAMETER.fullmatch(pair)]
    return claim.path == own.path and any(pair.rpartition("=")[2].isdigit() for pair in dropped)


def _site(parts: SplitResult) -> str:
    from courlan import extract_domain  # brings the list of public suffixes with it

    return extract_domain(f"http://{parts.hostname}/") or parts.netloc


def _shown(parts: SplitResult, text: str) -> str:
    """The address for an error message: never with a password in it."""
    return text.replace(f"{parts.netloc.rpartition('@')[0]}@", "")[:200] if "@" in parts.netloc else text[:200]


def _authority(parts: SplitResult) -> str:
    host = _host(parts.hostname or "")
    return host if parts.port in {None, _PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _host(name: str) -> str:
    import idna

    if ":" in name:
        return f"[{name}]"
    name = unquote(name).rstrip(".").lower()
    if name.isascii():
        if re.search(r"[^a-z0-9._-]", name):
            raise ValueError(f'"{name[:200]}" can\'t be the name of a host')
        return name
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(f'"{name[:200]}" can\'t be the name of a host: {error}') from None


def _path(path: str) -> str:
    segments: list[str] = []
    pieces = _normal(_PATH_SESSION.sub("", path), _PATH_SAFE).split("/")[1:]
    for piece in pieces:
        if piece == "..":
            segments[-1:] = []
        elif piece != ".":
            segments.append(piece)
    ends_in_folder = pieces[-1:] in (["."], [".."]) and segments
    return "/" + "/".join(segments) + ("/" if ends_in_folder else "")


def _query(query: str) -> str:
    pairs = (pair for pair in query.split("&") if pair and not _only_tracks(pair))
    return "&".join(_normal(pair, _QUERY_SAFE) for pair in pairs)


def _only_tracks(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name)
    if _TRACKING.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    if name.lower() == "from":
        # Where a reader came from (``from=timeline``); a number or a date is a range of what is listed.
        return bool(_SHARED_FROM.fullmatch(value))
    return bool(_MAYBE_SESSION.fullmatch(name) and _TOKEN.fullmatch(value))


def _normal(part: str, safe: str) -> str:
    escaped = quote(_STRAY_PERCENT.sub("%25", part), safe=safe + "".join(_UNRESERVED))
    return _ESCAPE.sub(_unescaped, escaped)


def _unescaped(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()
