"""Places (schema.org `Place`, TEI `place`; coordinates as GeoJSON, RFC 7946: WGS 84)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from manchette.kinds.base import Entity, Kind
from manchette.model import Country, Model


class Precision(StrEnum):
    """What the coordinates stand for."""

    POINT = "point"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    SEA = "sea"


class Coordinates(Model):
    """A position in degrees, WGS 84."""

    lat: Annotated[float, Field(ge=-90, le=90, description="la latitude, en degrés")]
    lon: Annotated[float, Field(ge=-180, le=180, description="la longitude, en degrés")]


class Location(Entity):
    """Somewhere that an article names."""

    coordinates: Annotated[Coordinates | None, Field(description="{lat, lon}, en degrés")] = None
    precision: Annotated[Precision | None, Field(description="ce que désignent les coordonnées")] = None
    country: Annotated[Country | None, Field(description="le pays (ISO 3166-1)")] = None
    geonames: Annotated[int | None, Field(ge=1, description="l’identifiant GeoNames")] = None


PLACE = Kind("place", "places", Location, "Lieu", "Lieux", "\ue002")
