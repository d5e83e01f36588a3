"""Golden cases: a whole project → what `manchette check` says of it, and its exit code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from manchette.cli import main

CASES = Path(__file__).parent / "check"
GROUND = {
    "mkdocs.yml": "site_name: Essai\nmarkdown_extensions: [manchette]\n",
    "docs/articles/essai/index.md": (
        "---\ntitle: Essai\npublisher: journal\n---\n\n"
        "Lavrov a vu Kim à Wonsan en 2024. Lavrov est reparti.\n\nKim Jong-un a parlé ; la guerre continue.\n"
    ),
    "annotations/organizations.yml": "journal:\n  name: Le Journal\n  description: Un quotidien.\n",
}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yml")):
        for name, case in yaml.safe_load(file.read_text("utf-8")).items():
            yield pytest.param(case, id=f"{file.stem}: {name}")


@pytest.mark.parametrize("case", list(cases()))
def test_check(case: dict[str, Any], tmp_path: Path) -> None:
    for path, text in {**GROUND, **case["files"]}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(tmp_path), "check"])
    said = [line.replace("\u00a0", " ") for line in done.stdout.splitlines() if "yaml-language-server" not in line]
    assert "\n".join(said) == case["says"].rstrip("\n")
    assert done.exit_code == (1 if any("(avis)" not in line for line in said) else 0)
