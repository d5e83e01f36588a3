"""The article's text alone: what the positions of annotations count in, and what is read aloud or counted."""

from __future__ import annotations

from manchette.export.base import Export, Exported


def write(given: Exported) -> bytes:
    """The visible text in UTF-8, to the character: a position in it is one in this file."""
    return given.article.body.text.encode()


TEXT = Export("text", "txt", "text/plain", write, whole=True)
