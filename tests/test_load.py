"""Golden cases: files of a project → the problems printed, one theme a file of `tests/load/`; and what none may do."""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from manchette import load
from manchette.problems import Problem, in_order
from tests.conftest import HANG

ARTICLE = "---\ntitle: Essai\npublisher: journal\n---\nLe texte.\n"


def cases() -> Iterator[Any]:
    for file in sorted((Path(__file__).parent / "load").glob("*.yml")):
        for name, case in yaml.safe_load(file.read_text("utf-8")).items():
            yield pytest.param(case, id=f"{file.stem}: {name}")


def problems_of(root: Path) -> list[Problem]:
    """Everything that loading says of the project in `root`."""
    articles, problems = load.find_articles(root)
    problems = problems + load.load_registers(root)[-1] + load.check_layout(root, articles)
    for article in articles:
        problems = problems + load.load_article(root, article)[-1] + load.load_sidecars(root, article)[-1]
    return in_order(problems)


def write(root: Path, files: dict[str, str], encoding: str = "utf-8") -> Path:
    for path, text in {"docs/articles/essai/index.md": ARTICLE, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode(encoding))
    return root


@pytest.mark.parametrize("case", list(cases()))
def test_problems(case: dict[str, Any], tmp_path: Path) -> None:
    found = problems_of(write(tmp_path, case["files"], case.get("encoding", "utf-8")))
    shown = [problem for problem in found if problem.code != "schema-line" or case.get("schema line")]
    assert "\n".join(map(str, shown)) == case["problems"].rstrip("\n")


@pytest.mark.parametrize("case", list(cases()))
def test_a_line_to_paste_is_yaml(case: dict[str, Any]) -> None:
    for line in re.findall(r"entre guillemets(?: droits)? : (.*)", case["problems"]):
        written = [event for event in yaml.parse(line.rstrip(",")) if isinstance(event, yaml.ScalarEvent)]
        assert any(event.style in {'"', "'"} for event in written)


CLAIMS = """\
# yaml-language-server: $schema=../schema/claims.schema.json
koursk:
  quote: {exact: « Koursk », prefix: ""}
  modality: asserted
  verdict: disputed
  rationale: >-
    Deux phrases,
    repliées.
  evidence:
    - source: reuters
      stance: contradicts
  about: [russie, ukraine]
"""


def test_records_know_their_places(tmp_path: Path) -> None:
    claims, dates, mentions, problems = load.load_sidecars(
        write(tmp_path, {"annotations/essai/claims.yml": CLAIMS}), "essai"
    )
    assert (dates, mentions, problems) == ({}, [], [])
    record = claims["koursk"]
    assert record.entry.rationale == "Deux phrases, repliées."
    places = {
        (): "2:1",
        ("quote",): "3:10",
        ("quote", "exact"): "3:18",
        ("rationale",): "6:14",
        ("evidence",): "10:5",
        ("evidence", 0): "10:7",
        ("evidence", 0, "source"): "10:15",
        ("evidence", 0, "says"): "10:7",  # not written: what would hold it
        ("evidence", 4): "10:5",
        ("about", 1): "12:19",
        ("reviewed",): "2:1",
    }
    file = "annotations/essai/claims.yml"
    assert {path: str(record.where.at(*path)) for path in places} == {
        path: f"{file}:{at}" for path, at in places.items()
    }
    assert str(record.where.key("evidence", 0, "stance")) == f"{file}:11:7"
    assert str(record.where.key("about", 1)) == f"{file}:12:19"


def test_registers_merge_their_parts(tmp_path: Path) -> None:
    files = {
        "annotations/people.yml": "kim: {name: Kim, description: x, names: {ru: Ким, ko: 김정은, en: null}}\n",
        "annotations/people/russie.yml": "lavrov: {name: Lavrov, description: x, born: 1950-03-21}\n",
        "annotations/places.yml": "oslo: {name: Oslo, description: x, coordinates: {lat: 59.9, lon: 1e1}}\n",
        "annotations/sources.yml": "a: {url: 'https://a.org', outlet: b, title: 12:30}\n",
    }
    entities, sources, problems = load.load_registers(write(tmp_path, files))
    assert list(entities["person"]) == ["kim", "lavrov"]
    assert list(entities["person"]["kim"].entry.names.items()) == [("ru", "Ким"), ("ko", "김정은"), ("en", "null")]
    assert entities["person"]["lavrov"].where.place.file == "annotations/people/russie.yml"
    assert entities["organization"] == {}
    assert sources["a"].entry.title == "12:30"
    assert [problem.code for problem in problems if problem.code != "schema-line"] == ["bad-number"]


GOOD, NOTED, BAD = "name: X, description: x", "name: X, description: <b>x</b>", "name: X"
MANY = {  # files, the entries of each, one after the other → errors told, notices told, entries read
    "valid, a file each, without the line that names the schema": (1100, [GOOD], 0, 1100, 1100),
    "valid, with a notice each": (1, [NOTED] * 1100, 0, 1101, 1100),
    "fewer errors than end the reading, among notices": (600, [NOTED, BAD], 600, 1200, 600),
    "errors, a file each": (1100, [BAD], 1002, 1002, 0),
    "errors in one file": (1, [BAD] * 1100, 1002, 1, 0),
    "more errors than are read, behind notices": (2, [NOTED] * 1100 + [BAD] * 600, 1002, 2202, 2200),
}


@pytest.mark.parametrize("case", MANY)
def test_errors_alone_end_the_reading_of_a_register(case: str, tmp_path: Path) -> None:
    files, entries, errors, notices, read = MANY[case]
    for file in range(files):
        lines = [f"p-{file}-{number}: {{{entry}}}\n" for number, entry in enumerate(entries)]
        write(tmp_path, {f"annotations/people/{file:04}.yml": "".join(lines)})
    entities, _, problems = load.load_registers(tmp_path)
    severities = [problem.severity for problem in problems]
    assert (severities.count("error"), severities.count("notice"), len(entities["person"])) == (errors, notices, read)
    assert [problem.code for problem in problems].count("too-many") == (errors > 1000)


def test_left_out(tmp_path: Path) -> None:
    files = {
        "annotations/people.yml": "kim: {nom: Kim}\nlavrov: {name: Lavrov, description: <b>x</b>}\n",
        "annotations/terms.yml": "a: [\n",
        "annotations/poeple.yml": "",
    }
    assert load.left_out(problems_of(write(tmp_path, files))) == ({"annotations/terms.yml"}, {"kim"})


def test_article_is_cut_where_its_text_begins(tmp_path: Path) -> None:
    article, problems = load.load_article(write(tmp_path, {}), "essai")
    assert article is not None
    assert problems == []
    assert (article.body, article.body_line) == ("Le texte.\n", 5)
    assert article.front.entry.lang == "fr"
    assert str(article.front.where.at("publisher")) == "docs/articles/essai/index.md:3:12"


HOSTILE = {
    "a file of 10 MB": b"kim:\n  name: x\n" * 700_000,
    "100,000 brackets": b"[" * 100_000,
    "100,000 braces": b"{" * 100_000,
    "100,000 dashes": b"- " * 100_000,
    "100,000 keys in keys": b"? " * 100_000,
    "100,000 brackets in a value": b"kim: " + b"[" * 100_000,
    "a billion laughs": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 120)),
    "a quote of 900,000 letters": b"kim: '" + b"x" * 900_000,
    "30,000 unknown keys": b"kim:\n" + b"".join(b"  k%d: x\n" % n for n in range(30_000)),
    "60,000 duplicate keys": b"kim:\n" + b"  name: x\n" * 60_000,
    "90,000 duplicate ids": b"kim: {}\n" * 90_000,
    "one id of 900,000 letters": b"x" * 900_000 + b": {}\n",
    "900,000 newlines": b"\n" * 900_000 + b"kim: [",
    "a link of 900,000 brackets": b"kim: {name: a, description: '" + b"](" * 400_000 + b"'}",
    "a tag of 900,000 signs": b"kim: {name: a, description: '" + b"<a " * 300_000 + b"'}",
    "an autolink of 900,000 signs": b"kim: {name: a, description: '" + b"<a:" * 300_000 + b"'}",
    "a key of 900,000 letters": b"kim:\n  ? " + b"a" * 900_000 + b"\n  : x\n",
    "a role of 900,000 letters": b"kim:\n  roles: {title: a, when: " + b"a" * 900_000 + b"}\n",
    "a date of 900,000 digits": b"kim: {name: a, description: b, born: '" + b"1" * 900_000 + b"'}",
    "an address of 900,000 signs": b"kim: {name: a, description: b, wikipedia: 'https://" + b"[" * 900_000 + b"'}",
    "an identifier of 900,000 signs": b"kim: {name: a, description: b, wikidata: 'q" + b"1" * 900_000 + b"x'}",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_refused_before_long(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations/people.yml").write_bytes(data)
    start = time.process_time()
    problems = load.load_registers(tmp_path)[-1]
    assert time.process_time() - start < HANG
    assert problems


PIECES = """kim: ¶name: ¶description: ¶- ¶  ¶
¶
  ¶
    ¶x¶é¶«¶»¶'¶"¶[¶]¶{¶}¶,¶#¶&a ¶*a¶!t ¶!!str ¶<<: ¶? ¶: ¶%¶@¶`¶>-
¶---
¶...
¶\t¶\0¶\\¶\\u¶|¶null¶2024¶2024/..¶Q1¶https://a.b¶](¶<script>¶quote: ¶verdict: ¶evidence: ¶aliases: ¶names: \
¶\ufeff¶\x85¶\u2028¶\U0001f600"""
TEXTS = st.lists(st.sampled_from(PIECES.split("¶")), max_size=40).map(lambda pieces: "".join(pieces).encode())


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=200), TEXTS))
def test_nothing_raises(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        paths = ["docs/articles/essai/index.md"]
        paths += [
            f"annotations/{name}.yml" for name in ("people", "places", "sources", "essai/claims", "essai/mentions")
        ]
        for path in paths:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(b"---\n" * path.endswith(".md") + data)
        lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 2
        for problem in problems_of(root):
            assert problem.place.file in paths
            assert 1 <= problem.place.line <= lines
            assert problem.place.column >= 1
            assert "\n" not in str(problem)
            assert not re.search(r"\b(expected|found|Input|should|while)\b", str(problem))
