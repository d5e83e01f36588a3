"""An article's text is what MkDocs would make of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.base import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from manchette.load import load_article
from manchette.site.markdown import Extensions, extensions, render

HERE = Path(__file__).parent / "text"
PAGE = "articles/essai/index.md"
ARTICLE = (HERE / "article.md").read_text("utf-8")


def test_mkdocs_renders_the_same(tmp_path: Path) -> None:
    config_file, docs = tmp_path / "mkdocs.yml", tmp_path / "docs"
    (docs / "articles/essai").mkdir(parents=True)
    (docs / PAGE).write_text(ARTICLE, "utf-8")
    without_us = (HERE / "mkdocs.yml").read_text("utf-8").replace("  - manchette\n", "")
    config_file.write_text(without_us, "utf-8")
    config = load_config(str(config_file))
    file = File(PAGE, str(docs), str(tmp_path / "site"), use_directory_urls=True)
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, Files([file]))

    article, problems = load_article(tmp_path, "essai")
    assert article
    assert not problems
    assert render(article.body, extensions(HERE / "mkdocs.yml")) == page.content


def test_our_own_extension_is_left_out() -> None:
    found = extensions(HERE / "mkdocs.yml")
    assert found.names[:3] == ("toc", "tables", "fenced_code")
    assert "manchette" not in found.names
    assert callable(found.settings["toc"]["slugify"])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("markdown_extensions: [1]", "n’est pas une extension"),
        ("markdown_extensions: [{toc: {}, tables: {}}]", "n’est pas une extension"),
        ("markdown_extensions: [toc: 3]", "n’est pas une extension"),
        ("markdown_extensions: toc", "n’est pas une extension"),
        ("site_name: Lire : un site", "ne se lit pas"),
        ("- toc", "ne se lit pas"),
        ("INHERIT: mkdocs.yml", "ne se lit pas"),
        ("INHERIT: docs", "ne se lit pas"),
    ],
)
def test_a_wrong_configuration_is_said_in_french(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(source, "utf-8")
    with pytest.raises(ValueError, match=words):
        extensions(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize("source", ["", "markdown_extensions:\n", "markdown_extensions: {footnotes: null}"])
def test_what_mkdocs_allows_is_read(tmp_path: Path, source: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(source, "utf-8")
    assert extensions(tmp_path / "mkdocs.yml").names[:3] == ("toc", "tables", "fenced_code")


def test_the_html_is_kept_by_content_and_settings() -> None:
    render.cache_clear()
    smart = Extensions(("smarty",), {"smarty": {"smart_dashes": False}})
    other = Extensions(("smarty",), {"smarty": {"smart_dashes": True}})
    assert render("a -- b", smart) != render("a -- b", other)
    assert render("a -- b", Extensions(("smarty",), {"smarty": {"smart_dashes": False}})) == render("a -- b", smart)
    assert render.cache_info().misses == 2
