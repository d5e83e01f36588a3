"""The places that articles name, with where they name them (GeoJSON, RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from manchette.export import used
from manchette.export.base import Export, Exported
from manchette.format.kinds import PLACE, Location
from manchette.typeset import prose

Feature = dict[str, object]


def write(given: Exported) -> bytes:
    """A FeatureCollection; a place whose coordinates nobody gave is a feature without geometry (RFC 7946, 3.2)."""
    said = {"type": "FeatureCollection", "features": [*_features(given)]}
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


def _features(given: Exported) -> Iterator[Feature]:
    for key, (kind, record) in used.entities(given).items():
        place = record.entry
        if not isinstance(place, Location):
            continue
        spot = place.coordinates
        yield {
            "type": "Feature",
            "id": f"{kind.name}--{key}",
            "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]} if spot else None,
            "properties": {
                "name": place.name,
                "aliases": list(place.aliases),
                "names": place.names,
                "description": prose.html(place.description).striptags(),
                "precision": place.precision and place.precision.value,
                "country": place.country,
                "wikidata": place.wikidata and f"http://www.wikidata.org/entity/{place.wikidata}",
                "geonames": place.geonames and f"https://sws.geonames.org/{place.geonames}/",
                "wikipedia": place.wikipedia,
                "mentions": [
                    {
                        "article": article.front.title,
                        "address": address,
                        "exact": article.body.text[start:end],
                        "start": start,
                        "end": end,
                    }
                    for article, address, start, end in used.mentions(given, PLACE.name, key)
                ],
            },
        }


PLACES = Export("places", "lieux.geojson", "application/geo+json", write, together=True)
