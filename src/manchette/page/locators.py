"""The small maps of places' cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from manchette.format.kinds import PLACE, Location
from manchette.format.kinds.place import Precision
from manchette.map.locator import locator, thumbnail
from manchette.map.signs import MapPlace
from manchette.site.site import Article, Site


@dataclass(frozen=True)
class LocatorsView:
    """The small maps of an article's places: whether there are any, and the one of all places."""

    cards: bool
    overview: Markup


def place_locators(site: Site, article: Article) -> LocatorsView:
    """The small maps of the places that `article` names."""
    keys = dict.fromkeys(key for kind, key in article.passages if kind == PLACE.name)
    spots = [spot for key in keys if (spot := site.ask(_spots, key))]
    return LocatorsView(bool(spots), Markup(thumbnail(tuple(spots))))


def place_card(site: Site, key: str) -> Markup | None:
    """The small map of a place; None of what has no coordinates, or is no place."""
    spot = site.ask(_spots, key)
    return Markup(locator(spot)) if spot else None


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
