"""The site as it stood at a revision, read from git."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from manchette.format.layout import CONFIGURATION, READ, file_of, page_of
from manchette.site.open import open_site
from manchette.site.site import Site

MOST = 30  # revisions of a text: a quote that none of them holds is not looked for further back


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
    return _read(root.resolve(), known.decode().strip())


@lru_cache(maxsize=64)  # every article looks at the same few revisions
def _read(root: Path, commit: str) -> Site:
    held = [path for path in READ if _git(root, "cat-file", "-e", f"{commit}:./{path}") is not None]
    if CONFIGURATION not in held:
        raise HistoryError(f"la révision « {commit[:12]} » n’a pas de mkdocs.yml à cet endroit")
    archive = _git(root, "archive", "--format=tar", commit, "--", *held)
    if archive is None:
        raise HistoryError(f"la révision « {commit[:12]} » ne se lit pas")
    with tempfile.TemporaryDirectory() as folder:
        _unpack(archive, Path(folder))
        return open_site(Path(folder))


def past(root: Path, article: str) -> Iterator[Site]:
    """The site at the last revisions that changed an article's text, newest first; none without git or history.

    In each the article has the id that it has now, whatever its folder was called then.
    """
    file = file_of(page_of(article))
    for commit, was in _changed(root, file):
        with contextlib.suppress(HistoryError):
            site = _read(root.resolve(), commit)
            old = site.articles.get(was.split("/")[-2])
            yield replace(site, articles={**site.articles, article: replace(old, id=article)}) if old else site


def unsaved(root: Path, files: Collection[str]) -> list[str] | None:
    """Those of the files, given from `root`, that git does not hold as they stand; None where there is no git.

    Where a file is a link, git must hold what it leads to as well, in whatever work tree that is.
    """
    if _git(root, "rev-parse", "--show-prefix") is None:
        return None
    return sorted(file for file in files if not (_held(root / file) and _held((root / file).resolve())))


def _held(path: Path) -> bool:
    """Whether git has the file, or the link, as it stands."""
    options = ("--porcelain", "--untracked-files=all", "--ignored", "-z", "--no-renames")
    return _git(path.parent, "--literal-pathspecs", "status", *options, "--", path.name) == b""


def undoing(root: Path, files: Collection[str]) -> Iterator[str]:
    """The commands that bring back what was written or taken out, run in `root`: one for each work tree."""
    trees: dict[Path, list[str]] = {}
    for file in sorted(files):
        path = (root / file).resolve()
        folder = next(each for each in path.parents if each.is_dir())
        if top := _git(folder, "rev-parse", "--show-toplevel"):
            trees.setdefault(Path(os.fsdecode(top).rstrip("\n")), []).append(str(path))
    for tree, paths in trees.items():
        within = root.resolve().is_relative_to(tree)
        named = [os.path.relpath(path, root.resolve() if within else tree) for path in paths]
        yield f"git {'' if within else f'-C {shlex.quote(str(tree))} '}restore -- {shlex.join(named)}"


def _changed(root: Path, file: str) -> Iterator[tuple[str, str]]:
    """The last commits that changed `file` (relative to `root`), newest first, and its name in each."""
    options = ("--follow", f"--max-count={MOST}", "--name-only", "--relative", "-z", "--format=%x00%H")
    listed = _git(root, "log", *options, "--", file) or b""
    fields = [field.strip() for field in listed.decode("utf-8", "replace").split("\0")]
    commit = ""
    for field in filter(None, fields):
        if re.fullmatch("[0-9a-f]{40,64}", field):
            commit = field
        elif field.count("/") > 1:
            yield commit, field


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
