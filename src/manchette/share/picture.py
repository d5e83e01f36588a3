"""What programs show of a link that someone shares: a picture of each article, and one of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from manchette.engine import Home, Links, Make
from manchette.format.layout import SHARED_PICTURE, page_of
from manchette.page.about import source
from manchette.page.article import SegmentView, summary
from manchette.share.letters import Room, Set, drawable, fitted, measure, paths
from manchette.site.site import Article, Site
from manchette.typeset import typography
from manchette.typeset.language import other
from manchette.typeset.render import render
from manchette.typeset.words import WORDS

WIDTH, HEIGHT = 1200, 630  # px: what all who show such pictures ask for
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
GAP = 18  # between the lines of two verdicts
LABEL = 23  # px; shown at half of its size, a picture is still read
SIGN = 1.22  # the size of a verdict's sign against that of its label, as the style sheet has it
TIGHT = -0.02  # the headline's letters, closer as on the article's page
# The more letters, the smaller: their edges are what a PNG weighs, which is to stay below 60 kB.
HEADLINE = (Room(76, 2, ROOM), Room(58, 3, 880), Room(48, 3, 920), Room(40, 4, 720))
NAME = (Room(150, 1, ROOM - 60), Room(118, 2, ROOM - 60), Room(92, 2, ROOM - 60))
BELOW = (Room(28, 2, ROOM), Room(25, 3, ROOM))


@dataclass(frozen=True, kw_only=True)
class PieceView:
    """How many claims share a verdict, and where its line is."""

    x: float
    end: float
    segment: SegmentView
    count: float  # where its number begins
    words: float  # where its words begin


@dataclass(frozen=True, kw_only=True)
class PictureView:
    """A picture: the headline, or the site's name in its place, and what stands below it."""

    name: str  # the site's, at the top; empty where it stands in the headline's place
    headline: Set
    named: bool  # what stands there is a name
    leading: float  # from line to line, px
    top: float  # the first line of it
    below: Set
    total: int
    pieces: tuple[PieceView, ...]


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """The pictures; none where nobody has said where the site will be read, or nothing is there to draw them."""
    draw = drawn_by()
    if not home.url or draw is None:
        return {}
    views: dict[str, Callable[[], PictureView]] = {
        page_of(key, SHARED_PICTURE): partial(of_article, site, each, home) for key, each in site.articles.items()
    }
    views[SHARED_PICTURE] = partial(of_site, home)
    return {path: lambda view=view: draw(svg(view())) for path, view in views.items()}  # type: ignore[misc]


def pictures(home: Home) -> dict[str, str]:
    """For the theme: where the pictures are, and which is shown of a page that has none of its own."""
    return {"pictures": home.url if drawn_by() else "", "picture": SHARED_PICTURE}


def svg(view: PictureView) -> str:
    """The picture as SVG; its fonts are the pictures' own."""
    return str(render("picture.svg.jinja", p=view, width=WIDTH, height=HEIGHT, margin=MARGIN, label=LABEL, sign=SIGN))


@cache
def drawn_by() -> Callable[[str], bytes] | None:
    """What makes PNG of SVG; None where its package does not run on this machine."""
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - not on every machine
    except ImportError:
        return None

    @lru_cache(maxsize=1024)  # at every save a server asks for the same again
    def draw(svg: str) -> bytes:
        return bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=paths()))

    return draw


def of_article(site: Site, article: Article, home: Home) -> PictureView:
    """An article's picture. Where no font of ours has the letters of its headline, the site's name stands there."""
    title, name = article.front.title, drawable(home.name) or ""
    headline = drawable(title if other(article.front.lang) else typography.typeset(title))
    counted = summary(site, article, Links(""))
    said = drawable(source(site, article))
    below = typography.typeset(f"{WORDS.credit.source} : {said}") if said else ""
    return _view(
        "" if headline is None else name, headline, name, below, counted.total, tuple(pieces(counted.segments))
    )


def of_site(home: Home) -> PictureView:
    """The picture of every other page: the site's name, and what it says of itself."""
    return _view("", None, drawable(home.name) or "", drawable(typography.typeset(home.description)) or "", 0, ())


def _view(
    shown: str, headline: str | None, name: str, below: str, total: int, pieces: tuple[PieceView, ...]
) -> PictureView:
    named = headline is None
    large = fitted(name, "name", NAME) if named else fitted(headline or "", "headline", HEADLINE, TIGHT)
    small = fitted(below, "words", BELOW)
    leading = large.size * (1.0 if named else 1.06)
    height = leading * len(large.lines) + 26 + small.size * 1.35 * len(small.lines)
    first, last = 124 if shown else 60, 468 if pieces else 590  # the room between the rules
    return PictureView(
        name=shown,
        headline=large,
        named=named,
        leading=leading,
        top=round(first + (last - first - height) / 2, 1),
        below=small,
        total=total,
        pieces=pieces,
    )


def pieces(segments: tuple[SegmentView, ...]) -> Iterator[PieceView]:
    """Each has room for its words; what is left over is shared out by how many it counts, as on the article's page."""
    needed = [_needed(segment) for segment in segments]
    left = ROOM - GAP * (len(segments) - 1) - sum(map(sum, needed))
    total = sum(segment.count for segment in segments)
    x = float(MARGIN)
    for segment, (sign, number, words) in zip(segments, needed, strict=True):
        end = x + sign + number + words + left * segment.count / total
        yield PieceView(
            x=round(x, 1),
            end=round(end, 1),
            segment=segment,
            count=round(x + sign, 1),
            words=round(x + sign + number, 1),
        )
        x = end + GAP


def _needed(segment: SegmentView) -> tuple[float, float, float]:
    """The widths of its sign, its number and its words, in px, each with the space after it."""
    words = segment.words.plural if segment.count > 1 else segment.words.label.lower()
    sign, number = measure(segment.words.sign, "signs") * SIGN, measure(str(segment.count), "name")
    return (sign + 0.25) * LABEL, (number + 0.25) * LABEL, measure(words, "words") * LABEL
