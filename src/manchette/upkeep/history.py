"""The site as it stood at a revision, read from git."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shlex
import tarfile
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from manchette import load
from manchette.format.layout import ANNOTATIONS, ARTICLES, CONFIGURATION, TEXT, concerns, file_of, page_of
from manchette.site.open import open_site, unread
from manchette.site.site import Site
from manchette.upkeep.git import git

MOST = 30  # revisions of a text: a quote that none of them holds is not looked for further back


_FEW = 200  # files that git is given by name: a command line has an end


class HistoryError(Exception):
    """git has no answer; the text says in French why."""


@contextlib.contextmanager
def since(root: Path, revision: str, site: Site) -> Iterator[tuple[Site, Site]]:
    """The site below `root` at a revision (a commit, a branch, a tag), and `site`, which is what it is now.

    Both have no articles but those that may differ, each of them read when it is asked for.

    Raises:
        HistoryError: git is missing, this is no work tree, it does not know the revision, or has no article there.
    """
    known = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        raise HistoryError(f"git ne connaît pas la révision « {revision} »")
    commit = known.decode().strip()
    tree = _tree(root, commit)
    alike: set[str] = set()
    if CONFIGURATION in tree and _is_object(root / CONFIGURATION, tree[CONFIGURATION]):  # else Markdown may be another
        alike.update(name for name in site.articles if _is_alike(root, name, tree))
    with _unpacked(root, commit, tree, lambda article: article not in alike) as folder:
        then = unread(folder)
        if not alike and not any(map(then.get, then)):  # every entry would be one that was added
            raise HistoryError(f"la révision « {revision} » n’a encore aucun article")
        now = unread(root).only(name for name in site.articles if name not in alike)
        yield replace(then.shared.site, articles=then), replace(site, articles=now)


@lru_cache(maxsize=64)  # what is looked for in an article's past is looked for quote by quote
def _read(root: Path, commit: str, article: str) -> Site:
    """The site at a commit, with no other article than this."""
    with _unpacked(root, commit, _tree(root, commit), lambda name: name == article) as folder:
        return open_site(folder)


def _tree(root: Path, commit: str) -> dict[str, str]:
    """The files that a site is read from, as git holds them: the path of each below `root` → its object's name."""
    listed = git(root, "ls-tree", "-r", "-z", commit, "--", CONFIGURATION, file_of(ARTICLES), ANNOTATIONS) or b""
    rows = (os.fsdecode(row).partition("\t") for row in listed.split(b"\0") if row)
    return {path: about.split()[2] for about, _, path in rows}


def _is_alike(root: Path, article: str, tree: Mapping[str, str]) -> bool:
    """Whether an article's files say the same as those of a tree, and no more nor less of them."""
    files = load.files_of(root, article)
    kept = {file for file in tree if concerns(file) == article and file.endswith((".yml", f"/{TEXT}"))}
    return kept == set(files) and all(_is_object(root / file, tree[file]) for file in files)


def _is_object(path: Path, name: str) -> bool:
    """Whether git calls what a file says by this name; how its lines end is no matter, for none reads it."""
    content = path.read_bytes()
    hashed = hashlib.sha1 if len(name) == 40 else hashlib.sha256
    said = (content, content.replace(b"\r\n", b"\n")) if b"\r\n" in content else (content,)
    return any(hashed(b"blob %d\0" % len(each) + each).hexdigest() == name for each in said)


def past(root: Path, article: str) -> Iterator[Site]:
    """The site at the last revisions that changed an article's text, newest first; none without git or history.

    In each the article has the id that it has now, whatever its folder was called then.
    """
    file = file_of(page_of(article))
    for commit, was in _changed(root, file):
        with contextlib.suppress(HistoryError):
            name = was.split("/")[-2]
            site = _read(root.resolve(), commit, name)
            old = site.articles.get(name)
            yield replace(site, articles={**site.articles, article: replace(old, id=article)}) if old else site


def unsaved(root: Path, files: Collection[str]) -> list[str] | None:
    """Those of the files, given from `root`, that git does not hold as they stand; None where there is no git.

    Where a file is a link, git must hold what it leads to as well, in whatever work tree that is.
    """
    if git(root, "rev-parse", "--show-prefix") is None:
        return None
    return sorted(file for file in files if not (_held(root / file) and _held((root / file).resolve())))


def _held(path: Path) -> bool:
    """Whether git has the file, or the link, as it stands."""
    options = ("--porcelain", "--untracked-files=all", "--ignored", "-z", "--no-renames")
    return git(path.parent, "--literal-pathspecs", "status", *options, "--", path.name) == b""


def undoing(root: Path, files: Collection[str]) -> Iterator[str]:
    """The commands that bring back what was written or taken out, run in `root`: one for each work tree."""
    trees: dict[Path, list[str]] = {}
    for file in sorted(files):
        path = (root / file).resolve()
        folder = next(each for each in path.parents if each.is_dir())
        if top := git(folder, "rev-parse", "--show-toplevel"):
            trees.setdefault(Path(os.fsdecode(top).rstrip("\n")), []).append(str(path))
    for tree, paths in trees.items():
        within = root.resolve().is_relative_to(tree)
        named = [os.path.relpath(path, root.resolve() if within else tree) for path in paths]
        yield f"git {'' if within else f'-C {shlex.quote(str(tree))} '}restore -- {shlex.join(named)}"


def _changed(root: Path, file: str) -> Iterator[tuple[str, str]]:
    """The last commits that changed `file` (relative to `root`), newest first, and its name in each."""
    options = ("--follow", f"--max-count={MOST}", "--name-only", "--relative", "-z", "--format=%x00%H")
    listed = git(root, "log", *options, "--", file) or b""
    fields = [field.strip() for field in listed.decode("utf-8", "replace").split("\0")]
    commit = ""
    for field in filter(None, fields):
        if re.fullmatch("[0-9a-f]{40,64}", field):
            commit = field
        elif field.count("/") > 1:
            yield commit, field


@contextlib.contextmanager
def _unpacked(root: Path, commit: str, tree: Mapping[str, str], wanted: Callable[[str], bool]) -> Iterator[Path]:
    """A folder with the site's files at a commit, those of no other articles than are wanted; gone at the end."""
    if CONFIGURATION not in tree:
        raise HistoryError(f"la révision « {commit[:12]} » n’a pas de mkdocs.yml à cet endroit")
    files = {file for file in tree if (article := concerns(file)) is None or wanted(article)}
    named = files if len(files) < _FEW else {file.partition("/")[0] for file in files}
    archive = git(root, "--literal-pathspecs", "archive", "--format=tar", commit, "--", *sorted(named))
    if archive is None:
        raise HistoryError(f"la révision « {commit[:12]} » ne se lit pas")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.name in files and member.isfile() and (content := tar.extractfile(member)):
                path = Path(folder) / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
        yield Path(folder)
