"""A tree → an entry of a model, or every problem it has, in French and in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from manchette.format.model import Model, Quote
from manchette.format.scalars import BLANKS, name_of, shape
from manchette.load import strays
from manchette.load.record import Node, Path, Record, Written
from manchette.load.slips import has_numbers, is_words, may_slip, model_at, slips, with_points
from manchette.load.strays import required
from manchette.problems import Place, Problem, Severity, cite, nearest

M = TypeVar("M", bound=Model)

_HTML = re.compile(
    r"""
      </? [a-zA-Z][a-zA-Z0-9-]* (?: \s[^<>]* )? /?>  # a tag
    | <!--
    """,
    re.VERBOSE,
)


_NUMBERS = {"bad-number", "bad-geonames", "bad-qid"}  # what to write for these has no spaces at all


def check(model: type[M], node: Node, place: Place, entry: str) -> tuple[Record[M] | None, list[Problem]]:
    """The record of `entry`, and its problems; None if one of them is an error.

    `node` is what was written of it; `place`, where its key stands, or its item in a list.
    """
    if not node.is_mapping:
        wanted = ", ".join(f"{key}: …" for key in required(model))
        message = f"une fiche est attendue ici, pas {shape(node.plain())}"
        suggestion = f"écrivez « {wanted} »"
        if glued := strays.joined(node.text or ""):
            message, suggestion = glued[2], f"écrivez « {glued[0]}: {glued[1]} … », une clé par ligne"
        return None, [Problem(node.place, "wrong-type", message, suggestion, entry)]
    if stray := strays.entry(model, node, place, entry):
        return None, [stray]
    written = node.walk()
    problems: list[Problem] = []
    if has_numbers(written):
        node, problems = with_points(node, entry)
        written = node.walk()
    where = Written(place, node)
    problems += [*_duplicates(written, entry), *_html(written, entry)]
    if may_slip(written):
        problems += slips(model, node, entry)
    plain = node.plain()
    read: M | None = None
    errors = _near_misses(model, node)
    try:
        read = model.model_validate(plain)
    except ValidationError as error:
        errors += error.errors()
    meant: set[Path] = set()  # keys that were written, but misspelt: that they are missing needs no second problem
    if errors:
        cut = {each.place for each in written if each.cut and each.cut.glued}  # nor that nothing is left
        found = _translated(model, errors, where, entry, meant)
        problems += [problem for problem in found if problem.code != "empty" or problem.place not in cut]
    problems += [
        Problem(where.key(rule.hangs_on), rule.code, rule.message, rule.suggestion, entry)
        for rule in model.rules
        if rule.broken(plain) and not meant.intersection((each,) for each in rule.wanted)
    ]
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return None if broken or read is None else Record(entry, read, where.where()), problems


def _duplicates(written: Iterable[Node], entry: str) -> Iterator[Problem]:
    for mapping in written:
        if not mapping.index or len(mapping.index) == len(mapping.pairs):
            continue
        first: dict[str, Place] = {}
        for key, _ in mapping.pairs:
            if key.text in first:
                message = f"clé {cite(key.text)} en double, déjà écrite ligne {first[key.text].line}"
                yield Problem(key.place, "duplicate-key", message, "gardez-en une", entry)
            first.setdefault(key.text, key.place)


def _html(written: Iterable[Node], entry: str) -> Iterator[Problem]:
    for scalar in written:
        if scalar.text and "<" in scalar.text and (tag := _HTML.search(scalar.text)):
            message = f"{cite(tag.group(), 30)} : le HTML s’affichera tel quel"
            yield Problem(
                scalar.place, "html-shown", message, "pour l’emphase, écrivez *mot* ou **mot**", entry, Severity.NOTICE
            )


def _near_misses(model: type[Model], node: Node) -> list[ErrorDetails]:
    """Keys that look like a misspelling of one of the model's own, where it lets others through.

    A front matter does, since MkDocs and themes have keys in it too.
    """
    if model.model_config.get("extra") == "forbid":
        return []
    written = {key.text for key, _ in node.pairs}
    return [
        ErrorDetails(type="extra_forbidden", loc=(key,), msg="", input=None)
        for key in written - set(model.model_fields)
        if nearest(key, set(model.model_fields) - written, at_least=80)
    ]


def _translated(
    model: type[Model], found: list[ErrorDetails], where: Written, entry: str, meant: set[Path]
) -> Iterator[Problem]:
    """The problems; `meant` takes the keys that others were written for."""
    beside: dict[Path, set[str]] = {}  # the keys of each mapping
    for error in found:
        if error["type"] == "extra_forbidden":
            *above, written = error["loc"]
            mapping = tuple(above)
            if mapping not in beside:
                beside[mapping] = where.keys(*mapping)
            message, suggestion, like = strays.key(model, model_at(model, mapping), str(written), beside[mapping])
            meant.add((*above, like))
            yield Problem(where.key(*error["loc"]), "unknown-key", message, suggestion, entry)
    for error in found:
        if error["type"] == "extra_forbidden" or (error["type"] == "missing" and error["loc"] in meant):
            continue
        path = error["loc"]
        place = where.at(*path)
        if path and path[-1] == "[key]":  # pydantic's way to point at a key of `names`
            place, path = where.key(*path[:-1]), path[:-2]
        said = _said(model, error, path, where)
        written = str(error["input"]) if said[0] == "bad-id" else ""
        yield Problem(place, *said, entry, written=written)


def _said(model: type[Model], error: ErrorDetails, path: Path, where: Written) -> tuple[str, str, str]:
    """Code, message and suggestion of an error that pydantic found."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        field = model_at(model, path[:-1]).model_fields[str(path[-1])]
        return (
            "missing-key",
            f"clé obligatoire absente : « {path[-1]} »",
            f"ajoutez « {path[-1]}: … » ({field.description})",
        )
    about = f"« {key} » : " if (key := where.deepest(path)) else ""
    blank = isinstance(given, str) and not given.strip() and (kind.startswith("bad-") or "message" not in context)
    if blank or kind == "empty":
        needed = path[-1:] and path[-1] in required(model_at(model, path[:-1]))
        return "empty", f"{about}valeur vide", "écrivez-la" if needed else "écrivez-la, ou supprimez la clé"
    if (
        isinstance(given, str)
        and (hidden := re.search(f"[{BLANKS}]", given))
        and kind not in _NUMBERS
        and not is_words(model, path)
    ):
        spaced = " ".join(re.sub(f"[{BLANKS}]+", " ", given).split())
        read = kind == "bad-date" and " " in spaced and "par exemple" not in context["suggestion"]  # « 3 mai 2024 »
        if not read:
            return "no-break-space", f"{about}{name_of(hidden[0])} dans {cite(spaced)}", f"retapez la valeur : {spaced}"
    if "message" in context:  # one of ours, made by `wrong` in `format/scalars.py`
        return kind, f"{about}{context['message']}", context["suggestion"]
    if kind == "literal_error":
        allowed = re.findall("'([^']*)'", context["expected"])
        return (
            "bad-word",
            f"{about}{cite(str(given))} n’est pas permis ici",
            f"écrivez {' ou '.join(map(cite, allowed))}",
        )
    if kind == "tuple_type" and (dashes := _dashes(given)):
        return "wrong-type", f"{about}{dashes[0]}", dashes[1]
    wanted, suggestion = _wanted(model, kind, given, path)
    return "wrong-type", f"{about}{wanted}, pas {shape(given)}", suggestion


def _dashes(given: object) -> tuple[str, str] | None:
    """What is wrong with a list whose dashes are none to YAML, and what to write."""
    written = next(iter(given), "") if isinstance(given, dict) else given
    if not isinstance(written, str) or not (items := strays.items(written)):
        return None
    glued = written.startswith("-")
    message = "il manque une espace après le tiret" if glued else f"« {written[0]} » n’est pas le tiret d’une liste"
    return message, f"écrivez {' puis '.join(f'« - {item} »' for item in items)}"


def _wanted(model: type[Model], kind: str, given: object, path: Path) -> tuple[str, str]:
    """The form that a value should have had, and what to write."""
    if kind == "tuple_type":
        one = isinstance(given, str) and not re.search(r"[][{},:#'\"\n]", given)
        return "une liste est attendue", f"écrivez « [{given}] »" if one else "commencez chaque ligne par « - »"
    nested = model_at(model, path)
    if kind == "model_type" and nested is not Quote:
        inside = ", ".join(f"{key}: …" for key in required(nested))
        return "une fiche est attendue", f"écrivez « {{{inside}}} »"
    if kind == "dict_type":
        return "une fiche est attendue", "écrivez « {langue: nom} », par exemple « {ko: 김정은} »"
    return "un texte est attendu", "écrivez-le sur une ligne, ou sur plusieurs après « >- »"
