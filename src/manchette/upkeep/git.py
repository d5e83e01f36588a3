"""git, and what it prints."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


class GitError(Exception):
    """git failed, or is missing."""


def git(root: Path, *arguments: str) -> bytes | None:
    """What git prints, run in `root`, or None where it fails or is missing."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def printed(root: Path, *arguments: str) -> Iterator[bytes]:
    """What git prints, line by line as it comes: a whole history is more than one would hold.

    Raises:
        GitError: it failed, which is known at the end only.
    """
    command = ["git", "-C", str(root), *arguments]
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout
            yield from process.stdout
    except FileNotFoundError as error:
        raise GitError from error
    if process.returncode:
        raise GitError
