"""The map: where it happens, and the list that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from manchette.engine import Links
from manchette.format.kinds import PLACE, Location
from manchette.format.kinds.place import PRECISIONS, Precision
from manchette.map.disputed import DISPUTES
from manchette.map.draw import draw
from manchette.map.signs import MapPlace
from manchette.marks import Part
from manchette.page import slots
from manchette.page.leaves import entry_address
from manchette.page.locators import map_place
from manchette.page.parts import LinkView, OriginalView, alphabetical, article_link, native, where
from manchette.site.site import Article, Site
from manchette.typeset import prose

WIDTHS = (980, 358)  # px, a desk's and a phone's


@dataclass(frozen=True)
class SpotView:
    """Where the article names a place."""

    href: str
    part: Part

    @property
    def where(self) -> str:
        """Its paragraph or footnote, in words."""
        return where(self.part)


@dataclass(frozen=True, kw_only=True)
class PlaceView:
    """A place of the list."""

    anchor: str
    href: str
    name: str
    lang: str | None
    originals: tuple[OriginalView, ...]
    precision: str | None
    description: Markup
    passages: tuple[SpotView, ...]
    articles: tuple[LinkView, ...]  # instead of passages, where several articles are shown together


@dataclass(frozen=True)
class DrawingView:
    """A map, drawn for one of `WIDTHS`."""

    width: int
    svg: str
    disputes: tuple[str, ...]  # about which it draws a border

    @property
    def name(self) -> str:
        """Of its place in the page."""
        return f"map-{self.width}"

    @property
    def slot(self) -> Markup:
        """Where it comes, when the page around it has its typography."""
        return slots.place(self.name)


@dataclass(frozen=True)
class MapView:
    """A map and its list."""

    drawings: tuple[DrawingView, ...]  # one for each of `WIDTHS`; none where no place has coordinates
    places: tuple[PlaceView, ...]
    vague: bool  # a place is drawn as a ring or a surface

    @property
    def pieces(self) -> dict[str, str]:
        """Place → drawing."""
        return {each.name: each.svg for each in self.drawings}


def place_map(site: Site, articles: Sequence[Article], links: Links) -> MapView:
    """The places that `articles` name, in alphabetical order."""
    named: dict[str, list[Article]] = {}
    for article in articles:
        for kind, key in article.passages:
            if kind == PLACE.name:
                named.setdefault(key, []).append(article)
    entries = ((key, site.registers[PLACE.name][key].entry) for key in named)
    places = sorted(((key, entry) for key, entry in entries if isinstance(entry, Location)), key=_by_name)
    spots = [spot for key, place in places if (spot := map_place(key, place, f"#place--{key}"))]
    return MapView(
        tuple(_drawing(tuple(spots), width) for width in WIDTHS) if spots else (),
        tuple(_place(site, key, place, named[key], links) for key, place in places),
        any(spot.precision not in {Precision.POINT, Precision.CITY} for spot in spots),
    )


@lru_cache(maxsize=256)  # two an article: a server draws again only what has moved; 60 kB each at most
def _drawing(spots: tuple[MapPlace, ...], width: int) -> DrawingView:
    drawing = draw(spots, width)
    disputes = dict.fromkeys(dispute.name for dispute in DISPUTES if dispute.name in drawing.disputes)
    return DrawingView(width, drawing.svg, tuple(disputes))


def _by_name(item: tuple[str, Location]) -> str:
    return alphabetical(item[1].name)


def _place(site: Site, key: str, place: Location, articles: Sequence[Article], links: Links) -> PlaceView:
    lang, originals = native(place)
    several = len(articles) > 1
    passages = [
        SpotView(links.to(article.page, mark.anchor), article.body.part(mark.span.start))
        for article in articles[:1]
        for mark in article.passages[PLACE.name, key]
    ]
    return PlaceView(
        anchor=f"place--{key}",
        href=entry_address(site, links, PLACE.name, key),
        name=place.name,
        lang=lang,
        originals=originals,
        precision=PRECISIONS[place.precision] if place.precision else None,
        description=prose.html(place.description),
        passages=() if several else tuple(passages),
        articles=tuple(article_link(a, links) for a in articles) if several else (),
    )
