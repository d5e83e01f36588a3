"""Kinds → JSON Schema for editors, and the tables of keys for contributors, from the same lines that validate.

JSON Schema 2020-12 (https://json-schema.org/draft/2020-12/schema). An editor reads YAML 1.2, where `2024` is a number;
the format reads everything as text. The schemas let through what either makes of an unquoted value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from manchette.format.kinds import KINDS, Kind
from manchette.format.layout import LISTS, REGISTERS, SIDECARS, schema_of
from manchette.format.model import Model, Quote, core, hints
from manchette.format.scalars import ID, As, KeyWord

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type[Model]] = REGISTERS | SIDECARS
TITLES = {**{kind.file: kind.plural for kind in KINDS}, "sources": "Sources", "mentions": "Mentions"}

Schema = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """A row of the contributors' table: a key, the French name of its type, whether it is required, what it is for."""

    name: str
    type: str
    required: bool
    help: str


def keys(kind: Kind | type[Model]) -> list[Key]:
    """The keys of a kind, or of a model inside one, in the order declared."""
    model = kind.model if isinstance(kind, Kind) else kind
    return [
        Key(
            name,
            _french(annotation),
            model.model_fields[name].is_required(),
            model.model_fields[name].description or "",
        )
        for name, annotation in hints(model).items()
    ]


def schema(file: str) -> Schema:
    """The schema of `annotations/<file>.yml`, or of the sidecar of that name."""
    entry = mapping(FILES[file])
    head: Schema = {"$schema": DIALECT, "title": TITLES[file]}
    if file in LISTS:
        return {**head, "description": "Une liste.", "type": ["array", "null"], "items": entry}
    return {
        **head,
        "description": "Identifiant → fiche.",
        "type": ["object", "null"],  # an empty file is an empty mapping
        "propertyNames": {"pattern": f"^{ID.pattern}$", "not": {"const": "null"}},
        "additionalProperties": entry,
    }


def write(root: Path) -> list[Path]:
    """Write the schema of each file below `root`; the files written."""
    written = []
    for file in FILES:
        path = root / schema_of(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(file), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def text(file: str) -> str:
    """The schema of `file` as it is written to disk."""
    return json.dumps(schema(file), ensure_ascii=False, indent=2) + "\n"


def mapping(model: type[Model]) -> Schema:
    """The schema of an entry of a model, or of a mapping inside one."""
    rules = [rule.schema() for rule in model.rules]
    return {
        "type": "object",
        "properties": {
            name: {**_value(annotation), "description": model.model_fields[name].description}
            for name, annotation in hints(model).items()
        },
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
    }


def _value(annotation: Any) -> Schema:
    bare, metadata = core(annotation)
    named = _named(metadata)
    if named and named.schema:
        return dict(named.schema)
    arguments = get_args(bare)
    if get_origin(bare) is tuple:
        return {"type": "array", "items": _value(arguments[0])}
    if get_origin(bare) is dict:
        return {"type": "object", "propertyNames": _value(arguments[0]), "additionalProperties": _value(arguments[1])}
    if get_origin(bare) is Literal:
        return {"enum": list(arguments)}
    if issubclass(bare, KeyWord):
        return {"enum": [str(word) for word in bare], "enumDescriptions": [word.label for word in bare]}
    inner = mapping(bare)
    return {"anyOf": [_value(hints(Quote)["exact"]), inner]} if bare is Quote else inner


def _french(annotation: Any) -> str:
    bare, metadata = core(annotation)
    if named := _named(metadata):
        return named.french
    arguments = get_args(bare)
    if get_origin(bare) is tuple:
        inner = _named(core(arguments[0])[1])
        return f"liste {inner.several}" if inner else f"liste de {_french(arguments[0])}"
    if get_origin(bare) is dict:
        return "langue → texte"
    if get_origin(bare) is Literal:
        return " ou ".join(arguments)
    if issubclass(bare, KeyWord):
        return ", ".join(bare)
    return "{" + ", ".join(hints(bare)) + "}"


def _named(metadata: tuple[Any, ...]) -> As | None:
    """The outermost name of a type, if it has one."""
    return next((item for item in reversed(metadata) if isinstance(item, As)), None)
