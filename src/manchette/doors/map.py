"""The map: where it happens, and the list that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from manchette.doors.register import bare
from manchette.format.kinds import PLACE, Location
from manchette.format.kinds.place import PRECISIONS, Precision
from manchette.map.draw import draw, locators
from manchette.map.panel import MapPlace
from manchette.page.notes import native
from manchette.page.parts import REGISTER, Links, LinkView, OriginalView
from manchette.site.site import Article, Site
from manchette.typeset import prose

WIDTHS = (1180, 358)  # px, a desk's and a phone's


@dataclass(frozen=True)
class PlaceView:
    """A place of the list."""

    anchor: str
    href: str
    name: str
    lang: str | None
    originals: tuple[OriginalView, ...]
    precision: str | None
    description: Markup
    passages: tuple[LinkView, ...]
    articles: tuple[LinkView, ...]  # instead of passages, where several articles are shown together


@dataclass(frozen=True)
class MapView:
    """A map and its list."""

    drawings: tuple[Markup, ...]  # one for each of `WIDTHS`; none where no place has coordinates
    places: tuple[PlaceView, ...]
    vague: bool  # a place is drawn as a ring or a surface


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
    drawings = tuple(Markup(draw(spots, width).svg) for width in WIDTHS) if spots else ()
    return MapView(
        drawings,
        tuple(_place(key, place, named[key], links) for key, place in places),
        any(spot.precision not in {Precision.POINT, Precision.CITY} for spot in spots),
    )


@dataclass(frozen=True)
class LocatorsView:
    """The small maps of an article's places; all refer to `ground`, which the page holds once."""

    ground: Markup
    cards: Mapping[str, Markup]
    overview: Markup


def place_locators(site: Site, article: Article) -> LocatorsView:
    """The small maps of the places that `article` names."""
    spots = []
    for key in dict.fromkeys(key for kind, key in article.passages if kind == PLACE.name):
        entry = site.registers[PLACE.name][key].entry
        if isinstance(entry, Location) and (spot := map_place(key, entry, "")):
            spots.append(spot)
    drawn = locators(spots)
    cards = {key: Markup(card) for key, card in drawn.cards.items()}
    return LocatorsView(Markup(drawn.ground), cards, Markup(drawn.overview))


def _by_name(item: tuple[str, Location]) -> str:
    return bare(item[1].name)


def map_place(key: str, place: Location, href: str) -> MapPlace | None:
    """A place as the map draws it, leading to `href`; None without coordinates."""
    if place.coordinates is None:
        return None
    return MapPlace(
        key,
        place.name,
        place.coordinates.lat,
        place.coordinates.lon,
        place.precision or Precision.POINT,
        place.country or "",
        href,
    )


def _place(key: str, place: Location, articles: Sequence[Article], links: Links) -> PlaceView:
    lang, originals = native(place)
    several = len(articles) > 1
    passages = [
        LinkView("mch-pass", links.to(article.page, mark.anchor), str(article.body.paragraph(mark.span.start)))
        for article in articles[:1]
        for mark in article.passages[PLACE.name, key]
    ]
    return PlaceView(
        f"place--{key}",
        links.to(REGISTER, f"place--{key}"),
        place.name,
        lang,
        originals,
        PRECISIONS[place.precision] if place.precision else None,
        prose.html(place.description),
        () if several else tuple(passages),
        tuple(LinkView("mch-from", links.to(a.page), a.front.title) for a in articles) if several else (),
    )
