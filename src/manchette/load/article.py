"""An article's page → its front matter and its body."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from manchette.format.layout import ARTICLES, REGISTERS, SCHEMAS, TEXT, file_of, notes_of, page_of
from manchette.format.model import FrontMatter
from manchette.format.scalars import id_problem
from manchette.load.check import check
from manchette.load.folder import bad_names, listed, read_text
from manchette.load.record import Node, Record
from manchette.load.traps import conflict
from manchette.load.tree import parse
from manchette.problems import Place, Problem, cite

_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # LibYAML's, or the same, slower
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)  # as MkDocs cuts it
_IMPOSSIBLE = re.compile(r"[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?")  # YAML 1.1 makes a date of it, or fails


@dataclass(frozen=True)
class Article:
    """An article as written, before Markdown."""

    id: str
    file: str  # relative to the project's folder
    front: Record[FrontMatter]
    body: str  # Markdown, lines ended by \n
    body_line: int  # the line of the file where `body` begins, from 1


def find_articles(root: Path) -> tuple[list[str], list[Problem]]:
    """The ids of the articles of the project in `root`, sorted; folders that cannot be articles are problems."""
    articles: list[str] = []
    problems: list[Problem] = []
    folder = root / file_of(ARTICLES)
    problems += bad_names(root, folder)
    for path in listed(folder):
        if not path.is_dir() or path.name.startswith(".") or not path.name.isprintable():
            continue
        file = file_of(f"{ARTICLES}/{path.name}")
        if said := id_problem(path.name):
            problems.append(Problem(Place(file), "bad-id", *said))
        elif path.name in {*REGISTERS, SCHEMAS}:
            message = f"{notes_of(path.name)} est déjà un registre"
            problems.append(Problem(Place(file), "reserved-id", message, "donnez un autre nom au dossier de l’article"))
        elif not (path / TEXT).is_file():
            message = "dossier d’article sans texte"
            problems.append(
                Problem(Place(f"{file}/{TEXT}"), "missing-article", message, f"écrivez {TEXT}, ou ôtez le dossier")
            )
        else:
            articles.append(path.name)
    return articles, problems


def load_article(root: Path, article: str) -> tuple[Article | None, list[Problem]]:
    """One article, or None and why it cannot be read."""
    file = file_of(page_of(article))
    text, problems = read_text(root, file)
    if text is None:
        return None, problems
    cut = _FRONT.match(text)
    if cut is None and (problems := conflict(text, file)):
        return None, problems
    if cut is None:
        message = "l’article n’a pas d’en-tête, ou son en-tête n’est pas fermé"
        suggestion = "commencez-le par ---, title: …, publisher: …, ---, chacun sur sa ligne"
        return None, [Problem(Place(file), "missing-front-matter", message, suggestion)]
    front, problems = load_front_matter(file, cut[1] or "", first_line=2)
    if front is None:
        return None, problems
    return Article(article, file, front, text[cut.end() :], text[: cut.end()].count("\n") + 1), problems


def split(text: str) -> tuple[str, str] | None:
    """An article's front matter, with the lines around it, and its body; None where one of the two is not there."""
    found = _FRONT.match(text)
    return (found[0], text[found.end() :]) if found else None


def load_front_matter(file: str, text: str, first_line: int) -> tuple[Record[FrontMatter] | None, list[Problem]]:
    """What a front matter says: `text` is the YAML between the `---`, and begins at `first_line` of `file`."""
    place = Place(file, first_line)
    node, problems = parse(text, file, first_line)
    if problems:
        return None, problems
    node = node or Node(*place, index={})
    record, problems = check(FrontMatter, node, place, "")
    return record, [*problems, *_macros(node), *_not_text(text, node)]


def _not_text(text: str, node: Node) -> list[Problem]:
    """What the builder's YAML takes for something else than text, and fails on: a title, and impossible dates."""
    try:
        read = yaml.load(text, Loader=_Fast) if node.pairs else {}
        wrong = [] if isinstance(read.get("title", ""), str) else ["title"]
    except (ValueError, OverflowError, yaml.YAMLError):
        wrong = [key.text for key, value in node.pairs if value.text and _IMPOSSIBLE.match(value.text)]
    return [
        Problem(
            value.place,
            "not-text",
            f"« {key.text} » : {cite(value.text)} n’est pas un texte pour MkDocs",
            f"écrivez « {key.text}: {json.dumps(value.text, ensure_ascii=False)} »",
        )
        for key, value in node.pairs
        if key.text in wrong and value.text
    ]


def _macros(node: Node) -> list[Problem]:
    """Articles never run macros: their text is someone else's."""
    return [
        Problem(key.place, "macros-in-article", "un article n’exécute pas de macros", f"supprimez {cite(key.text)}")
        for key, value in node.pairs
        if key.text == "render_macros" and (value.text or "").lower() not in {"false", "no", "off", "n"}
    ]
