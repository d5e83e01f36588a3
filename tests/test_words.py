"""Every word of chrome is in `words.yml`, that of a page's frame in `words.html`; and every word there is printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

PACKAGE = Path(__file__).parent.parent / "src" / "manchette"
WORDS = yaml.safe_load((PACKAGE / "templates" / "words.yml").read_text("utf-8"))
FRAME = PACKAGE / "theme" / "manchette"

# Without the files that publishers fill in and what a pull request shows: those are texts of their own.
TEMPLATES = [
    path
    for path in sorted([*(PACKAGE / "templates").glob("*.jinja"), *(PACKAGE / "theme").rglob("*.html")])
    if ".md." not in path.name and path.name != "words.html"
]
# The rooms that make pages; dates in words and typography are French itself, not chrome, and JSON-LD is schema.org's.
MODULES = sorted(
    path for room in ("page", "doors") for path in (PACKAGE / room).glob("*.py") if path.name != "linked.py"
)

MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|<style>.*?</style>|<script\b.*?</script>|<!--.*?-->", re.DOTALL)
PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:aria-label|title|alt|placeholder)=(["'])(.*?)\1""", re.DOTALL)
ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"|\bdata-\w+")  # a macro may print attributes alone
WORD = re.compile(r"\b(?!https\b)[^\W\d_]{2,}")
FRENCH = re.compile(r"[À-ÿŒœ’«»§]|\b[A-Z][a-zà-ÿ]{2,}")


def leaves(words: dict[str, object], before: str = "") -> Iterator[str]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{key}.")
        else:
            yield before + key


def test_every_word_is_printed() -> None:
    code = "".join(path.read_text("utf-8") for path in [*PACKAGE.rglob("*.jinja"), *PACKAGE.rglob("*.py")])
    # `w.doors[name]` and `getattr(near, name)` print a whole group.
    groups = {found[1] for found in re.finditer(r"(?:\bw|WORDS)\.([\w.]+?)(?:\[[\w.]+\]|\)| *$)", code, re.MULTILINE)}
    asked = {word.removesuffix(".format") for word in re.findall(r"(?:\bw|WORDS)\.([\w.]+)", code)}
    asked.add("note.copy")  # `copy` is also what dicts can do
    missing = [
        leaf
        for leaf in leaves(WORDS)
        if leaf not in asked and not any(leaf.startswith(f"{group}.") for group in groups)
    ]
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_type_no_word(path: Path) -> None:
    source = PRINTED.sub("", MARKUP.sub("", path.read_text("utf-8")))
    spoken = [said for _, said in SPOKEN.findall(source)]
    shown = ATTRIBUTE.sub("", re.sub(r"<[^>]*>", " ", source))
    assert WORD.findall(" ".join([shown, *spoken])) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_modules_type_no_word(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    told = {id(line.value) for line in ast.walk(tree) if isinstance(line, ast.Expr)}
    typed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    assert [
        text for text in typed if FRENCH.search(text) and not text.startswith("-//")
    ] == []  # a product's identifier


def test_the_frame_s_words_are_all_printed() -> None:
    words = re.findall(r'^\s+"(\w+)":', (FRAME / "words.html").read_text("utf-8"), re.MULTILINE)
    code = "".join(path.read_text("utf-8") for path in FRAME.glob("*.html"))
    assert words
    assert [word for word in words if f"words.{word}" not in code] == []
