"""What publishers run: `init`, `new`, `remove`, `export`, `schema`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

import click

from manchette import engine
from manchette import problems as printing
from manchette.cli.base import INIT, article_of, counted, main
from manchette.cli.saved import refuse_unsaved, tell_undo
from manchette.export import formats
from manchette.format import schema
from manchette.format.layout import CONFIGURATION, DOCS, EXPORT, file_of, page_of
from manchette.format.scalars import id_problem
from manchette.site.open import open_site
from manchette.site.unfinished import PASTE, TITLE
from manchette.typeset.render import render
from manchette.upkeep import mend
from manchette.upkeep.dated import dated
from manchette.upkeep.remove import RemovalError, removal, take_out
from manchette.upkeep.scaffold import ScaffoldError, new_article, new_site, package_line


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
    article_of(site, article)
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
        if not refuse_unsaved(root, files):
            said = "ce dossier n’est pas suivi par git, et ce qui est retiré serait perdu"
            raise click.ClickException(f"{said} ; « git init », puis « git add -A » et « git commit » le gardent")
        mend.write(root, dict(what.edited))
        take_out(root, what)
        tell_undo(root, files)
    for place in what.leading:
        click.echo(f"{place}: mène à l’article retiré ; ôtez ce lien", err=True)
    entries = sum(map(len, what.entries.values()))
    click.echo(
        f"{counted(len(what.gone), 'fichier')} et {counted(entries, 'fiche')} {'retirés' if write else 'à retirer'}"
        + ("" if write else " ; --write les retire"),
        err=True,
    )


@main.command(INIT, help="Prépare, dans un dossier à lui, un site prêt à publier ; n’écrase rien.")
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


@main.command("export", help="Écrit les notes dans des formats que d’autres programmes lisent.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format", "names", multiple=True, type=click.Choice(formats.NAMES), help="Ce format seulement ; se répète."
)
@click.pass_obj
def write_exports(root: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Write the files of the articles that are published, and say which; none while a problem is left.

    Never among the site's own files: a build takes those that it finds there for someone's, and makes none.
    """
    if folder.resolve().is_relative_to((root / DOCS).resolve()):
        said = f"« {folder} » est dans « {DOCS} » : le site publierait pour toujours les fichiers d’aujourd’hui"
        raise click.UsageError(f"{said} ; prenez un autre dossier, il écrit déjà les siens à chaque construction")
    whole = open_site(root)
    site = whole.published
    if site.errors:
        click.echo(printing.FORMATS["text"](site.errors), nl=False)
        raise click.ClickException("rien n’est écrit tant qu’il reste des problèmes")
    if not site.articles:
        click.echo("aucun article n’est publié : rien n’est écrit", err=True)
    names = names or formats.NAMES
    home = engine.home_by(engine.configuration(root / CONFIGURATION))
    if not home.url:
        click.echo(f"{CONFIGURATION} ne donne pas « site_url » : les adresses partiront de la racine du site", err=True)
    for article in site.articles.values():
        had = {export.name for export, _ in formats.of_article(article)}
        if missing := ", ".join(name for name in names if name not in had):
            why = "le texte entier y serait ; si quelque chose permet de le reprendre, dites-le dans « rights »"
            click.echo(f"{article.file}: pas de {missing} : {why}", err=True)
    for path, make in formats.files(site, home, cache(partial(dated, root)), names).items():
        file = folder / Path(path).relative_to(EXPORT)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make())
        click.echo(file)
    for path in formats.withheld(whole):
        if (file := folder / Path(path).relative_to(EXPORT)).exists():
            click.echo(f"{file} : plus rien ne permet de le publier ; effacez-le", err=True)
