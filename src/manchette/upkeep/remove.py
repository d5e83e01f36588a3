"""Takes an article out of a site, with the entries that only it used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from manchette.format.kinds import Entity, Person
from manchette.format.layout import CONFIGURATION, DOCS, file_of, folder_of, notes_of
from manchette.load import Record
from manchette.problems import Place
from manchette.site.site import Article, Site


class RemovalError(Exception):
    """The article cannot be taken out; the text says in French why."""


@dataclass(frozen=True)
class Removal:
    """What taking an article out of a site does to its files, given by their paths from the site's folder."""

    gone: tuple[str, ...]
    """Files that go whole."""
    edited: Mapping[str, str]
    """Files that lose entries → their new text."""
    entries: Mapping[str, tuple[str, ...]]
    """File → the ids of the entries that it loses, those of files that go whole too."""
    leading: tuple[Place, ...]
    """Where other pages lead to the article, for someone to mend."""


def removal(site: Site, article: str) -> Removal:
    """What it takes to be without an article of the site.

    An entry goes with it when the article used it and nothing else does: no other article, page, or entry that stays.

    Raises:
        RemovalError: the site has files or entries that cannot be read, which may use anything.
    """
    if site.unread:
        raise RemovalError(f"on ne sait pas ce qu’emploient {_listed(site.unread)} ; corrigez ce que dit « check »")
    leaving, pages = site.articles[article], dict(_pages(site.root, article))
    staying = [each for key, each in site.articles.items() if key != article]
    used = {key for each in staying for key in each.named} | _of_pages(pages)
    entities = {key: record for key, (_, record) in site.entities.items() if key not in used & site.entities.keys()}
    going = {key: record for key, record in entities.items() if key in leaving.named}
    kept = [record.entry for key, (_, record) in site.entities.items() if key not in going]
    cited = {key for each in staying for key in _cited(each)} | {key for entity in kept for key in _cited_by(entity)}
    theirs = {*_cited(leaving), *(key for record in going.values() for key in _cited_by(record.entry))}
    sources = {key: record for key, record in site.sources.items() if key in theirs - cited}
    return _removal(site.root, article, [*going.values(), *sources.values()], pages)


def _removal(root: Path, article: str, records: Collection[Record[Any]], pages: Mapping[str, str]) -> Removal:
    lost: dict[str, list[str]] = {}
    for record in records:
        lost.setdefault(record.where.place.file, []).append(record.id)
    gone = [path for folder in (Path(file_of(folder_of(article))), notes_of(article)) for path in _files(root, folder)]
    edited = {}
    for file, keys in lost.items():
        text = without(_text(root / file), keys, file)
        if text is None:
            gone.append(file)
        else:
            edited[file] = text
    entries = {file: tuple(sorted(keys)) for file, keys in sorted(lost.items())}
    return Removal(tuple(gone), edited, entries, tuple(_leading(pages, article)))


def without(text: str, keys: Collection[str], file: str) -> str | None:
    """The YAML mapping `text` without some of its keys; None where none is left.

    A comment that stands right above an entry goes with it, but for those above the first, which are the file's.

    Raises:
        RemovalError: the entries do not stand on lines of their own.
    """
    tree: Any = yaml.compose(text, yaml.SafeLoader)  # a mapping, for its entries have been read
    starts = [(key.start_mark.line, key.value) for key, _ in tree.value]
    if len(starts) == len(keys):
        return None
    lines = text.splitlines(keepends=True)
    begins = [_with_comments(lines, line) if number else line for number, (line, _) in enumerate(starts)]
    ends = [*begins[1:], len(lines)]
    left = "".join(
        [*lines[: begins[0]]]
        + [
            "".join(lines[begin:end])
            for begin, end, (_, key) in zip(begins, ends, starts, strict=True)
            if key not in keys
        ]
    )
    before, after = (yaml.load(each, yaml.BaseLoader) for each in (text, left))
    if after != {key: value for key, value in before.items() if key not in keys}:
        raise RemovalError(
            f"{file} : les fiches {_listed(keys)} ne s’ôtent pas sans toucher au reste ; ôtez-les vous-même"
        )
    return left


def _with_comments(lines: list[str], line: int) -> int:
    """The first line of the comments right above an entry, or its own."""
    while line and lines[line - 1].startswith("#"):
        line -= 1
    return line


def _cited(article: Article) -> Iterator[str]:
    """The ids of the sources that an article's claims and dates cite."""
    for claim in article.claims.values():
        yield from (item.source for item in claim.entry.evidence)
    for event in article.events.values():
        yield from event.entry.sources


def _cited_by(entity: Entity) -> Iterator[str]:
    yield from entity.sources
    if isinstance(entity, Person):
        for role in entity.roles:
            yield from role.sources


def _pages(root: Path, article: str) -> Iterator[tuple[str, str]]:
    """The files of the pages outside of the article's folder, and the configuration: file → its text."""
    own = Path(file_of(folder_of(article)))
    for path in [*sorted((root / DOCS).rglob("*.md")), root / CONFIGURATION]:
        file = path.relative_to(root)
        if own not in file.parents and path.is_file():
            yield file.as_posix(), _text(path)


def _of_pages(pages: Mapping[str, str]) -> set[str]:
    """The ids that pages name: what a macro is given in quotation marks, and the addresses of entries."""
    words = re.compile(
        r"""
        gloss\( \s* (?: id \s* = \s* )? ["'] (?P<macro> [^"']+ ) ["']
      | \# [a-z]+ -- (?P<address> [a-z0-9-]+ )
        """,
        re.VERBOSE,
    )
    return {found["macro"] or found["address"] for text in pages.values() for found in words.finditer(text)}


def _leading(pages: Mapping[str, str], article: str) -> Iterator[Place]:
    """Where pages name the article's folder, or give its id to a macro."""
    folder = re.compile(
        rf"""\b {re.escape(folder_of(article))} (?![\w-]) | \b article \s* = \s* ["'] {re.escape(article)} ["']""",
        re.VERBOSE,
    )
    for file, text in pages.items():
        for number, line in enumerate(text.splitlines(), 1):
            if found := folder.search(line):
                yield Place(file, number, found.start() + 1)


def _files(root: Path, folder: Path | str) -> list[str]:
    """The files of a folder; of one that is a link, the link alone, for others may use what it leads to."""
    paths = [root / folder] if (root / folder).is_symlink() else sorted((root / folder).rglob("*"))
    return [path.relative_to(root).as_posix() for path in paths if path.is_symlink() or not path.is_dir()]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"« {name} »" for name in sorted(names))


def take_out(root: Path, what: Removal) -> None:
    """Do it; folders that are left empty go too. Raises OSError, with the file's name."""
    for file in what.gone:
        (root / file).unlink()
        for folder in (root / file).parents:
            if folder == root or any(folder.iterdir()):
                break
            folder.rmdir()
