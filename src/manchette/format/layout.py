"""Where things stand in a project: the one place that spells a path."""

from __future__ import annotations

from manchette.format.kinds import ARTICLE_KINDS, ENTITY_KINDS
from manchette.format.model import Mention, Model, Source

ANNOTATIONS = "annotations"
REGISTERS: dict[str, type[Model]] = {**{kind.file: kind.model for kind in ENTITY_KINDS}, "sources": Source}
SIDECARS: dict[str, type[Model]] = {**{kind.file: kind.model for kind in ARTICLE_KINDS}, "mentions": Mention}
LISTS = frozenset({"mentions"})  # the files that are a list; all others map ids to entries
SCHEMAS = "schema"


def schema_line(file: str) -> str:
    """Line 1 of a YAML file of `annotations/`: what editors find its schema by."""
    parts = file.split("/")[1:]
    name = next(part for part in (parts[-1].removesuffix(".yml"), *reversed(parts)) if part in REGISTERS | SIDECARS)
    return f"# yaml-language-server: $schema={'../' * (len(parts) - 1)}{SCHEMAS}/{name}.schema.json"
