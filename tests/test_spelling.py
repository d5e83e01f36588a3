"""The French that readers see has no misspelling: hunspell's dictionary and our list of exceptions know every word.

`tests/spelling/exceptions.txt` holds proper names and the few words that the dictionary lacks, one a line.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import need

ROOT = Path(__file__).parent.parent
EXCEPTIONS = Path(__file__).parent / "spelling" / "exceptions.txt"
FIRST = ROOT / "docs" / "articles" / "coree-du-nord-russie"
pytestmark = pytest.mark.skipif(not FIRST.exists(), reason="the exceptions are the first article's words")
OURS = {"name", "description", "title", "rationale", "claim", "says", "change", "note", "dek"}  # keys in our French
FOREIGN = {"sources": {"title"}}  # a page's own title is its own


def texts(file: Path) -> Iterator[str]:
    """Yield every French text of an annotation file or a page."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        _, front, text = text.split("---\n", 2)
        # Neither code, nor macros, nor words of another language in italics, nor addresses.
        yield re.sub(
            r"(?s)```.*?```|`[^`]*`|\{\{.*?\}\}|(?<!\*)\*[^*]+\*(?!\*)|\]\([^)]*\)(?:\{[^}]*\})?|\|[-|]+\|", " ", text
        )
    else:
        front = text
    yield from values(yaml.load(front, Loader=yaml.BaseLoader), OURS - FOREIGN.get(file.stem, set()))


def values(node: object, keys: set[str]) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield value
            yield from values(value, keys)
    elif isinstance(node, list):
        for value in node:
            yield from values(value, keys)


def unknown(text: str) -> set[str]:
    """Return the words that hunspell's French dictionary does not know."""
    command = [need("hunspell"), "-d", "fr", "-i", "utf-8", "-l"]
    told = subprocess.run(command, input=text.replace("’", "'"), capture_output=True, text=True, check=False)
    if told.returncode:
        need(f"hunspell's French dictionary ({told.stderr.strip()})", EXCEPTIONS / "none")
    return {word.rstrip(".") for word in told.stdout.split()}


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Return every unknown word, and the files that it stands in."""
    found: dict[str, list[str]] = {}
    files = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("annotations/**/*.yml")]
    for file in sorted(files):
        for word in unknown("\n".join(texts(file))):
            found.setdefault(word, []).append(file.relative_to(ROOT).as_posix())
    return found


def exceptions() -> list[str]:
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_word_is_french_or_a_known_exception(found: dict[str, list[str]]) -> None:
    assert {word: where for word, where in found.items() if word not in set(exceptions())} == {}


def test_every_exception_is_needed(found: dict[str, list[str]]) -> None:
    assert [word for word in exceptions() if word not in found] == []


def test_a_misspelling_is_seen() -> None:
    assert unknown("Une phraze en français, d’aujourd’hui.") == {"phraze"}
