"""What the notes are in other people's formats: how large, and how long each takes to write, apart from any build.

    python bench/export.py [PROJECT]

By default of this site's articles and of the sample's, as if all may be passed on. Milliseconds are of the processor.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from manchette.engine import Home  # noqa: E402 - after the path
from manchette.export.formats import files  # noqa: E402
from manchette.site.open import open_site  # noqa: E402
from manchette.site.site import Site  # noqa: E402

HOME = Home("https://example.org/site/")
TIMES = 5


def main() -> None:
    """Print a table for each project."""
    for root in [Path(path) for path in sys.argv[1:]] or [ROOT, ROOT / "tests/projects/estuaire"]:
        site = open_site(root).published
        print(f"{root.name}: {len(site.articles)} articles\n{'bytes':>12}{'ms':>9}  file")
        for path, size, seconds in written(site):
            print(f"{size:12,}{1000 * seconds:9.1f}  {path}")


def written(site: Site) -> list[tuple[str, int, float]]:
    """Of each file its path, its bytes, and the median of the seconds that it takes."""
    free = {
        key: replace(each, front=each.front.model_copy(update={"rights": "CC0-1.0"}))
        for key, each in site.articles.items()
    }
    found = []
    for path, make in files(replace(site, articles=free), HOME).items():
        took = []
        for _ in range(TIMES):
            start = time.process_time()
            content = make()
            took.append(time.process_time() - start)
        found.append((path, len(content), median(took)))
    return found


if __name__ == "__main__":
    main()
