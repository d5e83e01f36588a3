"""A built site served under a sub-path, as GitHub Pages serves a project's."""

import contextlib
import gzip
import io
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

PREFIX = "/depot/"
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
# As hosts have them, whatever the machine's own list says.
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".xml": "application/xml", ".ics": "text/calendar"}


class Handler(SimpleHTTPRequestHandler):
    """Files below PREFIX, compressed for who accepts it, a 404 for all else, nothing listed or logged."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def translate_path(self, path: str) -> str:
        """Map an address to a file; outside PREFIX, to one that does not exist."""
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nowhere")
        return super().translate_path(path[len(PREFIX) - 1 :])

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a file's head and return its body, compressed where that pays."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix not in COMPRESSED or not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, or as much of it as is waited for: a page that is left asks for no more."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().copyfile(source, outputfile)

    def list_directory(self, path: Any) -> None:
        """Refuse: Pages lists no folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on a free loopback port for as long as the context lasts, and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()
