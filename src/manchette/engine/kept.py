"""Pages that a server need not make again: after a save, most of a library is as it was.

A page of which nothing changed goes past every step of a build: a stand-in is read and rendered in its place, and what
was printed of it is printed again. MkDocs and ProperDocs only; beside plugins and extensions that are not known, every
page is made.
"""

from __future__ import annotations

import logging
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

PRINTED = "manchette/printed.html"  # the template of the theme that prints what was printed before
KNOWN = {"macros", "search", "material/search"}  # plugins that ask nothing of a page but what is kept
# Python-Markdown's own extensions, and ours: others may read more than the page, as those do that take in other files.
READERS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs"),
    *("legacy_em", "manchette", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
}
State = tuple[object, ...]


class Printed(NamedTuple):
    """A page as it was printed, of Python's own types and MkDocs': a server outlives the engine's code."""

    build: State  # what all pages were made with
    source: str
    meta: dict[str, Any]
    title: str | None
    toc: Any
    anchors: set[str]  # that it has, for whoever links to them
    links: dict[str, dict[str, str]]  # page → anchor → how it is written
    content: bytes  # packed, as is what follows
    frame: State  # what was around all pages
    output: bytes


def keep_pages(
    env: Any,
    kept: dict[str, Printed],
    wants: Callable[[str], bool],
    unchanged: Callable[[str, str], bool] | None,
    finish: Callable[[str], str],
) -> bool:
    """Keep the pages that `wants` asks for in `kept`, from build to build; tell whether it is done.

    `env` is what mkdocs-macros gives to `define_env`. `unchanged` tells of a page, and of the source that it is made
    of, whether its data are those of the build before; None where no page is to be kept. `finish` writes what is
    another in every build, in every page.
    """
    plugins = {name: each for name, each in env.conf["plugins"].items() if not name.startswith("manchette")}
    searched = any(each.config.get("enabled") for name, each in plugins.items() if name.endswith("search"))
    known = plugins.keys() <= KNOWN and READERS.issuperset(env.conf["markdown_extensions"])
    if searched or not known or env.conf["hooks"]:
        kept.clear()
        return False
    env.conf["plugins"]["manchette/kept"] = _Kept(kept, wants, unchanged, finish)
    return True


class _Warned(logging.Handler):
    """Whether anything was told, which is to be told again."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


class _Kept(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    def __init__(
        self,
        kept: dict[str, Printed],
        wants: Callable[[str], bool],
        unchanged: Callable[[str, str], bool] | None,
        finish: Callable[[str], str],
    ) -> None:
        self.kept, self.wants, self.unchanged, self.finish = kept, wants, unchanged, finish
        self.build: State = ()
        self.frame: State = ()
        self.nav: Any = ()
        self.again: dict[str, Printed] = {}  # the pages that are not made
        self.sources: dict[str, str] = {}  # of those that are, unless something was told of one
        self.packer = ThreadPoolExecutor(1)  # packs while the next page is made
        self.contents: dict[str, Future[bytes]] = {}
        self.printed: dict[str, tuple[Callable[..., Printed], Future[bytes]]] = {}  # page → what is to be kept of it
        self.warned = _Warned(logging.WARNING)
        self.before = 0

    @event_priority(-100)  # all files are there
    def on_files(self, files: Files, *, config: Any) -> None:
        self.build = (tuple(files.src_uris), tuple(_stamps(config)))
        logging.getLogger("mkdocs").addHandler(self.warned)

    def on_build_error(self, error: Exception) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warned)
        self.packer.shutdown(cancel_futures=True)

    def on_nav(self, nav: Any, *, config: Any, files: Files) -> None:
        self.nav = nav

    @event_priority(100)  # nobody has worked on the page
    def on_pre_page(self, page: Any, *, config: Any, files: Files) -> Any:
        name = page.file.src_uri
        if self.unchanged is None:
            self.kept.clear()
        if self.unchanged is None or not self.wants(name):
            return page
        self.before = self.warned.count
        source = page.file.content_string
        old = self.kept.pop(name, None)
        if old is None or (old.build, old.source) != (self.build, source) or not self.unchanged(name, source):
            self.sources[name] = source
            return page
        self.again[name] = old
        page.markdown, page.meta, page.title, page.content = "", {**old.meta}, old.title, ""
        page.toc, page.present_anchor_ids = old.toc, old.anchors
        found = {files.get_file_from_path(to): links for to, links in old.links.items()}
        page.links_to_anchors = {to: links for to, links in found.items() if to}
        stand_in = copy(page)
        stand_in.meta, stand_in.content = {"render_macros": False}, ""
        stand_in.read_source = stand_in.render = lambda *_: None
        return stand_in

    @event_priority(-100)  # whoever else changes the page has done so
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Files) -> None:
        if self.warned.count > self.before:
            self.sources.pop(page.file.src_uri, None)
        if page.file.src_uri in self.sources:
            self.contents[page.file.src_uri] = self.packer.submit(_packed, html)

    @event_priority(-100)  # every title is known
    def on_env(self, env: Environment, *, config: Any, files: Files) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warned)
        self.frame = (repr(config["extra"]), tuple(_titles(self.nav)))
        for file in files.documentation_pages():
            old = self.again.get(file.src_uri)
            if old and file.page:
                if old.frame == self.frame:
                    file.page.meta["template"] = PRINTED
                else:
                    file.page.content = _read(old.content)

    @event_priority(-100)
    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> None:
        if page.meta.get("template") == PRINTED:
            context["printed"] = _read(self.again[page.file.src_uri].output)

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        name = page.file.src_uri
        if page.meta.get("template") == PRINTED:
            self.kept[name] = self.again[name]
        elif name in self.again:
            self.printed[name] = self.again[name]._replace, self.packer.submit(_packed, output)
        elif name in self.sources:
            made = partial(
                Printed,
                build=self.build,
                source=self.sources[name],
                meta={**page.meta},
                title=page.title,
                toc=page.toc,
                anchors=page.present_anchor_ids or set(),
                links={to.src_uri: links for to, links in (page.links_to_anchors or {}).items()},
            )
            self.printed[name] = made, self.packer.submit(_packed, output)
        return self.finish(output) if self.wants(name) else output

    def on_post_build(self, *, config: Any) -> None:
        self.packer.shutdown()
        for name, (made, output) in self.printed.items():
            content = {"content": self.contents[name].result()} if name in self.contents else {}
            self.kept[name] = made(frame=self.frame, output=output.result(), **content)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _read(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def _stamps(config: Any) -> Iterator[tuple[str, int, int]]:
    """What differs once something else than texts and notes has changed: settings, the site's own macros and theme."""
    settings = Path(config["config_file_path"])
    own = [Path(folder) for folder in config["theme"].dirs if not Path(folder).resolve().is_relative_to(sys.prefix)]
    for path in [settings, *settings.parent.glob("*.py"), *(each for folder in own for each in folder.rglob("*"))]:
        if path.is_file():
            yield str(path), path.stat().st_mtime_ns, path.stat().st_size


def _titles(items: Any) -> Iterator[object]:
    """The navigation, as every page shows it."""
    for item in items:
        yield item.title, getattr(item, "url", "")
        yield tuple(_titles(item.children or ()))
