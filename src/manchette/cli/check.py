"""What annotators, and whoever looks at a change, run most: `check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from manchette import problems as printing
from manchette.cli.base import article_of, counted, main
from manchette.format.layout import ARTICLES, concerns, file_of
from manchette.map.borders import misplaced
from manchette.problems import Severity
from manchette.site.reading import Reading
from manchette.site.site import Site
from manchette.site.spread import MANY, SpreadError, checked
from manchette.upkeep import history
from manchette.upkeep.impact import Impact, impact


@main.command(
    help="Dit tous les problèmes des annotations. Code de sortie : 0 aucun, 1 des problèmes, 2 mauvais usage."
)
@click.option("--since", metavar="REV", help="Dit aussi ce que les changements depuis REV font aux annotations.")
@click.option(
    "--format", "form", type=click.Choice(list(printing.FORMATS)), default="text", help="La forme des messages."
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.pass_obj
def check(root: Path, since: str | None, form: str, articles: tuple[str, ...]) -> None:
    """Print every problem and notice; exit 1 if there is a problem."""
    try:
        site = checked(root, partial(_watched, form))
    except SpreadError as error:
        raise click.ClickException(str(error)) from error
    folders = {path.name for path in (root / file_of(ARTICLES)).glob("*")}
    for name in articles:
        if name not in folders:  # an article that cannot be read is known, and its problems are what is asked for
            article_of(site, name)
    changed, unseen = _since(root, site, since)
    told = (*site.problems, *misplaced(site.registers["place"].values()), *changed.problems)
    found = [problem for problem in told if _concerns(problem.place.file, articles)]
    rows = [row for row in changed.rows if _concerns(row.place.file, articles)]
    click.echo(printing.FORMATS[form](found), nl=False)
    if form == "github" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
        from manchette.typeset.render import render  # noqa: PLC0415 - reads all words of the pages, a tenth of a second

        summary = render("summary.md.jinja", problems=printing.in_order(found), rows=rows, unseen=unseen, since=since)
        with open(file, "a", encoding="utf-8") as summaries:
            summaries.write(f"{summary}\n")
    if unseen:
        click.echo(f"L’effet des changements n’a pas été vérifié : {unseen}.", err=True)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    if form == "text":
        for row in rows:
            said = f"{row.place}: {row.id}: {row.kind}, {row.what}"
            click.echo(f"{said} {printing.cite(row.passage)}" if row.passage else said)
        click.echo(_counts(len(site.articles), errors, len(found) - errors), err=True)
    sys.exit(1 if errors else 0)


def _watched(form: str, readings: Iterable[Reading], total: int) -> Iterator[Reading]:
    """Show how far the reading is, where it takes long and someone watches."""
    hidden = form != "text" or total < MANY or not sys.stderr.isatty()
    label = "Lecture des articles"
    with click.progressbar(readings, length=total, label=label, show_pos=True, file=sys.stderr, hidden=hidden) as shown:
        yield from shown


def _since(root: Path, site: Site, revision: str | None) -> tuple[Impact, str]:
    """What the edits since a revision did, or nothing, and why that cannot be told."""
    if revision is None:
        return Impact((), ()), ""
    try:
        with history.since(root, revision, site) as (old, new):
            return impact(old, new), ""
    except history.HistoryError as error:
        return Impact((), ()), str(error)


def _concerns(file: str, articles: tuple[str, ...]) -> bool:
    """Whether a file is that of one of `articles`; registers concern every article."""
    return not articles or (alone := concerns(file)) is None or alone in articles


def _counts(articles: int, errors: int, notices: int) -> str:
    return f"{counted(articles, 'article')}, {counted(errors, 'problème')}, {counted(notices, 'avis')}"
