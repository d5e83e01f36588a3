"""The commands: `manchette check` and what else annotators and publishers run."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import yaml

from manchette import problems as printing
from manchette import schema
from manchette.model import ID
from manchette.problems import Problem, Severity
from manchette.scaffold import ScaffoldError, new_article, slug
from manchette.site import Article, Site, open_site
from manchette.suggest import as_yaml, suggest


class Root(click.Path):
    """The project's folder: where `mkdocs.yml` is."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a folder without `mkdocs.yml`."""
        path = Path(str(value))
        if not (path / "mkdocs.yml").is_file():
            self.fail(f"{path} n’a pas de mkdocs.yml ; lancez la commande dans le dossier du site", param, ctx)
        return path


@click.group(help="Annotations d’articles : vérifier, réparer, proposer, exporter.")
@click.version_option(package_name="manchette")
@click.option("--root", type=Root(), default=".", help="Le dossier du site (celui de mkdocs.yml).")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Every command works on the project in `root`."""
    context.obj = root


@main.command(
    help="Dit tous les problèmes des annotations. Code de sortie : 0 aucun, 1 des problèmes, 2 mauvais usage."
)
@click.option(
    "--format", "form", type=click.Choice(list(printing.FORMATS)), default="text", help="La forme des messages."
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.pass_obj
def check(root: Path, form: str, articles: tuple[str, ...]) -> None:
    """Print every problem and notice; exit 1 if there is a problem."""
    site = open_site(root)
    unknown = [name for name in articles if name not in site.articles and not (root / "docs/articles" / name).exists()]
    if unknown:
        near = printing.nearest(unknown[0], site.articles)
        raise click.UsageError(f"article inconnu « {unknown[0]} »" + (f" ; écrivez « {near} »" if near else ""))
    found = [problem for problem in site.problems if _concerns(problem, articles)]
    click.echo(printing.FORMATS[form](found), nl=False)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    if form == "text":
        click.echo(_summary(len(site.articles), errors, len(found) - errors), err=True)
    sys.exit(1 if errors else 0)


def _concerns(problem: Problem, articles: tuple[str, ...]) -> bool:
    """Registers concern every article."""
    parts = problem.place.file.split("/")
    folder = parts[2] if parts[:2] == ["docs", "articles"] else parts[1] if len(parts) > 2 else None
    return not articles or folder is None or folder in articles


def _summary(articles: int, errors: int, notices: int) -> str:
    def counted(n: int, word: str) -> str:
        return f"{n} {word}{'s' if n > 1 else ''}"

    return f"{counted(articles, 'article')}, {counted(errors, 'problème')}, {counted(notices, 'remarque')}"


@main.command("suggest", help="Propose, en YAML à coller, ce qui n’a pas encore de note ; rien n’est écrit.")
@click.argument("article")
@click.pass_obj
def print_suggestions(root: Path, article: str) -> None:
    """Print what looks like a name, a date or a claim and has no annotation."""
    site = open_site(root)
    found = suggest(site, _article(site, article))
    for file, entries in as_yaml(site.articles[article], found).items():
        click.echo(f"# {file}\n" + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110))
    if not any(vars(found).values()):
        click.echo("Rien à proposer.", err=True)
    for name, key in found.aliases:
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
@click.option("--title", default="Titre de l’article", help="Le titre de l’article.")
@click.option("--publisher", required=True, help="Qui a publié le texte : un nom, ou l’identifiant d’une organisation.")
@click.pass_obj
def new(root: Path, article: str, title: str, publisher: str) -> None:
    """Write a new article's files and say which."""
    if not ID.fullmatch(article):
        raise click.UsageError(f"« {article} » n’est pas un identifiant ; écrivez « {slug(article)} »")
    try:
        files = new_article(open_site(root), article, title, publisher)
    except ScaffoldError as error:
        raise click.UsageError(str(error)) from None
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        click.echo(path.relative_to(root))


@main.command("schema", help="Écrit les schémas JSON dans annotations/schema/.")
@click.pass_obj
def write_schema(root: Path) -> None:
    """Write the JSON Schemas and say which."""

    for path in schema.write(root):
        click.echo(path)
