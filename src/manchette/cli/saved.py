"""What git holds of the files that a command writes, and the way back."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from manchette.upkeep import history


def refuse_unsaved(root: Path, files: Collection[str]) -> bool:
    """End the command where git does not hold the files as they stand; tell whether there is git at all."""
    held = history.unsaved(root, files) if files else []
    if held:
        named = ", ".join(held)
        remedy = "enregistrez-les d’abord (git add, git commit), ou annulez-les (git restore)"
        raise click.ClickException(f"des changements ne sont pas enregistrés dans git : {named} ; {remedy}")
    return held is not None


def tell_undo(root: Path, files: Collection[str]) -> None:
    """Say how what was written is undone, where git can."""
    for command in history.undoing(root, files):
        click.echo(f"Pour annuler : {command}", err=True)
