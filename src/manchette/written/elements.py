"""The HTML that an article may hold: elements of prose, media and tables, with what attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manchette.marks.elements import VOID
from manchette.problems import cite


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLOWED = _names("""
    a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup data dd del
    details dfn div dl dt em figcaption figure footer h2 h3 h4 h5 h6 header h1 hr i img ins kbd li main mark ol
    p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td
    tfoot th thead time tr track tt u ul var video wbr
""")
ACTIVE = _names("""
    applet base button dialog embed fieldset form frame frameset iframe input link meta noscript object option
    script select style svg template textarea
""")
"""What runs, embeds or asks: a problem wherever it stands."""
BLOCKS = _names("""
    address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure
    footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript
    object ol option output p pre progress script section style summary table tbody td textarea tfoot th thead
    tr ul video
""")
"""With these at the beginning of a line, HTML begins that is left as it is up to the end of the element."""

_ATTRIBUTES = _names("""
    abbr align alt border cellpadding cellspacing cite class colspan controls datetime default dir headers
    height href hreflang id kind label lang loading loop markdown media muted name open poster preload rel
    reversed role rowspan scope sizes span src srclang srcset start target title translate type valign value
    width
""")
_OWN = ("data-", "aria-")
# Attributes that need no value; the last of them are refused.
_BARE = _names("""
    controls default loop markdown muted open reversed hidden async defer allowfullscreen
""")

CHANGED = "text-changed"
"""The code of what is written and would not be shown as it is written."""
ACTIVE_CODE = "active-html"
"""The code of HTML that is more than text."""

TAG = re.compile(
    r"""
    < (?P<end> /? ) (?P<name> [A-Za-z][A-Za-z0-9]* )
    (?P<attributes> (?: \s+ [A-Za-z_:@][\w:.@-]* (?: \s*=\s* (?: "[^"]*" | '[^']*' | [^\s"'=<>`]+ ) )? )* )
    \s* /? >
    """,
    re.VERBOSE,
)
_TAGS = re.compile(r"</?[A-Za-z][^>]*>?")
# Elements whose end tag may be left out.
_OPTIONAL = _names("""
    dd dt li p tbody td tfoot th thead tr
""")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_RUNS = re.compile(r"\s*[\"']?\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Tag:
    """A tag of the source."""

    name: str
    end: bool
    attributes: dict[str, str | None]

    @property
    def is_known(self) -> bool:
        """Whether it is HTML, allowed or not, and no text in angle brackets."""
        bare = all(value is not None or name in _BARE or name.startswith(_OWN) for name, value in self.given)
        return bare and (self.name in ALLOWED or self.name in ACTIVE)

    @property
    def given(self) -> list[tuple[str, str | None]]:
        """Its attributes and their values."""
        return list(self.attributes.items())

    def refusals(self) -> Iterator[tuple[str, str]]:
        """What is wrong with it, and what to do instead; in French."""
        if self.name in ACTIVE:
            yield f"« <{self.name}> » n’est pas permis dans un article", "ôtez-le, ou mettez un lien"
            return
        if self.name == "h1":
            yield "« <h1> » est le titre de la page", "écrivez « ## », ou « <h2> »"
        for name, value in self.given:
            if name in {"href", "src", "poster", "cite"} and _RUNS.match(value or ""):
                yield f"l’adresse de « <{self.name}> » lancerait un programme", "écrivez une adresse http ou relative"
            elif name not in _ATTRIBUTES and not name.startswith(_OWN):
                yield f"l’attribut « {name} » n’est pas permis dans un article", "ôtez-le"


def tag(match: re.Match[str]) -> Tag:
    """What `TAG` found."""
    attributes = {name.lower(): value or None for name, value in _ATTRIBUTE.findall(match["attributes"])}
    return Tag(match["name"].lower(), bool(match["end"]), attributes)


def runs(address: str) -> bool:
    """Whether a link's address is a program."""
    return bool(_RUNS.match(address))


def refused(source: str, start: int, end: int) -> Iterator[tuple[int, str, str, str]]:
    """What is wrong with the tags of a stretch of HTML: the place, a code, what is wrong, what to write instead."""
    stack: list[tuple[str, int]] = []
    told: list[list[str]] = []  # names that HTML does not know
    for match in _TAGS.finditer(source, start, end):
        opening = TAG.match(source, match.start())
        found = tag(opening) if opening else None
        if found is None or not found.is_known:
            word = match[0].lstrip("</").rstrip(">").split()[:1]
            if not match[0].startswith("</") or word not in told:
                yield match.start(), CHANGED, *unknown(match[0])
            told.append(word)
            if found is None:
                return  # a browser would look for its end in all that follows
            continue
        if not found.end:
            for message, suggestion in found.refusals():
                yield match.start(), ACTIVE_CODE, message, suggestion
        if found.name in VOID | _OPTIONAL:
            continue
        if not found.end:
            stack.append((found.name, match.start()))
        elif any(name == found.name for name, _ in stack):
            while (last := stack.pop())[0] != found.name:
                yield last[1], CHANGED, *unclosed(last[0])
        else:
            yield (
                match.start(),
                CHANGED,
                f"« </{found.name}> » ne ferme rien",
                f"ôtez-le, ou écrivez « &lt;/{found.name}> »",
            )
    for name, at in stack:
        yield at, CHANGED, *unclosed(name)


def end_of(source: str, opening: re.Match[str]) -> tuple[int, int]:
    """Where the end tag of the element that `opening` begins stands in `source`; (-1, -1) if nowhere.

    Tags inside are counted as Python-Markdown does: an end tag closes all that is open within its element.
    """
    if opening["end"]:
        return -1, -1
    name = opening["name"].lower()
    if name in VOID:
        return opening.end(), opening.end()
    stack = [name]
    for match in TAG.finditer(source, opening.end()):
        name = match["name"].lower()
        if not match["end"]:
            if name not in VOID and name not in {"p", "li"}:
                stack.append(name)
        elif name in stack:
            while stack.pop() != name:
                pass
            if not stack:
                return match.start(), match.end()
    return -1, -1


def unclosed(name: str) -> tuple[str, str]:
    """What is wrong with an element that has no end tag, and what to write."""
    return f"« <{name}> » n’est pas fermé", f"ajoutez « </{name}> », ou écrivez « &lt;{name}> »"


def unknown(tag: str) -> tuple[str, str]:
    """What is wrong with a tag that HTML does not know, and what to write."""
    return f"{cite(tag)} n’est pas montré : c’est une balise inconnue", f"écrivez {cite(tag.replace('<', '&lt;'))}"
