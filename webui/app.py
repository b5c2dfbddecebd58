"""The application: everything a page needs is handed in, and no page writes anything."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask_talisman import Talisman

from crawler import ConfigFile
from indexer import Collection, language_name
from webui import text
from webui.collection import SearchableCollection
from webui.settings import WebSettings
from webui.views import about, api, document, errors, health, search
from webui.views.shared import EXTENSION

_STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 60 * 60

_CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def create_app(settings: WebSettings, collection: SearchableCollection) -> Flask:
    """The WSGI application that serves ``collection``."""
    app = Flask(__name__)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.extensions[EXTENSION] = (settings, collection)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for view in (search, document, about, health, api):
        app.register_blueprint(view.blueprint)
    errors.register(app)
    _protect(app)
    _prepare_templates(app, settings)
    app.after_request(_set_caching)
    return app


def open_app(config: ConfigFile, settings: WebSettings) -> Flask:
    """The application over the collection that ``config`` names; raises ``ConfigError`` or ``TaxonomyError``."""
    return create_app(settings, Collection.open(config))


def _protect(app: Flask) -> None:
    Talisman(
        app,
        # A server on plain http at home; who puts it behind https does redirects and HSTS there.
        force_https=False,
        strict_transport_security=False,
        content_security_policy=_CONTENT_SECURITY_POLICY,
        frame_options="DENY",
        # What somebody searches for is nobody else's business: other sites don't get to see the address.
        referrer_policy="same-origin",
    )


def _prepare_templates(app: Flask, settings: WebSettings) -> None:
    versions = {path.name: _digest(path) for path in _STATIC.iterdir()}

    def asset(name: str) -> str:
        """The address of a static file; it changes with its content, so browsers can keep it for good."""
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals.update(
        asset=asset,
        site=settings.title,
        language_attributes=text.language_attributes,
        language_name=language_name,
        counted=text.counted,
    )
    app.jinja_env.filters.update(marked=text.marked, date_in_words=text.date_in_words)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _set_caching(response: Response) -> Response:
    """Versioned static files may be kept for good, everything else is asked for anew each time."""
    if request.endpoint == "static" and "v" in request.args and response.status_code in {200, 304}:
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response
