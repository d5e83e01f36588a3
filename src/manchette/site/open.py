"""A project's folder → its site: read, placed, checked; again only where a file has changed."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import is_
from pathlib import Path
from typing import TypeVar

from manchette import engine, load
from manchette.format.kinds import Entity
from manchette.format.layout import ANNOTATIONS, CONFIGURATION, REQUIREMENTS, concerns, file_of, page_of
from manchette.format.model import Settings, Source
from manchette.load import Record
from manchette.problems import Place, Problem, Severity, in_order
from manchette.site import crosscheck, markdown, reading, unfinished
from manchette.site.named import settled
from manchette.site.reading import Kept, Reading, Shared, Unkept
from manchette.site.site import Article, Site, only_in_drafts
from manchette.site.unfinished import of_requirements, of_settings

E = TypeVar("E")
Stamps = tuple[tuple[str, int, int], ...]


# Python looks for garbage after so many new objects, and after so many rounds among those that are older. A site's
# entries are hundreds of thousands of objects that stay: looking through them as often as it does took an eighth of a
# build or a check; so rarely, it takes a third of that, and a hundredth more memory.
_ROUNDS = (10_000, 10, 20)


def collect_rarely() -> None:
    """Let this process look for garbage as seldom as one should that holds a site."""
    gc.set_threshold(*_ROUNDS)


def open_site(root: Path, today: date | None = None, configuration: Path | None = None) -> Site:
    """Read the site below `root`, again only where a file has changed. Bad input is in `problems`, never raised.

    `today` decides which entries are due for a review; by default it is this machine's. `configuration` is `mkdocs.yml`
    where it is not in `root`.
    """
    root = root.resolve()
    return _open(root, stamp(root), today or date.today(), configuration or root / CONFIGURATION)


def unread(root: Path) -> Unkept:
    """The articles below `root`, to be read one by one; what they share is read."""
    base = shared(*key_of(root))
    return Unkept(base, base.listed)


def key_of(root: Path) -> tuple[Path, int, date, Path]:
    """What `shared` is told of a site: the same as long as no file changes and no day begins."""
    root = root.resolve()
    return root, hash(stamp(root)), date.today(), root / CONFIGURATION


def watched(root: Path) -> list[Path]:
    """The files below `root` that articles and annotations are read from, sorted."""
    return [path for path in _named(root) if path.exists()]


def _named(root: Path) -> list[Path]:
    """As `watched`, with links that lead nowhere."""
    found = [*(root / ANNOTATIONS).rglob("*.yml"), *root.glob(file_of(page_of("*")))]
    return sorted(found, key=lambda path: path.parts)


def stamp(root: Path) -> Stamps:
    """What differs once a file below `root` has changed."""
    return stamped(root, [root / CONFIGURATION, root / REQUIREMENTS, *_named(root)])


def stamped(root: Path, files: Iterable[Path]) -> Stamps:
    """Of each of these files below `root` that there is, its path from there, and what tells another version of it."""
    found = []
    for path in files:
        try:
            now = path.stat()
        except OSError:
            if path.exists():  # raises where nobody could tell
                raise
            continue
        found.append((path.relative_to(root).as_posix(), now.st_mtime_ns, now.st_size))
    return tuple(found)


_kept: dict[Path, dict[str, Kept]] = {}  # root → article → what was read last
_known: dict[tuple[Path, bool, str], tuple[tuple[object, ...], date, Reading]] = {}
"""Root, whether a copy is read, and article → what is known of it, with that and the day of which it was made."""
_Registers = tuple[dict[str, dict[str, Record[Entity]]], dict[str, Record[Source]], list[Problem]]
_read: dict[Path, tuple[tuple[Stamps, _Registers], ...]] = {}  # root → what was read of the registers, the latest first


@lru_cache(maxsize=2)
def _open(root: Path, stamp: object, today: date, configuration: Path) -> Site:
    base = shared(root, stamp, today, configuration)
    articles = {}
    readings = []
    kept = {}
    before = _kept.get(configuration.parent, {})
    for name in base.listed:
        files = stamped(root, (root / file for file in load.files_of(root, name)))
        each = kept[name] = reading.read_again(base, name, files, before.get(name))
        made_of = (each.article, each.problems, base.site.registers, base.site.sources)
        key = (configuration.parent, root == configuration.parent, name)
        old, day, known = _known.get(key, ((), None, None))
        if known is None or day != today or not all(map(is_, old, made_of)):
            known = reading.known(base, name, each.article, each.problems)
        _known[key] = (made_of, today, known)
        readings.append(known)
        if each.article:
            articles[name] = each.article
    if root == configuration.parent:  # else it is a copy, of which nobody asks again
        _kept[root] = kept
    return whole(base, articles, readings)


@lru_cache(maxsize=2)
def shared(root: Path, _stamp: object, today: date, configuration: Path) -> Shared:
    """What all articles below `root` share; `_stamp` is another once a file has changed."""
    extensions, settings, problems = _configured(configuration)
    if (root / REQUIREMENTS).is_file():
        problems += of_requirements((root / REQUIREMENTS).read_text("utf-8", "replace"))
    names, of_articles = load.find_articles(root)
    registers, sources, of_registers = _registers(root, configuration.parent)
    problems += [*of_articles, *of_registers, *load.check_layout(root, names)]
    return Shared(Site(root, settings, registers, sources, {}, tuple(problems)), extensions, tuple(names), today)


def _registers(root: Path, of: Path) -> _Registers:
    """What `load_registers` gives, read again only where a file has changed since one of the last two times.

    `of`: the root that it is kept for. Entries that say what they said before are the same objects: many pages compare
    them.
    """
    files = stamped(root, (root / file for file in load.files_of_registers(root)))
    before = _read.get(of, ())
    found = next((read for stamps, read in before if stamps == files), None)
    if found is None:
        registers, sources, problems = load.load_registers(root)
        for _, (old_registers, old_sources, _) in before:
            registers = {name: _as_before(old_registers[name], records) for name, records in registers.items()}
            sources = _as_before(old_sources, sources)
        found = (registers, sources, problems)
    _read[of] = ((files, found), *(each for each in before if each[0] != files))[:2]
    return found


def _as_before(before: Mapping[str, Record[E]], records: Mapping[str, Record[E]]) -> dict[str, Record[E]]:
    return {
        key: replace(record, entry=before[key].entry) if key in before and before[key].entry == record.entry else record
        for key, record in records.items()
    }


def whole(base: Shared, articles: Mapping[str, Article], readings: Sequence[Reading]) -> Site:
    """The site with these articles, and the problems of all that was read."""
    site = base.site
    problems = [*site.problems, *(problem for each in readings for problem in each.found)]
    unread, ids = load.left_out(problems)
    hidden = only_in_drafts((each.draft, each.named) for each in readings)
    crossed = chain(
        crosscheck.of_registers(
            site,
            frozenset().union(*(each.named for each in readings)),
            frozenset().union(*(each.cited for each in readings)),
            base.today,
        ),
        unfinished.of_registers(site, hidden),
        (problem for each in readings for problem in each.crossed),
    )
    absent = {concerns(problem.place.file) for problem in problems if problem.severity is Severity.ERROR}
    read = {each.id for each in readings if each.is_read}
    unused = {"unused-source", "unused-entity"} if absent - {None, *read} else set()  # an article nobody could read
    cross = [p for p in crossed if p.code not in unused and not _follows(p, bool(unread), ids)]
    refused = [problem for each in readings for problem in each.refused]
    told = settled([*problems, *refused, *cross], site.registers, site.sources)
    return replace(site, articles=articles, problems=tuple(in_order(told)), unread=unread | ids)


def _configured(mkdocs_yml: Path) -> tuple[markdown.Extensions, Settings, list[Problem]]:
    """What mkdocs.yml says of the text and of the site, as far as it can be used."""
    problems: list[Problem] = []
    extensions = markdown.Extensions(engine.EXTENSIONS)
    settings = Settings()
    try:
        extensions, written = markdown.extensions(mkdocs_yml), markdown.settings(mkdocs_yml)
        source = mkdocs_yml.read_text(encoding="utf-8")
        settings, problems = load.check_settings(written, source)
        problems += of_settings(written, source)
    except markdown.ConfigError as error:
        place = Place(mkdocs_yml.name, error.line, error.column)
        problems.append(Problem(place, "bad-config", error.message, error.suggestion))
    extensions, refused = markdown.usable(extensions)
    for name, why in refused.items():
        message = f"markdown_extensions : « {name} » ne se charge pas ({why})"
        problems.append(Problem(Place(mkdocs_yml.name), "bad-extension", message, "installez-la, ou ôtez-la"))
    return extensions, settings, problems


def _follows(problem: Problem, unread: bool, refused: Collection[str]) -> bool:
    """Whether a problem may only be so because a file or an entry could not be read: that one is told already."""
    if problem.code == "unknown-id":
        return unread or problem.written in refused
    return problem.code == "unused-source" and (unread or bool(refused))
