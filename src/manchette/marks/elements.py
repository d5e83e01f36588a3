"""What HTML's elements are to a reader: blocks, groups of blocks, code, objects, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names("""
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript
    ol optgroup option p pre search section summary table tbody td tfoot th thead title tr ul
""")
VOID = _names("area base br col embed hr img input link meta param source track wbr")
GROUPS = _names("article body center div fieldset footer form header hgroup html main section")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
CODE = _names("code kbd pre samp")
OBJECTS = _names("""
    audio button canvas embed iframe img input math meter object picture progress select svg textarea video
""")
UNSEEN = _names("head link meta noscript script style template title")
CLOSED_BY = {  # the optional end tags of HTML: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "tbody": ("td", "th", "tr", "thead", "tbody"),
    "tfoot": ("td", "th", "tr", "thead", "tbody"),
}


def is_unseen(name: str, attributes: Mapping[str, str]) -> bool:
    """Footnotes and their calls, tables of contents, and what no reader sees."""
    classes = attributes.get("class", "").split()
    return (
        name in UNSEEN
        or "hidden" in attributes
        or (name == "sup" and attributes.get("id", "").startswith("fnref"))
        or "footnote-ref" in classes
        or (name == "div" and ("footnote" in classes or "toc" in classes))
    )
