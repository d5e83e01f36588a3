"""Which cited addresses no longer answer, and the copy to cite instead.

`python -m tools.links COUNTS REPORT` asks every address of the annotations, brings the failures counted in the JSON
file COUNTS up to date, and writes to REPORT, in Markdown, what has failed three times in a row, if anything.
"""

import datetime
import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from manchette.format.model import Source
from manchette.load import Record
from manchette.problems import Place
from manchette.site.open import open_site
from manchette.site.site import Site

ENOUGH = 3  # failures in a row before anything is said: a site may be down for a week, rarely for three
WAIT = 20  # seconds for an answer
PAUSE = 2.0  # seconds between two requests to one host
AT_ONCE = 8  # hosts
LONGEST = 60_000  # characters; GitHub takes 65,536 in an issue
# What a host says to programs that it does not like, of a page that readers may well see.
REFUSALS = {401, 402, 403, 405, 406, 418, 429, 451, 999}


@dataclass(frozen=True)
class Cited:
    """An address of the annotations."""

    address: str
    key: str  # "url", "archive", "wikipedia"
    id: str  # of its entry
    place: Place
    edit: str  # where its line is edited; empty if that is not known
    read: str  # when it was read or appeared, as digits: "20250712", "2025"; empty if that is not known


class Life(Enum):
    """What an answer shows of an address."""

    ALIVE = "alive"
    UNKNOWN = "unknown"  # the host refuses programs
    DEAD = "dead"


@dataclass(frozen=True)
class Answer:
    """What became of a request, and why in French."""

    life: Life
    why: str = ""


@dataclass(frozen=True)
class Failure:
    """An address that fails: how often in a row, since when, when last (ISO 8601 dates), and why."""

    times: int
    since: str
    last: str
    why: str


# ---- what is asked


def cited(site: Site) -> Iterator[Cited]:
    """Every address that readers are sent to, where it is written; of a source with a copy, that copy alone."""
    for source in site.sources.values():
        key = "archive" if source.entry.archive else "url"
        yield _cited(site, source, key, source.entry.archive or source.entry.url, _read(source.entry))
    for _, record in site.entities.values():
        if record.entry.wikipedia:
            yield _cited(site, record, "wikipedia", record.entry.wikipedia)


def _cited(site: Site, record: Record[Any], key: str, address: str, read: str = "") -> Cited:
    place = record.where.at(key)
    edit = (site.settings.edit or "").replace("{path}", place.file).replace("{line}", str(place.line))
    return Cited(address, key, record.id, place, edit, read)


def _read(source: Source) -> str:
    """When it was read, else published, as an archive's address says it: any part of YYYYMMDD from the left."""
    when = source.accessed or source.published
    day = when and when.earliest
    if not when or not day:
        return ""
    return re.sub(r"\D", "", day.isoformat()[: 10 if day == when.latest else 7])


# ---- asking


def ask_all(addresses: Iterable[str], agent: str, pause: float) -> dict[str, Answer]:
    """Ask every address once; several hosts at a time, each of them one request after the other."""

    def host(address: str) -> str:
        return urlsplit(address).netloc.lower()

    def one_after_the_other(group: list[str]) -> list[tuple[str, Answer]]:
        found = []
        for address in group:
            found.append((address, ask(address, agent, pause)))
            time.sleep(pause)
        return found

    groups = [list(group) for _, group in groupby(sorted(set(addresses), key=lambda a: (host(a), a)), key=host)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pair for pairs in pool.map(one_after_the_other, groups) for pair in pairs)


def ask(address: str, agent: str, pause: float, wait: float = WAIT) -> Answer:
    """Ask for an address's head (HTTP HEAD), and where that is not answered well, for itself (GET)."""
    head = _request("HEAD", address, agent, wait)
    if head.life is Life.ALIVE:
        return head
    time.sleep(pause)
    return _request("GET", address, agent, wait)


def _request(method: str, address: str, agent: str, wait: float) -> Answer:
    headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "fr,en;q=0.5"}
    try:
        request = urllib.request.Request(_ascii(address), headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=wait):
            return Answer(Life.ALIVE)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(Life.UNKNOWN if error.code in REFUSALS else Life.DEAD, f"réponse {error.code}")
    except TimeoutError:
        return Answer(Life.DEAD, "pas de réponse à temps")
    except urllib.error.URLError as error:
        late = isinstance(error.reason, TimeoutError)
        return Answer(Life.DEAD, "pas de réponse à temps" if late else "hôte injoignable")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(Life.DEAD, "réponse illisible")


def _ascii(address: str) -> str:
    """An IRI as a URI (RFC 3987, section 3.1); what is escaped already stays."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    safe = "%/:=&?~+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))


# ---- counting and telling


def count(before: Mapping[str, Failure], answers: Mapping[str, Answer], today: datetime.date) -> dict[str, Failure]:
    """The failures in a row after today's answers, at most one a day; an address that is cited no more is forgotten."""
    day, after = today.isoformat(), {}
    for address, answer in answers.items():
        failure = before.get(address)
        if answer.life is Life.DEAD and (failure is None or failure.last != day):
            times, since = (failure.times + 1, failure.since) if failure else (1, day)
            after[address] = Failure(times, since, day, answer.why)
        elif failure and answer.life is not Life.ALIVE:
            after[address] = failure
    return after


def report(addresses: Iterable[Cited], failures: Mapping[str, Failure]) -> str:
    """What to do about each address that has failed often enough, in Markdown; empty if none has."""
    dead = sorted(
        (cited for cited in addresses if cited.address in failures and failures[cited.address].times >= ENOUGH),
        key=lambda cited: cited.place,
    )
    if not dead:
        return ""
    parts = [
        f"Ces adresses n’ont pas répondu, {ENOUGH} fois de suite ou plus, pas le même jour. Ouvrez chacune "
        "vous-même avant de rien changer : un hôte peut ne répondre qu’aux lecteurs. Une copie proposée est à lire "
        "aussi : elle doit dire ce que la note en tire.\n"
    ]
    for position, cited in enumerate(dead):
        part = _paragraph(cited, failures[cited.address])
        if sum(map(len, parts)) + len(part) > LONGEST:
            parts.append(f"\nEt {len(dead) - position} autres, quand celles-ci seront réglées.\n")
            break
        parts.append(part)
    return "".join(parts)


def _paragraph(cited: Cited, failure: Failure) -> str:
    line = f"{cited.place.file}, ligne {cited.place.line}"
    where = f"[{line}]({cited.edit})" if cited.edit else line
    since = f"{failure.times} échecs depuis le {failure.since} ({failure.why})"
    head = f"\n### `{cited.id}`\n\n{where} : {since}.\n\n<{cited.address}>\n\n"
    if cited.key == "archive":
        return f"{head}C’est la copie archivée qui ne répond plus : citez-en une autre à la ligne `archive`.\n"
    if cited.key == "wikipedia":
        return f"{head}Corrigez la ligne `wikipedia`, ou supprimez-la.\n"
    copy = f"https://web.archive.org/web/{cited.read or failure.since[:4]}/{cited.address}"
    return f"{head}Si cette copie convient, ajoutez sa ligne sous `url` :\n\n```yaml\n  archive: {copy}\n```\n"


def main(counts: Path, told: Path, root: Path, today: datetime.date) -> None:
    """Ask, count and tell.

    Raises:
        SystemExit: no address answers at all; then it is this machine that is cut off, and nothing is counted.
    """
    addresses = list(cited(open_site(root)))
    server, repository = os.environ.get("GITHUB_SERVER_URL", ""), os.environ.get("GITHUB_REPOSITORY", "")
    agent = "manchette-links/1" + (f" (+{server}/{repository})" if repository else "")
    answers = ask_all((one.address for one in addresses), agent, PAUSE)
    for address, answer in answers.items():
        print(f"{answer.life.value:8}{answer.why:24}{address}")
    if addresses and not any(answer.life is Life.ALIVE for answer in answers.values()):
        sys.exit("No address answers: nothing is counted.")
    before = json.loads(counts.read_text("utf-8")) if counts.exists() else {}
    after = count({address: Failure(**failure) for address, failure in before.items()}, answers, today)
    rows = {address: asdict(failure) for address, failure in sorted(after.items())}
    counts.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    told.write_text(report(addresses, after), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(), datetime.datetime.now(datetime.UTC).date())
