"""The words by which texts are found, and what the search's index holds."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from manchette.search import served
from manchette.search.index import program
from manchette.search.words import latin, words
from tests.conftest import Project, need
from tests.search import WORDS

INDEX = "site/assets/manchette/index"


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert list(words(text)) == [str(word) for word in WORDS[text]]


@pytest.mark.parametrize(
    ("name", "lang", "found"),
    [
        ("Курская область", "ru", "kurskaya oblast"),
        ("Сергей Шойгу", "ru", "sergei shoigu"),
        ("Київ", "uk", "kyiv"),
        ("하늘", "ko", "하늘"),
    ],
)
def test_cyrillic_names_are_found_by_latin_letters(name: str, lang: str, found: str) -> None:
    assert latin(name, lang) == found


def everywhere(project: Project) -> None:
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("\n  manchette:\n", "\n  manchette:\n    everywhere: true\n"))


def told(project: Project) -> list[dict[str, object]]:
    files = (project.folder / INDEX / "records").glob("*.z")
    return [json.loads(zlib.decompress(file.read_bytes())) for file in files]


def test_the_index_is_that_of_what_is_published(project: Project) -> None:
    need("pagefind", program() or "pagefind")
    everywhere(project)
    draft = project.folder / "docs/articles/brouillon/index.md"
    text = (project.folder / "docs/articles/esturgeon/index.md").read_text("utf-8")
    project.write(str(draft), text.replace("title:", "draft: true\ntitle:", 1).replace("biologiste", "brouillonne"))
    done = project.build("--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (project.folder / "site/search").exists()
    records = told(project)
    assert "brouillonne" not in json.dumps(records)
    articles = [record for record in records if record["kind"] == "article"]
    assert [record["href"] for record in articles] == ["articles/esturgeon/"]
    kinds = {part["kind"] for part in articles[0]["parts"]}  # type: ignore[attr-defined]
    assert kinds == {"text", "claim", "date"}
    pages = [record["href"] for record in records if record["kind"] == "page"]
    assert pages == ["methode/"]  # the others list what is found by itself
    size = sum(file.stat().st_size for file in (project.folder / INDEX).rglob("*") if file.is_file())
    assert size < 250_000  # Pagefind's own interface, 400 kB, is left out


def test_without_pagefind_the_search_is_the_theme_s(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere(project)
    monkeypatch.setenv("PYTHONPATH", str(project.folder))  # where a module of that name cannot be imported
    project.write("pagefind_bin.py", "raise ImportError")
    done = project.build("--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project.folder / "site/search/search_index.json").exists()
    assert not (project.folder / INDEX).exists()
    page = (project.folder / "site/index.html").read_text("utf-8")
    assert 'data-md-component="search"' in page
    assert "mch-glass" not in page


@pytest.mark.parametrize(("ends", "begun"), [((), 1.0), ((0.9,), 2.0), ((0.1, 1.9), 3.0)])
def test_an_index_waits_until_no_build_ended_for_a_while(
    monkeypatch: pytest.MonkeyPatch, ends: tuple[float, ...], begun: float
) -> None:
    """The clock is ours: `ends`, when builds do; `begun`, when the index is."""
    now, site = 0.0, served.Served()
    site._into, site._ended = Path("index"), -served.REST

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        site._ended = max((end for end in ends if end <= now), default=site._ended)

    monkeypatch.setattr(served, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: now))
    site._rest()
    assert now == begun
