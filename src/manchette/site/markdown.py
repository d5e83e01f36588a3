"""An article → HTML with mkdocs.yml's Markdown extensions, without MkDocs; kept by content.

MkDocs builds pages in the order of the navigation, and a page may ask for the timeline of an article that is not built
yet; `check` runs without MkDocs. So the text is rendered here, as MkDocs 1.6 does it in `Page.render`.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown

from manchette import engine

_OURS = "manchette"
HALFWAY = 4.5
"""The priority of what comes after the tree processors of Python-Markdown's extensions, and before the generator's.

But for the generator's that looks for anchors: it is told of them later (`engine.make_known`).
"""


class ConfigError(ValueError):
    """mkdocs.yml cannot be used: what is wrong, and what to write, in French; where, from 1."""

    def __init__(self, message: str, suggestion: str, line: int = 1, column: int = 1) -> None:
        """Keep the two sentences apart, as a problem does."""
        super().__init__(f"{message} ; {suggestion}")
        self.message, self.suggestion, self.line, self.column = message, suggestion, line, column


@dataclass(frozen=True)
class Extensions:
    """Python-Markdown's extensions in the order of their loading, and the settings of those that have any."""

    names: tuple[str, ...]
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)


def extensions(mkdocs_yml: Path) -> Extensions:
    """The extensions that MkDocs would load, but for our own.

    `!ENV`, `!!python/name:` and `INHERIT` mean what they mean to MkDocs. Raises ConfigError where the file cannot be
    read, or `markdown_extensions` lists no names and settings.
    """
    listed = _read(mkdocs_yml).get("markdown_extensions") or []
    if isinstance(listed, dict):
        listed = [{name: given} for name, given in listed.items()]
    names = dict.fromkeys(engine.EXTENSIONS)
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
                message = f"markdown_extensions : « {entry} » n’est pas une extension"
                raise ConfigError(message, "écrivez « - footnotes », ou « - footnotes: {clé: valeur} »")
    return declared(names, settings)


def declared(names: Iterable[str], settings: Mapping[str, Mapping[str, Any]]) -> Extensions:
    """Some extensions, but for our own, which needs the text that they make."""
    others = {name: given for name, given in settings.items() if name != _OURS and given}
    return Extensions(tuple(name for name in names if name != _OURS), others)


def settings(mkdocs_yml: Path) -> Mapping[str, object]:
    """What the file says under `extra.manchette`. Raises ConfigError as `extensions`."""
    found = _read(mkdocs_yml)
    for key in ("extra", "manchette"):
        found = found.get(key) or {}
        if not isinstance(found, dict):
            raise ConfigError(f"« {key} » n’est pas une fiche", "écrivez « clé: valeur », indenté, sous elle")
    return {str(key): value for key, value in found.items()}


def _read(mkdocs_yml: Path) -> dict[str, Any]:
    """The file as MkDocs reads it."""
    try:
        found = engine.configuration(mkdocs_yml)
    except Exception as error:  # MkDocs', YAML's, the file system's, and those of what `!!python/name:` imports
        mark = getattr(error.__context__, "problem_mark", None)
        said = f"{type(error).__name__} : {error}".partition("\n")[0]
        where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError(f"le fichier ne se lit pas ({said})", "corrigez-le : MkDocs le dit aussi", *where) from error
    if not isinstance(found, dict):
        raise ConfigError("le fichier ne se lit pas : des clés sont attendues", "écrivez « site_name: … »")
    return found


def usable(extensions: Extensions) -> tuple[Extensions, dict[str, str]]:
    """The extensions that load, and why the others do not, by name."""
    refused = {}
    for name in extensions.names:
        try:
            Markdown(extensions=[name], extension_configs={name: dict(extensions.settings.get(name, {}))})
        except Exception as error:  # an extension is anyone's code
            refused[name] = f"{type(error).__name__} : {error}".partition("\n")[0]
    settings = {name: given for name, given in extensions.settings.items() if name not in refused}
    return Extensions(tuple(name for name in extensions.names if name not in refused), settings), refused


def convert(body: str, extensions: Extensions) -> str:
    """The HTML of an article's body (Markdown). Raises what an extension raises."""
    return Markdown(extensions=list(extensions.names), extension_configs=dict(extensions.settings)).convert(body)


@lru_cache(maxsize=1024)  # a site's articles, a few kilobytes each
def render(body: str, extensions: Extensions) -> str:
    """As `convert`, and remembered: a server reads all articles again when one has changed.

    How far a generator may be spared rendering the same once more is kept with it: see `halfway`.
    """
    md = Markdown(extensions=list(extensions.names), extension_configs=dict(extensions.settings))
    if all(map(_is_its_own, extensions.names)):
        keep = partial(_keep, md, _key(body, extensions))
        md.treeprocessors.register(SimpleNamespace(run=keep), "manchette_halfway", priority=HALFWAY)  # type: ignore[arg-type]
    return md.convert(body)


_halves: dict[tuple[str, Extensions], bytes] = {}


def halfway(body: str, extensions: Extensions) -> bytes | None:
    """What `render` had of a text at HALFWAY, for `go_on`; None of one that it has not rendered so.

    Nor of any with an extension that is not Python-Markdown's own: others may keep by themselves what they need later.
    """
    return _halves.get(_key(body, extensions))


def go_on(md: Markdown, half: bytes) -> Element:
    """The tree with which `md` is to go on at HALFWAY, and with what it knew then."""
    root, md.htmlStash.rawHtmlBlocks, md.toc_tokens = pickle.loads(half)  # type: ignore[attr-defined]
    md.htmlStash.html_counter = len(md.htmlStash.rawHtmlBlocks)
    return root  # type: ignore[no-any-return]


def _keep(md: Markdown, key: tuple[str, Extensions], root: Element) -> None:
    if len(_halves) >= render.cache_parameters()["maxsize"]:
        del _halves[next(iter(_halves))]
    _halves[key] = pickle.dumps((root, md.htmlStash.rawHtmlBlocks, getattr(md, "toc_tokens", [])))


def _key(body: str, extensions: Extensions) -> tuple[str, Extensions]:
    return body.lstrip("\n"), extensions  # generators leave out the empty lines below a page's front matter


@lru_cache(maxsize=64)
def _is_its_own(extension: str) -> bool:
    """Whether an extension is Python-Markdown's own."""
    named = entry_points(group="markdown.extensions", name=extension)
    return next((each.value for each in named), extension).startswith("markdown.extensions.")


@lru_cache(maxsize=8)
def escapes(extensions: Extensions) -> frozenset[str]:
    """The signs from which a backslash is taken away."""
    md = Markdown(extensions=list(extensions.names), extension_configs=dict(extensions.settings))
    return frozenset(md.ESCAPED_CHARS)
