"""What paper alone shows: the sources of an article's claims, numbered, with addresses that can be typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote

from manchette.page.parts import SourceView, source_view
from manchette.site.site import Article, Site

TYPED = 60  # characters: who types a longer address makes a slip


@dataclass(frozen=True)
class PrintedSource:
    """A source in the list, and what a reader types to find it."""

    source: SourceView
    address: str
    by_title: bool  # the address is the host's alone: the title finds the rest


@dataclass(frozen=True)
class PrintedView:
    """The list, and what each claim cites of it."""

    sources: tuple[PrintedSource, ...]
    cited: dict[str, str]  # claim → the numbers of its sources, « 3–5, 9 »


def printed(site: Site, article: Article) -> PrintedView:
    """The sources that the article's claims cite, each once, numbered from 1 as they come."""
    cites = {key: [each.source for each in article.claims[key].entry.evidence] for key in article.numbers}
    keys = dict.fromkeys(source for cited in cites.values() for source in cited if source in site.sources)
    numbers = {key: number for number, key in enumerate(keys, start=1)}
    return PrintedView(
        tuple(_printed(source_view(site.sources[key].entry)) for key in keys),
        {
            claim: runs(sorted({numbers[source] for source in cited if source in numbers}))
            for claim, cited in cites.items()
        },
    )


def _printed(source: SourceView) -> PrintedSource:
    address = typed(source.url)
    by_title = bool(source.title) and len(address) > TYPED
    return PrintedSource(source, address.partition("/")[0] if by_title else address, by_title)


def typed(url: str) -> str:
    """An address as one types it: without scheme and last slash, its letters not encoded."""
    bare = re.sub(r"^https?://", "", url).rstrip("/")
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", _letters, bare)


def _letters(encoded: re.Match[str]) -> str:
    try:
        return unquote(encoded[0], errors="strict")
    except UnicodeDecodeError:  # of an older encoding
        return encoded[0]


def runs(numbers: Sequence[int]) -> str:
    """Numbers in order, three and more that follow one another drawn together: « 3–5, 9, 10 »."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
