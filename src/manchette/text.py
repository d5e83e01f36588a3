"""An article → HTML with mkdocs.yml's Markdown extensions, without MkDocs; kept by content.

MkDocs builds pages in the order of the navigation, and a page may ask for the timeline of an article that is not built
yet; `check` runs without MkDocs. So the text is rendered here, as MkDocs 1.6 does it in `Page.render`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

_OURS = "manchette"
_BUILT_IN = ("toc", "tables", "fenced_code")  # MkDocs gives them to every site
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n\n*", re.DOTALL)  # mkdocs.utils.meta.YAML_RE


@dataclass(frozen=True)
class Extensions:
    """Python-Markdown's extensions in the order of their loading, and the settings of those that have any."""

    names: tuple[str, ...]
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)


def extensions(mkdocs_yml: Path) -> Extensions:
    """The extensions that MkDocs would load, but for our own, which needs the text that they make.

    `!ENV`, `!!python/name:` and `INHERIT` mean what they mean to MkDocs. Raises OSError where the file cannot be read,
    and ValueError, with a French sentence, where it is not YAML or `markdown_extensions` lists no names and settings.
    """
    try:
        with mkdocs_yml.open("rb") as file:
            listed = yaml_load(file).get("markdown_extensions") or []
    except (ConfigurationError, AttributeError) as error:
        mark = getattr(error.__context__, "problem_mark", None)
        where = f" à la ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
        raise ValueError(f"« {mkdocs_yml.name} » ne se lit pas{where} : {error}") from error
    if isinstance(listed, dict):
        listed = [{name: given} for name, given in listed.items()]
    names = dict.fromkeys(_BUILT_IN)
    settings: dict[str, Mapping[str, Any]] = {}
    for entry in listed if isinstance(listed, list) else [[listed]]:
        match [entry] if not isinstance(entry, dict) else list(entry.items()):
            case [str(name)]:
                names[name] = None
            case [(str(name), dict() | None as given)]:
                names[name] = None
                if given:
                    settings[name] = given
            case _:
                raise ValueError(
                    f"« {mkdocs_yml.name} » : « {entry} » n’est pas une extension ; écrivez « - footnotes », ou"
                    " « - footnotes: {clé: valeur} »"
                )
    names.pop(_OURS, None)
    settings.pop(_OURS, None)
    return Extensions(tuple(names), settings)


def settings(mkdocs_yml: Path) -> Mapping[str, str]:
    """Who publishes the site and where its files are edited: `extra.manchette`."""
    with mkdocs_yml.open("rb") as file:
        found = (yaml_load(file).get("extra") or {}).get("manchette") or {}
    return {str(key): str(value or "") for key, value in found.items()}


def front_matter(raw: str) -> tuple[str, str, int]:
    """An article's front matter (YAML, empty if there is none), its body, and the line of `raw` where that begins.

    The first line is 1. Line ends become `\\n` and a byte order mark goes, as they do where MkDocs reads the file.
    """
    raw = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(raw)
    if not match:
        return "", raw, 1
    return match[1], raw[match.end() :], 1 + raw.count("\n", 0, match.end())


@lru_cache(maxsize=1024)  # a site's articles, a few kilobytes each
def render(body: str, extensions: Extensions) -> str:
    """The HTML of an article's body (Markdown). Raises what an extension raises."""
    return Markdown(extensions=list(extensions.names), extension_configs=dict(extensions.settings)).convert(body)
