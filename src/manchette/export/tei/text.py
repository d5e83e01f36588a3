"""An article's text as TEI, with its names and dates marked and its claims between anchors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manchette import marks
from manchette.export.tei.element import Element, Ways, add, dated, give, tag
from manchette.export.tei.html import MARK, Writer
from manchette.export.tei.tree import Tree
from manchette.format.kinds import CLAIM, DATE, ORGANIZATION, PERSON, PLACE, TERM
from manchette.marks.edits import Rank
from manchette.site.placement import Mark
from manchette.site.site import Article

NAMES = {
    PERSON.name: "persName",
    ORGANIZATION.name: "orgName",
    PLACE.name: "placeName",
    TERM.name: "term",
    DATE.name: "date",
}


def body(text: Element, article: Article, ways: Ways) -> None:
    """Add the article's `body` to its `text`.

    A name or a date is an element around its words, for it stands in one block; what another tag cuts is in parts that
    `next` and `prev` join. A claim may hold others and reach over paragraphs, rows and notes, which no element around
    its words could: an empty `anchor` stands at both of its ends, always, and a `span` in the standOff goes `from` one
    `to` the other. Both are plain pointers, which any XML tool follows; hardly one knows XPointer's ranges.
    """
    made = add(text, "body")
    add(made, "head", {"type": "main"}, article.front.title)
    named = [mark for mark in article.marks if mark.kind != CLAIM.name]
    claims = [mark for mark in article.marks if mark.kind == CLAIM.name]
    ranges = [marks.Range(mark.span, f'{MARK}="{mark.anchor}"') for mark in named]
    edits = [
        *(_anchor(article.body, mark, "start") for mark in claims),
        *marks.wrap(article.body, ranges),
        *(_anchor(article.body, mark, "end") for mark in reversed(claims)),  # the inner one ends first
    ]
    html = marks.write(article.body.html, edits)
    marked = {mark.anchor: (NAMES[mark.kind], _attributes(article, mark)) for mark in named}
    ends = [f"{mark.name}.{end}" for mark in claims for end in ("start", "end")]
    marked |= {end: ("anchor", {"xml:id": end}) for end in ends}
    writer = Writer(html, Tree(made), ways, marks.read(html), marked)
    writer.write()
    _linked(writer.stretches)
    if not any(tag(child) not in {"head", "anchor", "note", "figure", "milestone", "gap"} for child in made):
        add(made, "ab")  # a body is nothing without a block


def _attributes(article: Article, mark: Mark) -> dict[str, str]:
    """What a name or a date leads to, and a date's value: what its words say, not what is known beside them."""
    if mark.kind != DATE.name:
        return {"ref": f"#{mark.name}"}
    happened = article.events[mark.id].entry
    return {"corresp": f"#{mark.name}", **dated(happened.stated or happened.when)}


def _anchor(text: marks.Body, mark: Mark, end: str) -> marks.Edit:
    place = text.place(mark.span.start)[0] if end == "start" else text.place(mark.span.end - 1)[1]
    rank = Rank.OPEN if end == "start" else Rank.CLOSE
    return marks.Edit(place, place, f'<span {MARK}="{mark.name}.{end}"></span>', rank)


def _linked(stretches: Mapping[str, Sequence[Element]]) -> None:
    """Join the parts of what is cut."""
    for key, parts in stretches.items():
        for nth, part in enumerate(parts, 1) if len(parts) > 1 else ():
            give(part, {"xml:id": f"{key}.{nth}", "prev": f"#{key}.{nth - 1}" if nth > 1 else None})
            give(part, {"next": f"#{key}.{nth + 1}" if nth < len(parts) else None})
