"""What is done at the events of a build that MkDocs and ProperDocs tell of; Zensical tells of none."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket
from jinja2.nodes import Call, Name
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.meta import get_data

from manchette.engine.addresses import ASSETS, THEME, Links, addresses_of


@dataclass(frozen=True)
class Source:
    """What a page is made of: its title, where its text says one, and the macros that it calls without an argument."""

    title: str | None
    calls: frozenset[str]


def make_of(
    env: Any, texts: Mapping[str, str], more: Callable[[Mapping[str, Source]], Mapping[str, str]] | None = None
) -> None:
    """Make pages of these texts, whatever their files say or whether there is one; `env` as above.

    `more` is asked for others, when the pages that there are can be told. None of those is in a navigation, and a file
    of the same name stays what it is. Zensical makes no page but those that there are.
    """
    if (texts or more) and hasattr(env.conf["theme"], "dirs"):
        env.conf["plugins"]["manchette"] = _Texts(env, texts, more)


TIMES = 3  # a page is looked for, where each time a build began just then
Make = Callable[[], bytes]
"""What makes the content of a file, when it is written."""


def publish(env: Any, files: Callable[[], Mapping[str, Make]], asked: dict[str, Make] | None) -> None:
    """Publish these files as they are, path from the site's root → what makes it; `env` as above.

    A server makes none before someone asks for it: `asked` is where it keeps what makes each, from build to build.
    A file of the same name among the site's pages stays what it is. Zensical cannot be told.
    """
    if hasattr(env.conf["theme"], "dirs"):
        env.conf["plugins"]["manchette/published"] = _Published(files, asked)


class _Made(File):
    """A file that is held no longer than it takes to write it: those of a library would be most of what is held."""

    make: Make | None  # nothing where others write it

    def copy_file(self, dirty: bool = False) -> None:
        if self.make:
            _write(Path(self.abs_dest_path), self.make)


def _write(file: Path, make: Make) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(make())


def _write_all(folder: Path, files: Mapping[str, Make]) -> None:
    try:
        for path, make in files.items():
            _write(folder / path, make)
    except OSError as error:
        sys.exit(f"« {error.filename} » : accès impossible ({error.strerror})")


def _beside() -> Callable[..., Any] | None:
    """What makes a process that knows all that this one knows; None where there is none, or no core for it."""
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1:
        return get_context("fork").Process
    return None


class _Published(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    def __init__(self, made: Callable[[], Mapping[str, Make]], asked: dict[str, Make] | None) -> None:
        self.made, self.asked = made, asked
        self.writer: Any = None  # the process that writes them while this one makes the pages

    def on_files(self, files: Files, *, config: Any) -> None:
        made = {path: make for path, make in self.made().items() if files.get_file_from_path(path) is None}
        if self.asked is not None:
            self.asked.clear()
            self.asked.update(made)
        elif process := _beside():
            self.writer = process(target=_write_all, args=(Path(config["site_dir"]), made))
            self.writer.start()
        for path, make in made.items():
            file = _Made.generated(config, path, content=b"", inclusion=InclusionLevel.NOT_IN_NAV)
            file.make = make if self.asked is None and self.writer is None else None  # type: ignore[attr-defined]
            files.append(file)

    def on_post_build(self, *, config: Any) -> None:
        if self.writer:
            self.writer.join()
            if self.writer.exitcode:  # it has said why
                raise PluginError("des fichiers publiés à côté des pages n’ont pas pu être écrits")

    def on_build_error(self, error: Exception) -> None:
        if self.writer:
            self.writer.kill()

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> None:
        if self.asked is not None:
            server.set_app(partial(_answer, server, self.asked))


_one_by_one = threading.Lock()  # several may ask for the same file, which no one reads while another writes it


def _answer(
    server: Any, made: Mapping[str, Make], environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    """Answer a request as the server does (PEP 3333); a file that it lacks is made and looked for again.

    The server answers when no build is under way. Another may begin before the file is written: it empties the folder,
    and what was made for the one before is not to stay there.
    """
    path = environ["PATH_INFO"].encode("latin-1").decode(errors="ignore")
    name = path.removeprefix(server.mount_path) + ("index.html" if path.endswith("/") else "")
    for _ in range(TIMES):
        answer: list[Any] = []
        body: Iterable[bytes] = server.serve_request(environ, lambda *said: answer.extend(said))  # noqa: B023
        if not (answer[0].startswith("404") and (make := made.get(name))):
            break
        file = Path(server.root, name)
        with _one_by_one:
            if not file.exists():
                _write(file, make)
            if made.get(name) is not make:
                file.unlink(missing_ok=True)
    start(*answer)
    return body


Write = Callable[[Path, Mapping[str, tuple[str, str]], Links], None]


def search_by(env: Any, wants: Callable[[str], bool], write: Write) -> None:
    """Let `write` make the search where every page of the site is printed with our theme; `env` as above.

    It is called at the end of a build with the folder of the theme's files, page → title and HTML of those that `wants`
    asks for, and the links from the site's root. The generator's own search rests. Zensical cannot be told.
    """
    plugins, theme = env.conf["plugins"], env.conf["theme"]
    if not hasattr(theme, "dirs") or Path(theme.dirs[0]).resolve() != Path(THEME).resolve():
        return
    for name in ("search", "material/search"):
        if "enabled" in getattr(plugins.get(name), "config", ()):
            plugins[name].config["enabled"] = False
    env.conf["extra"]["manchette_search"] = True
    plugins["manchette/search"] = _Search(wants, write, Links("", addresses_of(env.conf)))


class _Search(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    def __init__(self, wants: Callable[[str], bool], write: Write, links: Links) -> None:
        self.wants, self.write, self.links = wants, write, links
        self.pages: dict[str, tuple[str, str]] = {}

    def on_page_content(self, html: str, *, page: Any, config: Any, files: Files) -> None:
        if self.wants(page.file.src_uri) and not (page.meta.get("search") or {}).get("exclude"):
            self.pages[page.file.src_uri] = str(page.title), html

    def on_post_build(self, *, config: Any) -> None:
        self.write(Path(config["site_dir"], ASSETS), self.pages, self.links)


def lay_aside(env: Any, wants: Callable[[str], bool]) -> None:
    """Hold the HTML of the pages that `wants` asks for in a file until they are printed; `env` as above.

    A build renders every page before it prints the first: of a library, that would be most of the memory that it takes.
    What no file takes stays in memory.
    """
    if hasattr(env.conf["theme"], "dirs"):
        with contextlib.suppress(OSError):
            env.conf["plugins"]["manchette/aside"] = _Aside(wants)


class _Aside(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    def __init__(self, wants: Callable[[str], bool]) -> None:
        self.wants = wants
        self.file = TemporaryFile(buffering=0)  # noqa: SIM115 - for the build; it has no name, and goes with it
        self.places: dict[str, tuple[int, int]] = {}  # page → where it begins, and its length in bytes

    @event_priority(-100)  # whoever else changes the page has done so
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Files) -> str:
        if self.wants(page.file.src_uri):
            written = html.encode("utf-8", "surrogatepass")
            with contextlib.suppress(OSError):
                begin = self.file.seek(0, os.SEEK_END)
                if self.file.write(written) == len(written):
                    self.places[page.file.src_uri] = begin, len(written)
                    return ""
        return html

    @event_priority(100)  # nobody has asked yet
    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> None:
        if place := self.places.pop(page.file.src_uri, None):
            self.file.seek(place[0])
            page.content = self.file.read(place[1]).decode("utf-8", "surrogatepass")

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Any, config: Any) -> None:
        if self.wants(page.file.src_uri):
            page.content = ""


class _Compiled(BytecodeCache):
    """The theme's templates as they were compiled for the build before."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill what is kept in; Jinja takes it only if the template is still the same."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class _Texts(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    def __init__(
        self, env: Any, texts: Mapping[str, str], more: Callable[[Mapping[str, Source]], Mapping[str, str]] | None
    ) -> None:
        self.env, self.texts, self.more = env, texts, more

    def on_env(self, env: Environment, *, config: Any, files: Files) -> None:
        """Look for no newer templates while the pages of one build are printed: each page asks for dozens."""
        env.auto_reload = False
        env.bytecode_cache = _compiled

    def on_files(self, files: Files, *, config: Any) -> None:
        """Put these texts in the place of those that there are, or beside them."""
        _compile_once(self.env.env)
        for page, text in self.texts.items():
            file = files.get_file_from_path(page)
            if file is None:
                files.append(File.generated(config, page, content=text))
            else:
                file.content_string = text
        if self.more is None:
            return
        sources = {file.src_uri: _source(self.env, file) for file in files.documentation_pages()}
        for page, text in self.more(sources).items():
            if files.get_file_from_path(page) is None:
                made = File.generated(config, page, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
                files.append(made)


def _compile_once(environment: Any) -> None:
    """Compile a page's text once, though many pages have it: the doors of articles are written alike."""
    compiled = environment.from_string
    kept = lru_cache(maxsize=64)(compiled)
    environment.from_string = lambda text, *more, **named: (compiled if more or named else kept)(text, *more, **named)


def _source(env: Any, file: File) -> Source:
    """What mkdocs-macros, which is `env`, will make of a page's file."""
    try:
        text, meta = get_data(file.content_string)
    except (OSError, UnicodeDecodeError):  # which is told in its place
        return Source(None, frozenset())
    asked = meta.get("render_macros")
    runs = asked is not False and (
        env.config["render_by_default"] or asked is True or env.force_page_rendering(file.src_path)
    )
    calls = _calls(env.env, "".join(_JINJA.findall(text))) if runs else frozenset()
    heading = re.search(r"^# +(.+?) *#*$", text, re.MULTILINE)
    title = meta.get("title") or (heading and heading[1])
    return Source(str(title) if title else None, calls)


_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@lru_cache(maxsize=1024)  # what pages run is much the same
def _calls(environment: Environment, jinja: str) -> frozenset[str]:
    """The macros that are called without an argument."""
    calls: set[str] = set()
    with contextlib.suppress(TemplateError):  # which is told in its place
        for call in environment.parse(jinja).find_all(Call):
            if isinstance(call.node, Name) and not (call.args or call.kwargs):
                calls.add(call.node.name)
    return frozenset(calls)
