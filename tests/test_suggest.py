"""An article's text, and its registers → what `suggest` proposes, as it is told and as it is pasted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.format.layout import schema_line
from manchette.problems import Severity
from manchette.site.open import open_site
from manchette.site.site import Site
from manchette.upkeep.suggest import as_yaml, suggest

CASES = Path(__file__).parent / "suggest"
HEAD = "---\ntitle: Essai\npublisher: journal\n---\n\n"
JOURNAL = "journal: {name: Le Journal, description: Un quotidien.}\n"


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yml")):
        for number, case in enumerate(yaml.safe_load(file.read_text("utf-8"))):
            yield pytest.param(case, id=f"{file.stem}: {case.get('case', number)}")


def opened(folder: Path, case: dict[str, Any]) -> Site:
    files = {f"annotations/{name}": text for name, text in case.get("files", {}).items()}
    files["annotations/organizations.yml"] = files.get("annotations/organizations.yml", "") + JOURNAL
    pages = {
        "mkdocs.yml": "site_name: Essai\nmarkdown_extensions: [manchette]\n",
        "docs/articles/essai/index.md": HEAD + case["text"],
    }
    for path, text in {**pages, **{name: f"{schema_line(name)}\n{text}" for name, text in files.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    site = open_site(folder)
    assert not [problem for problem in site.problems if problem.severity is Severity.ERROR]
    return site


@pytest.mark.parametrize("case", list(cases()))
def test_suggestions(case: dict[str, Any], tmp_path: Path) -> None:
    site = opened(tmp_path, case)
    article = site.articles["essai"]
    found = suggest(site, article)
    assert {name: list(forms) for name, forms in found.names.items()} == case.get("names", {})
    assert [f"{words} → {when}" if when else words for words, when in found.dates] == case.get("dates", [])
    assert [f"{modality}: {words}" for words, modality in found.claims] == case.get("claims", [])
    assert [f"{name} → {key}" for name, key in found.aliases] == case.get("aliases", [])
    assert [f"{one} = {two}" for one, two in found.twins] == case.get("twins", [])
    if "paste" in case:
        assert as_yaml(article, found) == case["paste"]
