"""Records → the files that the page's script asks for: Pagefind's index of words, and one small file a record.

The index knows of each record which words it has, once each, and how much they weigh. What is shown of a result, and
where its words stand, is said by its own file: so at a thousand articles a question still costs little.
"""

from __future__ import annotations

import json
import logging
import subprocess
import tempfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path

from manchette.search.records import Record
from manchette.search.words import words
from manchette.typeset.render import render

log = logging.getLogger("mkdocs.manchette")  # only what is below `mkdocs.` is counted by a strict build
UNWRITTEN = (OSError, subprocess.CalledProcessError)
"""What is raised where an index could not be written, as by whatever runs a program."""
NAMED, TOLD = 8, 3  # what a word of a title or a day weighs against one of the text, and one of a note or said thrice
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "*.pf_meta", "*/*.pf_*")
"""What a search needs of Pagefind's files; the rest is its own interface."""


@cache
def program() -> Path | None:
    """Pagefind's program; None where its package is not installed, or does not run on this machine."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - an extra of the package

        found = Path(get_executable())
        subprocess.run([found, "--version"], check=True, capture_output=True)
    except (ImportError, OSError, subprocess.CalledProcessError):
        return None
    return found


def write(found: Sequence[Record], into: Path, pagefind: Path) -> None:
    """Write the index into a folder. Raises UNWRITTEN."""
    with tempfile.TemporaryDirectory() as folder:
        pages, bundle = Path(folder, "pages"), Path(folder, "bundle")
        pages.mkdir()
        made = [_files(record) for record in found]
        for number, (page, _) in enumerate(made):
            (pages / f"{number}.html").write_text(page, encoding="utf-8")
        command: list[str | Path] = [pagefind, "--silent", "--site", pages, "--output-path", bundle]
        subprocess.run(command, check=True, capture_output=True)
        for pattern in KEPT:
            for file in bundle.glob(pattern):
                copy = into / file.relative_to(bundle)
                copy.parent.mkdir(parents=True, exist_ok=True)
                file.replace(copy)
    (into / "records").mkdir(exist_ok=True)
    for number, (_, told) in enumerate(made):
        (into / "records" / f"{number}.z").write_bytes(told)


def tell(error: Exception) -> None:
    """Say that the index could not be written, and why: a site without its search is a site."""
    log.error("la recherche n’a pas pu être écrite (%s) ; réinstallez « pagefind-bin », ou ôtez-le", error)


@lru_cache(maxsize=1 << 11)  # at every save a server asks for the same again
def _files(record: Record) -> tuple[str, bytes]:
    """What Pagefind reads of a record, and what the script reads."""
    page = render("search.html.jinja", kind=record.kind, weights=_weights(record))
    return page, zlib.compress(_told(record), 9)


def _told(record: Record) -> bytes:
    """A record for the script; what is empty is left out."""
    told = asdict(record, dict_factory=lambda pairs: {key: value for key, value in pairs if value})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _weights(record: Record) -> list[tuple[int, str]]:
    """The record's words, each once, by what they weigh."""
    counts: Counter[str] = Counter(words(record.text))
    told: set[str] = set()
    named = set(words("\n".join([record.title, *record.forms, *record.also])))
    for part in record.parts:
        label, text = list(words(part.label)), list(words(part.text))
        counts.update(label)
        counts.update(text)
        if part.kind != "text":
            told.update(label, text)
        if part.kind == "date":
            named.update(label)
    told |= {word for word, count in counts.items() if count > 2}
    by_weight = ((NAMED, named), (TOLD, told - named), (1, counts.keys() - told - named))
    return [(weight, " ".join(sorted(found))) for weight, found in by_weight]
