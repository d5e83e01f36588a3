"""The site as it stood at a revision, read from git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from manchette.site import Site, open_site

READ = ("docs", "annotations", "mkdocs.yml")  # what `open_site` reads


class HistoryError(Exception):
    """git has no answer; the text says in French why."""


def site_at(root: Path, revision: str) -> Site:
    """The site below `root` at a revision (a commit, a branch, a tag).

    Raises:
        HistoryError: git is missing, this is no work tree, or it does not know the revision.
    """
    known = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        raise HistoryError(f"git ne connaît pas la révision « {revision} »")
    commit = known.decode().strip()
    held = [path for path in READ if _git(root, "cat-file", "-e", f"{commit}:./{path}") is not None]
    if "mkdocs.yml" not in held:
        raise HistoryError(f"la révision « {revision} » n’a pas de mkdocs.yml à cet endroit")
    archive = _git(root, "archive", "--format=tar", commit, "--", *held)
    if archive is None:
        raise HistoryError(f"la révision « {revision} » ne se lit pas")
    with tempfile.TemporaryDirectory() as folder:
        _unpack(archive, Path(folder))
        return open_site(Path(folder))


def revisions(root: Path, file: str, most: int = 30) -> list[str]:
    """The last commits that changed `file` (relative to `root`), newest first; none without git or history."""
    listed = _git(root, "log", f"--max-count={most}", "--format=%H", "--", file)
    return listed.decode().split() if listed else []


def _unpack(archive: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile() and (content := tar.extractfile(member)):
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints, or None where it fails or is missing."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
