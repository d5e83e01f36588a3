"""A project's folder → its site: read, placed, checked; again only where a file has changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

from manchette import engine, load, marks
from manchette.format.kinds import KINDS, Entity
from manchette.format.layout import ANNOTATIONS, CONFIGURATION, REQUIREMENTS, concerns, file_of, page_of
from manchette.format.model import Settings
from manchette.load import Record
from manchette.marks.events import events
from manchette.problems import Place, Problem, Severity, in_order
from manchette.site import markdown
from manchette.site.crosscheck import cross_check
from manchette.site.named import settled
from manchette.site.overlooked import overlooked
from manchette.site.placement import place
from manchette.site.site import Article, Site, annotations_of
from manchette.site.unfinished import of_requirements, of_settings, of_text, unfinished
from manchette.written import differences


def open_site(root: Path, today: date | None = None, configuration: Path | None = None) -> Site:
    """Read the site below `root`, again only where a file has changed. Bad input is in `problems`, never raised.

    `today` decides which entries are due for a review; by default it is this machine's. `configuration` is `mkdocs.yml`
    where it is not in `root`.
    """
    root = root.resolve()
    return _open(root, stamp(root), today or date.today(), configuration or root / CONFIGURATION)


def watched(root: Path) -> list[Path]:
    """The files below `root` that articles and annotations are read from, sorted."""
    found = [*(root / ANNOTATIONS).rglob("*.yml"), *root.glob(file_of(page_of("*")))]
    return sorted(path for path in found if path.exists())


def stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What differs once a file below `root` has changed."""
    others = [path for path in (root / CONFIGURATION, root / REQUIREMENTS) if path.exists()]
    return tuple((str(path), s.st_mtime_ns, s.st_size) for path in others + watched(root) if (s := path.stat()))


@lru_cache(maxsize=2)
def _open(root: Path, _stamp: object, today: date, configuration: Path) -> Site:
    extensions, settings, problems = _configured(configuration)
    if (root / REQUIREMENTS).is_file():
        problems += of_requirements((root / REQUIREMENTS).read_text("utf-8", "replace"))
    names, found = load.find_articles(root)
    problems += found
    registers, sources, found = load.load_registers(root)
    problems = [*problems, *found, *load.check_layout(root, names)]
    articles = {}
    for name in names:
        article, found = _read_article(root, name, registers, extensions)
        problems += found
        if article:
            articles[name] = article
    site = Site(root, settings, registers, sources, articles, ())
    unread, ids = load.left_out(problems)
    crossed = chain(cross_check(site, today), overlooked(site), unfinished(site))
    absent = {concerns(problem.place.file) for problem in problems if problem.severity is Severity.ERROR}
    unused = {"unused-source", "unused-entity"} if absent - {None, *articles} else set()  # an article nobody could read
    cross = [p for p in crossed if p.code not in unused and not _follows(p, bool(unread), ids)]
    refused = [problem for article in articles.values() for problem in article.refused]
    return replace(
        site, problems=tuple(in_order(settled([*problems, *refused, *cross], registers, sources))), unread=unread | ids
    )


def _configured(mkdocs_yml: Path) -> tuple[markdown.Extensions, Settings, list[Problem]]:
    """What mkdocs.yml says of the text and of the site, as far as it can be used."""
    problems: list[Problem] = []
    extensions = markdown.Extensions(engine.EXTENSIONS)
    settings = Settings()
    try:
        extensions, written = markdown.extensions(mkdocs_yml), markdown.settings(mkdocs_yml)
        source = mkdocs_yml.read_text(encoding="utf-8")
        settings, problems = load.check_settings(written, source)
        problems += of_settings(written, source)
    except markdown.ConfigError as error:
        place = Place(mkdocs_yml.name, error.line, error.column)
        problems.append(Problem(place, "bad-config", error.message, error.suggestion))
    extensions, refused = markdown.usable(extensions)
    for name, why in refused.items():
        message = f"markdown_extensions : « {name} » ne se charge pas ({why})"
        problems.append(Problem(Place(mkdocs_yml.name), "bad-extension", message, "installez-la, ou ôtez-la"))
    return extensions, settings, problems


def _follows(problem: Problem, unread: bool, refused: Collection[str]) -> bool:
    """Whether a problem may only be so because a file or an entry could not be read: that one is told already."""
    if problem.code == "unknown-id":
        return unread or problem.written in refused
    return problem.code == "unused-source" and (unread or bool(refused))


def _read_article(
    root: Path, name: str, registers: Mapping[str, Mapping[str, Record[Entity]]], extensions: markdown.Extensions
) -> tuple[Article | None, list[Problem]]:
    source, problems = load.load_article(root, name)
    claims, events, mentions, found = load.load_sidecars(root, name)
    problems = [*problems, *found]
    if source is None:
        return None, problems
    try:
        html = markdown.render(source.body, extensions)
        body = marks.read(html)
    except Exception as error:  # an extension is anyone's code
        said = f"{type(error).__name__} : {error}".partition("\n")[0]
        message = f"une extension de mkdocs.yml ne sait pas lire ce texte ({said})"
        problem = Problem(Place(source.file), "unreadable", message, "simplifiez-le, ou ôtez l’extension")
        return None, [*problems, problem]
    problems += differences(source.body, html, markdown.escapes(extensions), source.file, source.body_line)
    problems += _reserved(Place(source.file, source.body_line), html)
    begins = source.body_line + len(source.body) - len(source.body.lstrip("\n"))
    problems += of_text(Place(source.file, begins), body.text, source.front.entry.draft)
    article = Article(name, source.front.entry, source.front.where, body, claims, events, tuple(mentions))
    placed, found = place(body, annotations_of(registers, article))
    order = [mark.id for mark in placed if mark.kind == "claim"]
    claims = {key: claims[key] for key in dict.fromkeys([*order, *claims])}
    return replace(article, claims=claims, marks=placed, refused=tuple(found)), problems


_ADDRESS = re.compile(rf"(?:note|{'|'.join(kind.name for kind in KINDS)})--.*")


def _reserved(where: Place, html: str) -> list[Problem]:
    """Ids of the text's own that would be taken for addresses of annotations."""
    if "--" not in html:
        return []
    ids = (event.attributes.get("id", "") for event in events(html) if not event.closing)
    return [
        Problem(
            where,
            "reserved-address",
            f"l’identifiant « {key} » dans le texte est de ceux des annotations",
            "donnez-lui un nom sans « -- »",
        )
        for key in dict.fromkeys(ids)
        if _ADDRESS.fullmatch(key)
    ]
