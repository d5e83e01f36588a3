"""Slips of the hand that leave a file readable: texts cut short, quotation marks left open, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args, get_origin

from manchette.format.model import Model, core, hints
from manchette.format.scalars import ID, As
from manchette.load import cuts
from manchette.load.record import Key, Node, Path, index_of
from manchette.problems import Problem

_CLOSERS = {"«": "»", "“": "”", "„": "“”", "‘": "’"}
_OPENERS = frozenset(_CLOSERS)
_FRACTION = re.compile(r"[0-9]+")


def may_slip(written: Iterable[Node]) -> bool:
    """Whether `slips` may have something to say of these; of most it has not, and they need not be looked at again."""
    return any(node.cut or (node.text and node.text[0] in _OPENERS) for node in written)


def slips(model: type[Model], node: Node, entry: str) -> Iterator[Problem]:
    """Texts of an entry that a comment cuts short, or that begin with a quotation mark that nothing closes."""
    for path, scalar in node.leaves():
        closers = _CLOSERS.get((scalar.text or "")[:1])
        if not (scalar.cut or closers) or not is_words(model, path):
            continue
        if scalar.cut and _loses(model, path, scalar):
            yield cuts.problem(scalar.cut, entry)
        if closers and path[0] != "quote" and not any(each in (scalar.text or "") for each in closers):  # a passage may
            message = f"« {path[-1]} » : {(scalar.text or '')[0]} ouvre une citation que {closers[-1]} ne ferme pas"
            remedy = f"fermez-la par {closers[-1]} ; ce qui délimite un texte en YAML, ce sont les guillemets droits"
            yield Problem(scalar.place, "open-quote", message, remedy, entry)


def _loses(model: type[Model], path: Path, scalar: Node) -> bool:
    """Whether what is cut off may be part of the text; after a date, a number or an id it is a comment."""
    assert scalar.cut is not None
    kept = scalar.cut.kept
    if path[0] not in model.model_fields and kept and " " not in kept:  # of the theme: `icon: material/map #carte`
        return False
    may_be_id = path[0] == "attribution" and ID.fullmatch(kept)
    return (scalar.cut.glued or bool(kept)) and not (cuts.bare(kept) and (may_be_id or not scalar.cut.glued))


def has_numbers(written: Iterable[Node]) -> bool:
    """Whether a key is a number, of which `with_points` may have something to say."""
    return any(any(map(str.isdigit, node.index)) for node in written if node.index)


def with_points(node: Node, entry: str) -> tuple[Node, list[Problem]]:
    """The tree with points for the decimal commas that braces cut at, `{lat: 45,76}`, and a problem for each pair.

    What YAML reads there is a whole number and, after it, another for a key.
    """
    problems: list[Problem] = []

    def mended(node: Node) -> Node:
        if not node.is_mapping:
            return replace(node, items=[mended(item) for item in node.items])
        pairs: list[tuple[Key, Node]] = []
        for key, value in node.pairs:
            last = pairs[-1][1] if pairs else None
            whole = last and re.fullmatch(r"[-+−]?[0-9]+", last.text or "")
            if last and whole and not value.text and not value.is_mapping and _FRACTION.fullmatch(key.text):
                pairs[-1] = (pairs[-1][0], replace(last, text=f"{last.text}.{key.text}"))
            else:
                pairs.append((key, mended(value)))
        if len(pairs) < len(node.pairs):
            message = "entre accolades la virgule sépare les clés : un nombre décimal prend un point"
            suggestion = f"écrivez « {{{', '.join(f'{key.text}: {value.text}' for key, value in pairs)}}} »"
            problems.append(Problem(node.place, "decimal-comma", message, suggestion, entry))
        return replace(node, pairs=pairs, index=index_of(pairs))

    return mended(node), problems


def is_words(model: type[Model], path: Path) -> bool:
    """Whether readers are shown the value at `path` as it is written; all are that a front matter lets through."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    above = model_at(model, path[:-1])
    if path and path[0] not in model.model_fields:
        return True
    if name not in above.model_fields:  # a language of `names`
        return "names" in path
    bare, metadata = core(hints(above)[name])
    metadata += tuple(each for argument in get_args(bare) for each in core(argument)[1])
    return any(isinstance(each, As) and each.is_words for each in metadata)


def model_at(model: type[Model], path: Path) -> type[Model]:
    """The model of the mapping at `path`, or the nearest that encloses it."""
    for part in path:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        bare, _ = core(hints(model)[part])
        if get_origin(bare) is tuple:
            bare, _ = core(get_args(bare)[0])
        if isinstance(bare, type) and issubclass(bare, Model):
            model = bare
    return model
