"""The commands: `manchette check` and what else annotators and publishers run."""

from manchette.cli.base import main

__all__ = ["main"]
