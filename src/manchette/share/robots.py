"""What robots may read, and where the list of the pages is (RFC 9309, sitemaps.org)."""

from __future__ import annotations

from collections.abc import Mapping

from manchette.engine import Home
from manchette.site.site import Site


def files(site: Site, home: Home) -> Mapping[str, bytes]:
    """`robots.txt`; robots only ask for it at a host's root."""
    del site
    told = f"User-agent: *\nAllow: /\n\nSitemap: {home.file('sitemap.xml')}\n"
    return {"robots.txt": told.encode()} if home.url else {}
