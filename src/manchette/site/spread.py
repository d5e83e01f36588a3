"""A library too long for one processor: its articles are read by several processes, and only their problems kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import partial
from pathlib import Path

from manchette.site import markdown, reading
from manchette.site.open import collect_rarely, key_of, shared, whole
from manchette.site.reading import Reading, Shared, Unkept
from manchette.site.site import Site

MANY = 100  # articles: below, which is a second or two, processes would not begin sooner than one is done
_MOST = 4  # processes: each takes some 70 MB
_AT_ONCE = 8  # articles that a process is given: an eighth of a second, and few enough to end together

Watch = Callable[[Iterable[Reading], int], Iterable[Reading]]
"""Is handed each article once it is read, and how many there are, and hands it on."""


class SpreadError(Exception):
    """A process ended before it had read its articles; the text says so in French."""


def checked(root: Path, watch: Watch = lambda readings, _: readings, workers: int | None = None) -> Site:
    """The site below `root` for who asks for its problems: they are as `open_site` tells them, all of them.

    Its articles are read anew whenever one is asked for. `workers`: how many processes read, by default as many as it
    has processors, and for a short library none but this.

    Raises:
        SpreadError: a process ended by itself, or was ended.
    """
    key = key_of(root)
    base = shared(*key)
    if workers is None:
        workers = min(_processors(), _MOST) if len(base.listed) >= MANY else 1
    found = _by_processes(key, base.listed, workers) if workers > 1 else (_known(base, name) for name in base.listed)
    readings = list(watch(found, len(base.listed)))
    return whole(base, Unkept(base, [each.id for each in readings if each.is_read]), readings)


def _by_processes(key: tuple[Path, int, date, Path], names: Sequence[str], workers: int) -> Iterator[Reading]:
    with ProcessPoolExecutor(workers, initializer=_begin) as pool:
        try:
            yield from pool.map(partial(_of_process, key), names, chunksize=_AT_ONCE)
        except BrokenProcessPool as error:
            why = "un processus qui lisait les articles s’est arrêté, faute de mémoire peut-être"
            raise SpreadError(f"{why} ; relancez la commande") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """How a process begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the command ends this process, which ends the others
    collect_rarely()


def _of_process(key: tuple[Path, int, date, Path], name: str) -> Reading:
    """What a process does; a copy of this one finds what articles share already read, another reads it once."""
    return _known(shared(*key), name)


def _known(base: Shared, name: str) -> Reading:
    return reading.known(base, name, *reading.read(base, name, markdown.convert))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
