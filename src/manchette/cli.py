"""The commands: `manchette check` and what else annotators and publishers run."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml

from manchette import problems as printing
from manchette.format import VERSION, schema
from manchette.format.layout import ARTICLES, CONFIGURATION, concerns, file_of, page_of
from manchette.format.scalars import id_problem
from manchette.map.borders import misplaced
from manchette.problems import Severity
from manchette.site.open import open_site
from manchette.site.reading import Reading
from manchette.site.site import Article, Site
from manchette.site.spread import MANY, SpreadError, checked
from manchette.site.unfinished import PASTE, TITLE
from manchette.suggest.proposals import as_yaml, propose
from manchette.typeset.render import render
from manchette.upkeep import history, mend
from manchette.upkeep.impact import Impact, impact
from manchette.upkeep.remove import RemovalError, removal, take_out
from manchette.upkeep.scaffold import ScaffoldError, new_article, new_site, package_line

NO_NEWLINE = "\\ No newline at end of file\n"  # how a patch says that a file does not end with a line feed


class Root(click.Path):
    """The project's folder: where `mkdocs.yml` is."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a folder without `mkdocs.yml`."""
        path = Path(str(value))
        if not (path / CONFIGURATION).is_file():
            self.fail(f"{path} n’a pas de mkdocs.yml ; lancez la commande dans le dossier du site", param, ctx)
        return path.resolve()


class Commands(click.Group):
    """Commands whose trouble with a file is a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe stays click's to handle."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise click.ClickException(f"« {error.filename} » : accès impossible ({error.strerror})") from error


@click.group(cls=Commands, help="Annotations d’articles : vérifier, réparer, proposer.")
@click.version_option(package_name="manchette", message=f"%(prog)s %(version)s, format {VERSION}")
@click.option("--root", default=".", help="Le dossier du site (celui de mkdocs.yml).")
@click.pass_context
def main(context: click.Context, root: str) -> None:
    """Every command works on the project in `root`, but for the one that makes it."""
    if context.invoked_subcommand != init.name:
        context.obj = Root().convert(root, next(each for each in main.params if each.name == "root"), context)


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
            _article(site, name)
    changed, unseen = _since(root, site, since)
    told = (*site.problems, *misplaced(site.registers["place"].values()), *changed.problems)
    found = [problem for problem in told if _concerns(problem.place.file, articles)]
    rows = [row for row in changed.rows if _concerns(row.place.file, articles)]
    click.echo(printing.FORMATS[form](found), nl=False)
    if form == "github" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
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


@main.command(help="Retrouve les citations que le texte n’a plus. Montre un diff ; --write et --accept l’appliquent.")
@click.option("--write", is_flag=True, help="Écrit ce qui est hors de doute : les mêmes mots, à une coquille près.")
@click.option("--accept", multiple=True, metavar="ID", help="Écrit une citation reformulée, que vous avez relue.")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.pass_obj
def repair(root: Path, write: bool, accept: tuple[str, ...], articles: tuple[str, ...]) -> None:
    """Print the quotes' repairs as a unified diff; exit 1 if a quote is left that nobody has settled."""
    site = open_site(root)
    chosen = [_article(site, name) for name in articles] or list(site.articles.values())
    found = mend.mends(site, chosen, lambda article: history.past(root, article))

    def read(file: str) -> str:
        return (root / file).read_bytes().decode()

    _know(accept, found)
    settled = [each for each in found if each.quote and (each.entry in accept or (write and each.sure))]
    writing = write or bool(accept)
    try:
        texts = mend.apply(settled if writing else found, read)
    except mend.MendError as error:
        raise click.ClickException(str(error)) from error
    for file, text in texts.items():
        lines = unified_diff(_lines(read(file)), _lines(text), f"a/{file}", f"b/{file}")
        click.echo("".join(line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}" for line in lines), nl=False)
    for each in found:
        waits = each.quote and not each.sure and each not in settled
        then = f" ; relisez, puis : manchette repair --accept {each.entry}" if waits else ""
        click.echo(f"{each.place}: {each.entry}: {each.why}{then}", err=True)
    if writing:
        _refuse_unsaved(root, texts)
        mend.write(root, texts)
        _tell_undo(root, texts)
    left = [each for each in found if each not in settled]
    sure = sum(each.sure for each in left)
    lost = sum(each.quote is None for each in left)
    counts = [_counted(len(settled), "citation écrite")] if writing else []
    counts += [_counted(sure, "citation retrouvée")] if sure or not writing else []
    click.echo(f"{', '.join(counts)}, {len(left) - sure - lost} à relire, {lost} sans réponse", err=True)
    sys.exit(1 if len(left) > (0 if writing else sure) else 0)


def _know(accepted: Collection[str], found: Sequence[mend.Mend]) -> None:
    """End the command where what is accepted is not proposed, or in two articles."""
    files: dict[str, set[str]] = {}
    for each in found:
        if each.quote:
            files.setdefault(each.entry, set()).add(each.place.file)
    for entry in accepted:
        if entry not in files:
            near = printing.nearest(entry, files)
            raise click.UsageError(f"rien n’est proposé pour « {entry} »" + (f" ; écrivez « {near} »" if near else ""))
        if len(files[entry]) > 1:
            named = ", ".join(sorted(files[entry]))
            raise click.UsageError(f"« {entry} » est proposé dans plusieurs fichiers ({named}) ; nommez l’article")


def _refuse_unsaved(root: Path, files: Collection[str]) -> bool:
    """End the command where git does not hold the files as they stand; tell whether there is git at all."""
    held = history.unsaved(root, files) if files else []
    if held:
        named = ", ".join(held)
        remedy = "enregistrez-les d’abord (git add, git commit), ou annulez-les (git restore)"
        raise click.ClickException(f"des changements ne sont pas enregistrés dans git : {named} ; {remedy}")
    return held is not None


def _tell_undo(root: Path, files: Collection[str]) -> None:
    """Say how what was written is undone, where git can."""
    for command in history.undoing(root, files):
        click.echo(f"Pour annuler : {command}", err=True)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)  # only \n ends a line in a patch; str.splitlines knows others


def _concerns(file: str, articles: tuple[str, ...]) -> bool:
    """Whether a file is that of one of `articles`; registers concern every article."""
    alone = concerns(file)
    return not articles or alone is None or alone in articles


def _counts(articles: int, errors: int, notices: int) -> str:
    return f"{_counted(articles, 'article')}, {_counted(errors, 'problème')}, {_counted(notices, 'avis')}"


def _counted(n: int, word: str) -> str:
    """« 1 citation retrouvée », « 2 citations retrouvées »."""
    return f"{n} " + " ".join(
        f"{each}s" if n > 1 and not each.endswith("s") and each != "et" else each for each in word.split()
    )


@main.command("suggest", help="Propose, en YAML à coller, ce qui n’a pas encore de note ; rien n’est écrit.")
@click.argument("article")
@click.pass_obj
def print_suggestions(root: Path, article: str) -> None:
    """Print what looks like a name, a date or a claim and has no annotation."""
    site = open_site(root)
    found = propose(site, _article(site, article))
    for file, entries in as_yaml(site, site.articles[article], found).items():
        click.echo(f"# {file}\n" + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110))
    if not any((found.names, found.dates, found.claims, found.aliases, found.twins)):
        click.echo("Rien à proposer.", err=True)
    for name, key, _ in found.aliases:
        click.echo(f"# « {name} » désigne-t-il « {key} » ? Ajoutez-le à ses « aliases », ou une ligne à mentions.yml.")
    for one, two in found.twins:
        click.echo(f"# « {one} » et « {two} » sont-elles deux fiches pour une seule chose ?")


def _article(site: Site, name: str) -> Article:
    if name not in site.articles:
        near = printing.nearest(name, site.articles)
        raise click.UsageError(f"article inconnu « {name} »" + (f" ; écrivez « {near} »" if near else ""))
    return site.articles[name]


@main.command(help="Prépare les pages et les fichiers d’un nouvel article ; n’écrase rien.")
@click.argument("article")
@click.option("--title", default=TITLE, help="Le titre de l’article.")
@click.option("--publisher", required=True, help="Qui a publié le texte : un nom, ou l’identifiant d’une organisation.")
@click.pass_obj
def new(root: Path, article: str, title: str, publisher: str) -> None:
    """Write a new article's files and say which."""
    if said := id_problem(article):
        raise click.UsageError(" ; ".join(said))
    try:
        files = new_article(open_site(root), article, title, publisher)
    except ScaffoldError as error:
        raise click.UsageError(str(error)) from None
    _write_new(files, root)
    click.echo(render("new/next.jinja", article=article, text=file_of(page_of(article)), paste=PASTE), err=True)


def _write_new(files: Mapping[Path, str], root: Path) -> None:
    """Write files that are not there yet, and say which."""
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        click.echo(path.relative_to(root))


@main.command(help="Retire un article, et les fiches que lui seul employait. Montre ; --write retire.")
@click.option("--write", is_flag=True, help="Retire ce qui est montré.")
@click.argument("article")
@click.pass_obj
def remove(root: Path, write: bool, article: str) -> None:
    """Show what goes with an article, and where it is still led to; with `write`, take it out."""
    site = open_site(root)
    _article(site, article)
    try:
        what = removal(site, article)
    except RemovalError as error:
        raise click.ClickException(str(error)) from error
    for file in (*what.gone, *what.edited):
        ids = what.entries.get(file, ())
        whole = "en entier" if file in what.gone else ""
        click.echo(f"{file} : {', '.join(filter(None, [whole, *ids]))}")
    files = [*what.gone, *what.edited]
    if write:
        if not _refuse_unsaved(root, files):
            said = "ce dossier n’est pas suivi par git, et ce qui est retiré serait perdu"
            raise click.ClickException(f"{said} ; « git init », puis « git add -A » et « git commit » le gardent")
        mend.write(root, dict(what.edited))
        take_out(root, what)
        _tell_undo(root, files)
    for place in what.leading:
        click.echo(f"{place}: mène à l’article retiré ; ôtez ce lien", err=True)
    entries = sum(map(len, what.entries.values()))
    click.echo(
        f"{_counted(len(what.gone), 'fichier')} et {_counted(entries, 'fiche')} {'retirés' if write else 'à retirer'}"
        + ("" if write else " ; --write les retire"),
        err=True,
    )


@main.command(help="Prépare, dans un dossier à lui, un site prêt à publier ; n’écrase rien.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="Articles annotés", show_default=True, help="Le nom du site.")
@click.option("--publisher", help="Qui annote et publie.")
@click.option("--contact", help="Une adresse où écrire sans compte nulle part : courriel, ou page.")
@click.option("--url", help="Le site de qui publie.")
@click.option("--package", help="Ce que requirements.txt installe, si le paquet ne vient pas d’une adresse.")
def init(folder: Path, title: str, package: str | None, **settings: str | None) -> None:
    """Write a new site's files and say which."""
    known = {key: value for key, value in settings.items() if value}
    line = package or package_line()
    try:
        files = new_site(folder, " ".join(title.split()), known, line)
    except ScaffoldError as error:
        raise click.UsageError(str(error)) from None
    _write_new(files, folder)
    for path in schema.write(folder):
        click.echo(path.relative_to(folder))
    click.echo(render("init/next.jinja", folder=folder, package_is_open=line.startswith("#")), err=True)


@main.command("schema", help="Écrit les schémas JSON dans annotations/schema/.")
@click.pass_obj
def write_schema(root: Path) -> None:
    """Write the JSON Schemas and say which."""

    for path in schema.write(root):
        click.echo(path)
