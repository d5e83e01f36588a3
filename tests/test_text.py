"""An article's text is what MkDocs would make of it."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from mkdocs.config.base import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from manchette.load import load_article
from manchette.site.markdown import HALFWAY, Extensions, extensions, go_on, halfway, render

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


ALL_OF_ITS_OWN = sorted(
    each.name for each in entry_points(group="markdown.extensions") if each.value.startswith("markdown.extensions.")
)
TEXTS = [
    ARTICLE,
    *(path.read_text("utf-8").rpartition("\n---\n")[2] for path in HERE.parent.glob("projects/*/docs/**/*.md")),
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_rendered_is_gone_on_with_to_the_same_end(text: str) -> None:
    asked = Extensions(tuple(ALL_OF_ITS_OWN), {"toc": {"permalink": True}, "footnotes": {"BACKLINK_TEXT": "↑"}})
    html = render(text, asked)
    half = halfway(text.lstrip("\n"), asked)
    assert half
    for _ in range(2):
        md = Markdown(extensions=list(asked.names), extension_configs=dict(asked.settings))
        md.preprocessors.register(SimpleNamespace(run=lambda lines: []), "nothing", 1000)  # type: ignore[arg-type]
        go = SimpleNamespace(run=lambda root, md=md: go_on(md, half))
        md.treeprocessors.register(go, "go on", HALFWAY)  # type: ignore[arg-type]
        assert md.convert(text) == html
        whole = Markdown(extensions=list(asked.names), extension_configs=dict(asked.settings))
        whole.convert(text)
        assert md.toc_tokens == whole.toc_tokens  # type: ignore[attr-defined]


def test_what_an_extension_keeps_by_itself_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "of_another.py").write_text("from markdown.extensions.tables import makeExtension\n", "utf-8")
    asked = Extensions(("toc", "of_another"))
    render(ARTICLE, asked)
    assert halfway(ARTICLE, asked) is None
    assert halfway(ARTICLE, Extensions(("toc",))) is None


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
