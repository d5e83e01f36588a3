"""The search of a site that is served: made after the page that was saved is there, and only where it would be another.

What can be found hangs on all pages, and to index it takes as long as to make them. So each index is a folder beside
the site, whole before the site has a link to it; until then the one before answers.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from manchette import engine
from manchette.search.index import UNWRITTEN, tell, write
from manchette.search.records import Record

REST = 1.0  # seconds without a build, after which nobody is likely to save again just now


class Served:
    """The index of a site that is served, and whoever makes it."""

    def __init__(self) -> None:
        """Nothing is indexed before the first build."""
        self._lock = threading.Lock()  # held by who looks at what follows, or changes the site's folder
        self._made: tuple[Sequence[Record], Path] | None = None
        self._wanted: tuple[Sequence[Record], Path] | None = None  # to be made with this program
        self._into: Path | None = None  # where the site has its index; nowhere while it is built
        self._ended = 0.0  # when the last build did, in seconds of a clock that only goes on
        self._maker: threading.Thread | None = None
        self._number = 0

    def begin(self) -> None:
        """A build begins: until its end nobody else writes into the site's folder."""
        with self._lock:
            self._into = None

    def end(self, found: Sequence[Record], into: Path, pagefind: Path) -> None:
        """A build ends: let its site have an index; where it is served the one of before, until there is another.

        The first one is made at once.
        """
        try:
            if not engine.is_serving():
                return write(found, into, pagefind)
            made = self._made or (found, self._make(found, pagefind))
        except UNWRITTEN as error:
            return tell(error)
        with self._lock:
            self._made, self._into, self._wanted = self._made or made, into, (found, pagefind)
            self._ended = time.monotonic()
            self._show(self._made[1])
            if self._maker is None and found != self._made[0]:
                self._maker = threading.Thread(target=self._keep_up, daemon=True)
                self._maker.start()

    def settle(self) -> None:
        """Wait until the index is that of the last build."""
        if maker := self._maker:
            maker.join()

    def _keep_up(self) -> None:
        self._rest()
        while wanted := self._next():
            try:
                made = self._make(*wanted)
            except UNWRITTEN as error:
                tell(error)
                continue
            with self._lock:
                old, self._made = self._made, (wanted[0], made)
                if self._into:
                    self._show(made)
            if old:
                shutil.rmtree(old[1], ignore_errors=True)
            self._rest()

    def _rest(self) -> None:
        """Let a build have the machine, and whoever saves again at once a page before an index."""
        while True:
            time.sleep(REST)
            with self._lock:
                if self._into and time.monotonic() >= self._ended + REST:
                    return

    def _next(self) -> tuple[Sequence[Record], Path] | None:
        """What is to be made now; with nothing left, its maker is gone."""
        with self._lock:
            wanted, self._wanted = self._wanted, None
            if wanted is None or (self._made and wanted[0] == self._made[0]):
                self._maker = wanted = None
            return wanted

    def _make(self, found: Sequence[Record], pagefind: Path) -> Path:
        self._number += 1
        folder = Path(_folder().name, str(self._number))
        write(found, folder, pagefind)
        return folder

    def _show(self, made: Path) -> None:
        """Put a link to an index in the place of another at once; where links cannot be made, a copy."""
        assert self._into
        link = self._into.with_name("index-next")
        try:
            self._into.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(made, target_is_directory=True)
            link.replace(self._into)
        except OSError:
            link.unlink(missing_ok=True)
            try:
                shutil.copytree(made, link)
                shutil.rmtree(self._into, ignore_errors=True)
                link.rename(self._into)
            except UNWRITTEN as error:
                tell(error)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where indexes are; it goes with the server."""
    return tempfile.TemporaryDirectory(prefix="manchette-")


served = Served()
