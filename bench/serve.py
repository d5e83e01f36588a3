"""How long after a save `mkdocs serve` shows the new page, in libraries that nobody wrote, of 1, 50 and 100 articles.

    python bench/serve.py [ARTICLES…]

One word is changed in the text of the last article, in the rationale of a claim on it, and in the description of a
person whom it names; each time its page is asked for until the word is there. Seconds are of the clock, as one waits:
they hold for a machine that does nothing else. The page on large libraries (`tools/figures.py`) gets the table.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.synthetic.generate import generate  # noqa: E402 - after the path
from tools import figures  # noqa: E402

SIZES = (1, 50, 100)
GIVE_UP = 900  # seconds after which the page will not come any more
CHANGES = ("text", "rationale", "person")


def main() -> None:
    """Serve, save, wait, print, and write what the page shows."""
    columns = [["Articles", "au démarrage (s)", "un mot du texte (s)", "d’une explication (s)", "d’une personne (s)"]]
    print("".join(f"{column:>12}" for column in ("articles", "start", *CHANGES)))
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            seconds = waits(Path(folder, "library"), size)
        print(f"{size:12}" + "".join(f"{each:12.1f}" for each in seconds), flush=True)
        columns.append([figures.number(each) for each in (size, *seconds)])
    figures.put("serve", f"{figures.table(columns)}\n{figures.measured()}")


def waits(project: Path, articles: int) -> list[float]:
    """Seconds until the first page is there, and from each of CHANGES to the page that has it."""
    generate(project, articles)
    settings = project / "mkdocs.yml"  # as `manchette init` writes it: every page is ours, and so is the search
    ours = settings.read_text("utf-8").replace("  manchette:\n", "  manchette:\n    everywhere: true\n", 1)
    settings.write_text(ours, "utf-8")
    last = f"article-{articles - 1:03}"
    text, notes = project / f"docs/articles/{last}/index.md", project / "annotations"
    claims, people = notes / last / "claims.yml", notes / "people.yml"
    claim = json.loads(claims.read_text("utf-8"))["claim-0"]
    first = next(iter(json.loads(people.read_text("utf-8")).values()))  # whom every article names
    endings = (text.read_text("utf-8").rstrip(), claim["rationale"], first["description"])
    places = zip((text, claims, people), endings, CHANGES, strict=True)
    with serving(project) as (address, server):
        page = f"{address}articles/{last}/"
        found = [until(page, first["name"], server)]
        for file, ending, change in places:
            word = f"new{change}"
            written = file.read_text("utf-8").replace(ending, f"{ending[:-1]} {word}.", 1)
            file.write_text(written, "utf-8")
            found.append(until(page, word, server))
    return found


@contextmanager
def serving(project: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run `mkdocs serve` on a free port; its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = "127.0.0.1:{1}".format(*free.getsockname())
    with (project / "serve.log").open("wb") as said:
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
        server = subprocess.Popen(command, cwd=project, env=os.environ | {"CI": ""}, stdout=said, stderr=said)
        try:
            yield f"http://{address}/", server
        except TimeoutError as late:
            sys.exit(f"{late}\n{(project / 'serve.log').read_text('utf-8')[-4000:]}")
        finally:
            server.terminate()
            server.wait()


def until(page: str, word: str, server: subprocess.Popen[bytes]) -> float:
    """Ask for a page until a word is in it, and return the seconds that took.

    Raises TimeoutError, where the server ends or the word does not come.
    """
    began = time.monotonic()
    while word.encode() not in asked(page, began + GIVE_UP):
        if server.poll() is not None or time.monotonic() > began + GIVE_UP:
            raise TimeoutError(f"{page} never said {word}")
        time.sleep(0.05)  # between two questions, so that asking takes little from the build
    return time.monotonic() - began


def asked(page: str, end: float) -> bytes:
    """What the server answers, which waits for a build under way; nothing before it listens."""
    try:
        with urllib.request.urlopen(page, timeout=max(1, end - time.monotonic())) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return b""


if __name__ == "__main__":
    main()
