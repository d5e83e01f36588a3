"""The parts of an article that have a number of their own."""

from __future__ import annotations

from typing import NamedTuple

from manchette.anchor.canonical import Span


class Part(NamedTuple):
    """What has a number of its own: a paragraph, or a footnote. In order, footnotes come after paragraphs."""

    is_footnote: bool
    number: int  # from 1; a footnote's is the one it is shown with
    span: Span

    def __str__(self) -> str:
        """Its number as messages say it."""
        return f"note\u00a0{self.number}" if self.is_footnote else f"§\u00a0{self.number}"
