"""What robots may read, and where the lists of the pages are (RFC 9309, sitemaps.org)."""

from __future__ import annotations

from collections.abc import Mapping

from manchette.engine import Home, Make
from manchette.share import sitemap
from manchette.site.site import Site


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """`robots.txt`; robots only ask for it at a host's root."""
    listed = "".join(f"Sitemap: {home.file(path)}\n" for path in ("sitemap.xml", *sitemap.files(site, home)))
    return {"robots.txt": f"User-agent: *\nAllow: /\n\n{listed}".encode} if home.url else {}
