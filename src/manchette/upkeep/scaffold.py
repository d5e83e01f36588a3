"""A new article's pages and sidecars, ready to fill."""

from __future__ import annotations

import json
from pathlib import Path

from manchette.format.kinds import ORGANIZATION
from manchette.format.layout import ANNOTATIONS, DOORS, REGISTERS, SCHEMAS, SIDECARS, TEXT, file_of, notes_of, page_of
from manchette.format.scalars import id_problem, slug
from manchette.load.decode import UNPRINTABLE
from manchette.site.site import Site
from manchette.site.unfinished import PASTE, STUB
from manchette.typeset.render import render

PAGES = (TEXT, *DOORS.values())
LONGEST = 200  # letters of an id that becomes a file's name: file systems take 255 bytes


class ScaffoldError(Exception):
    """Something stands where the article would go; the text says in French what."""


def new_article(site: Site, article: str, title: str, publisher: str) -> dict[Path, str]:
    """The files of a new article, path → text: none of them exists yet.

    `publisher` is an organization's id or name; one that the registers do not have gets an entry in a file of its own.
    Raises ScaffoldError if the article is there already, or if an id or a text cannot be used.
    """
    if article in {*REGISTERS, SCHEMAS}:
        raise ScaffoldError(f"{notes_of(article)} est déjà pris ; choisissez un autre identifiant")
    if bad := UNPRINTABLE.search(title + publisher):
        raise ScaffoldError(f"caractère invisible U+{ord(bad[0]):04X} ; supprimez-le")
    title, publisher = " ".join(title.split()), " ".join(publisher.split())
    if not title or not publisher:
        raise ScaffoldError("un titre et un nom ne peuvent pas être vides")
    notes = notes_of(article)
    if (site.root / file_of(page_of(article))).parent.exists() or (site.root / notes).exists():
        raise ScaffoldError(f"l’article « {article} » existe déjà ; choisissez un autre identifiant")
    found = [key for key, each in site.registers["organization"].items() if publisher in (key, each.entry.name)]
    key = found[0] if found else slug(publisher)
    if not found and (key in site.entities or id_problem(key) or len(key) > LONGEST):
        raise ScaffoldError(f"« {publisher} » ne donne pas d’identifiant libre ; ajoutez sa fiche à organizations.yml")
    words = {"title": json.dumps(title, ensure_ascii=False), "publisher": key, "paste": PASTE}
    places = {name: site.root / file_of(page_of(article, name)) for name in PAGES}
    places |= {f"{name}.yml": site.root / notes / f"{name}.yml" for name in SIDECARS}
    files = {path: f"{render(f'new/{name}.jinja', **words)}\n" for name, path in places.items()}
    if not found:
        entry = {"publisher": key, "name": json.dumps(publisher, ensure_ascii=False), "who": publisher, "stub": STUB}
        path = site.root / ANNOTATIONS / ORGANIZATION.file / f"{key}.yml"
        if path.exists():
            raise ScaffoldError(f"{path.relative_to(site.root)} existe déjà, et ne se lit pas ; corrigez-le")
        files[path] = f"{render('new/organization.yml.jinja', **entry)}\n"
    return files
