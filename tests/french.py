"""The French that an annotator writes, and which of its words hunspell's dictionary does not know.

The text of an article is its publisher's: none of it is judged.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import yaml

from manchette.format.kinds import DATE
from manchette.format.layout import ANNOTATIONS, DOCS, file_of, page_of
from tests.conftest import need

# Keys whose texts are sentences of ours, and keys that name someone or something. A title is ours on a page and on an
# event, and someone else's on an article, a source, an office.
SENTENCES = frozenset({"description", "rationale", "claim", "short", "says", "change", "note", "dek"})
NAMES = frozenset({"name", "aliases", "names", "outlet", "author", "attribution", "reviewed_by", "publisher"})
TITLE = frozenset({"title"})
EXCEPTIONS = Path(__file__).parent / "spelling" / "exceptions.txt"


def _is_text(file: Path) -> bool:
    return file.match(file_of(page_of("*")))


def sentences(file: Path, entries: Collection[str] | None = None) -> Iterator[str]:
    """Yield what is ours in a page or an annotation file, or in some of the file's entries."""
    front, text = _parted(file, entries)
    if not _is_text(file):
        # Neither code, nor macros, nor tags, nor words of another language in italics, nor addresses.
        yield re.sub(
            r"(?s)```.*?```|`[^`]*`|\{\{.*?\}\}|<[^>]+>|(?<!\*)\*[^*]+\*(?!\*)|\]\([^)]*\)(?:\{[^}]*\})?|\|[-:| ]+\|",
            " ",
            text,
        )
    yield from _values(front, SENTENCES | TITLE if _titled(file) else SENTENCES)


def names(file: Path, entries: Collection[str] | None = None, keys: frozenset[str] = NAMES) -> Iterator[str]:
    """Yield how someone or something is called in a page or an annotation file, or in some of the file's entries."""
    yield from _values(_parted(file, entries)[0], keys if _titled(file) else keys | TITLE)


def _titled(file: Path) -> bool:
    return DATE.file in file.parts or file.stem == DATE.file or (file.suffix == ".md" and not _is_text(file))


def _parted(file: Path, entries: Collection[str] | None) -> tuple[object, str]:
    """The YAML of a file, and the text after it."""
    text = file.read_text(encoding="utf-8")
    _, front, text = text.split("---\n", 2) if file.suffix == ".md" else ("", text, "")
    read = yaml.load(front, Loader=yaml.BaseLoader)
    return read if entries is None else {key: value for key, value in read.items() if key in entries}, text


def _values(node: object, keys: frozenset[str], under: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _values(value, keys, key if under not in keys else under)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, keys, under)
    elif isinstance(node, str) and under in keys:
        yield node


def files(root: Path) -> list[Path]:
    """The pages and the annotation files of a site."""
    return sorted([*(root / DOCS).rglob("*.md"), *(root / ANNOTATIONS).rglob("*.yml")])


def exceptions() -> list[str]:
    """The words that this site's notes use and that the dictionary lacks."""
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def unknown(text: str) -> frozenset[str]:
    """Return the words that the dictionary does not know; reading it takes longer than any text of ours."""
    command = [need("hunspell"), "-d", "fr", "-i", "utf-8", "-l"]
    told = subprocess.run(command, input=text.replace("’", "'"), capture_output=True, text=True, check=False)
    if told.returncode:
        need(f"hunspell's French dictionary ({told.stderr.strip()})", "/nowhere")
    return frozenset(word.rstrip(".") for word in told.stdout.split())


def misspelt(root: Path) -> dict[str, list[str]]:
    """Return the unknown words of a site that are no names, each with the files that it stands in.

    A name is what begins with a capital, or stands in the name or title of anyone or anything of the registers.
    """
    named = {word for file in files(root) for name in names(file) for word in re.findall(r"\w+", name.lower())}
    found: dict[str, list[str]] = {}
    for file in files(root):
        for word in unknown("\n".join(sentences(file))):
            bare = re.sub(r"^(?:[cdjlmnst]|qu)'", "", word, flags=re.IGNORECASE)
            if not bare[:1].isupper() and not {*re.findall(r"\w+", bare.lower())} <= named:
                found.setdefault(word, []).append(file.relative_to(root).as_posix())
    return found
