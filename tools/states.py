"""Try this repository where it is not at home: with its first article, without, with a second, with another instead.

`python -m tools.states [STATE…]` clones it for each state, changes the clone, and runs there all that a person or a
workflow runs: `make test`, `make check` and every `run:` line of every job. Exit 1 where anything fails. It takes some
minutes a state, for each clone installs everything anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "projects" / "estuaire"

# What a workflow's expressions stand for here; any other is empty.
EXPRESSIONS = {
    "github.base_ref": "main",
    "github.head_ref": "main",
    "github.ref_name": "main",
    "github.repository": "redaction/depot",
    "github.event.pull_request.head.repo.full_name": "redaction/depot",
    "steps.pages.outputs.base_url": "https://example.org/depot",
}
NEEDS_THE_WEB = re.compile(r"-m tools\.links\b")


@dataclass(frozen=True)
class Line:
    """A command, and the variables that it is given."""

    run: str
    variables: tuple[tuple[str, str], ...] = ()


def lines() -> Iterator[Line]:
    """Yield what a person runs, then what each job of each workflow runs, nothing twice."""
    seen: set[Line] = set()
    for line in (Line("make test"), Line("make check"), *_of_workflows()):
        if line not in seen:
            seen.add(line)
            yield line


def _of_workflows() -> Iterator[Line]:
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        workflow: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    given = {**job.get("env", {}), **step.get("env", {})}
                    yield Line(step["run"], tuple((key, _filled(value)) for key, value in given.items()))


def _filled(value: str) -> str:
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: EXPRESSIONS.get(found[1], ""), value)


# ---- The states


def _git(clone: Path, *arguments: str) -> None:
    who = ("-c", "user.name=essai", "-c", "user.email=essai@example.org")
    subprocess.run(["git", *who, *arguments], cwd=clone, check=True, stdout=subprocess.DEVNULL)


def _take_out(clone: Path) -> None:
    """As README says it."""
    for path in sorted((clone / "docs" / "articles").iterdir()):
        command = [str(Path(sys.executable).with_name("manchette")), "remove", path.name, "--write"]
        subprocess.run(command, cwd=clone, check=True, stdout=subprocess.DEVNULL)


def _put_in(clone: Path) -> None:
    """The sample's article, beside whatever is there: its registers become files of split registers."""
    shutil.copytree(SAMPLE / "docs" / "articles", clone / "docs" / "articles", dirs_exist_ok=True)
    for path in (SAMPLE / "annotations").iterdir():
        if path.is_dir():
            shutil.copytree(path, clone / "annotations" / path.name)
            continue
        target = clone / "annotations" / path.stem / "estuaire.yml"
        target.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8").replace("$schema=schema/", "$schema=../schema/")
        target.write_text(text, "utf-8")


def _instead(clone: Path) -> None:
    _take_out(clone)
    _put_in(clone)


STATES: dict[str, Callable[[Path], None]] = {
    "as-it-is": lambda clone: None,
    "without": _take_out,
    "beside": _put_in,
    "instead": _instead,
}


def state(name: str, folder: Path) -> Path:
    """Clone the repository's last commit into a folder, bring it into a state, commit that, and return the clone."""
    clone = folder / name
    subprocess.run(["git", "clone", "--quiet", "--branch", "main", str(ROOT), str(clone)], check=True)
    STATES[name](clone)
    _git(clone, "add", "--all")
    _git(clone, "commit", "--quiet", "--allow-empty", "--message", name)
    return clone


def run(clone: Path, line: Line) -> bool:
    """Run a line in a clone, as the workflows do, and tell whether it passed."""
    bin_ = clone.parent / "bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "gh").write_text("#!/bin/sh\nexit 0\n")  # there is no GitHub here to ask
    (bin_ / "gh").chmod(0o755)
    version = re.search(r'^version = "(.*)"', (clone / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    ours = {"GITHUB_REF_NAME": f"v{version[1]}" if version else "", "GITHUB_RUN_ID": "1", "GITHUB_REPOSITORY": "o/r"}
    outer = {key: value for key, value in os.environ.items() if key not in {"CI", "PYTHONPATH", "VIRTUAL_ENV"}}
    path = {"PATH": f"{bin_}{os.pathsep}{outer['PATH']}"}
    done = subprocess.run(
        ["bash", "-e", "-c", line.run],
        cwd=clone,
        env={**outer, **ours, **dict(line.variables), **path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-6000:], sep="\n")
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Try the states named, or all; return 1 if a line failed in one of them."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or STATES:
            clone = state(name, Path(folder))
            for line in lines():
                what = line.run.strip().splitlines()[0][:90]
                if NEEDS_THE_WEB.search(line.run):
                    print(f"{name}: skipped, it asks the web: {what}", flush=True)
                    continue
                start = time.monotonic()
                passed = run(clone, line)
                failed |= not passed
                print(
                    f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - start:.0f} s: {what}",
                    flush=True,
                )
            shutil.rmtree(clone)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
