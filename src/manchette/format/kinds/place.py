"""Places (schema.org `Place`, TEI `place`; coordinates as GeoJSON, RFC 7946: WGS 84)."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from manchette.format import position
from manchette.format.kinds.base import Entity, Kind
from manchette.format.model import Model
from manchette.format.scalars import As, Country, KeyWord, shape, word, wrong
from manchette.problems import cite


class Precision(KeyWord):
    """What the coordinates stand for."""

    POINT = "point"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    SEA = "sea"

    @property
    def label(self) -> str:
        """How the precision is shown."""
        return PRECISIONS[self]


PRECISIONS = {
    Precision.POINT: "point",
    Precision.CITY: "ville",
    Precision.REGION: "région",
    Precision.COUNTRY: "pays",
    Precision.SEA: "mer",
}


_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


def _number(value: object) -> object:
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    meant = position.number(value)
    suggestion = f"écrivez « {meant} »" if meant else "en degrés décimaux : 48.85"
    raise wrong("bad-number", f"{cite(value)} n’est pas un nombre", suggestion)


def _degrees(limit: int, name: str) -> AfterValidator:
    def check(value: float) -> float:
        if not -limit <= value <= limit:
            raise wrong(
                "bad-coordinates",
                f"{value:g} : {name} va de -{limit} à {limit}",
                "« lat » et « lon » sont-ils échangés ?",
            )
        return value

    return AfterValidator(check)


def _coordinates(value: object) -> object:
    if isinstance(value, list) or (isinstance(value, str) and value.strip()):
        raise wrong("wrong-type", f"une fiche est attendue, pas {shape(value)}", position.example(value))
    return value


def _geonames(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[1-9][0-9]{0,9}", value):
        number = re.search("[1-9][0-9]{3,9}", re.sub(r"\s", "", value))
        suggestion = f"écrivez « {number[0]} »" if number else "un nombre entier, par exemple « 524901 »"
        raise wrong("bad-geonames", f"{cite(value)} n’est pas un identifiant GeoNames", suggestion)
    return value


def _numeric(limit: int) -> As:
    pattern = f"^{_NUMBER.pattern}$"
    return As("nombre", {"type": ["number", "string"], "pattern": pattern, "minimum": -limit, "maximum": limit})


Latitude = Annotated[float, BeforeValidator(_number), _degrees(90, "une latitude"), _numeric(90)]
Longitude = Annotated[float, BeforeValidator(_number), _degrees(180, "une longitude"), _numeric(180)]
GeoNames = Annotated[
    int,
    BeforeValidator(_geonames),
    As("nombre entier", {"type": ["integer", "string"], "pattern": "^[1-9][0-9]{0,9}$", "minimum": 1}),
]


class Coordinates(Model):
    """A position in degrees, WGS 84."""

    lat: Annotated[Latitude, Field(description="la latitude, en degrés")]
    lon: Annotated[Longitude, Field(description="la longitude, en degrés")]


class Location(Entity):
    """Somewhere that an article names."""

    coordinates: Annotated[
        Coordinates | None, BeforeValidator(_coordinates), Field(description="{lat, lon}, en degrés")
    ] = None
    precision: Annotated[Precision | None, word(Precision), Field(description="ce que désignent les coordonnées")] = (
        None
    )
    country: Annotated[Country | None, Field(description="le pays (ISO 3166-1)")] = None
    geonames: Annotated[GeoNames | None, Field(description="l’identifiant GeoNames")] = None


PLACE = Kind("place", "places", Location, "Lieu", "Lieux", "\ue002")
