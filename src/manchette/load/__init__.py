"""YAML → entries, or problems with line and column.

Nothing here raises for what someone wrote: each stage gives what it could make, and every problem it saw.
`decode` bytes → text; `tree` text → values with places; `check` values → entries; `folder` and `article` the files.
What was probably meant is said by `syntax` (text that YAML refuses), `traps` and `cuts` (text that it reads otherwise
than it looks), `slips` (values) and `strays` (keys and entries elsewhere than they belong).
"""

from manchette.format.layout import schema_line
from manchette.load.article import Article, find_articles, load_article, load_front_matter, split
from manchette.load.decode import decode
from manchette.load.folder import (
    check_layout,
    files_of,
    files_of_registers,
    left_out,
    load_registers,
    load_sidecars,
    read_text,
)
from manchette.load.record import STUB, Record, Where
from manchette.load.settings import check_settings, place_of

__all__ = [
    "STUB",
    "Article",
    "Record",
    "Where",
    "check_layout",
    "check_settings",
    "decode",
    "files_of",
    "files_of_registers",
    "find_articles",
    "left_out",
    "load_article",
    "load_front_matter",
    "load_registers",
    "load_sidecars",
    "place_of",
    "read_text",
    "schema_line",
    "split",
]
