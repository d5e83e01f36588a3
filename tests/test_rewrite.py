"""Golden cases: a YAML file and a quote → the file with that quote, its other bytes untouched."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.format.model import Quote
from manchette.load import load_sidecars
from manchette.load.tree import parse
from manchette.upkeep import rewrite
from manchette.upkeep.rewrite import requote

HERE = Path(__file__).parent / "rewrite"
CASES = yaml.safe_load((HERE / "styles.yml").read_text("utf-8"))
GUARDED = yaml.safe_load((HERE / "guard.yml").read_text("utf-8"))


def place(text: str, *path: str | int) -> tuple[int, int]:
    """Where a value begins, as `load` tells it."""
    node, _ = parse(text.removeprefix("\ufeff").replace("\r\n", "\n"), "")
    for step in path:
        assert node is not None
        found = node.step(step)
        assert found is not None
        node = found[1]
    assert node is not None
    return node.place.line, node.place.column


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_requote(case: dict[str, Any]) -> None:
    at = place(case["before"], "un", "quote")
    if case.get("refused"):
        with pytest.raises(ValueError, match="something else"):
            requote(case["before"], {at: Quote(**case["quote"])})
        return
    after = requote(case["before"], {at: Quote(**case["quote"])})
    assert after == case["after"]
    assert requote(after, {place(after, "un", "quote"): Quote(**case["quote"])}) == after


@pytest.mark.parametrize("case", GUARDED.values(), ids=GUARDED)
def test_a_file_that_says_something_else_is_refused(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "un:\n  quote: Lavrov\n  verdict: opinion\n"
    start = text.index("Lavrov")
    monkeypatch.setattr(rewrite, "_replacements", lambda *_: [(start, start + len("Lavrov"), case["put"])])
    quotes = {place(text, "un", "quote"): Quote(**case["quote"])}
    if case.get("kept"):
        assert requote(text, quotes) == text.replace("Lavrov", case["put"])
    else:
        with pytest.raises(ValueError, match="something else"):
            requote(text, quotes)


def test_several_at_once() -> None:
    text = "- {quote: a, entity: x}\n- quote: >-\n    b\n  entity: y\n- {quote: {exact: c}, entity: z}\n"
    new = {place(text, n, "quote"): Quote(exact=word, suffix="!" * n) for n, word in enumerate(("A", "B", "C"))}
    assert requote(text, new) == (
        '- {quote: A, entity: x}\n- quote: {exact: "B", suffix: "!"}\n  entity: y\n'
        '- {quote: {exact: C, suffix: "!!"}, entity: z}\n'
    )


@pytest.mark.parametrize("at", [(1, 1), (2, 3), (9, 9)])
def test_only_a_quote_is_rewritten(at: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no quote"):
        requote("un:\n  verdict: opinion\n  quote: a\n", {at: Quote(exact="b")})


def test_places_are_those_of_load(tmp_path: Path) -> None:
    file = tmp_path / "annotations/essai/mentions.yml"
    file.parent.mkdir(parents=True)
    file.write_text("- {quote: sans fiche}\n- {quote: Lavrov, entity: lavrov}\n", "utf-8")
    (mention,) = load_sidecars(tmp_path, "essai")[2]
    where = mention.where.at("quote")
    assert requote(file.read_text("utf-8"), {(where.line, where.column): Quote(exact="Kim")}) == (
        "- {quote: sans fiche}\n- {quote: Kim, entity: lavrov}\n"
    )
