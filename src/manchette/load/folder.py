"""A project's folders → records by id, and all the problems that one file, or one register, shows by itself."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path
from typing import TypeVar, cast

from manchette.anchor.letters import slug
from manchette.format.kinds import ENTITY_KINDS, Claim, Entity, Event
from manchette.format.layout import (
    ANNOTATIONS,
    LISTS,
    REGISTERS,
    SCHEMAS,
    SIDECARS,
    file_of,
    notes_of,
    page_of,
    schema_line,
)
from manchette.format.model import Mention, Model, Source
from manchette.format.scalars import id_problem, shape
from manchette.load import strays
from manchette.load.check import check
from manchette.load.decode import LIMIT, decode
from manchette.load.record import Node, Record
from manchette.load.tree import parse
from manchette.problems import Place, Problem, Severity, cite, nearest

M = TypeVar("M", bound=Model)

ENOUGH = 1000  # errors of one register; with more it is some other file, and the rest is not read
_SIDECAR_FILES = frozenset(f"{name}.yml" for name in SIDECARS)
_MEANT = re.compile(r"\.(?:ya?ml|json)(?:\.txt)?", re.IGNORECASE)
"""How a file's name ends that someone meant the program to read; Windows adds `.txt`, and does not show it."""


def load_registers(
    root: Path,
) -> tuple[dict[str, dict[str, Record[Entity]]], dict[str, Record[Source]], list[Problem]]:
    """Kind name → id → entity, id → source, and the problems, of the project in `root`."""
    problems: list[Problem] = []
    seen: dict[str, Place] = {}  # entities share one namespace
    entities: dict[str, dict[str, Record[Entity]]] = {}
    for kind in ENTITY_KINDS:
        records, found = _mapping(root, ANNOTATIONS, kind.file, cast(type[Entity], kind.model), seen)
        entities[kind.name] = records
        problems += found
    sources, found = _mapping(root, ANNOTATIONS, "sources", Source, {})
    return entities, sources, problems + found


def load_sidecars(
    root: Path, article: str
) -> tuple[dict[str, Record[Claim]], dict[str, Record[Event]], list[Record[Mention]], list[Problem]]:
    """Claims and dates by id, mentions in the order written (`mention-1`…), and the problems, of one article."""
    folder = notes_of(article)
    claims, in_claims = _mapping(root, folder, "claims", Claim, {})
    dates, in_dates = _mapping(root, folder, "dates", Event, {})
    mentions, in_mentions = _list(root, folder, "mentions", Mention)
    return claims, dates, mentions, in_claims + in_dates + in_mentions


def files_of(root: Path, article: str) -> list[str]:
    """The files that an article is read from: its text, and its sidecars."""
    return [file_of(page_of(article)), *chain(*(_files(root, notes_of(article), name) for name in SIDECARS))]


def files_of_registers(root: Path) -> list[str]:
    """The files that `load_registers` reads."""
    return [*chain(*(_files(root, ANNOTATIONS, name) for name in REGISTERS))]


def check_layout(root: Path, articles: Collection[str]) -> list[Problem]:
    """Files and folders under `annotations/` that nothing reads, with the name that was meant."""
    problems = [*_closed(root, root / ANNOTATIONS), *bad_names(root, root / ANNOTATIONS)]
    articles = dict.fromkeys(articles)
    for path in _visible(root / ANNOTATIONS):
        if path.name in articles and _has_sidecars_alone(path):
            continue
        problems += [*_closed(root, path), *bad_names(root, path)] if path.is_dir() and path.name != SCHEMAS else []
        if path.is_dir() and path.name in REGISTERS:
            problems += _strangers(root, path, ())
        elif path.is_dir() and path.name in articles:
            problems += _strangers(root, path, SIDECARS)
            for folder in filter(Path.is_dir, _visible(path)):
                if folder.name in SIDECARS:
                    problems += _strangers(root, folder, ())
        elif path.is_dir() and path.name != SCHEMAS:
            problems.append(_stranger(root, path, [*articles, *REGISTERS], "dossier qui n’est celui d’aucun article"))
    return problems + _strangers(root, root / ANNOTATIONS, REGISTERS, folders=False)


def _has_sidecars_alone(folder: Path) -> bool:
    """Whether a folder holds nothing but what is read of an article; most do, and need no closer look."""
    try:
        with os.scandir(folder) as entries:
            return all(each.name in _SIDECAR_FILES and each.is_file(follow_symlinks=False) for each in entries)
    except OSError:
        return False


def left_out(problems: Iterable[Problem]) -> tuple[frozenset[str], frozenset[str]]:
    """Of the problems of loading: the files that could not be read whole, and the ids of entries that did not pass.

    What refers to these ids, or to any id where a register could not be read, is not to be blamed for it.
    """
    errors = [p for p in problems if p.severity is Severity.ERROR and p.code != "unknown-file"]
    files = frozenset(p.place.file for p in errors if not p.entry and p.place.file.startswith(f"{ANNOTATIONS}/"))
    return files, frozenset(p.entry for p in errors if p.entry)


def read_text(root: Path, file: str) -> tuple[str | None, list[Problem]]:
    """The text of `file`, a path relative to `root`; or None, and what keeps it from being read."""
    path = root / file
    if not path.is_file():  # opening a pipe would wait for ever
        return None, [Problem(Place(file), "unreadable", "ce n’est pas un fichier", "mettez-y un fichier de texte")]
    try:
        with path.open("rb") as stream:  # to read up to a limit takes room for all of it
            data = stream.read(LIMIT + 1) if os.fstat(stream.fileno()).st_size > LIMIT else stream.read()
    except OSError:
        return None, [Problem(Place(file), "unreadable", "lecture impossible", "vérifiez ses droits")]
    return decode(data, file)


def _mapping(
    root: Path, folder: str, name: str, model: type[M], seen: dict[str, Place]
) -> tuple[dict[str, Record[M]], list[Problem]]:
    records: dict[str, Record[M]] = {}
    problems: list[Problem] = []
    errors = 0
    for file in _files(root, folder, name):
        node, found = _tree(root, file)
        problems += found
        errors += _errors(found)
        if node is None:
            continue
        if not node.is_mapping:
            message = f"des fiches « identifiant: … » sont attendues, pas {shape(node.plain())}"
            problems.append(Problem(node.place, "wrong-type", message, _as_entries(model, node)))
        for key, value in node.pairs:
            if errors > ENOUGH:
                problems.append(Problem(key.place, "too-many", "trop de problèmes ; la suite n’est pas lue"))
                return records, problems
            if key.text in model.model_fields and not value.is_mapping:
                message = f"« {key.text} » est une clé de fiche, pas un identifiant"
                suggestion = "indentez-la de deux espaces, sous l’identifiant de sa fiche"
                problems.append(Problem(key.place, "bad-indent", message, suggestion))
                errors += 1
                continue
            found = []
            if said := id_problem(key.text):
                found.append(Problem(key.place, "bad-id", *said, key.text))
            if key.text in seen:
                message = f"identifiant {cite(key.text)} déjà pris : {seen[key.text]}"
                suggestion = "choisissez-en un autre, ou réunissez les deux fiches"
                found.append(Problem(key.place, "duplicate-id", message, suggestion, key.text))
            record, of_entry = check(model, value, key.place, key.text)
            found += of_entry
            problems += found
            errors += _errors(found)
            if record and not said and key.text not in seen:
                records[key.text] = record
            seen.setdefault(key.text, key.place)
    return records, problems


def _errors(problems: Iterable[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


def _list(root: Path, folder: str, name: str, model: type[M]) -> tuple[list[Record[M]], list[Problem]]:
    records: list[Record[M]] = []
    problems: list[Problem] = []
    number = 0
    for file in _files(root, folder, name):
        node, found = _tree(root, file)
        problems += found
        if node is None:
            continue
        if node.is_mapping or node.text is not None:
            message = f"une liste est attendue, pas {shape(node.plain())}"
            problems.append(Problem(node.place, "wrong-type", message, _as_items(node)))
        for item in node.items:
            number += 1
            record, found = check(model, item, item.place, f"mention-{number}")
            problems += found
            records += [record] if record else []
    return records, problems


def _as_entries(model: type[Model], node: Node) -> str:
    """What to write where a list, or a text, stands in the place of entries."""
    written = node.items[0] if node.items else node
    homes = [each for each in strays.of_keys(written.index or (), model) if each in LISTS]
    if written.index and homes:
        return f"la place de cette liste est {strays.places(homes)}"
    name = next((value.text for key, value in written.pairs if key.text in {"id", "name", "title"} and value.text), "")
    said = name or (written.text or "").partition(":")[0]
    return f"écrivez « {slug(said)[:60] or 'mon-id'}: » puis ses clés dessous"


def _as_items(node: Node) -> str:
    """What to write where entries, or a text, stand in the place of a list of mentions."""
    entry = next((value for _, value in node.pairs if value.is_mapping), None)
    if entry and entry.index and "entity" not in entry.index and (homes := strays.of_keys(entry.index, Mention)):
        return f"la place de ces fiches est {strays.places(homes)}"
    return "commencez chaque mention par « - »"


def _files(root: Path, folder: str, name: str) -> list[str]:
    """`people.yml` and `people/*.yml`, whichever there are."""
    whole = [f"{folder}/{name}.yml"] if (root / folder / f"{name}.yml").exists() else []
    parts = [path for path in _visible(root / folder / name) if path.suffix == ".yml" and path.exists()]
    return whole + [f"{folder}/{name}/{path.name}" for path in parts]


def _tree(root: Path, file: str) -> tuple[Node | None, list[Problem]]:
    text, problems = read_text(root, file)
    if text is None or not text.strip():
        return None, problems
    first, _, _ = text.partition("\n")
    if first.rstrip() != (line := schema_line(file)):
        notice = Problem(
            Place(file), "schema-line", "la première ligne ne nomme pas le schéma", f"écrivez {cite(line, 200)}",
            severity=Severity.NOTICE,
        )  # fmt: skip
        problems.append(notice)
    node, found = parse(text, file)
    return node, problems + found


def _closed(root: Path, folder: Path) -> list[Problem]:
    """A folder that is there and cannot be listed."""
    try:
        if folder.exists():
            next(folder.iterdir(), None)
    except OSError:
        place = Place(folder.relative_to(root).as_posix())
        return [Problem(place, "unreadable", "ce n’est pas un dossier lisible", "mettez-y un dossier, ou ôtez-le")]
    return []


def listed(folder: Path) -> list[Path]:
    """What a folder holds, sorted; nothing where it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _visible(folder: Path) -> list[Path]:
    """What a folder holds, sorted, but for the leavings of editors and names that nobody could print."""
    return [
        path
        for path in listed(folder)
        if path.name.isprintable() and not path.name.startswith(".") and not path.name.endswith("~")
    ]


def bad_names(root: Path, folder: Path) -> list[Problem]:
    """What a folder holds under names that are not UTF-8, or have characters that cannot be seen."""
    return [
        Problem(
            Place(ascii(path.relative_to(root).as_posix())[1:-1]),
            "bad-name",
            "ce nom de fichier n’est pas de l’UTF-8 lisible",
            "renommez-le : lettres, chiffres, traits d’union",
        )
        for path in listed(folder)
        if not path.name.isprintable()
    ]


def _strangers(root: Path, folder: Path, known: Collection[str], folders: bool = True) -> list[Problem]:
    """Files that nothing reads; `known` are the names expected, none meaning any `*.yml`."""
    problems: list[Problem] = []
    for path in _visible(folder):
        if path.is_dir():
            if folders and path.name not in known:
                problems.append(_stranger(root, path, known, "dossier inconnu"))
        elif not path.exists():
            place = Place(path.relative_to(root).as_posix())
            message = "ce lien ne mène nulle part"
            problems.append(Problem(place, "unreadable", message, "remettez ce qu’il désigne, ou ôtez-le"))
        elif (meant := _MEANT.search(path.name)) and meant.end() == len(path.name):
            stem = path.name[: meant.start()]
            if meant[0] != ".yml" or (known and stem not in known):
                problems.append(_stranger(root, path, known or [stem], "fichier que rien ne lit"))
    return problems


def _stranger(root: Path, path: Path, known: Collection[str], message: str) -> Problem:
    suffix = "" if path.is_dir() else ".yml"
    stem = path.name if path.is_dir() else _MEANT.split(path.name)[0]
    place = Place(path.relative_to(root).as_posix())
    if stem in SIDECARS and stem not in known:
        return Problem(place, "unknown-file", message, f"sa place est {notes_of('<article>')}/{stem}{suffix}")
    if stem in REGISTERS and stem not in known:
        return Problem(place, "unknown-file", message, f"sa place est {ANNOTATIONS}/{stem}{suffix}")
    like = stem if stem in known else nearest(stem, known, at_least=60)
    suggestion = f"renommez-le {cite(like + suffix)}" if like else f"noms permis : {', '.join(known) or '*.yml'}"
    return Problem(place, "unknown-file", message, suggestion)
