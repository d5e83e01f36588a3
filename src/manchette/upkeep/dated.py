"""When each entry was first written and last changed, as git tells: its days are nobody's to write down.

The diffs of the branch's own line of commits are replayed in one pass, so that each line of a file has the commit that
wrote it, as `git blame --first-parent` gives it file by file. What a merge brings in was written there when it was
merged. Where git cannot know, nothing is said.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

from manchette.format.layout import ANNOTATIONS
from manchette.format.scalars import ID
from manchette.upkeep.git import GitError, git, printed


@dataclass(frozen=True)
class Dated:
    """When an entry was written, in UTC: « 2025-07-13T09:12:33Z », whose day is its first ten characters.

    Empty where nothing says so: without git, in a shallow clone, of what is not committed yet.
    """

    created: str = ""
    modified: str = ""


# What someone's own settings say of a diff is said here again: the same history is to give the same dates everywhere.
_DIFF = (
    "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--relative", "--find-renames", "-l1000",
    "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", "--diff-algorithm=myers", "--indent-heuristic",
)  # fmt: skip
_LOG = (
    "-c", "log.showRoot=true", "log", "--patch", "--reverse", "--first-parent", "--no-follow", "--no-show-signature",
    "--format=%x00%at",
)  # fmt: skip
# The author's date: a rebase gives every commit another date of its committer, though nobody wrote anything then.

_UNKNOWN = 0  # of a line that no commit has, or one without a date
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ENTRY = re.compile(rb"([\"']?)(" + ID.pattern.encode() + rb")\1[ \t]*:(?:\s|$)")
_KEY = re.compile(rb"[^\s#][^:]*:(?:\s|$)")
_ASIDE = re.compile(rb"#|\s*$")  # a comment before the next entry, or an empty line, is no part of the one before


def dated(root: Path) -> Mapping[tuple[str, str], Dated]:
    """The entries of the registers and sidecars below `root`: (file relative to it, entry's id) → when.

    `created` is when its key was first written in that file, or in the one that it was renamed from. `modified` is the
    last change of any of its lines, which a comment within it is too. The lines of `mentions.yml` have no key that
    lasts, and no date. Never raises: where git has no answer there is none.
    """
    root = root.resolve()
    told = (git(root, "rev-parse", "--is-shallow-repository", "HEAD") or b"").decode().split()
    if len(told) != 2 or told[0] != "false":
        return {}
    commit = told[1]
    unsaved = git(root, "--no-optional-locks", "diff", *_DIFF, commit, "--", ANNOTATIONS)
    return {} if unsaved is None else _dated(root, commit, unsaved)


@lru_cache(maxsize=2)
def _dated(root: Path, commit: str, unsaved: bytes) -> Mapping[tuple[str, str], Dated]:
    """When, of a commit and what differs from it: nothing else changes what `dated` says."""
    past = _past(root, commit)
    if past is None:
        return {}
    now = past.followed_by(BytesIO(unsaved))
    said = lru_cache(maxsize=None)(Dated)  # many entries were written together
    found: dict[tuple[str, str], Dated] = {}
    for file, lines in sorted(now.lines.items()):
        for entry, start, end in _entries(_read(root, file), len(lines)):
            modified = now.newest(lines[start:end])
            created = now.times[now.born.get(file, {}).get(entry, _UNKNOWN)]
            when = said(min(created, modified or created), modified)  # what is rewritten on a branch may be older
            found.setdefault((file, entry.decode()), when)
    return found


@lru_cache(maxsize=2)
def _past(root: Path, commit: str) -> _Past | None:
    """What the history up to a commit says of each line; None where git, or its history, cannot be followed."""
    try:
        return _Past().followed_by(printed(root, *_LOG, *_DIFF, commit, "--", ANNOTATIONS))
    except (GitError, ValueError):
        return None


@dataclass(frozen=True)
class _Past:
    """What is known of the files at a commit; nothing in it is changed once it is made."""

    times: tuple[str, ...] = ("",)  # of each commit that was replayed, after `_UNKNOWN`
    lines: Mapping[str, array[int]] = field(default_factory=dict)  # file → for each of its lines, the commit
    born: Mapping[str, Mapping[bytes, int]] = field(default_factory=dict)  # file → id → the first commit with its key

    def newest(self, lines: array[int]) -> str:
        """When the last of these lines was written; empty where one is not known."""
        times = [self.times[commit] for commit in set(lines)]
        return max(times, default="") if all(times) else ""

    def followed_by(self, diffs: Iterable[bytes]) -> _Past:
        """What is known after the changes that git printed.

        Raises:
            ValueError: they are no changes of what stood there.
        """
        times, lines, born = list(self.times), dict(self.lines), dict(self.born)
        todo = iter(diffs)
        commit, changes = _UNKNOWN, list[_Change]()
        for line in todo:
            if line.startswith(b"\0"):
                _settle(changes, lines, born)
                changes = []
                times.append(_time(line[1:]))
                commit = len(times) - 1 if times[-1] else _UNKNOWN
            elif line.startswith(b"diff --git "):
                changes.append(_Change())
            elif line.startswith((b"--- ", b"rename from ")):
                changes[-1].old = _name(line)
                changes[-1].before = lines.get(changes[-1].old, changes[-1].before)
            elif line.startswith((b"+++ ", b"rename to ")):
                changes[-1].new = _name(line)
            elif hunk := _HUNK.match(line):
                changes[-1].replay(hunk, todo, commit)
        _settle(changes, lines, born)
        return _Past(tuple(times), lines, born)


_no_lines = partial(array, "I")


@dataclass
class _Change:
    """What one commit makes of a file, as far as it was read."""

    old: str = ""  # the file's name before; empty where there was none, or nothing in it changes
    new: str = ""
    before: array[int] = field(default_factory=_no_lines)
    after: array[int] = field(default_factory=_no_lines)
    taken: int = 0  # of the lines before, those that have their place after, or none
    keys: dict[bytes, int] = field(default_factory=dict)

    def replay(self, hunk: re.Match[bytes], todo: Iterator[bytes], commit: int) -> None:
        """Take a hunk's lines; how many follow, its head says, so that nothing in them is taken for anything else."""
        old, new = (int(1 if count is None else count) for count in (hunk[2], hunk[4]))
        start = int(hunk[1]) - bool(old)  # of none, git names the line before them
        self.after += self.before[self.taken : start]
        if not self.taken <= start <= len(self.before) - old or len(self.after) != int(hunk[3]) - bool(new):
            raise ValueError("a change of other lines")
        self.taken = start
        while old > 0 or new > 0:
            line = next(todo, b"")
            if line.startswith(b"+"):
                new -= 1
                self.after.append(commit)
                if line[1:2] > b" " and commit and (entry := _ENTRY.match(line, 1)):
                    self.keys.setdefault(entry[2], commit)
            elif line.startswith(b"-"):
                old -= 1
                self.taken += 1
            elif line.startswith((b" ", b"\n")):  # settings and GIT_DIFF_OPTS may ask for what no option takes back
                old, new = old - 1, new - 1
                self.after.append(self.before[self.taken])
                self.taken += 1
            elif not line.startswith(b"\\"):  # « No newline at end of file »
                raise ValueError("a hunk without its lines")


def _settle(changes: Iterable[_Change], lines: dict[str, array[int]], born: dict[str, Mapping[bytes, int]]) -> None:
    """Take over what one commit changes."""
    for change in changes:
        if change.old != change.new:
            lines.pop(change.old, None)
        if change.new:
            lines[change.new] = change.after + change.before[change.taken :]
            known = {**born.get(change.old, {}), **born.get(change.new, {})}
            born[change.new] = {**change.keys, **known} if change.keys else known


def _name(line: bytes) -> str:
    """The file of a head's line; empty where it is none."""
    # A name with a space has a tab after it.
    name = re.sub(rb"^(?:---|\+\+\+|rename from|rename to) |\t?\n$", b"", line)
    if name.startswith(b'"'):
        name = name[1:-1].decode("unicode_escape").encode("latin-1")
    return "" if name == b"/dev/null" else os.fsdecode(name if line.startswith(b"rename") else name[2:])


def _time(seconds: bytes) -> str:
    """A commit's moment; empty for one that no clock shows."""
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, OSError, ValueError):
        return ""


def _read(root: Path, file: str) -> bytes:
    """What a file says; nothing where its name leads to another, whose lines are not those that git has by it."""
    path = root / file
    try:
        return path.read_bytes() if path.resolve() == path else b""
    except OSError:
        return b""


def _entries(text: bytes, count: int) -> Iterator[tuple[bytes, int, int]]:
    """The id of each entry, its first line and that after its last, from 0; none where there are not `count` lines."""
    lines = text.removesuffix(b"\n").split(b"\n") if text else []
    if len(lines) != count:
        return
    starts = [number for number, line in enumerate(lines) if _KEY.match(line)]
    for start, following in zip(starts, [*starts[1:], count], strict=False):
        if entry := _ENTRY.match(lines[start]):
            last = next(number for number in range(following - 1, start - 1, -1) if not _ASIDE.match(lines[number]))
            yield entry[2], start, last + 1
