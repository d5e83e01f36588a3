"""Everything that the notes of an article say, as one value that a program reads: the format's own keys, as in YAML.

A file names its schema (JSON Schema 2020-12), which is published beside it and has the format's version in its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any

from manchette.engine import Home
from manchette.export import used
from manchette.export.base import Export, Exported
from manchette.format import VERSION
from manchette.format.edtf import When
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import LISTS, REGISTERS, SIDECARS, export_of
from manchette.format.model import FrontMatter, Model
from manchette.format.scalars import ID
from manchette.format.schema import DIALECT, FILES, Schema, mapping
from manchette.load import Record
from manchette.upkeep.dated import Dated

SCHEMA = export_of(f"manchette-{VERSION}.schema.json")
FRONT = tuple(name for name in FrontMatter.model_fields if name not in {"draft", "marks"})  # those two are the site's


def write(given: Exported) -> bytes:
    """The article's front matter, its text where it may be passed on, its notes, and where each stands in the text.

    Of registers and sources, what the article uses. Positions are `start` and `end`: Unicode code points of the text,
    from 0, the end exclusive.
    """
    article, site = given.article, given.site
    entities = used.entities(given)
    records: dict[str, Iterable[Record[Any]]] = {
        kind.file: [record for of, record in entities.values() if of is kind] for kind in ENTITY_KINDS
    }
    records |= {
        "sources": used.sources(given).values(),
        "dates": article.events.values(),
        "claims": article.claims.values(),
    }
    front = {key: value(getattr(article.front, key)) for key in FRONT}
    said = {
        "$schema": given.home.file(SCHEMA) if given.home.url else f"../{SCHEMA.rpartition('/')[2]}",
        "version": VERSION,
        "page": given.home.to(article.page),
        "publisher": {key: getattr(site.settings, key) for key in ("publisher", "url", "contact", "licence")},
        "article": {"id": article.id, **{key: each for key, each in front.items() if each is not None}},
        "text": article.body.text if article.front.rights else None,
        **{file: {record.id: value(record.entry) for record in each} for file, each in records.items()},
        "mentions": [value(record.entry) for record in article.mentions],
        "marks": [
            {
                "kind": mark.kind,
                "id": mark.id,
                "start": mark.span.start,
                "end": mark.span.end,
                "exact": article.body.text[slice(*mark.span)],
                "address": given.home.to(article.page, mark.anchor),
            }
            for mark in article.marks
        ],
        "written": {file: dated for file, each in records.items() if (dated := _dated(given, each))},
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


EVERYTHING = Export("json", "json", "application/json", write)


def value(said: object) -> object:
    """What a value of the format is in JSON; of an entry, the keys that are written."""
    if isinstance(said, Model):
        return {key: value(getattr(said, key)) for key in type(said).model_fields if key in said.model_fields_set}
    if isinstance(said, When):
        return said.text
    if isinstance(said, Enum):
        return said.value
    if isinstance(said, tuple):
        return [value(each) for each in said]
    return said


def _dated(given: Exported, records: Iterable[Record[Any]]) -> Mapping[str, Mapping[str, str]]:
    dates = {record.id: given.dated(record) for record in records}
    return {
        key: {name: day for name, day in (("created", each.created), ("modified", each.modified)) if day}
        for key, each in dates.items()
        if each != Dated()
    }


def schema(home: Home) -> bytes:
    """The schema of these files."""
    return f"{json.dumps(_schema(home.file(SCHEMA) if home.url else ''), ensure_ascii=False, indent=1)}\n".encode()


@cache
def _schema(address: str) -> Schema:
    counted = "points de code Unicode du texte visible, à partir de 0"
    start = {"type": "integer", "minimum": 0, "description": f"où les mots commencent : {counted}"}
    end = {"type": "integer", "minimum": 1, "description": f"où ils finissent, non compris : {counted}"}
    text = {"type": "string"}
    moment = {"type": "string", "format": "date-time"}
    keys: Schema = {
        "$schema": text,
        "version": {"const": VERSION},
        "page": text,
        "publisher": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "article": _article(),
        "text": {
            "type": ["string", "null"],
            "description": "le texte visible, ses blocs joints par une espace ; null s’il ne peut pas être repris",
        },
        **{file: _entries(file) for file in REGISTERS | SIDECARS},
        "marks": {
            "type": "array",
            "items": _closed({"kind": text, "id": text, "start": start, "end": end, "exact": text, "address": text}),
        },
        "written": {
            "type": "object",
            "description": "quand chaque fiche a été écrite et modifiée, d’après Git",
            "propertyNames": {"enum": [file for file in FILES if file not in LISTS]},
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": {"created": moment, "modified": moment},
                    "additionalProperties": False,
                },
            },
        },
    }
    return {"$schema": DIALECT, **({"$id": address} if address else {}), **_closed(keys)}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _article() -> Schema:
    whole = mapping(FrontMatter)
    return {
        **whole,
        "properties": {"id": {"type": "string"}, **{key: whole["properties"][key] for key in FRONT}},
        "required": ["id", *whole["required"]],
    }


def _entries(file: str) -> Schema:
    entry = mapping(FILES[file])
    if file in LISTS:
        return {"type": "array", "items": entry}
    return {"type": "object", "propertyNames": {"pattern": f"^{ID.pattern}$"}, "additionalProperties": entry}
