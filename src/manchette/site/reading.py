"""An article: read, placed in its text, and checked against what all articles share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from manchette import load, marks
from manchette.format.kinds import KINDS
from manchette.marks.events import events
from manchette.problems import Place, Problem, Severity
from manchette.site import crosscheck, markdown, overlooked, unfinished
from manchette.site.placement import Names, place
from manchette.site.site import Article, Site, annotations_of
from manchette.written import differences

Render = Callable[[str, markdown.Extensions], str]


@dataclass(frozen=True)
class Shared:
    """What all articles of a site share, read once."""

    site: Site  # without articles; its problems are those of what is read here
    extensions: markdown.Extensions
    listed: tuple[str, ...]  # the articles that there are, sorted
    today: date

    @cached_property
    def terms(self) -> overlooked.Terms:
        """The forms of the terms, as any text is searched for them."""
        return overlooked.terms(self.site)


@dataclass(frozen=True)
class Reading:
    """What is known of an article once it is read, without the article: of a library, that is little enough to keep."""

    id: str
    found: tuple[Problem, ...]  # in its own files
    is_read: bool = False
    refused: tuple[Problem, ...] = ()  # what has no place in its text
    crossed: tuple[Problem, ...] = ()  # between it and what all articles share
    draft: bool = False
    named: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()


class Unkept(Mapping[str, Article]):
    """Articles that are read when they are asked for, each time anew: no library of them is kept."""

    def __init__(self, shared: Shared, articles: Iterable[str]) -> None:
        """`articles`: their ids, in order."""
        self.shared, self.ids = shared, dict.fromkeys(articles)

    def only(self, articles: Iterable[str]) -> Unkept:
        """Those of these that are among them."""
        return Unkept(self.shared, (each for each in articles if each in self))

    def __getitem__(self, key: str) -> Article:
        """The article. Raises KeyError where there is none, or it cannot be read."""
        article = read(self.shared, key, markdown.convert)[0] if key in self.ids else None
        if article is None:
            raise KeyError(key)
        return article

    def __contains__(self, key: object) -> bool:
        """Whether the article is one of these; it is not read for that."""
        return key in self.ids

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        return iter(self.ids)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.ids)


def read(shared: Shared, name: str, render: Render) -> tuple[Article | None, list[Problem]]:
    """The article with its marks, or None, and every problem of its own files; `render`: as `markdown.convert`."""
    root = shared.site.root
    source, problems = load.load_article(root, name)
    claims, dates, mentions, found = load.load_sidecars(root, name)
    problems = [*problems, *found]
    if source is None:
        return None, problems
    try:
        html = render(source.body, shared.extensions)
        body = marks.read(html)
    except Exception as error:  # an extension is anyone's code
        said = f"{type(error).__name__} : {error}".partition("\n")[0]
        message = f"une extension de mkdocs.yml ne sait pas lire ce texte ({said})"
        problem = Problem(Place(source.file), "unreadable", message, "simplifiez-le, ou ôtez l’extension")
        return None, [*problems, problem]
    problems += differences(source.body, html, markdown.escapes(shared.extensions), source.file, source.body_line)
    problems += _reserved(Place(source.file, source.body_line), html)
    begins = source.body_line + len(source.body) - len(source.body.lstrip("\n"))
    problems += unfinished.of_text(Place(source.file, begins), body.text, source.front.entry.draft)
    article = Article(name, source.front.entry, source.front.where, body, claims, dates, tuple(mentions))
    return _placed(shared, article), problems


def _placed(shared: Shared, article: Article) -> Article:
    """The article with its marks; itself where it has them."""
    placed, refused = place(article.body, annotations_of(shared.site.names, article))
    if (placed, tuple(refused)) == (article.marks, article.refused):
        return article
    order = [mark.id for mark in placed if mark.kind == "claim"]
    claims = {key: article.claims[key] for key in dict.fromkeys([*order, *article.claims])}
    return replace(article, claims=claims, marks=placed, refused=tuple(refused))


@dataclass(frozen=True)
class Kept:
    """An article as it was read, and what it was read from."""

    stamp: object  # another once one of its files has changed
    extensions: markdown.Extensions
    names: Names
    article: Article | None
    problems: list[Problem]
    whole: Kept | None = None  # the last one that had no error, if this is another


def read_again(shared: Shared, name: str, stamp: object, before: Kept | None) -> Kept:
    """The article as `read` gives it; the same object as before where it would be the same to all who ask it."""
    names = shared.site.names
    known = [kept for kept in (before, before and before.whole) if kept and kept.stamp == stamp]
    known = [kept for kept in known if kept.extensions == shared.extensions]
    for kept in known:
        if kept.article is None or kept.names == names:
            return kept
    errors = before and any(problem.severity is Severity.ERROR for problem in (*before.problems, *_refused(before)))
    whole = before.whole if before and errors else before and replace(before, whole=None)
    if known and known[0].article:
        placed = _placed(shared, known[0].article)
        return Kept(stamp, shared.extensions, names, placed, known[0].problems, whole)
    article, found = read(shared, name, markdown.render)
    return Kept(stamp, shared.extensions, names, article, found, whole)


def _refused(kept: Kept) -> tuple[Problem, ...]:
    return kept.article.refused if kept.article else ()


def known(shared: Shared, name: str, article: Article | None, found: Iterable[Problem]) -> Reading:
    """What is known of an article; `article` and `found` as `read` gives them."""
    if article is None:
        return Reading(name, tuple(found))
    crossed = chain(
        crosscheck.of_article(shared.site, article, shared.today),
        overlooked.overlooked(shared.site, article, shared.terms),
        unfinished.of_article(article),
    )
    return Reading(
        name,
        tuple(found),
        True,
        article.refused,
        tuple(crossed),
        article.front.draft,
        article.named,
        article.cited,
    )


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
