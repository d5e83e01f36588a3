"""The weekly look at the sources: what counts as dead, when it is said, and what is proposed."""

import datetime
import http.server
import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from manchette.site.open import open_site
from tests.conftest import HANG, until
from tests.projects import ESTUAIRE
from tools import links
from tools.links import Answer, Failure, Life

DAY = datetime.date(2026, 11, 23)
FIELD = {
    "mkdocs.yml": "site_name: Essai\nmarkdown_extensions: [manchette]\n"
    "extra: {manchette: {edit: 'https://host.example/edit/{path}#L{line}'}}\n",
    "docs/articles/essai/index.md": "---\ntitle: Essai\npublisher: journal\n---\n\nLe Journal a parlé.\n",
    "annotations/organizations.yml": (
        "journal:\n  name: Le Journal\n  description: Un quotidien.\n"
        "  wikipedia: HOST/wikipedia\n  sources: [lue, parue, copiee, sans-date]\n"
    ),
    "annotations/sources.yml": (
        "lue: {url: HOST/lue, outlet: A, description: A, accessed: 2025-07-12, published: 2024}\n"
        "parue: {url: HOST/parue, outlet: B, description: B, published: 2025-07}\n"
        "copiee: {url: HOST/partie, outlet: C, description: C, archive: HOST/copie}\n"
        "sans-date: {url: HOST/sans-date, outlet: D, description: D}\n"
    ),
}


class Host(http.server.BaseHTTPRequestHandler):
    """Answers /<status of HEAD>/<status of GET> so, and keeps what it was asked."""

    asked: list[tuple[str, str]]
    answers: dict[str, tuple[int, int]]
    over: threading.Event
    open: list[int]  # how many requests are open, each time that one comes

    def answer(self) -> None:
        self.asked.append((self.command, self.path))
        self.open.append(self.open[-1] + 1)
        if status := self.status(self.command, self.path):
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/moved")
            self.open.append(self.open[-1] - 1)  # before the answer goes out: who has it may ask again at once
            self.end_headers()
        else:
            self.over.wait(HANG)
            self.open.append(self.open[-1] - 1)

    @classmethod
    def status(cls, method: str, path: str) -> int:
        return cls.answers[path][method == "GET"]

    do_HEAD = do_GET = answer  # noqa: N815 - names that http.server looks for

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, type[Host]]]:
    """A host; who asks it waits long for an answer that will come, and not at all for one that will not."""
    fresh = {"asked": [], "answers": {"/moved": (200, 200)}, "over": threading.Event(), "open": [0]}
    handler = type("Handler", (Host,), fresh)
    urlopen = urllib.request.urlopen

    def patient(request: urllib.request.Request, timeout: float) -> object:
        method, path = request.get_method(), request.selector
        comes = path not in handler.answers or handler.status(method, path)
        return urlopen(request, timeout=HANG if comes else 0.05)

    monkeypatch.setattr(urllib.request, "urlopen", patient)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        handler.over.set()
        server.shutdown()


@pytest.fixture
def field(tmp_path: Path, host: tuple[str, type[Host]]) -> Path:
    for path, text in FIELD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text.replace("HOST", host[0]), "utf-8")
    return tmp_path


# HEAD, GET, what it shows, and how often the host was asked; 0 is no answer in time.
@pytest.mark.parametrize(
    ("head", "get", "life", "asked"),
    [
        (200, 200, Life.ALIVE, 1),
        (301, 301, Life.ALIVE, 2),
        (405, 200, Life.ALIVE, 2),
        (404, 200, Life.ALIVE, 2),
        (0, 200, Life.ALIVE, 2),
        (403, 403, Life.UNKNOWN, 2),
        (429, 429, Life.UNKNOWN, 2),
        (405, 404, Life.DEAD, 2),
        (410, 410, Life.DEAD, 2),
        (503, 503, Life.DEAD, 2),
        (0, 0, Life.DEAD, 2),
    ],
)
def test_an_answer(host: tuple[str, type[Host]], head: int, get: int, life: Life, asked: int) -> None:
    address, handler = host
    handler.answers["/page%C3%A9?%C3%A9"] = (head, get)
    assert links.ask(f"{address}/pageé?é#fragment", "test", pause=0).life is life
    until(lambda: len(handler.asked) >= asked)  # who did not wait for the answer may be ahead
    assert len(handler.asked) == asked


def test_nobody_answers() -> None:
    assert links.ask("http://127.0.0.1:1/", "test", pause=0) == Answer(Life.DEAD, "hôte injoignable")


def test_a_host_is_asked_one_thing_at_a_time(host: tuple[str, type[Host]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, handler = host
    handler.answers |= {f"/{number}": (200, 200) for number in range(4)}
    paused: list[tuple[float, int]] = []
    pause = SimpleNamespace(sleep=lambda seconds: paused.append((seconds, len(handler.asked))))
    monkeypatch.setattr(links, "time", pause)
    answers = links.ask_all([f"{address}/{number}" for number in (0, 1, 2, 3, 0)], "test", pause=7)
    assert [answer.life for answer in answers.values()] == [Life.ALIVE] * 4
    assert handler.asked == [("HEAD", f"/{number}") for number in range(4)]
    assert max(handler.open) == 1
    assert paused == [(7, 1), (7, 2), (7, 3), (7, 4)]


@pytest.mark.parametrize(
    ("before", "life", "after"),
    [
        (None, Life.ALIVE, None),
        (None, Life.UNKNOWN, None),
        (None, Life.DEAD, (1, "2026-11-23", "2026-11-23")),
        ((2, "2026-11-09", "2026-11-16"), Life.DEAD, (3, "2026-11-09", "2026-11-23")),
        ((2, "2026-11-09", "2026-11-23"), Life.DEAD, (2, "2026-11-09", "2026-11-23")),  # twice on a day is once
        ((2, "2026-11-09", "2026-11-16"), Life.UNKNOWN, (2, "2026-11-09", "2026-11-16")),
        ((2, "2026-11-09", "2026-11-16"), Life.ALIVE, None),
    ],
)
def test_counting(before: tuple[int, str, str] | None, life: Life, after: tuple[int, str, str] | None) -> None:
    def failures(counted: tuple[int, str, str] | None) -> dict[str, Failure]:
        return {"a": Failure(*counted, "404")} if counted else {}

    forgotten = {"gone": Failure(9, "2026-01-01", "2026-11-16", "404")}
    assert links.count(failures(before) | forgotten, {"a": Answer(life, "404")}, DAY) == failures(after)


def test_what_is_asked_and_proposed(field: Path, host: tuple[str, type[Host]]) -> None:
    cited = list(links.cited(open_site(field)))
    names = [one.address.removeprefix(host[0]) for one in cited]
    assert sorted(names) == ["/copie", "/lue", "/parue", "/sans-date", "/wikipedia"]
    twice, thrice = (Failure(times, "2026-11-09", "2026-11-23", "réponse 404") for times in (2, 3))
    assert links.report(cited, {one.address: twice for one in cited}) == ""
    said = links.report(cited, {one.address: thrice for one in cited}).replace(host[0], "HOST")
    assert [line for line in said.splitlines() if line.startswith("  archive:")] == [
        "  archive: https://web.archive.org/web/20250712/HOST/lue",
        "  archive: https://web.archive.org/web/202507/HOST/parue",
        "  archive: https://web.archive.org/web/2026/HOST/sans-date",
    ]
    assert "[annotations/sources.yml, ligne 1](https://host.example/edit/annotations/sources.yml#L1) : 3 échecs" in said
    assert "citez-en une autre" in said
    assert "la ligne `wikipedia`" in said


def test_many_dead_sources_fit_in_an_issue(field: Path) -> None:
    cited = list(links.cited(open_site(field)))
    said = links.report(cited * 200, {one.address: Failure(3, "2026-11-09", "2026-11-23", "404") for one in cited})
    assert 50_000 < len(said) < 65_536
    assert said.endswith("autres, quand celles-ci seront réglées.\n")


def test_three_weeks(field: Path, host: tuple[str, type[Host]], monkeypatch: pytest.MonkeyPatch) -> None:
    _, handler = host
    handler.answers |= dict.fromkeys(("/wikipedia", "/parue", "/sans-date", "/copie"), (200, 200))
    handler.answers["/lue"] = (404, 404)
    monkeypatch.setattr(links, "PAUSE", 0)
    counts, told = field / "links.json", field / "report.md"
    said = []
    for week in range(4):
        handler.answers["/lue"] = (404, 404) if week < 3 else (200, 200)
        links.main(counts, told, field, DAY + datetime.timedelta(weeks=week))
        said.append("`lue`" in told.read_text("utf-8"))
    assert said == [False, False, True, False]
    assert json.loads(counts.read_text("utf-8")) == {}


def test_a_machine_cut_off_counts_nothing(
    field: Path, host: tuple[str, type[Host]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, handler = host
    handler.answers |= dict.fromkeys(("/wikipedia", "/parue", "/sans-date", "/copie", "/lue"), (503, 503))
    monkeypatch.setattr(links, "PAUSE", 0)
    with pytest.raises(SystemExit):
        links.main(field / "links.json", field / "report.md", field, DAY)
    assert not (field / "links.json").exists()


def test_every_address_of_a_site_is_asked() -> None:
    assert {one.key for one in links.cited(open_site(ESTUAIRE))} == {"url", "archive", "wikipedia"}
