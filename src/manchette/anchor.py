"""Canonical text, quote to span: strings only, knows no HTML and no file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: Unicode code points, 0-based, end exclusive."""

    start: int
    end: int
