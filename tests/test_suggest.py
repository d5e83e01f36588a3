"""An article's text, and its registers → what `suggest` proposes, as it is told and as it is pasted."""

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import schema_line
from manchette.problems import Severity
from manchette.site.open import open_site
from manchette.site.site import Site
from manchette.suggest.proposals import Proposals, as_yaml, propose

CASES = Path(__file__).parent / "suggest"
MARKED = Path(__file__).parent.parent.parent / "shared" / "suggest"
PUBLISHED = "2019-05-16"
JOURNAL = "journal: {name: Le Journal, description: Un quotidien.}\n"
KINDS = {kind.file: kind.name for kind in ENTITY_KINDS}
# What a file of cases is about: no other is looked at there, but where a case says something of it.
ABOUT = {"names": tuple(KINDS), "dates": ("dates",), "claims": ("claims",), "paste": (), "known": (*KINDS, "dates")}
FLOOR = {"names": (90, 80), "kind": (85, 80), "dates": (95, 90), "value": (90, 90), "claims": (60, 60)}  # per cent


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yml")):
        for number, case in enumerate(yaml.safe_load(file.read_text("utf-8"))):
            name = case.get("case") or case["text"].strip()[:50]
            yield pytest.param(case, ABOUT[file.stem], id=f"{file.stem}: {number} {name}")


def opened(folder: Path, case: dict[str, Any]) -> Site:
    files = {f"annotations/{name}": text for name, text in case.get("files", {}).items()}
    files["annotations/organizations.yml"] = files.get("annotations/organizations.yml", "") + JOURNAL
    published = case.get("published", PUBLISHED)
    head = "---\ntitle: Essai\npublisher: journal\n" + (f"published: {published}\n" if published else "") + "---\n\n"
    pages = {
        "mkdocs.yml": "site_name: Essai\nmarkdown_extensions: [manchette]\n",
        "docs/articles/essai/index.md": head + case["text"],
    }
    for path, text in {**pages, **{name: f"{schema_line(name)}\n{text}" for name, text in files.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    site = open_site(folder)
    assert case.get("foreign") or not [each for each in site.problems if each.severity is Severity.ERROR]
    return site


def told(found: Proposals) -> dict[str, list[str]]:
    """What is proposed, as the cases say it."""
    forms = [(each.kind, " = ".join(filter(None, (each.text, ", ".join(each.aliases))))) for each in found.names]
    said = {file: [name for kind, name in forms if kind == own] for file, own in KINDS.items()}
    source = found.reading.source
    dates = [(source(each.start, each.end), each.when or "?") for each in found.dates]
    said["dates"] = [f"{words} → {when}" if words != when else words for words, when in dates]
    said["claims"] = [f"{each.modality}: {source(each.start, each.end)}" for each in found.claims]
    said["aliases"] = [f"{name} → {key}" for name, key, _ in found.aliases]
    said["twins"] = [f"{one} = {two}" for one, two in found.twins]
    return said


def plain(words: object) -> str:
    """As the reader sees the words: whichever apostrophe, space and dash the text has."""
    return " ".join(unicodedata.normalize("NFC", str(words)).replace("'", "’").split())


@pytest.mark.parametrize(("case", "about"), list(cases()))
def test_suggestions(case: dict[str, Any], about: tuple[str, ...], tmp_path: Path) -> None:
    site = opened(tmp_path, case)
    article = site.articles["essai"]
    found = propose(site, article)
    said = told(found)
    for what in {*about, *(key for key in case if key in said)}:
        assert sorted(map(plain, said[what])) == sorted(map(plain, case.get(what) or [])), what
    if "paste" in case:
        pasted = as_yaml(site, article, found)
        assert {file: entries for file, entries in pasted.items() if file in case["paste"]} == case["paste"]


@pytest.mark.skipif(not MARKED.exists(), reason="the marked texts are not here")
def test_texts_marked_by_hand(tmp_path: Path) -> None:
    texts = MARKED / "texts"
    for gold in sorted(texts.glob("*.yml")):
        head = yaml.safe_load(gold.read_text("utf-8"))
        case = {"text": gold.with_suffix(".md").read_text("utf-8"), "published": head["published"], "foreign": True}
        site = opened(tmp_path / gold.stem, case)
        article = site.articles["essai"]
        pasted = as_yaml(site, article, propose(site, article))
        parts = (f"# {file}\n" + yaml.safe_dump(entries, allow_unicode=True) for file, entries in pasted.items())
        (tmp_path / gold.name).write_text("\n".join(parts), "utf-8")
    run = [sys.executable, str(MARKED / "score.py"), "--dir", str(texts), str(tmp_path)]
    total = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    for (measure, floor), cell in zip(FLOOR.items(), total.split("|")[2:7], strict=True):
        assert all(got >= least for got, least in zip(map(int, cell.split()[:2]), floor, strict=True)), measure
