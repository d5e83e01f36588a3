"""Each number of anchoring is held on both sides, by cases that fail once it is moved there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.anchor import thresholds
from manchette.anchor.align import align, tokens
from tests import test_anchor, test_repair

HERE = Path(__file__).parent
NUMBERS = {name: value for name, value in vars(thresholds).items() if name.isupper()}
Check = Callable[[dict[str, Any]], None]


def passage(case: dict[str, Any]) -> None:
    for with_old in (True, False):
        test_repair.test_passage_is_found_again_or_given_up(case, with_old)


CHECKS: dict[str, Check] = {
    "anchor/places.yml": test_anchor.test_quote_stands_where_marked,
    "anchor/contexts.yml": test_anchor.test_context_is_proposed_where_it_decides,
    "anchor/refusals.yml": test_anchor.test_refusals_say_what_to_write,
    "repair/guards.yml": passage,
    "repair/limits.yml": test_repair.test_there_are_limits,
}


def guards() -> Iterator[tuple[Check, dict[str, Any], str, float]]:
    for file, check in CHECKS.items():
        for case in yaml.safe_load((HERE / file).read_text("utf-8")):
            for name, values in case.get("guards", {}).items():
                yield from ((check, case, name, value) for value in values)


GUARDS = list(guards())


@pytest.fixture
def forgetful() -> Iterator[None]:
    """What was kept under other thresholds is forgotten, before and after."""
    for step in (True, False):
        tokens.cache_clear()
        align.cache_clear()
        if step:
            yield


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize(
    ("check", "case", "name", "value"), [pytest.param(*guard, id=f"{guard[2]} {guard[3]}") for guard in GUARDS]
)
def test_a_case_fails_beyond(
    check: Check, case: dict[str, Any], name: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thresholds, name, value)
    with pytest.raises(AssertionError):
        check(case)


@pytest.mark.parametrize("name", NUMBERS)
def test_both_sides_are_guarded(name: str) -> None:
    beyond = [value for _, _, guarded, value in GUARDS if guarded == name]
    assert beyond, "no case names it under `guards`"
    assert min(beyond) < NUMBERS[name] < max(beyond)


def test_guards_name_thresholds() -> None:
    assert {name for _, _, name, _ in GUARDS} <= set(NUMBERS)
