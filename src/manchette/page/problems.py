"""The problems of a site as a page says them, to who edits its files beside the browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manchette.format.layout import article_of, concerns
from manchette.problems import Problem, pasted
from manchette.site.site import SHARED, Article, Site

MOST = 12  # problems on a page: one fault in a register may make hundreds, and the first is the one to mend


@dataclass(frozen=True)
class Row:
    """A problem, and what to write instead."""

    problem: Problem
    remedy: tuple[tuple[str, bool], ...]  # words, and what is to be pasted


@dataclass(frozen=True, kw_only=True)
class ProblemsView:
    """The problems that one page tells."""

    total: int
    rows: tuple[Row, ...]
    rest: int
    kept: bool  # the notes are those of before
    absent: tuple[str, ...]  # of these, what has no place in the text as it is now


def problems_view(site: Site, page: str, problems: Sequence[Problem]) -> ProblemsView | None:
    """What `page` tells of `problems`, those that concern it first; None where there are none."""
    if not problems:
        return None
    own = article_of(page)
    article = site.article_at(page)
    first = sorted(problems, key=lambda problem: concerns(problem.place.file) not in {own, None})
    return ProblemsView(
        total=len(problems),
        rows=tuple(Row(problem, tuple(pasted(problem.suggestion))) for problem in first[:MOST]),
        rest=max(len(problems) - MOST, 0),
        kept=bool(site.kept & {own, SHARED} if own else site.kept),
        absent=tuple(_absent(site, article)) if article and article.refused else (),
    )


def _absent(site: Site, article: Article) -> Iterable[str]:
    told = {(problem.entry, problem.code) for problem in site.problems}
    return dict.fromkeys(p.entry for p in article.refused if (p.entry, p.code) not in told)
