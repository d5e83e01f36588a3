"""What annotators run beside `check`: `repair`, `suggest`."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence
from difflib import unified_diff
from pathlib import Path

import click
import yaml

from manchette import problems as printing
from manchette.cli.base import article_of, counted, main
from manchette.cli.saved import refuse_unsaved, tell_undo
from manchette.site.open import open_site
from manchette.suggest.proposals import as_yaml, propose
from manchette.upkeep import history, mend

NO_NEWLINE = "\\ No newline at end of file\n"  # how a patch says that a file does not end with a line feed


@main.command(help="Retrouve les citations que le texte n’a plus. Montre un diff ; --write et --accept l’appliquent.")
@click.option("--write", is_flag=True, help="Écrit ce qui est hors de doute : les mêmes mots, à une coquille près.")
@click.option("--accept", multiple=True, metavar="ID", help="Écrit une citation reformulée, que vous avez relue.")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.pass_obj
def repair(root: Path, write: bool, accept: tuple[str, ...], articles: tuple[str, ...]) -> None:
    """Print the quotes' repairs as a unified diff; exit 1 if a quote is left that nobody has settled."""
    site = open_site(root)
    chosen = [article_of(site, name) for name in articles] or list(site.articles.values())
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
        refuse_unsaved(root, texts)
        mend.write(root, texts)
        tell_undo(root, texts)
    left = [each for each in found if each not in settled]
    sure = sum(each.sure for each in left)
    lost = sum(each.quote is None for each in left)
    counts = [counted(len(settled), "citation écrite")] if writing else []
    counts += [counted(sure, "citation retrouvée")] if sure or not writing else []
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


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)  # only \n ends a line in a patch; str.splitlines knows others


@main.command("suggest", help="Propose, en YAML à coller, ce qui n’a pas encore de note ; rien n’est écrit.")
@click.argument("article")
@click.pass_obj
def print_suggestions(root: Path, article: str) -> None:
    """Print what looks like a name, a date or a claim and has no annotation."""
    site = open_site(root)
    found = propose(site, article_of(site, article))
    for file, entries in as_yaml(site, site.articles[article], found).items():
        click.echo(f"# {file}\n" + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110))
    if not any((found.names, found.dates, found.claims, found.aliases, found.twins)):
        click.echo("Rien à proposer.", err=True)
    for name, key, _ in found.aliases:
        click.echo(f"# « {name} » désigne-t-il « {key} » ? Ajoutez-le à ses « aliases », ou une ligne à mentions.yml.")
    for one, two in found.twins:
        click.echo(f"# « {one} » et « {two} » sont-elles deux fiches pour une seule chose ?")
