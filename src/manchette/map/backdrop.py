"""What a view shows whatever places are drawn on it: land, countries, frontiers."""

from __future__ import annotations

from functools import cached_property, lru_cache

from manchette.map.area import Area
from manchette.map.disputed import DISPUTES, Dispute
from manchette.map.outline import Box, bounds, cut_lines, cut_rings, path, surface
from manchette.map.projection import Projection, Worldwide

BLEED = 6.0  # px: shapes go on beyond the frame, so that its edge is no coast
ISLET = 3.0  # px: a smaller island is a speck


class Backdrop:
    """The ground of a view, each part made when it is first asked for."""

    def __init__(self, projection: Projection, bleed: float = BLEED, least: float = ISLET) -> None:
        """`bleed`: how far shapes go on beyond the frame; `least`: the smallest island; in px."""
        self.projection, self.atlas = projection, projection.atlas
        self.frame = Box(0, 0, projection.width, projection.height)
        self.around = self.frame.grown(bleed)
        self._least = least

    @cached_property
    def land(self) -> Area:
        """What shows of the land, cut a little beyond the frame."""
        return Area(cut_rings(self.projection.land(), self.around))

    @cached_property
    def land_path(self) -> str:
        """The `d` of the land, without specks."""
        return path(self.land.rings, closed=True, least=self._least)

    @cached_property
    def frontiers_path(self) -> str:
        """The `d` of the frontiers."""
        return path(cut_lines(self.projection.lines(self.atlas.frontiers), self.around), closed=False)

    @cached_property
    def countries(self) -> dict[str, Area]:
        """Country code → what shows of it, cut at the frame, for the countries that show: the largest first."""
        found: list[tuple[float, str, Area]] = []
        for code, rings in self.atlas.countries.items():
            if self.projection.may_show(*self.atlas.reaches[code]):
                shape = cut_rings(self.projection.rings(rings), self.frame)
                if shape:
                    found.append((-sum(abs(surface(ring)) for ring in shape), code, Area(shape)))
        return {code: area for _, code, area in sorted(found, key=lambda each: each[:2])}

    @cached_property
    def disputes(self) -> list[tuple[Dispute, Box]]:
        """The disputed lands of which the frame shows some, and the box around each."""
        shown, projection = [], self.projection
        for dispute in DISPUTES:
            asked = dispute.positions() if dispute.name and projection.may_show(*dispute.reach()) else ()
            if any(self.frame.has(projection.point(position)) for position in asked):
                shown.append((dispute, bounds(dispute.outline(projection))))
        return shown

    @cached_property
    def held(self) -> list[Area]:
        """The disputed lands that are drawn with who holds them, of those that may show."""
        return [
            Area([dispute.outline(self.projection)])
            for dispute in DISPUTES
            if dispute.by_holder and self.projection.may_show(*dispute.reach())
        ]


# Nearly all maps of the world are one view on three widths, whatever places an article names: cut through the Bering
# Strait. A place near a pole makes another; each is some 5 MB, and four let such a view come and go.
_kept = lru_cache(maxsize=8)(Backdrop)


def backdrop(projection: Projection) -> Backdrop:
    """The backdrop of a map's view; that of the world is kept, since the next map will ask for it again."""
    return _kept(projection) if isinstance(projection, Worldwide) else Backdrop(projection)
