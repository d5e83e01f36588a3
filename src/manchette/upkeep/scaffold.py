"""A new article's pages and sidecars, ready to fill."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from manchette.anchor.letters import slug
from manchette.format.kinds import ORGANIZATION
from manchette.format.layout import (
    ANNOTATIONS,
    CONFIGURATION,
    DOORS,
    METHOD,
    REGISTER,
    REGISTERS,
    REQUIREMENTS,
    SCHEMAS,
    SIDECARS,
    TEXT,
    file_of,
    notes_of,
    page_of,
)
from manchette.format.scalars import id_problem
from manchette.load import STUB
from manchette.load.decode import UNPRINTABLE
from manchette.site.site import Site
from manchette.site.unfinished import ADDRESS, PASTE
from manchette.typeset.render import render

PAGES = (TEXT, *DOORS.values())
LONGEST = 200  # letters of an id that becomes a file's name: file systems take 255 bytes


SITE = {
    CONFIGURATION: "mkdocs.yml",
    "macros.py": "macros.py",
    REQUIREMENTS: "requirements.txt",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".github/workflows/pages.yml": "workflows/pages.yml",
    ".github/workflows/check.yml": "workflows/check.yml",
    **{
        file_of(page): file_of(page)
        for page in (TEXT, REGISTER, METHOD, "contribuer.md", "a-propos.md", "corrections.md")
    },
}
"""The files of a new site → their templates."""


class ScaffoldError(Exception):
    """Something stands where the article would go; the text says in French what."""


def new_site(folder: Path, title: str, settings: Mapping[str, str], package: str) -> dict[Path, str]:
    """The files of a new site, path → text; none of them exists yet.

    `settings`: what is known of `extra.manchette`. `package`: the line of `requirements.txt` that names the engine.
    Raises ScaffoldError where a file stands already.
    """
    stubs = {
        "publisher": f"{STUB} : qui annote et publie ce site",
        "contact": f"{STUB} : une adresse où écrire, sans compte nulle part",
        "sources": f"{STUB} : comment les sources des notes ont été lues",
        "licence": "CC BY 4.0",
        "url": "",
    }
    given = {key: json.dumps(settings.get(key) or stub, ensure_ascii=False) for key, stub in stubs.items()}
    words = {"title": json.dumps(title, ensure_ascii=False), "requirement": package, **given}
    files = {
        folder
        / file: f"{render(f'init/{name}.jinja', **{**words, 'title': title} if file == 'README.md' else words)}\n"
        for file, name in SITE.items()
    }
    if taken := sorted(path.relative_to(folder).as_posix() for path in files if path.exists()):
        raise ScaffoldError(f"{', '.join(taken)} : déjà là ; rien n’est écrit. Choisissez un autre dossier")
    return files


def package_line() -> str:
    """The line of `requirements.txt` that installs this engine: the address that it was installed from (PEP 610).

    Never a bare name, which anyone could take on a package index.
    """
    with contextlib.suppress(PackageNotFoundError, ValueError):
        origin = json.loads(distribution("manchette").read_text("direct_url.json") or "{}")
        if str(origin.get("url", "")).startswith("https://"):
            digest = (origin.get("archive_info", {}).get("hashes") or {}).get("sha256")
            return f"manchette[search] @ {origin['url']}" + (f"#sha256={digest}" if digest else "")
    return f"# {STUB} : {ADDRESS}"


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
        proposed = f"mon-journal: {{name: {json.dumps(publisher, ensure_ascii=False)}, description: {STUB}}}"
        raise ScaffoldError(
            f"« {publisher} » ne donne pas d’identifiant libre ; ajoutez à {ANNOTATIONS}/{ORGANIZATION.file}.yml"
            f" « {proposed} », sous l’identifiant de votre choix, que vous donnerez à --publisher"
        )
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
