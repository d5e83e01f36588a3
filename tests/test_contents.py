"""Which articles have a table of contents, and what is in it."""

from __future__ import annotations

import pytest
from markdown import Markdown

from manchette.page.contents import CHARACTERS, HEADINGS, EntryView, contents

LONG = CHARACTERS


def headings(*ranks: int) -> str:
    return "\n\n".join(f"{'#' * rank} Titre {n}" for n, rank in enumerate(ranks, 1))


def listed(source: str, length: int) -> list[str]:
    md = Markdown(extensions=["toc"])
    md.convert(source)

    def lines(entries: tuple[EntryView, ...], before: str) -> list[str]:
        return [line for each in entries for line in (before + each.words, *lines(each.entries, before + "  "))]

    return lines(contents(md.toc_tokens, length), "")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ranks", "length", "expected"),
    [
        ((2, 3, 3, 2), LONG, ["Titre 1", "  Titre 2", "  Titre 3", "Titre 4"]),
        ((2, 3, 4, 5, 3, 2), LONG, ["Titre 1", "  Titre 2", "  Titre 5", "Titre 6"]),  # what is deeper is left out
        (
            (3, 2, 4, 3, 2),
            LONG,
            ["Titre 1", "Titre 2", "  Titre 4", "Titre 5"],
        ),  # a text that begins at the second rank
        ((5, 2, 2, 2, 2), LONG, ["Titre 2", "Titre 3", "Titre 4", "Titre 5"]),
        ((2,) * (HEADINGS - 1), LONG, []),
        ((2, 4, 4, 4, 4), LONG, []),  # only what is listed counts
        ((2,) * HEADINGS, LONG - 1, []),
        ((), LONG, []),
    ],
)
def test_what_is_listed(ranks: tuple[int, ...], length: int, expected: list[str]) -> None:
    assert listed(headings(*ranks), length) == expected


def test_a_heading_s_words_are_text() -> None:
    source = "## Un *mot*, `a < b` & un [lien](x.md)\n\n" + headings(2, 2, 2)
    assert listed(source, LONG)[0] == "Un mot, a &lt; b &amp; un lien"
