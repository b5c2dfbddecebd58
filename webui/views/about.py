"""``/about``: what the collection holds, and how to ask it."""

from __future__ import annotations

from flask import Blueprint, render_template

from webui.about_page import about_page
from webui.state import SearchState
from webui.views.shared import collection

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def page() -> str:
    """Coverage and help on one page."""
    return render_template("about.html", page=about_page(collection().coverage()), state=SearchState())
