"""When entries were written: what git tells, by another way too, `git blame`, and nothing where it cannot know."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manchette.load.tree import parse
from manchette.upkeep.dated import Dated, dated

PEOPLE = "annotations/people.yml"
CLAIMS = "annotations/essai/claims.yml"


@dataclass(frozen=True)
class Repository:
    """A work tree in which someone commits, a commit a day."""

    folder: Path

    def git(self, *arguments: str, **env: str) -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", *identity, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | env, check=True, capture_output=True, text=True
        )
        return done.stdout

    def write(self, files: Mapping[str, str | None]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_bytes(text.encode())

    def commit(self, day: int, files: Mapping[str, str | None] | None = None) -> None:
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-qm", f"day {day}", **at(day))

    def dated(self, root: str = ".") -> dict[str, tuple[int, int]]:
        """Entry → the days when it was written, of all files together; 0 where that is not said."""
        found = dated(self.folder / root)
        return {entry: (day(when.created), day(when.modified)) for (_, entry), when in found.items()}


def at(day: int) -> dict[str, str]:
    moment = f"2024-01-{day:02}T12:00:00+02:00"
    return {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}


def day(moment: str) -> int:
    assert not moment or moment.endswith("T10:00:00Z"), moment  # in UTC
    return int(moment[8:10] or 0)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "site")
    made.folder.mkdir()
    made.git("init", "-qb", "main")
    return made


def people(**entries: str) -> str:
    """Entries, each of several lines."""
    return "# Les gens\n\n" + "\n".join(
        f"{key}:\n  name: {key.title()}\n  description: {said}\n" for key, said in entries.items()
    )


def blamed(repo: Repository, file: str) -> dict[str, str]:
    """Entry → when the last of its lines was written, as `git blame` has it."""
    moments: list[int] = []
    said = dict[str, int]()  # commit → time
    commit = ""
    for line in repo.git("blame", "--first-parent", "--porcelain", "HEAD", "--", file).splitlines():
        words = line.split(" ")
        if len(words[0]) == 40 and not line.startswith("\t"):
            commit = words[0]
        elif words[0] == "author-time":
            said[commit] = int(words[1])
        elif line.startswith("\t"):
            moments.append(said[commit])
    text = (repo.folder / file).read_text("utf-8")
    lines = text.splitlines()
    node, _ = parse(text, file)
    starts = [key.place.line for key, _ in node.pairs] if node else []
    found = {}
    for (key, _), start, end in zip(node.pairs if node else (), starts, [*starts[1:], len(lines) + 1], strict=True):
        own = [n for n in range(start, end) if lines[n - 1].strip() and not lines[n - 1].startswith("#")]
        last = max(moments[n - 1] for n in range(start, own[-1] + 1))
        found[key.text] = f"{datetime.fromtimestamp(last, UTC):%Y-%m-%dT%H:%M:%SZ}"
    return found


def test_created_and_modified(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux")})
    repo.commit(2, {PEOPLE: people(anna="une", boris="autre", carla="trois")})
    repo.commit(3, {PEOPLE: people(carla="trois", anna="une", boris="autre"), "mkdocs.yml": "site_name: x\n"})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 2), "carla": (2, 3)}
    assert dated(repo.folder)[PEOPLE, "boris"] == Dated("2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z")


def test_what_stands_between_entries_is_of_neither(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux")})
    repo.commit(2, {PEOPLE: people(anna="une", boris="deux").replace("\n\nboris", "\n\n\n# B\nboris") + "\n# fin\n"})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 1)}
    repo.commit(3, {PEOPLE: people(anna="une", boris="deux").replace("  name: Anna", "# née Ivanova\n  name: Anna")})
    assert repo.dated() == {"anna": (1, 3), "boris": (1, 1)}


def test_an_entry_keeps_its_dates_when_its_file_is_renamed(repo: Repository) -> None:
    other = 'annotations/people/à « part » "ici" \t.yml'
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux", carla="trois")})
    repo.commit(2, {PEOPLE: None, other: people(anna="une", boris="deux", carla="autre")})
    assert {file for file, _ in dated(repo.folder)} == {other}
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 1), "carla": (1, 2)}
    repo.commit(3, {other: None, "annotations/people/b.yml": (repo.folder / other).read_text("utf-8")})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 1), "carla": (1, 2)}


def test_files_may_change_places(repo: Repository) -> None:
    one, two = "annotations/people/a.yml", "annotations/people/b.yml"
    first, second = people(anna="une", boris="deux"), people(zoe="six", yves="sept", xavier="huit")
    repo.commit(1, {one: first})
    repo.commit(2, {two: second})
    repo.commit(3, {one: second, two: first + "\n"})
    found = dated(repo.folder)
    for file in (one, two):
        assert {key: found[file, key].modified for key in blamed(repo, file)} == blamed(repo, file)


def test_a_merge_brings_its_lines_when_it_is_made(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux", carla="trois")})
    repo.git("checkout", "-qb", "branche")
    repo.commit(2, {PEOPLE: people(anna="autre", boris="deux", carla="trois", dora="quatre")})
    repo.git("checkout", "-q", "main")
    repo.commit(3, {CLAIMS: "une-affirmation:\n  quote: mots\n"})
    repo.git("merge", "-q", "--no-ff", "--no-edit", "branche", **at(4))
    assert repo.dated() == {
        "anna": (1, 4), "boris": (1, 1), "carla": (1, 1), "dora": (4, 4), "une-affirmation": (3, 3),
    }  # fmt: skip
    found = dated(repo.folder)
    for file in (PEOPLE, CLAIMS):
        assert {key: found[file, key].modified for key in blamed(repo, file)} == blamed(repo, file)


def test_a_rebase_is_no_day_on_which_someone_wrote(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une")})
    repo.git("commit", "-q", "--amend", "--no-edit", GIT_COMMITTER_DATE=at(9)["GIT_COMMITTER_DATE"])
    assert repo.dated() == {"anna": (1, 1)}


def test_what_is_rewritten_by_an_older_commit_was_not_written_before_it_was_first(repo: Repository) -> None:
    repo.commit(5, {PEOPLE: people(anna="une")})
    repo.commit(2, {PEOPLE: people(anna="une").replace("\n", " \n")})  # as on a branch that was rebased
    assert repo.dated() == {"anna": (2, 2)}


@pytest.mark.parametrize("seed", range(6))
def test_modified_is_what_blame_says(repo: Repository, seed: int) -> None:
    """A history that nobody thought up: entries added, moved, edited, taken out, files renamed, branches merged."""
    chance = random.Random(seed)
    keys = [f"id-{n}" for n in range(12)]
    entries = {key: chance.choice("abc") for key in keys[:6]}
    file = PEOPLE
    repo.commit(1, {file: people(**entries)})
    for today in range(2, 16):
        branch = chance.random() < 0.3
        if branch:
            repo.git("checkout", "-qb", f"b{today}")
        before = file
        if chance.random() < 0.25:
            file = f"annotations/people/{today}.yml"
        for _ in range(chance.randint(1, 3)):
            key = chance.choice(keys)
            if key in entries and len(entries) > 4 and chance.random() < 0.4:
                del entries[key]
            else:
                entries[key] = f"{entries.get(key, '')}\n    {chance.choice('abcdef')}"
        if chance.random() < 0.2:
            entries = dict(chance.sample(list(entries.items()), len(entries)))
        repo.commit(today, {before: None, file: people(**entries) + f"# {today}"})
        if branch:
            repo.git("checkout", "-q", "main")
            repo.git("merge", "-q", "--no-ff", "--no-edit", f"b{today}", **at(today + 1))
    told = {entry: when.modified for (_, entry), when in dated(repo.folder).items()}
    assert told == blamed(repo, file)
    assert len(told) == len(entries)
    assert all(when.created and when.created <= when.modified for when in dated(repo.folder).values())


def test_what_is_not_committed_has_no_last_change(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux")})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 1)}
    repo.write({PEOPLE: people(zoe="neuve", anna="autre", boris="deux"), CLAIMS: "a:\n  quote: b\n"})
    assert repo.dated() == {"zoe": (0, 0), "anna": (1, 0), "boris": (1, 1)}  # the new file is not git's at all
    repo.git("add", "-A")
    assert repo.dated() == {"zoe": (0, 0), "anna": (1, 0), "boris": (1, 1), "a": (0, 0)}
    repo.git("mv", PEOPLE, "annotations/people-2.yml")
    assert repo.dated() == {"zoe": (0, 0), "anna": (1, 0), "boris": (1, 1), "a": (0, 0)}
    repo.git("checkout", "-qf", "HEAD", "--", PEOPLE)
    repo.write({PEOPLE: None, "annotations/people-2.yml": None})
    assert repo.dated() == {"a": (0, 0)}


def test_lines_that_end_in_other_ways(repo: Repository) -> None:
    text = people(anna="une", boris="deux").replace("\n", "\r\n")
    repo.commit(1, {PEOPLE: text.rstrip("\r\n")})
    repo.commit(2, {PEOPLE: text + "\r\n" + people(carla="trois")[12:].rstrip()})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 2), "carla": (2, 2)}
    repo.git("config", "core.autocrlf", "true")
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 2), "carla": (2, 2)}


SETTINGS = {
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.external": "false",
    "diff.context": "5",
    "diff.interHunkContext": "9",
    "diff.renames": "false",
    "diff.algorithm": "patience",
    "diff.suppressBlankEmpty": "true",
    "diff.yaml.textconv": "false",
    "color.ui": "always",
    "color.diff": "always",
    "core.quotePath": "true",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.diffMerges": "separate",
    "log.follow": "true",
    "log.date": "relative",
}


@pytest.mark.parametrize("name", [*SETTINGS, "all"])
def test_nobody_s_settings_change_it(repo: Repository, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "annotations/people/été.yml"
    repo.commit(1, {PEOPLE: people(anna="une", boris="deux", carla="trois"), ".gitattributes": "*.yml diff=yaml\n"})
    repo.git("checkout", "-qb", "branche")
    repo.commit(2, {PEOPLE: None, other: people(anna="autre", boris="deux", carla="trois")})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "--no-edit", "branche", **at(3))
    repo.write({other: people(anna="autre", boris="deux", carla="encore")})
    expected = {"anna": (1, 3), "boris": (1, 1), "carla": (1, 0)}
    for key in SETTINGS if name == "all" else [name]:
        repo.git("config", key, SETTINGS[key])
    if name == "all":
        monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=4")
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
        repo.write({".gitattributes": "*.yml binary\n"})
    assert repo.dated() == expected


def test_a_site_below_the_work_tree_is_told_of_its_own_files(repo: Repository) -> None:
    repo.commit(1, {f"sites/a/{PEOPLE}": people(anna="une"), PEOPLE: people(boris="deux")})
    repo.commit(2, {f"sites/a/{PEOPLE}": None, "sites/a/annotations/people/a.yml": people(anna="une")})
    assert repo.dated("sites/a") == {"anna": (1, 1)}
    assert repo.dated() == {"boris": (1, 1)}
    (repo.folder / "lien").symlink_to("sites/a")
    assert repo.dated("lien") == {"anna": (1, 1)}


def test_a_shallow_clone_cannot_know(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une")})
    repo.commit(2, {PEOPLE: people(anna="autre")})
    for depth, expected in ((1, {}), (9, {"anna": (1, 2)})):
        clone = repo.folder.parent / f"clone-{depth}"
        repo.git("clone", "-q", f"--depth={depth}", repo.folder.as_uri(), str(clone))
        assert Repository(clone).dated() == expected


@pytest.mark.parametrize("state", ["no git", "no work tree", "no commit", "not tracked", "ignored", "broken"])
def test_without_history_nothing_is_said(repo: Repository, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(1, {"mkdocs.yml": "site_name: x\n", ".gitignore": "annotations\n" if state == "ignored" else ""})
    repo.write({PEOPLE: people(anna="une")})
    match state:
        case "no git":
            monkeypatch.setenv("PATH", "")
        case "no work tree":
            subprocess.run(["rm", "-rf", ".git"], cwd=repo.folder, check=True)
        case "no commit":
            subprocess.run(["rm", "-rf", ".git"], cwd=repo.folder, check=True)
            repo.git("init", "-q")
        case "broken":
            repo.commit(2)
            for path in (repo.folder / ".git/objects").glob("??/*"):
                path.unlink()
    assert repo.dated() == {}


def test_what_is_no_file_of_its_own_has_no_dates(repo: Repository) -> None:
    repo.commit(1, {"ailleurs.yml": "anna: {name: A}\n", CLAIMS: "a:\n  quote: b\n", "vide/annotations/x": ""})
    (repo.folder / PEOPLE).symlink_to("../ailleurs.yml")
    repo.commit(2)
    assert repo.dated() == {"a": (1, 1)}
    (repo.folder / "annotations").rename(repo.folder / "notes")
    (repo.folder / "annotations").symlink_to("notes")
    assert repo.dated() == {}
    repo.commit(3)
    assert repo.dated() == {}


def test_a_file_may_become_a_link_and_a_file_again(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une"), "ailleurs.yml": "x: y\n"})
    repo.write({PEOPLE: None})
    (repo.folder / PEOPLE).symlink_to("../ailleurs.yml")
    repo.commit(2)
    repo.commit(3, {PEOPLE: people(anna="une")})
    assert repo.dated() == {"anna": (1, 3)}


def test_only_keys_at_the_beginning_of_a_line_are_entries(repo: Repository) -> None:
    text = "---\n'anna': {name: A}\n\"boris\": {name: B,\n  c: d}\nPas Un Id:\n  x: y\ncarla : {}\n"
    repo.commit(
        1, {PEOPLE: text, "annotations/essai/mentions.yml": "- quote: a\n  entity: b\n", CLAIMS: "{a: {b: c}}\n"}
    )
    repo.commit(2, {PEOPLE: text.replace("x: y", "x: z")})
    assert repo.dated() == {"anna": (1, 1), "boris": (1, 1), "carla": (1, 1)}


def test_words_that_look_like_git_s_own(repo: Repository) -> None:
    said = "|\n    --- a/x\n    +++ b/y\n    @@ -1 +1 @@\n    diff --git a/x b/x\n    rename from x\n    \\ No newline"
    raw = "\0" + "12\n-- a/annotations/people.yml\n++ b/y\n"  # not YAML any more, and git's all the same
    repo.commit(1, {PEOPLE: people(anna=said, boris="deux") + raw})
    repo.commit(2, {PEOPLE: people(anna="autre", boris="deux")})
    assert repo.dated() == {"anna": (1, 2), "boris": (1, 1)}


def test_a_moment_that_no_clock_shows_is_none(repo: Repository) -> None:
    repo.commit(1, {PEOPLE: people(anna="une")})
    repo.write({PEOPLE: people(anna="une", boris="deux")})
    tree = (repo.git("add", "-A"), repo.git("write-tree").strip())[1]
    head = repo.git("rev-parse", "HEAD").strip()
    who = "A <a@example.org>"
    made = f"tree {tree}\nparent {head}\nauthor {who} 99999999999999 +0000\ncommitter {who} 1 +0000\n\nx\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    done = subprocess.run(command, cwd=repo.folder, input=made, text=True, capture_output=True, check=True)
    repo.git("reset", "-q", "--hard", done.stdout.strip())
    assert repo.dated() == {"anna": (1, 1), "boris": (0, 0)}


def test_a_second_call_reads_no_history(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(1, {PEOPLE: people(anna="une")})
    found = dated(repo.folder)
    monkeypatch.setattr("manchette.upkeep.dated.printed", lambda *_: pytest.fail("the history is read again"))
    assert dated(repo.folder) is found
    repo.write({PEOPLE: people(anna="autre")})
    assert repo.dated() == {"anna": (1, 0)}
