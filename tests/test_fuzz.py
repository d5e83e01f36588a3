"""Whole projects, spoiled at random: every command ends in time, by one of its exit codes, and the page is sound.

`MANCHETTE_FUZZ=10000` tries that many; without it a few, for every run of the tests.
"""

import os
import re
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manchette.cli import main
from manchette.engine import Links
from manchette.page import dress as page
from manchette.page import slots
from manchette.site.open import open_site
from tests.conftest import HANG

SEEDS = Path(__file__).parent / "fuzz"
FILES = {str(path.relative_to(SEEDS)): path.read_bytes() for path in sorted(SEEDS.rglob("*")) if path.is_file()}
TRIES = int(os.environ.get("MANCHETTE_FUZZ", "40"))

PIECES = """
¶
  ¶
    ¶- ¶# ¶> ¶1. ¶: ¶: x¶[^1]¶[^1]: ¶| ¶|---|
¶'¶"¶«¶»¶“¶’¶[…]¶[¶]¶{¶}¶*¶**¶_¶`¶```
¶~¶<b>¶</b>¶<div>¶</div>¶<a href="x">¶</a>¶<span id="claim--a">¶<!--¶-->¶<svg/>¶<p>¶</p>¶<table>¶&amp;¶&#x81;¶&lt;¶&
¶{#person--kim}¶{{ x }}¶{% raw %}¶![x](y)¶](javascript:x)¶\\¶---
¶...
¶&a ¶*a¶!t ¶<<: ¶? ¶|¶>-
¶null¶2024-06/..¶Lavrov¶Kim¶lavrov¶kim¶Moscou¶quote: ¶entity: ¶exact: ¶suffix: ¶évé¶е\u0301¶ﬁ¶\u200b¶\u00a0¶\u202f
¶\u00ad¶\0¶\t¶\r¶\u2028¶\ufeff¶\U0001f600¶\ud83d¶abbr¶!!python/name:os.nope ¶!ENV [X, y]¶nope
""".strip("\n").split("¶")

EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(FILES)),
        st.integers(0, 1000),  # where, in thousandths of the file
        st.integers(0, 60),  # how many bytes go
        st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=6),
        st.sampled_from([1, 1, 1, 40]),  # how often the pieces come
    ),
    min_size=1,
    max_size=6,
)


def spoiled(edits: list[tuple[str, int, int, list[str], int]]) -> dict[str, bytes]:
    files = dict(FILES)
    for name, at, gone, pieces, times in edits:
        old = files[name]
        start = len(old) * at // 1000
        new = "".join(pieces).encode("utf-8", "surrogatepass") * times
        files[name] = old[:start] + new + old[start + gone :]
    return files


def sound(root: Path) -> None:
    """Render every article as the site does: no id twice but those that the text itself has twice."""
    site = open_site(root)
    for article in site.articles.values():
        links, names = Links(article.page), page.names_of(site, article)
        around, notes = page.article(site, article, links, names), page.notes(site, article, links, names)
        html = slots.lines(site, slots.put(around, notes))
        ids = Counter(re.findall(r'\sid="((?:claim|date|person|organization|place|term|note)--[^"]*)"', html))
        written = set(re.findall(r'\sid="([^"]*)"', article.body.html))
        assert [key for key, times in ids.items() if times > 1 and key not in written] == []
        for mark in article.marks:
            assert ids[mark.anchor], mark


@settings(max_examples=TRIES, suppress_health_check=list(HealthCheck))
@given(EDITS)
def test_no_project_breaks_a_command(edits: list[tuple[str, int, int, list[str], int]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        for name, data in spoiled(edits).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for command in (["check", "--format", "github"], ["repair", "--write"], ["repair"], ["suggest", "essai"]):
            before = {path: path.read_bytes() for path in folder.rglob("*.yml")}
            start = time.process_time()
            done = CliRunner().invoke(main, ["--root", str(folder), *command])
            assert time.process_time() - start < HANG
            if done.exception and not isinstance(done.exception, SystemExit):
                raise done.exception
            assert done.exit_code in {0, 1, 2}
            if command != ["repair", "--write"]:
                assert {path: path.read_bytes() for path in folder.rglob("*.yml")} == before
        sound(folder)
    finally:
        shutil.rmtree(folder)
