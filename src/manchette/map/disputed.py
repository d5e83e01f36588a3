"""Disputed land: where places may be written of several countries, and what a map's caption has to say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from manchette.map.atlas import Vector, cap, vector
from manchette.map.outline import Point
from manchette.map.projection import Projection


@dataclass(frozen=True, slots=True)
class Dispute:
    """A stretch of land, as a box in degrees, and the countries that may be written of it."""

    name: str
    """What the caption calls it; empty where no border is drawn on land, and nothing has to be said."""
    south: float
    west: float
    north: float
    east: float
    claimants: str
    by_holder: bool = False
    """Whether the shapes give it to who holds it, whatever the United Nations say."""

    def has(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def outline(self, projection: Projection) -> list[Point]:
        """Where the box falls in a drawing."""
        return [projection.point(position) for position in self._ring()]

    @cache  # noqa: B019  # there are twenty of them
    def _ring(self) -> tuple[Vector, ...]:
        steps = [self.west + (self.east - self.west) * i / 4 for i in range(5)]
        ring = [(self.north, x) for x in steps] + [(self.south, x) for x in reversed(steps)]
        return tuple(vector(*position) for position in ring)

    @cache  # noqa: B019  # there are twenty of them
    def positions(self) -> tuple[Vector, ...]:
        """Some positions all over the box."""
        steps = [(i + 0.5) / 5 for i in range(5)]
        return tuple(
            vector(self.south + (self.north - self.south) * up, self.west + (self.east - self.west) * along)
            for up in steps
            for along in steps
        )

    @cache  # noqa: B019  # there are twenty of them
    def reach(self) -> tuple[Vector, float]:
        """A cap of the sphere that it lies in."""
        return cap([*self._ring(), *self.positions()])


DISPUTES = (
    Dispute("ukraine", 44.2, 32.2, 46.3, 36.9, "UA RU"),  # Crimea
    Dispute("ukraine", 45.7, 32.5, 50.3, 40.3, "UA RU"),  # from Kherson to Luhansk
    Dispute("kashmir", 32.2, 72.5, 37.3, 80.6, "IN PK CN", by_holder=True),  # with Aksai Chin
    Dispute("arunachal", 26.4, 91.4, 29.7, 97.5, "IN CN", by_holder=True),
    Dispute("sahara", 20.6, -17.4, 27.67, -8.5, "EH MA"),
    Dispute("golan", 32.5, 35.4, 33.6, 36.2, "IL SY LB"),
    Dispute("palestine", 31.1, 34.1, 32.7, 35.8, "IL PS"),  # the West Bank, Gaza, Jerusalem
    Dispute("kosovo", 41.8, 20.0, 43.3, 21.8, "RS XK"),
    Dispute("cyprus", 34.4, 32.1, 35.8, 34.8, "CY TR GB"),
    Dispute("georgia", 41.7, 39.9, 43.8, 45.1, "GE RU"),  # Abkhazia, South Ossetia
    Dispute("", 38.7, 45.7, 40.7, 47.8, "AM AZ"),  # Nagorno-Karabakh, given up in 2023
    Dispute("", 43.2, 145.2, 46.2, 150.2, "JP RU"),  # the Kurils
    Dispute("halaib", 21.8, 33.0, 23.3, 37.2, "EG SD", by_holder=True),
    Dispute("abyei", 9.1, 27.6, 10.5, 29.5, "SD SS", by_holder=True),
    Dispute("", -53.2, -61.6, -50.8, -57.5, "AR GB FK"),  # the Falklands
    Dispute("essequibo", 1.0, -61.6, 8.7, -56.9, "VE GY"),
    Dispute("", -13.2, 44.9, -12.5, 45.5, "KM FR YT"),  # Mayotte
    Dispute("", 35.1, -5.6, 36.3, -2.8, "ES MA GB GI"),  # Ceuta, Melilla, Gibraltar
    Dispute("", 10.1, -109.4, 10.5, -109.0, "FR"),  # Clipperton: not disputed, but so far that the shapes lack it
)
