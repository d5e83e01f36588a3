"""What abbreviations stand for, said where each stands first: a `title` comes up for a mouse alone."""

from __future__ import annotations

from collections.abc import Iterator

from manchette.anchor.canonical import fold
from manchette.marks import Body, Edit
from manchette.marks.body import Token, TokenType
from manchette.marks.edits import Rank
from manchette.marks.events import events
from manchette.typeset.render import macro


def spelled_out(body: Body) -> Iterator[Edit]:
    """The edits that write its title behind the first of each `<abbr title="…">`; none where the text says it."""
    text, said = body.canonical.text.casefold(), set()
    open_: list[Token] = []
    for token in body.tokens:
        if token.name == "abbr" and token.type is TokenType.OPEN:
            open_.append(token)
        elif token.name == "abbr" and open_:
            tag = events(body.html[open_[-1].start : open_.pop().end])[0]
            title = " ".join(tag.attributes.get("title", "").split())
            plain = fold(title).casefold()
            if title and plain not in said and plain not in text:
                said.add(plain)
                yield Edit(token.end, token.end, macro("marks.jinja", "full", title), Rank.CALL)
