"""« Publier le vôtre » as someone does it: the commands and the files of the page's examples, in its order."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import HANG, ROOT, answers, free_port, until

PAGE = (ROOT / "docs" / "publier.md").read_text("utf-8")
OWN, _, EXISTING = PAGE.partition("\n## Dans un site MkDocs")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w/.-]+\.(?:md|yml))`")
REMOTE = "https://github.com/VOUS/mon-site.git"


@dataclass(frozen=True)
class Step:
    """An example of the page."""

    language: str
    text: str
    file: str | None
    """What it goes into: the last file that is named before it."""


def steps(part: str) -> Iterator[Step]:
    """Yield the examples of a part of the page."""
    before = 0
    for found in FENCE.finditer(part):
        named = FILE.findall(part[before : found.start()])
        before = found.end()
        yield Step(found[1], found[2], named[-1] if named else None)


def put(folder: Path, step: Step) -> None:
    """Write an example where the page says: a page, the entries of a file that has only comments, or one line of it."""
    assert step.file
    path = folder / step.file
    text = path.read_text("utf-8") if path.exists() else ""
    lines = step.text.splitlines()
    if step.language == "markdown":
        text = step.text
    elif len(lines) > 1:
        comments = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
        text = f"{comments}\n{step.text}"
    elif path.suffix == ".md":
        text = text.replace("---\n", f"---\n{step.text}", 1)
    else:
        key, value = lines[0].split(": ", 1)
        text, written = re.subn(rf"^( +{key}:) .*", lambda found: f"{found[1]} {value}", text, flags=re.MULTILINE)
        assert written == 1, lines[0]
    path.write_text(text, "utf-8")


@dataclass(frozen=True)
class Shell:
    """Where the page's commands are run, and what they would find there."""

    folder: Path
    environment: Mapping[str, str]
    before: str = ""
    """What is typed in a terminal that was opened anew."""

    def run(self, commands: str) -> str:
        """Run commands, of which none may fail, and return what they print."""
        done = subprocess.run(
            ["bash", "-ec", f"{self.before}\n{commands}"],
            cwd=self.folder,
            env={**self.environment, **IDENTITY},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, commands + done.stdout + done.stderr
        return done.stdout

    def read(self, path: str) -> str:
        """Return a page that `mkdocs serve` shows."""
        address = f"127.0.0.1:{free_port()}"
        command = f"{self.before}\nexec mkdocs serve --dev-addr {address}"
        process = subprocess.Popen(
            ["bash", "-ec", command], cwd=self.folder, env=self.environment, stderr=subprocess.DEVNULL
        )
        try:
            until(lambda: answers(f"http://{address}/") or process.poll() is not None)
            return str(urllib.request.urlopen(f"http://{address}{path}", timeout=HANG).read().decode())
        finally:
            process.terminate()
            process.wait(HANG)


IDENTITY = {
    **{f"GIT_{who}_NAME": "essai" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "essai@example.org" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": "/dev/null",
}


def follow_own(shell: Shell, package: str, prefix: str) -> None:
    """Do what the page says of a site of one's own, from `manchette init` on; it is all as the page says.

    `package`: the line of requirements.txt that installs the engine. `prefix`: the path of the site's address.
    """
    checks, site = [], shell.folder / "site"
    for step in list(steps(OWN))[2:]:
        if step.language != "sh":
            put(shell.folder, step)
            if step.text.startswith("sources: "):
                requirements = shell.folder / "requirements.txt"
                if "À compléter" in requirements.read_text("utf-8"):
                    assert "requirements.txt:2:1: (avis) reste à compléter" in checks[0]
                    requirements.write_text(f"{package}\n", "utf-8")
            if step.text == "draft: true\n":
                assert "La digue attendra" in shell.read(f"{prefix}articles/un-autre/")
                assert "unfinished-draft" in shell.run("manchette check --format json")
                shell.run("mkdocs build --strict")
                assert not (site / "articles/un-autre").exists()
        elif step.text == "mkdocs serve\n":
            assert "départ toutes les vingt minutes" in shell.read(f"{prefix}articles/mon-article/")
        else:
            said = shell.run(step.text.replace(REMOTE, str(shell.folder.parent / "depot.git")))
            if step.text.startswith("manchette check"):
                checks.append(said)
            if step.text == "manchette remove un-autre\n":
                assert (shell.folder / "docs/articles/un-autre").exists()
    assert "mkdocs.yml" in checks[0]
    assert checks[1:] == [""]
    assert shell.run("manchette check") == ""
    assert not (shell.folder / "docs/articles/un-autre").exists()
    assert shell.run(f"git -C {shell.folder.parent / 'depot.git'} log --format=%s main").splitlines() == [
        "Le site et son premier article"
    ]
    article = (site / "articles/mon-article/index.html").read_text("utf-8")
    assert 'id="claim--reprise-du-bac"' in article
    assert "mailto:redaction@example.org?subject=" in article
