"""What `mkdocs serve` shows of a site that has been broken: the page as it was, and what is wrong with which line."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from manchette import engine
from manchette.engine import hooks
from manchette.problems import pasted
from manchette.site import served
from manchette.site.served import shown, texts
from manchette.site.site import Site
from tests.conftest import HANG, MKDOCS, ROOT, Project, environment, until
from tools.static import PREFIX

CASES = yaml.safe_load((Path(__file__).parent / "served/spoiled.yml").read_text("utf-8"))
CLAIMS = "annotations/esturgeon/claims.yml"
TEXT = "docs/articles/esturgeon/index.md"
CLAIMS_OF_TWO = "annotations/marais/claims.yml"
PAGES = ("articles/esturgeon/", "articles/marais/")
OTHERS = ("", "registre/", *(f"articles/esturgeon/{door}/" for door in ("chronologie", "affirmations", "carte")))


@pytest.fixture
def two(project: Project) -> Project:
    """The sample with a second article, which names one of the same people."""
    said = "La marée monte. Maëlle Kerdraon dit que le marais est le plus beau de tous."
    project.write("docs/articles/marais/index.md", f"---\ntitle: Le marais\npublisher: le-fanal\n---\n\n{said}\n")
    project.write(
        CLAIMS_OF_TWO,
        "# yaml-language-server: $schema=../schema/claims.schema.json\n\n"
        "plus-beau:\n  quote: le marais est le plus beau de tous\n  modality: reported\n  verdict: opinion\n"
        "  rationale: C’est un goût.\n"
        "  attribution: [maelle-kerdraon]\n"
        "  about: [maelle-kerdraon]\n",
    )
    return project


@pytest.fixture
def serving() -> Iterator[None]:
    """Be `mkdocs serve`, as far as the engine can tell."""
    served._shown.cache_clear()
    with click.Context(click.Command("serve"), info_name="serve"):
        yield
    served._shown.cache_clear()


def spoil(project: Project, case: dict[str, Any]) -> bytes:
    """Do what a case says and return what the file held."""
    path = project.folder / case["file"]
    good = path.read_bytes()
    if case.get("gone"):
        path.unlink()
        return good
    old, new = case["change"]
    assert old.encode() in good
    path.write_bytes(good.replace(old.encode(), new if isinstance(new, bytes) else new.encode(), 1))
    return good


def placed(site: Site) -> dict[str, set[tuple[str, str]]]:
    return {key: {(mark.kind, mark.id) for mark in article.marks} for key, article in site.articles.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_broken_is_shown_as_it_was(two: Project, serving: None, case: dict[str, Any]) -> None:
    before = shown(two.folder)
    assert (before.problems, before.kept) == ((), frozenset())
    good = spoil(two, case)
    served._shown.cache_clear()  # the package is loaded anew
    site = shown(two.folder)
    assert site.kept == set(case["kept"])
    assert placed(site) == placed(before)
    assert set(before.entities) <= set(site.entities)
    assert before.articles["esturgeon"].front == site.articles["esturgeon"].front
    told = [problem for problem in site.problems if str(problem.place).startswith(case["at"])]
    assert told, [str(problem) for problem in site.problems]
    if "pasted" in case:
        assert (case["pasted"], True) in [piece for problem in told for piece in pasted(problem.suggestion)]
    two.write(case["file"], good)
    mended = shown(two.folder)
    assert (mended.problems, mended.kept) == ((), frozenset())
    assert not texts(two.folder)


def test_what_is_kept_outlives_the_classes_of_the_engine(two: Project, serving: None) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict | frozenset | tuple):
            return all(map(plain, [*value, *(value.values() if isinstance(value, dict) else ())]))
        return type(value) in {str, bytes, int}

    shown(two.folder)
    held = engine.memory()
    assert held
    assert plain(held)
    size = len(repr(held))
    for number in range(3):  # one state is kept, however many there were
        text = (two.folder / CLAIMS).read_text("utf-8")
        two.write(CLAIMS, text.replace("2023-02-11", f"2023-02-1{number + 2}", 1))
        shown(two.folder)
    assert len(repr(engine.memory())) == size


def test_notes_of_before_stand_where_the_new_text_has_their_words(two: Project, serving: None) -> None:
    first = shown(two.folder).articles["esturgeon"].marks
    spoil(two, CASES[0])
    text = (
        (two.folder / TEXT).read_text("utf-8").replace("La biologiste bretonne", "Ce matin, la biologiste bretonne", 1)
    )
    two.write(TEXT, text.replace("frayerait de nouveau en amont de Blaye", "se plaît en aval"))
    site = shown(two.folder)
    article = site.articles["esturgeon"]
    quote = next(mark for mark in article.marks if mark.id == "releves-presentes")
    assert article.body.text[slice(*quote.span)] == "Kerdraon a présenté elle-même les premiers relevés"
    assert quote.span != next(mark for mark in first if mark.id == "releves-presentes").span
    assert ("claim", "frayeres-de-blaye") not in placed(site)["esturgeon"]
    assert "frayeres-de-blaye" in [problem.entry for problem in article.refused]


def test_a_broken_front_matter_does_not_hold_back_the_new_text(two: Project, serving: None) -> None:
    shown(two.folder)
    text = (two.folder / TEXT).read_text("utf-8").replace("author: Aude", "author: Aude :", 1)
    two.write(TEXT, text.replace("La biologiste bretonne", "Hier, la biologiste bretonne", 1))
    assert shown(two.folder).articles["esturgeon"].body.text.startswith("Hier, la biologiste")
    assert "author: Aude Rimbert" in texts(two.folder)["articles/esturgeon/index.md"]


def test_one_article_does_not_hold_another_back(two: Project, serving: None) -> None:
    shown(two.folder)
    spoil(two, CASES[0])
    shown(two.folder)
    file = "annotations/marais/claims.yml"
    two.write(file, (two.folder / file).read_text("utf-8").replace("C’est un goût.", "C’est son goût."))
    site = shown(two.folder)
    assert site.articles["marais"].claims["plus-beau"].entry.rationale == "C’est son goût."
    two.write(file, (two.folder / file).read_text("utf-8").replace("quote: le", "quote: un"))
    site = shown(two.folder)
    assert site.kept == {"esturgeon", "marais"}
    assert site.articles["marais"].claims["plus-beau"].entry.rationale == "C’est son goût."


def test_an_article_is_not_held_for_good_while_the_registers_are_broken(two: Project, serving: None) -> None:
    shown(two.folder)
    good = spoil(two, next(case for case in CASES if case["file"] == "annotations/people.yml"))
    file = "annotations/marais/claims.yml"
    two.write(file, (two.folder / file).read_text("utf-8").replace("about: [maelle-kerdraon]", "about: [personne]"))
    assert shown(two.folder).kept == {""}
    two.write("annotations/people.yml", good)
    site = shown(two.folder)
    assert site.kept == {"marais"}
    assert site.articles["marais"].claims["plus-beau"].entry.about == ("maelle-kerdraon",)


def test_an_article_that_is_taken_out_is_gone(two: Project, serving: None) -> None:
    shown(two.folder)
    for path in ("docs/articles/marais/index.md", "annotations/marais/claims.yml"):
        (two.folder / path).unlink()
        (two.folder / path).parent.rmdir()
    site = shown(two.folder)
    assert list(site.articles) == ["esturgeon"]
    assert not site.kept


@pytest.mark.parametrize("case", CASES[:9], ids=lambda case: case["name"])
def test_without_a_state_before_what_can_be_read_is_shown(two: Project, serving: None, case: dict[str, Any]) -> None:
    spoil(two, case)
    site = shown(two.folder)
    assert not site.kept
    assert site.problems
    assert "marais" in site.articles


def test_a_build_knows_no_state_before(two: Project) -> None:
    with click.Context(click.Command("build"), info_name="build"):
        before = placed(shown(two.folder))
        spoil(two, CASES[0])
        assert placed(shown(two.folder)) != before
        assert not shown(two.folder).kept
        assert texts(two.folder) == {}


@pytest.mark.parametrize(
    ("suggestion", "code"),
    [
        ("écrivez « rationale »", ["rationale"]),
        ("écrivez «\u00a0A «\u00a0b\u00a0»", ["A «\u00a0b"]),
        ("alignez-la sur la précédente", []),
        ("mettez-le entre guillemets, ou après « >- » à la ligne", [">-"]),
        ('écrivez §\u00a02 : quote: "Il a dit \\"oui\\""', ['quote: "Il a dit \\"oui\\""']),
        (
            'dites : §\u00a01 : quote: {exact: "a } b", suffix: " c"} ; §\u00a03 : quote: {exact: "a", prefix: "« d"}',
            ['quote: {exact: "a } b", suffix: " c"}', 'quote: {exact: "a", prefix: "« d"}'],
        ),
        (
            'dites lequel dans mentions.yml : - {quote: "Kim", entity: kim-jong-un}',
            ['- {quote: "Kim", entity: kim-jong-un}'],
        ),
        (
            'dites lequel dans mentions.yml : - {quote: {exact: "Kim", suffix: " a"}, entity: kim-jong-un}',
            ['- {quote: {exact: "Kim", suffix: " a"}, entity: kim-jong-un}'],
        ),
    ],
)
def test_what_is_to_be_pasted_is_told_apart(suggestion: str, code: list[str]) -> None:
    assert [text for text, paste in pasted(suggestion) if paste] == code


# ---- with a server


def read(address: str) -> str:
    try:
        return urllib.request.urlopen(address, timeout=HANG).read().decode("utf-8", "replace")
    except urllib.error.HTTPError:
        return ""


def noted(page: str) -> set[str]:
    return set(re.findall(r'id="(note--[^"]*)"', page))


def box(page: str) -> str:
    """What a page says of problems, as it is read; nothing where it says nothing."""
    found = re.search(r'<section class="mch-problems".*?</section>', page, re.DOTALL)
    return html.unescape(re.sub("<[^>]*>", "", found[0])) if found else ""


def seen(address: str, project: Project, case: dict[str, Any]) -> None:
    """Break a file of a served site, look at its pages, and mend it."""
    base = address.rstrip("/") + PREFIX
    article = "marais" if "/marais/" in case["at"] else "esturgeon"
    page, other = (base + path for path in sorted(PAGES, key=lambda path: article not in path))
    before = noted(read(page)), noted(read(other))
    assert all(before)
    assert not box(read(page))
    good = spoil(project, case)
    until(lambda: case["at"] in box(read(page)))
    assert (noted(read(page)), noted(read(other))) == before
    assert case.get("pasted", "") in box(read(page))
    assert ("celles d’avant" in box(read(page))) == bool({"", article} & set(case["kept"]))
    for path in (*PAGES, *OTHERS):
        assert read(base + path).count("mch-problems") == 1, path
    project.write(case["file"], good)
    until(lambda: bool(read(page)) and not box(read(page)))
    assert (noted(read(page)), noted(read(other))) == before


@pytest.mark.full  # the quick ones try the same without a server
def test_a_broken_file_costs_a_served_page_nothing(two: Project) -> None:
    with two.serve() as (address, said):
        seen(address, two, CASES[0])
        assert "Traceback" not in said.read_text("utf-8")


@pytest.mark.full
def test_no_broken_file_costs_a_served_page_anything(two: Project) -> None:
    with two.serve() as (address, said):
        for case in CASES[1:]:
            seen(address, two, case)
        assert "Traceback" not in said.read_text("utf-8")


@pytest.mark.full
def test_the_engine_may_change_in_between(two: Project) -> None:
    two.write(
        "macros.py",
        (ROOT / "macros.py").read_bytes()
        + b"\nimport time\nengine = vars(sys.modules['manchette.macros'])"
        + b"\nprint('engine', engine.setdefault('born', time.monotonic_ns()))\n",
    )
    two.write("src/manchette/changed.py", "")
    with two.serve() as (address, said):
        two.write("src/manchette/changed.py", "# of another time")
        seen(address, two, CASES[0])
        assert len(set(re.findall(r"engine \d+", said.read_text("utf-8")))) > 1
        assert "Traceback" not in said.read_text("utf-8")


CLAIM = "articles/marais/affirmations/plus-beau/"


@pytest.mark.full
def test_a_file_for_others_is_made_when_it_is_asked_for(two: Project) -> None:
    with two.serve() as (address, said):
        base = address.rstrip("/") + PREFIX
        assert "C’est un goût." in read(base + CLAIM)
        assert read(f"{base}articles/marais/partage.png")[1:4] == "PNG"
        two.write(CLAIMS_OF_TWO, (two.folder / CLAIMS_OF_TWO).read_text("utf-8").replace("un goût", "une opinion"))
        until(lambda: "C’est une opinion." in read(base + CLAIM))
        assert not read(f"{base}articles/marais/affirmations/inconnue/")
        assert "Traceback" not in said.read_text("utf-8")
    with two.serve("--no-livereload") as (address, _):
        assert "C’est une opinion." in read(address.rstrip("/") + PREFIX + CLAIM)


class Server:
    """As much of a server as a request meets: it answers with the files of a folder."""

    mount_path = "/"

    def __init__(self, root: Path, first: Callable[[], object] = lambda: None) -> None:
        self.root, self.first = root, first

    def serve_request(self, environ: dict[str, str], start: Callable[..., None]) -> list[bytes]:
        file = self.root / environ["PATH_INFO"].lstrip("/")
        if file.is_file():
            start("200 OK", [])
            return [file.read_bytes()]
        start("404 Not Found", [])
        self.first()
        return []


def asked(server: Server, made: dict[str, Callable[[], bytes]]) -> bytes:
    return b"".join(hooks._answer(server, made, {"PATH_INFO": "/export/notes.csv"}, lambda *_: None))


def test_a_file_of_the_build_before_does_not_stay(tmp_path: Path) -> None:
    def before() -> bytes:
        made["export/notes.csv"] = lambda: b"after"  # a build begins, and ends
        return b"before"

    made: dict[str, Callable[[], bytes]] = {"export/notes.csv": before}
    assert asked(Server(tmp_path), made) == b"after"


def test_a_file_that_several_ask_for_is_made_once(tmp_path: Path) -> None:
    calls = []
    made = {"export/notes.csv": lambda: calls.append(1) or b"notes"}
    server = Server(tmp_path, threading.Barrier(4, timeout=HANG).wait)  # all have been told that there is none
    with ThreadPoolExecutor(4) as pool:
        answers = [each.result(HANG) for each in [pool.submit(asked, server, made) for _ in range(4)]]
    assert answers == [b"notes"] * 4
    assert len(calls) == 1


@pytest.mark.full
@pytest.mark.parametrize("case", [CASES[0], CASES[5], CASES[7]], ids=lambda case: case["name"])
def test_a_server_begins_with_what_is_broken(two: Project, case: dict[str, Any]) -> None:
    good = spoil(two, case)
    with two.serve() as (address, said):
        page = address.rstrip("/") + PREFIX + PAGES[0]
        assert case["at"] in box(read(page))
        assert "celles d’avant" not in box(read(page))
        two.write(case["file"], good)
        until(lambda: bool(noted(read(page))) and not box(read(page)))
        assert "Traceback" not in said.read_text("utf-8")


@pytest.mark.full
def test_many_problems_are_counted(two: Project) -> None:
    with two.serve() as (address, _):
        page = address.rstrip("/") + PREFIX + PAGES[0]
        two.write(CLAIMS, (two.folder / CLAIMS).read_text("utf-8").replace("verdict:", "verdit:"))
        until(lambda: bool(box(read(page))))
        found = re.search(r'<section class="mch-problems".*?</section>', read(page), re.DOTALL)
        assert found
        assert found[0].count("<li>") == 12
        assert re.search(r"\+ \d+ autres", box(read(page)))


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost"])
def test_a_taken_address_is_told_in_a_line(project: Project, address: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [*MKDOCS, "serve", "--dev-addr", f"{address}:{port}"]
        done = subprocess.run(
            command, cwd=project.folder, env=environment(CI=""), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert f"{address}:{port} : cette adresse est déjà prise" in last
    assert f"« mkdocs serve -a {address}:{port + 1} »" in last
