"""Folders, files and arguments that nobody expects: a sentence each, and nothing of the annotators' is lost."""

import os
import stat
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from manchette.site.open import open_site
from manchette.typeset import typography
from tests.conftest import HANG
from tests.test_cli import run
from tests.test_mend import CLAIMS, GROUND, HEAD, git, write

ARTICLE = "docs/articles/essai/index.md"
BEFORE = "Lavrov a été reçu par Kim à Wonsan, le 12 juillet. Il a salué les soldats qui ont péri à Koursk.\n"
AFTER = BEFORE.replace("reçu", "accueilli")
CLAIM = "{id}:\n  quote: {quote}\n  modality: asserted\n  verdict: opinion\n  rationale: Un jugement.\n"


def claims(**quotes: str) -> str:
    return "".join(CLAIM.format(id=key, quote=quote) for key, quote in quotes.items())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in git with one claim, whose words have just been edited."""
    write(tmp_path, {**GROUND, ARTICLE: HEAD + BEFORE, CLAIMS: claims(un="Lavrov a été reçu par Kim")})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "before")
    write(tmp_path, {ARTICLE: HEAD + AFTER})
    return tmp_path


def keep(folder: Path, *files: str) -> None:
    """Let git hold these files as they stand."""
    git(folder, "add", *files)
    git(folder, "commit", "-qm", "kept")


MENDED = claims(un="Lavrov a été accueilli par Kim")


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / CLAIMS).rename(folder / "elsewhere.yml")
    (folder / CLAIMS).symlink_to("../../elsewhere.yml")
    keep(folder, CLAIMS, "elsewhere.yml")
    assert run(folder, "repair", "--accept", "un").exit_code == 0
    assert (folder / CLAIMS).is_symlink()
    assert (folder / "elsewhere.yml").read_text("utf-8") == MENDED


def test_rights_stay(folder: Path) -> None:
    (folder / CLAIMS).chmod(0o640)
    run(folder, "repair", "--accept", "un")
    assert (folder / CLAIMS).read_text("utf-8") == MENDED
    assert stat.S_IMODE((folder / CLAIMS).stat().st_mode) == 0o640


def test_a_file_that_must_not_be_written_is_not(folder: Path) -> None:
    (folder / CLAIMS).chmod(0o440)
    before = (folder / CLAIMS).read_bytes()
    done = run(folder, "repair", "--accept", "un")
    assert done.exit_code == 1
    assert "accès impossible" in done.stderr
    assert (folder / CLAIMS).read_bytes() == before
    assert [path.name for path in (folder / CLAIMS).parent.iterdir()] == ["claims.yml"]


def test_an_interrupted_write_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "claims.yml")

    before = (folder / CLAIMS).read_bytes()
    monkeypatch.setattr(os, "replace", full)
    assert run(folder, "repair", "--accept", "un").exit_code == 1
    assert (folder / CLAIMS).read_bytes() == before
    assert [path.name for path in (folder / CLAIMS).parent.iterdir()] == ["claims.yml"]


def test_a_file_that_cannot_hold_its_new_quote_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise ValueError("what is read back is another quote")

    before = (folder / CLAIMS).read_bytes()
    monkeypatch.setattr("manchette.upkeep.mend.requote", refuse)
    done = run(folder, "repair", "--accept", "un")
    assert done.exit_code == 1
    assert f"{CLAIMS} : une citation ne se réécrit pas" in done.stderr
    assert (folder / CLAIMS).read_bytes() == before


def test_a_renamed_article_is_followed(folder: Path) -> None:
    rest = "".join(f"\nLe paragraphe numéro {n} ne change pas.\n" for n in range(20))
    write(folder, {ARTICLE: HEAD + BEFORE + rest})
    git(folder, "commit", "-qam", "longer")
    write(folder, {ARTICLE: HEAD + AFTER + rest})
    git(folder, "mv", "docs/articles/essai", "docs/articles/neuf")
    git(folder, "mv", "annotations/essai", "annotations/neuf")
    git(folder, "commit", "-qam", "edited and renamed")
    assert run(folder, "repair", "--accept", "un").exit_code == 0
    assert (folder / "annotations/neuf/claims.yml").read_text("utf-8") == MENDED


def test_a_project_below_its_repository(folder: Path) -> None:
    below = folder / "site"
    below.mkdir()
    for name in ("docs", "annotations", "mkdocs.yml"):
        git(folder, "mv", name, f"site/{name}")
    git(folder, "commit", "-qm", "moved")  # without the edit
    assert "sa citation ne se trouve plus" in run(below, "check", "--since", "HEAD").stdout
    assert run(below, "repair", "--accept", "un").exit_code == 0
    assert (below / CLAIMS).read_text("utf-8") == MENDED


def test_an_old_revision_that_cannot_be_read(folder: Path) -> None:
    write(folder, {"mkdocs.yml": "a: [", ARTICLE: HEAD + BEFORE})
    git(folder, "commit", "-qam", "broken")
    write(folder, {"mkdocs.yml": "site_name: Essai\n", ARTICLE: HEAD + AFTER})
    assert run(folder, "check", "--since", "HEAD").exit_code == 1
    assert run(folder, "repair", "--accept", "un").exit_code == 0


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_without_history_it_says_so(folder: Path, form: str) -> None:
    assert "n’a pas été vérifié" in run(folder, "check", "--since", "nulle-part", "--format", form).stderr


@pytest.mark.parametrize("other", ["Lavrov a été accueilli par Kim", "accueilli par Kim à Wonsan"])
def test_never_two_notes_on_the_same_words(folder: Path, other: str) -> None:
    for quotes in (
        {"un": "Lavrov a été reçu par Kim", "deux": other},
        {"deux": other, "un": "Lavrov a été reçu par Kim"},
    ):
        write(folder, {CLAIMS: claims(**quotes)})
        done = run(folder, "repair", "--write")
        assert done.exit_code == 1
        assert "; mais ce passage" in done.stderr.replace("\u00a0", " ")
        assert (folder / CLAIMS).read_text("utf-8") == claims(**quotes)


def test_what_no_file_can_quote_is_left(folder: Path) -> None:
    write(folder, {ARTICLE: HEAD + AFTER.replace("accueilli", "accu&#x81;eilli")})
    before = (folder / CLAIMS).read_bytes()
    assert "caractère invisible" in run(folder, "repair").stderr
    assert (folder / CLAIMS).read_bytes() == before


def test_a_mention_named_like_a_claim(folder: Path) -> None:
    mentions = "- {quote: sans fiche}\n- {quote: Lavrov a été reçu, entity: null}\n"
    write(folder, {CLAIMS: CLAIM.format(id="mention-2", quote="salué"), "annotations/essai/mentions.yml": mentions})
    keep(folder, "annotations")
    run(folder, "repair", "--accept", "mention-2")
    assert (folder / "annotations/essai/mentions.yml").read_text("utf-8") == mentions.replace("reçu", "accueilli")


def test_the_patch_says_where_no_line_ends(folder: Path) -> None:
    write(
        folder, {CLAIMS: "un: {modality: asserted, verdict: opinion, rationale: x, quote: Lavrov a été reçu par Kim}"}
    )
    lines = run(folder, "repair").stdout.splitlines()
    assert [line[0] for line in lines[-4:]] == ["-", "\\", "+", "\\"]


# ---- folders and files


def latin(root: Path) -> None:
    for name in (b"annotations/caf\xe9.yml", b"docs/articles/caf\xe9"):
        os.mkdir(os.path.join(os.fsencode(root), name))


def folders(root: Path) -> None:
    for name in ("annotations/people.yml", "annotations/essai/dates.yml", "docs/articles/autre/index.md"):
        (root / name).mkdir(parents=True)


def loops(root: Path) -> None:
    links = {"annotations/loop": "loop", "annotations/people.yml": "people.yml", "annotations/essai/up": ".."}
    for name, target in {**links, "docs/articles/up": "../..", "annotations/terms.yml": "/dev/zero"}.items():
        (root / name).symlink_to(target)


def pipes(root: Path) -> None:
    os.mkfifo(root / "annotations/people.yml")
    os.mkfifo(root / "annotations/essai/dates.yml")


def files(root: Path) -> None:
    (root / "annotations/essai").rename(root / "away")
    (root / "annotations/essai").write_text("")
    (root / "annotations/people").write_text("")


def nothing(root: Path) -> None:
    (root / "annotations").rename(root / "away")
    (root / "docs").rename(root / "away2")


@pytest.mark.parametrize("spoil", [latin, folders, loops, pipes, files, nothing])
def test_no_folder_breaks_a_command(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    commands = ("check", "check --format json", "check --since HEAD", "repair --write", "suggest essai", "schema")
    assert all(run(folder, *command.split()).exit_code in {0, 1, 2} for command in commands)


def test_a_name_that_is_not_utf8_is_told(folder: Path) -> None:
    latin(folder)
    assert r"annotations/caf\udce9.yml:1:1: ce nom de fichier" in run(folder, "check").stdout


def test_a_split_register_concerns_every_article(folder: Path) -> None:
    write(folder, {"annotations/people/russie.yml": "lavrov: {nom: Lavrov}\n"})
    assert "annotations/people/russie.yml" in run(folder, "check", "essai").stdout


# ---- arguments

WRONG = [
    ["check", ".."],
    ["check", ""],
    ["check", "x" * 5000],
    ["repair", "nulle-part"],
    ["suggest", "essai/.."],
    ["new", "people", "--publisher", "Le Journal"],
    ["new", "schema", "--publisher", "Le Journal"],
    ["new", "null", "--publisher", "Le Journal"],
    ["new", "a", "--publisher", " "],
    ["new", "a", "--publisher", "Известия"],
    ["new", "a", "--publisher", "x" * 400],
    ["new", "a", "--publisher", "Le Journal", "--title", "\u2028"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(arguments)[:40])
def test_wrong_usage_writes_nothing(folder: Path, arguments: list[str]) -> None:
    before = sorted(folder.rglob("*"))
    assert run(folder, *arguments).exit_code == 2
    assert sorted(folder.rglob("*")) == before


def test_where_nothing_can_be_written(folder: Path) -> None:
    (folder / "annotations").rename(folder / "away")
    (folder / "annotations").write_text("")
    assert "accès impossible" in run(folder, "schema").stderr


@pytest.mark.parametrize(("day", "due"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True)])
def test_an_entry_is_due_the_day_after(folder: Path, day: date, due: bool) -> None:
    write(folder, {"annotations/terms.yml": "axe: {name: axe, description: x, review_by: 2025-06}\n"})
    assert ("stale-entry" in {problem.code for problem in open_site(folder, day).problems}) == due


def test_an_article_that_cannot_be_read_is_not_deleted(folder: Path) -> None:
    write(folder, {ARTICLE: "---\ntitle: [\n---\n" + BEFORE})
    assert "supprimé" not in run(folder, "check", "--since", "HEAD").stdout


@pytest.mark.parametrize("text", ["l'" * 30_000, "« a » " * 5_000, "1 000 " * 9_000, "www." * 20_000, "a@" * 30_000])
def test_typography_does_not_hang(text: str) -> None:
    start = time.process_time()
    typography.typeset(text)
    assert time.process_time() - start < HANG
