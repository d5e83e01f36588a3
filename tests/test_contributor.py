"""Someone edits the sample's annotations wrongly: `manchette check` names the line, what is wrong and what to write."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from manchette.cli import main
from tests.conftest import Project

EDITS = yaml.safe_load((Path(__file__).parent / "contributor" / "edits.yml").read_text("utf-8"))


def told(project: Project, form: str) -> str:
    """Return what `check` says in a format, with plain spaces; its exit code must agree."""
    done = CliRunner().invoke(main, ["--root", str(project.folder), "check", "--format", form])
    assert done.exit_code == (0 if done.stdout in {"", "[]\n"} else 1), done.output
    return done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("edit", "pasted"),
    [
        pytest.param(edit, group == "remedies to paste", id=name)
        for group in EDITS
        for name, edit in EDITS[group].items()
    ],
)
def test_an_edit(edit: dict[str, str], pasted: bool, project: Project) -> None:
    path = f"annotations/{edit['file']}"
    text = (project.folder / path).read_text("utf-8")
    start = text.index(f"\n{edit['entry']}") + 1
    at = text.index(edit["was"], start)

    def write(instead: str) -> str:
        changed = text[:at] + instead + text[at + len(edit["was"]) :]
        project.write(path, changed)
        return changed

    changed = write(edit["wrote"])
    line = 1 + changed.count("\n", 0, changed.index(edit["line_of"], start) if "line_of" in edit else at)
    problems: list[dict[str, Any]] = json.loads(told(project, "json"))
    assert [(problem["file"], problem["line"]) for problem in problems] == [(path, line)], problems
    assert edit["says"] in problems[0]["message"]
    assert edit["remedy"] in problems[0]["suggestion"]
    assert f"::error file={path},line={line}," in told(project, "github")

    assert edit["remedy"] in edit["then"] or not pasted
    write(edit["then"])
    assert told(project, "text") == ""


def test_there_are_twelve_ways_and_more() -> None:
    assert sum(map(len, EDITS.values())) >= 12
