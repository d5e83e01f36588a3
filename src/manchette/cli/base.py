"""What every command shares: the project that it works on, an article by its name, counts in words."""

from __future__ import annotations

import errno
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from manchette import problems as printing
from manchette.format import VERSION
from manchette.format.layout import CONFIGURATION
from manchette.site.open import collect_rarely
from manchette.site.site import Article, Site

INIT = "init"  # the command that makes a project
_MODULES = ("check", "annotators", "publishers")  # that hold commands, the quickest to import first


class Root(click.Path):
    """The project's folder: where `mkdocs.yml` is."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a folder without `mkdocs.yml`."""
        path = Path(str(value))
        if not (path / CONFIGURATION).is_file():
            self.fail(f"{path} n’a pas de mkdocs.yml ; lancez la commande dans le dossier du site", param, ctx)
        return path.resolve()


class Commands(click.Group):
    """Commands whose trouble with a file is a sentence; a module of them is imported once it may be needed.

    What writes exports alone took a third of the time before `check` began to read.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the modules of commands up to the one that has this one."""
        for module in _MODULES:
            if cmd_name in self.commands:
                break
            import_module(f"manchette.cli.{module}")
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Import them all."""
        for module in _MODULES:
            import_module(f"manchette.cli.{module}")
        return super().list_commands(ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe stays click's to handle."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            named = f"« {error.filename} » : " if error.filename else ""
            raise click.ClickException(f"{named}accès impossible ({error.strerror})") from error


@click.group(cls=Commands, help="Annotations d’articles : vérifier, réparer, proposer.")
@click.version_option(package_name="manchette", message=f"%(prog)s %(version)s, format {VERSION}")
@click.option("--root", default=".", help="Le dossier du site (celui de mkdocs.yml).")
@click.pass_context
def main(context: click.Context, root: str) -> None:
    """Every command works on the project in `root`, but for the one that makes it."""
    collect_rarely()
    if context.invoked_subcommand != INIT:
        context.obj = Root().convert(root, next(each for each in main.params if each.name == "root"), context)


def article_of(site: Site, name: str) -> Article:
    """The article of this name; where there is none, the command ends and proposes another."""
    if name not in site.articles:
        near = printing.nearest(name, site.articles)
        raise click.UsageError(f"article inconnu « {name} »" + (f" ; écrivez « {near} »" if near else ""))
    return site.articles[name]


def counted(n: int, word: str) -> str:
    """« 1 citation retrouvée », « 2 citations retrouvées »."""
    return f"{n} " + " ".join(
        f"{each}s" if n > 1 and not each.endswith("s") and each != "et" else each for each in word.split()
    )
