"""The one room that knows the site generators: MkDocs, ProperDocs and Zensical.

Which page is being rendered, its front matter, its anchors, the build it belongs to; how pages are laid out; where the
theme's files come from; what `mkdocs.yml` says. The others ask here.
"""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
from markdown import Markdown
from markupsafe import escape
from mkdocs.utils.yaml import yaml_load
from pathspec import GitIgnoreSpec

from manchette.engine import kept
from manchette.engine.addresses import ASSETS as ASSETS
from manchette.engine.addresses import THEME as THEME
from manchette.engine.addresses import Addresses as Addresses
from manchette.engine.addresses import Home as Home
from manchette.engine.addresses import Links as Links
from manchette.engine.addresses import addresses_of
from manchette.engine.addresses import home_by as home_by
from manchette.engine.addresses import home_of as home_of
from manchette.engine.hooks import Make as Make
from manchette.engine.hooks import Source as Source
from manchette.engine.hooks import lay_aside as lay_aside
from manchette.engine.hooks import make_of as make_of
from manchette.engine.hooks import publish as publish
from manchette.engine.hooks import search_by as search_by

log = logging.getLogger("mkdocs.manchette")  # only what is below `mkdocs.` is counted by a strict build
WORN = "manchette"  # what a page's front matter has once our template was put on it
TEMPLATE = "manchette.html"  # of the theme: what a page of ours is printed with
EXTENSIONS = ("toc", "tables", "fenced_code")
"""The Markdown extensions that every site has without asking."""


@dataclass(frozen=True)
class Page:
    """The page that is being rendered."""

    root: Path  # the project's folder
    source: str
    addresses: Addresses
    meta: dict[str, Any]  # its front matter, which the theme reads
    is_described: bool = False  # whether it is the site's first, and the settings say what the site is about
    theme_is_ours: bool = False  # whether the whole site is printed with our theme
    build: object | None = None  # what is the same for every page of one build; None where nobody tells
    strict: bool = False  # whether a problem is to end the build; Zensical has no such build

    @property
    def links(self) -> Links:
        """Addresses from here."""
        return Links(self.source, self.addresses)

    def wear(self) -> None:
        """Print the page with our template, unless its front matter names one or every page is printed so."""
        self.meta[WORN] = True
        if not self.theme_is_ours:
            self.meta.setdefault("template", TEMPLATE)

    @property
    def is_ours(self) -> bool:
        """Whether the page shows anything of ours; any other is left to the site, to the byte."""
        return self.theme_is_ours or WORN in self.meta

    @property
    def level(self) -> int:
        """How loud a problem is logged. `--quiet` drops warnings before `--strict` counts them, but no errors."""
        return logging.ERROR if self.strict else logging.WARNING

    def name_article(self, title: str) -> None:
        """Tell the theme which article the page belongs to, for the head of the page."""
        self.meta["article"] = str(escape(title))

    def sign(self, author: str, published: str | None) -> None:
        """Tell the theme who is to be named as the article's author, and its day, month or year, for the head."""
        self.meta["author"] = author
        self.meta["published_time"] = published

    def describe(self, words: str) -> None:
        """Say what the page is about, unless its front matter does, or the site's settings do so of the first one."""
        if words and not self.is_described:
            self.meta.setdefault("description", words)

    def picture(self, path: str, shows: str) -> None:
        """Tell the theme which picture is shown of a link to the page, from the site's root, and what is seen there."""
        self.meta["picture"], self.meta["picture_of"] = path, shows

    def speak(self, region: str) -> None:
        """Tell the theme in which language the page is, and of which country, « fr_FR »."""
        self.meta["region"] = region

    def leave_unsearched(self) -> None:
        """Keep the page out of the search, unless its front matter says something of that."""
        self.meta.setdefault("search", {"exclude": True})

    def protect(self, *keys: str) -> None:
        """Make text of what the front matter says: MkDocs and the theme's search would print it as HTML."""
        if self.addresses is not Addresses.SOURCES:
            self.meta.update({key: escape(self.meta[key]) for key in keys if key in self.meta})


def page_in(md: Markdown) -> Page | None:
    """The page that `md` renders; None where it renders no page, as for a fragment or without a generator."""
    if "relpath" in md.treeprocessors:  # MkDocs, ProperDocs
        relpath: Any = md.treeprocessors["relpath"]
        return _filed(relpath.file, relpath.config, relpath.files)
    for processor in md.preprocessors:  # Zensical
        page = getattr(processor, "page", None)
        if getattr(page, "path", None):
            return _sourced(page, Path.cwd())
    return None


def extensions_in(md: Markdown) -> tuple[list[str], Mapping[str, Mapping[str, Any]]] | None:
    """The extensions of the page that `md` renders, and the settings of those with any; None where nobody tells."""
    if "relpath" not in md.treeprocessors:
        return None
    config = md.treeprocessors["relpath"].config  # type: ignore[attr-defined]
    return config["markdown_extensions"], config["mdx_configs"] or {}


def page_of(env: Any) -> Page:
    """The page whose macros are run; `env` is what mkdocs-macros, or Zensical, gives to `define_env`."""
    file = getattr(env.page, "file", None)
    return _filed(file, env.conf) if file else _sourced(env.page, Path(env.project_dir))


def _filed(file: Any, config: Any, build: object | None = None) -> Page:
    root = Path(config["config_file_path"]).parent
    addresses = Addresses.FOLDERS if file.use_directory_urls else Addresses.FILES
    theme_is_ours = _is_ours(config["theme"].dirs[0])
    strict = bool(config["strict"]) and not is_serving()
    return Page(
        root=root,
        source=file.src_uri,
        addresses=addresses,
        meta=file.page.meta if file.page else {},
        is_described=bool(file.page and file.page.is_homepage and config["site_description"]),
        theme_is_ours=theme_is_ours,
        build=build,
        strict=strict,
    )


@lru_cache(maxsize=8)
def _is_ours(folder: str) -> bool:
    """Whether a folder is that of our theme; a link may lead to it."""
    return Path(folder).resolve() == Path(THEME).resolve()


def _sourced(page: Any, root: Path) -> Page:
    return Page(root, str(page.path), Addresses.SOURCES, page.meta, theme_is_ours=True)


def make_known(md: Markdown, ids: Iterable[str]) -> None:
    """Tell MkDocs or ProperDocs of anchors that were written after it looked: it checks links to them."""
    for name in ("mkdocs_extract_anchors", "properdocs_extract_anchors"):
        if name in md.treeprocessors:
            md.treeprocessors[name].present_anchor_ids.update(ids)  # type: ignore[attr-defined]


def lay_theme(env: Any) -> None:
    """Let the theme's files be found; `env` is what mkdocs-macros gives to `define_env`.

    They come last, so that nothing of the site or of its theme is replaced, or first where `extra.manchette.everywhere`
    wants every page to be like ours. Zensical cannot be told: there `theme.custom_dir` names their folder.
    """
    theme = env.conf["theme"]
    if hasattr(theme, "dirs") and THEME not in theme.dirs:
        ours = env.conf["extra"].get("manchette")
        everywhere = isinstance(ours, dict) and ours.get("everywhere") is True  # `check` says what is wrong with it
        theme.dirs.insert(0 if everywhere else len(theme.dirs), THEME)


def tell_theme(env: Any, pages: Callable[[Links], Mapping[str, object]]) -> None:
    """Let the theme know pages that no navigation has, as `config.extra.manchette_pages`; `env` as above.

    `pages` is given the links from the site's root, which the theme's filter `url` takes. Zensical cannot be told.
    """
    if hasattr(env.conf["theme"], "dirs"):
        env.conf["extra"]["manchette_pages"] = pages(Links("", addresses_of(env.conf)))


def leave_out(env: Any, folders: Iterable[str]) -> None:
    """Serve the pages of these folders and do not build them, as MkDocs' `draft_docs` says; `env` as above.

    Zensical cannot be told.
    """
    drafts = GitIgnoreSpec.from_lines([f"/{folder}/" for folder in folders])
    if drafts.patterns and hasattr(env.conf["theme"], "dirs"):
        own = env.conf["draft_docs"]
        env.conf["draft_docs"] = own + drafts if own else drafts


def is_serving() -> bool:
    """Whether this process is `mkdocs serve`, or ProperDocs' own."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def memory() -> dict[str, Any]:
    """What a server remembers until it ends, from one build to the next: values of Python's own types.

    It is the command's, not a module's, for the package may be loaded anew in between.
    """
    kept: dict[str, Any] = click.get_current_context().meta.setdefault("manchette", {})
    return kept


def keep_pages(
    env: Any,
    wants: Callable[[str], bool],
    unchanged: Callable[[str, str], bool] | None,
    finish: Callable[[str], str],
) -> None:
    """Let a server print again what is as it was of the pages that `wants` asks for; the rest as `kept` has it."""
    memory()["keeps"] = kept.keep_pages(env, memory().setdefault("printed", {}), wants, unchanged, finish)


def finishes(page: Page) -> bool:
    """Whether what is another in every build is written into the page later; `page` is one that is kept."""
    return is_serving() and bool(memory().get("keeps")) and page.addresses is not Addresses.SOURCES


def asked() -> dict[str, Make] | None:
    """Where a server keeps what makes each of the files that nobody has asked for; None where all are made at once.

    It is told of its requests only where it reloads pages.
    """
    context = click.get_current_context(silent=True)
    if context is None or not is_serving() or context.params.get("livereload") is False:
        return None
    kept: dict[str, Make] = memory().setdefault("asked", {})
    return kept


def require_address(env: Any) -> None:
    """End a server that begins at an address it cannot have, before it builds the site; `env` as above.

    Raises click.ClickException, which ends the command with a line.
    """
    if not is_serving() or "address" in memory() or not hasattr(env.conf["theme"], "dirs"):
        return
    host, port = memory()["address"] = tuple(env.conf["dev_addr"])
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            tried.bind((host, port))
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "cette adresse est déjà prise" if taken else f"cette adresse ne se prend pas ({error.strerror})"
        other = f"{host}:{port + 1}" if taken else "127.0.0.1:8000"
        said = f"{host}:{port} : {why} ; choisissez-en une autre : « mkdocs serve -a {other} »"
        raise click.ClickException(said) from None


def configuration(mkdocs_yml: Path) -> Any:
    """What the file says, with MkDocs' `!ENV`, `!!python/name:` and `INHERIT`. Raises whatever MkDocs raises."""
    with mkdocs_yml.open("rb") as file:
        return yaml_load(file)
