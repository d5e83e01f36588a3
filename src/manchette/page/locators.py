"""The small maps of places' cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from manchette.format.kinds import PLACE, Location
from manchette.format.kinds.place import Precision
from manchette.map.locator import locator, thumbnail
from manchette.map.signs import MapPlace
from manchette.site.site import Article, Site


@dataclass(frozen=True)
class LocatorsView:
    """The small maps of an article's places: by place, and all on one."""

    cards: Mapping[str, Markup]
    overview: Markup


def place_locators(site: Site, article: Article) -> LocatorsView:
    """The small maps of the places that `article` names."""
    spots = []
    for key in dict.fromkeys(key for kind, key in article.passages if kind == PLACE.name):
        entry = site.registers[PLACE.name][key].entry
        if isinstance(entry, Location) and (spot := map_place(key, entry, "")):
            spots.append(spot)
    return LocatorsView({spot.id: Markup(locator(spot)) for spot in spots}, Markup(thumbnail(tuple(spots))))


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
