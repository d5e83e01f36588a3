"""The small maps of places' cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from markupsafe import Markup

from manchette.engine import ASSETS, THEME, Addresses, Home, Links, Make
from manchette.format.kinds import PLACE, Location
from manchette.format.kinds.place import Precision
from manchette.format.layout import locator_of
from manchette.map.locator import HEIGHT, WIDTH, locator, thumbnail
from manchette.map.signs import MapPlace
from manchette.page.omissions import is_long
from manchette.site.site import Article, Site
from manchette.typeset import typography
from manchette.typeset.render import macro

COLOURS = ("paper", "ink", "ink-2", "sea", "land", "coast")


@dataclass(frozen=True)
class LocatorsView:
    """The small maps of an article's places: whether there are any, the one of all places, whether they are files."""

    cards: bool
    overview: Markup
    apart: bool


def place_locators(site: Site, article: Article, links: Links) -> LocatorsView:
    """The small maps of the places that `article` names."""
    spots = tuple(_drawn(site, article).values())
    overview = _shown(article, "", links, partial(thumbnail, spots)) if spots else Markup()
    return LocatorsView(bool(spots), overview, _is_apart(article, links.addresses))


def place_card(site: Site, article: Article, key: str, links: Links) -> Markup | None:
    """The small map of a place; None of what has no coordinates, or is no place."""
    spot = site.ask(_spots, key)
    return _shown(article, key, links, partial(locator, spot)) if spot else None


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """The small maps that are files of their own."""
    made: dict[str, Make] = {}
    for article in site.articles.values():
        if _is_apart(article, home.addresses) and (drawn := _drawn(site, article)):
            made[locator_of(article.id)] = partial(_file, partial(thumbnail, tuple(drawn.values())))
            made |= {locator_of(article.id, key): partial(_file, partial(locator, spot)) for key, spot in drawn.items()}
    return made


def _is_apart(article: Article, addresses: Addresses) -> bool:
    """Whether the maps are files: those of a long article, where someone makes files; drafts have none."""
    return is_long(article) and not article.front.draft and addresses is not Addresses.SOURCES


def _shown(article: Article, key: str, links: Links, draw: Callable[[], str]) -> Markup:
    if not _is_apart(article, links.addresses):
        return Markup(draw())
    return macro("locator.jinja", "picture", links.file(locator_of(article.id, key)), WIDTH, HEIGHT)


def _file(draw: Callable[[], str]) -> bytes:
    attributes, _, content = typography.apply(draw()).removeprefix("<svg ").partition(">")
    return macro("locator.jinja", "file", Markup(attributes), Markup(content), Markup(_colours())).encode()


@cache
def _colours() -> str:
    """The colours of the maps, light and dark, as the theme's style sheet says them."""
    sheet = Path(THEME, ASSETS, "manchette.css").read_text("utf-8")
    return ";".join(re.search(rf"--{name}:light-dark\(.*?\)", sheet)[0] for name in COLOURS)  # type: ignore[index]


def _drawn(site: Site, article: Article) -> dict[str, MapPlace]:
    """Place → where it is on a map, of those that `article` names."""
    keys = dict.fromkeys(key for kind, key in article.passages if kind == PLACE.name)
    return {key: spot for key in keys if (spot := site.ask(_spots, key))}


@lru_cache(maxsize=2)
def _spots(site: Site) -> Mapping[str, MapPlace | None]:
    """Place → where it is on a map, of those with coordinates."""
    places = ((key, record.entry) for key, record in site.registers.get(PLACE.name, {}).items())
    return {key: map_place(key, place, "") for key, place in places if isinstance(place, Location)}


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
        place.wikidata or "",
    )
