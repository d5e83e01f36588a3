"""Where things stand in a project: the one place that spells a path.

A *file* is a path relative to the project's folder, `docs/articles/essai/index.md`; a *page* is what a site generator
calls it, relative to `docs/`: `articles/essai/index.md`. Both are texts with `/`.
"""

from __future__ import annotations

from manchette.format.kinds import ARTICLE_KINDS, ENTITY_KINDS
from manchette.format.model import Mention, Model, Source

CONFIGURATION = "mkdocs.yml"
REQUIREMENTS = "requirements.txt"  # what a site of one's own installs, the engine among it
DOCS = "docs"
ARTICLES = "articles"  # the folder of the articles' folders
TEXT = "index.md"  # the page of an article that holds its text
REGISTER = "registre.md"  # the page that shows every entity; in an article's folder, those that it names
METHOD = "methode.md"  # the page that says how the notes are written, and what each verdict means
CORRECTIONS = "corrections.md"  # the page that shows what changed in the notes
YEARS = "annees"  # the folder of the home page's lists of articles, each of a year
DOORS = {"timeline": "chronologie.md", "claims": "affirmations.md", "register": REGISTER, "map": "carte.md"}
"""An article's other pages, in the order of its navigation."""

# Files beside the pages, published as they are.
CALENDAR = "chronologie.ics"  # of the site's dates; in an article's folder, of its own
SHARED_PICTURE = "partage.png"  # what is shown of a link to an article; at the root, of any other page
FEEDS = {"articles": "flux/articles.xml", "corrections": "flux/corrections.xml"}

EXPORT = "export"  # the folder of what the notes are in other people's formats, a folder an article

ANNOTATIONS = "annotations"
SCHEMAS = "schema"
REGISTERS: dict[str, type[Model]] = {**{kind.file: kind.model for kind in ENTITY_KINDS}, "sources": Source}
SIDECARS: dict[str, type[Model]] = {**{kind.file: kind.model for kind in ARTICLE_KINDS}, "mentions": Mention}
LISTS = frozenset({"mentions"})  # the files that are a list; all others map ids to entries

READ = (CONFIGURATION, DOCS, ANNOTATIONS)
"""All that a site is read from."""


def folder_of(article: str) -> str:
    """The folder of an article's pages, as a site generator calls it."""
    return f"{ARTICLES}/{article}"


def page_of(article: str, name: str = TEXT) -> str:
    """The page of an article's text, or of one of its doors by the door's file name."""
    return f"{folder_of(article)}/{name}"


def claim_page_of(article: str, claim: str) -> str | None:
    """The page of a claim alone; none of one called `index`, which would stand where all of them do."""
    return leaf_of(page_of(article, DOORS["claims"]), claim) if claim != "index" else None


def locator_of(article: str, place: str = "") -> str:
    """The file of the small map of a place, or of all places, of an article that is too long to hold them."""
    return f"{page_of(article, DOORS['map']).removesuffix('.md')}{'/' * bool(place)}{place}.svg"


def export_of(ending: str, article: str = "") -> str:
    """The file of what an article's notes are in a format, « export/essai/essai.tei.xml »; of all articles', its name.

    Each is named after its article: who keeps several need not name them.
    """
    return f"{EXPORT}/{article}/{article}.{ending}" if article else f"{EXPORT}/{ending}"


def leaf_of(page: str, name: str) -> str:
    """The page of a part of one that was too long: « registre/lieux.md »; of the home page, « annees/2024.md »."""
    stem = page.removesuffix(TEXT).rstrip("/") if page.rpartition("/")[2] == TEXT else page.removesuffix(".md")
    return f"{stem or YEARS}/{name}.md"


def file_of(page: str) -> str:
    """The file of a page."""
    return f"{DOCS}/{page}"


def article_of(page: str) -> str | None:
    """The id of the article in whose folder a page stands; None elsewhere."""
    match page.split("/"):
        case [folder, article, _] if folder == ARTICLES:
            return article
    return None


def is_text(page: str) -> bool:
    """Whether a page is an article's text, or would be if it could be read."""
    return page.startswith(f"{ARTICLES}/") and page.endswith(f"/{TEXT}")


def notes_of(article: str) -> str:
    """The folder of an article's sidecars."""
    return f"{ANNOTATIONS}/{article}"


def concerns(file: str) -> str | None:
    """The id of the article that alone a file concerns, its text or a sidecar; None for what all articles share."""
    match file.split("/"):
        case [docs, folder, article, *_] if (docs, folder) == (DOCS, ARTICLES):
            return article
        case [folder, article, _, *_] if folder == ANNOTATIONS and article not in {*REGISTERS, SCHEMAS}:
            return article
    return None


def schema_of(name: str) -> str:
    """The file of the schema of a register or sidecar, `claims`."""
    return f"{ANNOTATIONS}/{SCHEMAS}/{name}.schema.json"


def schema_line(file: str) -> str:
    """Line 1 of a YAML file of `annotations/`: what editors find its schema by."""
    parts = file.split("/")[1:]
    name = next(part for part in (parts[-1].removesuffix(".yml"), *reversed(parts)) if part in REGISTERS | SIDECARS)
    return f"# yaml-language-server: $schema={'../' * (len(parts) - 1)}{SCHEMAS}/{name}.schema.json"
