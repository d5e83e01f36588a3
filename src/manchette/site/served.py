"""The site as it is shown. While it is served, what has an error is shown as it was when it had none.

What is kept is what files said, for a server outlives the engine's code: this repository's `macros.py` loads it anew.
It is kept by article, and apart for the registers that all share, so that one article does not hold another back.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from manchette import engine, load
from manchette.format.layout import CONFIGURATION, article_of, concerns, file_of, page_of
from manchette.problems import Problem, Severity
from manchette.site.open import open_site, stamp, watched
from manchette.site.site import SHARED, Site

Files = dict[str, tuple[bytes, int]]
"""File → what it says, and when it was saved, in nanoseconds; of Python's own types, which a server remembers."""
_COSTS_NOTHING = {"unused-source", "unknown-file"}  # errors that take nothing from any page


def shown(root: Path) -> Site:
    """The site below `root` as pages show it: with the problems that it has, and in a build as it is read."""
    return _shown(root.resolve(), stamp(root.resolve()), date.today())[0] if engine.is_serving() else open_site(root)


def texts(root: Path) -> Mapping[str, str]:
    """Page → the Markdown that it is made of while the site is served, where that is not what its file says."""
    return _shown(root.resolve(), stamp(root.resolve()), date.today())[1] if engine.is_serving() else {}


@lru_cache(maxsize=1)
def _shown(root: Path, read: object, today: date) -> tuple[Site, Mapping[str, str]]:
    site = open_site(root, today)
    files = {path.relative_to(root).as_posix(): path for path in watched(root)}
    memory = engine.memory()
    good: dict[str, Files] = memory.setdefault("good", {})  # by article, or SHARED
    errors = [p for p in site.problems if p.severity is Severity.ERROR and p.code not in _COSTS_NOTHING]
    broken = {_unit(problem.place.file) for problem in errors if problem.place.file != CONFIGURATION}
    if _missed(errors, memory.get("ids", frozenset()) - _ids(site)):
        broken.add(SHARED)
    kept = {unit: good[unit] for unit in broken if unit in good}
    if SHARED not in broken:  # else nobody can tell whether an article's ids are known
        fresh: dict[str, Files] = {unit: {} for unit in (SHARED, *site.articles) if unit not in broken}
        for file, path in files.items():
            if (unit := _unit(file)) in fresh:
                fresh[unit][file] = _content(path, good.get(unit, {}).get(file))
        if stamp(root) == read:  # else some of it was saved since it was checked
            memory["good"], memory["ids"] = kept | fresh, _ids(site)
    made = _texts(root, site, kept, {problem.place.file for problem in errors})
    if not kept:
        return site, made
    now = {file: _content(path) for file, path in files.items() if _unit(file) not in kept}
    before = {file: said for unit in kept.values() for file, said in unit.items()}
    composed = {file_of(page): (text.encode(), 0) for page, text in made.items()}
    for page in map(page_of, kept.keys() - {SHARED}):
        composed.setdefault(file_of(page), _content(root / file_of(page)))
    with tempfile.TemporaryDirectory() as folder:
        for file, (said, saved) in (now | before | composed).items():
            path = Path(folder).resolve() / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(said)
            if saved:  # what was read of this version of the file need not be read again
                os.utime(path, ns=(saved, saved))
        old = open_site(Path(folder), today, root / CONFIGURATION)
    told = {"problems": site.problems, "unread": site.unread, "settings": site.settings}
    return replace(old, root=root, kept=frozenset(kept), **told), made  # type: ignore[arg-type]


def _unit(file: str) -> str:
    return concerns(file) or SHARED


def _ids(site: Site) -> frozenset[str]:
    return frozenset(site.entities) | frozenset(site.sources)


def _missed(errors: Iterable[Problem], lost: Iterable[str]) -> bool:
    """Whether an error lies in what the registers no longer have, and not where it is told."""
    return not {problem.written for problem in errors if problem.code == "unknown-id"}.isdisjoint(lost)


def _texts(root: Path, site: Site, kept: Mapping[str, Files], broken: set[str]) -> dict[str, str]:
    """Page → Markdown, of the articles whose own file is broken: the front matter is that of before.

    The text is the new one, unless nobody can tell where it begins. What cannot be read at all would end the server.
    """
    made = {}
    for file in broken:
        page = file.partition("/")[2]
        article = article_of(page)
        if article is None or page != page_of(article):
            continue
        now, _ = load.read_text(root, file)
        before, _ = kept.get(article, {}).get(file, (None, 0))
        if before is not None:
            old = load.decode(before, file)[0] or ""
            was, is_now = load.split(old), load.split(now or "")
            made[page] = was[0] + is_now[1] if was and is_now else old
        elif now is None:
            made[page] = "<!-- -->"  # of an empty page nothing is rendered
    return made


def _content(path: Path, before: tuple[bytes, int] | None = None) -> tuple[bytes, int]:
    """What a file holds, and when it was saved, as `Files`; nothing where it cannot be read, which has been told.

    `before`: the same, when it was read last.
    """
    try:
        saved = path.stat()
        if before and (len(before[0]), before[1]) == (saved.st_size, saved.st_mtime_ns):
            return before
        return (path.read_bytes(), saved.st_mtime_ns) if path.is_file() else (b"", 0)
    except OSError:
        return b"", 0
