"""Dates as the format writes them: EDTF level 1 (ISO 8601-2:2019)."""

from __future__ import annotations

from dataclasses import dataclass


class WhenError(ValueError):
    """A date that is not EDTF; the text says in French what is wrong and what to write."""


@dataclass(frozen=True)
class When:
    """A stub until the real one stands."""

    text: str

    @classmethod
    def parse(cls, text: str) -> When:
        """Read an EDTF value."""
        return cls(text)
