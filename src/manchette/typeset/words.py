"""Every French word that the pages add to what annotators write: `templates/words.yml`, as `WORDS.note.sources`."""

from __future__ import annotations

from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import yaml


def _named(value: object) -> Any:
    return SimpleNamespace(**{key: _named(each) for key, each in value.items()}) if isinstance(value, dict) else value


WORDS = _named(yaml.safe_load((files("manchette") / "templates/words.yml").read_text(encoding="utf-8")))
"""A word that is not there raises AttributeError."""
