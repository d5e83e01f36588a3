"""HTML's elements by what they are to a reader: blocks, groups of blocks, code, objects, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names("""
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noscript
    ol optgroup option p pre search section summary table tbody td tfoot th thead title tr ul
""")
VOID = _names("area base br col embed hr img input link meta param source track wbr")
# Blocks that only hold other blocks: the paragraphs in them are counted one by one.
GROUPS = _names("article body center div fieldset footer form header hgroup html main section")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
CAPTIONS = _names("caption figcaption")
CODE = _names("code kbd pre samp")
STRUCK = _names("del s strike")
READINGS = _names("rp rt")  # how words are read, above them
OBJECTS = _names("""
    audio canvas embed iframe img input math meter object picture progress select svg textarea video
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


class Sight(Enum):
    """What is seen of an element: by who annotates the text, or by who typesets it."""

    CONTENT = auto()
    OBJECT = auto()  # that something is there, but no text
    NOTHING = auto()


def to_annotate(name: str, attributes: Mapping[str, str]) -> Sight:
    """An article's text as quotes see it: without headings, tables of contents, readings, and ways to a footnote."""
    classes = attributes.get("class", "").split()
    if (
        name in UNSEEN
        or name in HEADINGS
        or name in READINGS
        or "hidden" in attributes
        or _is_footnote_call(name, attributes)
        or "footnote-backref" in classes
        or (name == "div" and "toc" in classes)
    ):
        return Sight.NOTHING
    return Sight.OBJECT if name in CODE or name in OBJECTS or name == "button" else Sight.CONTENT


_TELLING = ("doc-noteref", "aria-hidden", "fnref", "footnote-ref", "lang", "&")


def counts(attributes: str) -> bool:
    """Whether a start tag's attributes may count for `to_typeset`, which asks for each; a reference may hide a name."""
    attributes = attributes.lower()
    return any(sign in attributes for sign in _TELLING)


def to_typeset(name: str, attributes: Mapping[str, str], language: str) -> Sight:
    """All text in a language (`fr`), without calls of notes and what is there for the eye alone."""
    if (
        name in UNSEEN
        or attributes.get("role") == "doc-noteref"
        or attributes.get("aria-hidden") == "true"
        or _is_footnote_call(name, attributes)
    ):
        return Sight.NOTHING
    foreign = attributes.get("lang", language).split("-", maxsplit=1)[0].lower() != language
    return Sight.OBJECT if foreign or name in CODE or name in OBJECTS else Sight.CONTENT


def _is_footnote_call(name: str, attributes: Mapping[str, str]) -> bool:
    is_call = name == "sup" and attributes.get("id", "").startswith("fnref")
    return is_call or "footnote-ref" in attributes.get("class", "").split()
