"""Records → the files that the page's script asks for: Pagefind's index of words, and one small file a record.

The index knows of each record which words it has, once each, and how much they weigh. What is shown of a result, and
where its words stand, is said by its own file: so at a thousand articles a question still costs little.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from manchette.search.records import Record
from manchette.search.words import words
from manchette.typeset.render import render

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
    """Write the index into a folder. Raises OSError and CalledProcessError, as whatever runs a program."""
    with tempfile.TemporaryDirectory() as folder:
        pages, bundle = Path(folder, "pages"), Path(folder, "bundle")
        pages.mkdir()
        for number, record in enumerate(found):
            page = render("search.html.jinja", kind=record.kind, weights=_weights(record))
            (pages / f"{number}.html").write_text(page, encoding="utf-8")
        command = [pagefind, "--silent", "--site", pages, "--output-path", bundle]
        subprocess.run(command, check=True, capture_output=True)
        for pattern in KEPT:
            for file in bundle.glob(pattern):
                copy = into / file.relative_to(bundle)
                copy.parent.mkdir(parents=True, exist_ok=True)
                file.replace(copy)
    (into / "records").mkdir(exist_ok=True)
    for number, record in enumerate(found):
        (into / "records" / f"{number}.z").write_bytes(zlib.compress(_told(record), 9))


def _told(record: Record) -> bytes:
    """A record for the script; what is empty is left out."""
    told = asdict(record, dict_factory=lambda pairs: {key: value for key, value in pairs if value})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _weights(record: Record) -> list[tuple[int, str]]:
    """The record's words, each once, by what they weigh."""
    days = [part.label for part in record.parts if part.kind == "date"]
    notes = [text for part in record.parts if part.kind != "text" for text in (part.label, part.text)]
    counts = Counter(words(_joined([record.text, *(text for part in record.parts for text in (part.label, part.text))])))
    weights = dict.fromkeys(counts, 1)
    weights |= {word: TOLD for word, count in counts.items() if count > 2}
    weights |= dict.fromkeys(words(_joined(notes)), TOLD)
    weights |= dict.fromkeys(words(_joined([record.title, *record.forms, *days])), NAMED)
    return [
        (weight, " ".join(sorted(word for word, its in weights.items() if its == weight))) for weight in (NAMED, TOLD, 1)
    ]


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts)
