"""Keys and entries in the wrong place: in another file, under another key, by another name."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import get_args, get_origin

from manchette.format import synonyms
from manchette.format.layout import ANNOTATIONS, REGISTERS, SIDECARS, notes_of
from manchette.format.model import Model, core, hints
from manchette.format.scalars import BLANKS, name_of
from manchette.load.record import Node
from manchette.load.traps import BULLETS, COLON, COLONS
from manchette.problems import Place, Problem, cite, nearest

FILES = {**REGISTERS, **SIDECARS}

_ENOUGH = 2  # keys by which an entry is known to be of another file


def required(model: type[Model]) -> list[str]:
    """The keys that an entry of `model` must have."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def file_of(name: str) -> str:
    """Where a register or sidecar stands, as told to a contributor."""
    return f"{notes_of('<article>')}/{name}.yml" if name in SIDECARS else f"{ANNOTATIONS}/{name}.yml"


def of_keys(keys: Collection[str], but: type[Model] | None = None) -> list[str]:
    """The files whose entries have all of these keys."""
    return [name for name, model in FILES.items() if model is not but and set(keys) <= set(model.model_fields)]


def places(names: Collection[str]) -> str:
    """The files, « annotations/people.yml ou … »."""
    return " ou ".join(map(file_of, names))


def entry(model: type[Model], node: Node, place: Place, key: str) -> Problem | None:
    """An entry whose keys are those of another file; None where they are its own."""
    written = set(node.index or ())
    foreign = written - model.model_fields.keys()
    if not foreign or model not in FILES.values() or len(written) < _ENOUGH or set(required(model)) <= written:
        return None
    counts = {name: len(written & set(other.model_fields)) for name, other in FILES.items() if other is not model}
    best = max(counts.values())
    if best < _ENOUGH or (best - len(written - foreign) < _ENOUGH and best < len(written)):
        return None
    homes = [name for name, count in counts.items() if count == best]
    fuller = [name for name in homes if set(required(FILES[name])) <= written]
    message = f"cette fiche est d’un autre fichier : elle a {', '.join(map(cite, sorted(foreign)[:3]))}"
    return Problem(place, "wrong-file", message, f"sa place est {places(fuller or homes)}", key)


def key(model: type[Model], above: type[Model], written: str, others: Collection[str]) -> tuple[str, str, str]:
    """What is wrong with a key that `above` does not know, what to write, and the key that was meant, if any.

    `model`: that of the whole entry; `others`: the keys that stand beside it.
    """
    known = list(above.model_fields)
    free = [name for name in known if name not in others]
    clean = re.sub(f"[{BLANKS}]", "", written).strip()
    if clean != written and clean in known:
        letter = re.search(f"[{BLANKS}]", written)
        what = name_of(letter[0]) if letter else "espace"
        return f"{what} dans la clé {cite(clean)}", f"écrivez « {clean}: », sans rien d’autre", clean
    if (glued := joined(clean)) and (right := _like(glued[0], free)):
        letter = re.search(f"[{BLANKS}]", written)
        return (
            f"{name_of(letter[0])} après « {glued[0]}: »" if letter else glued[2],
            f"écrivez « {right}: {glued[1]} »",
            right,
        )
    message = f"clé inconnue {cite(written)}"
    if like := _like(written, free):
        return message, f"écrivez « {like} »", like
    if inside := _inside(above, written):
        return message, f"sa place est sous « {inside[0]} » : {inside[1]}", ""
    homes = of_keys([written], model) if model in FILES.values() else []
    if homes:
        files = " ou ".join(f"{name}.yml" for name in homes)
        return f"{message}, qui est de {files}", f"mettez-la dans {places(homes)}, ou supprimez-la", ""
    if like := nearest(written, free):
        return message, f"écrivez « {like} »", like
    return message, f"clés permises : {', '.join(known)}", ""


def joined(text: str) -> tuple[str, str, str] | None:
    """A key and a value that no colon of YAML holds apart, `name:Dupont`, and what is wrong; None for other texts."""
    found = re.match(rf"([\w-]+)\s*([:{COLONS}])\s*(\S*)", text)
    if found is None:
        return None
    return found[1], found[3], f"il manque une espace après « {found[1]}: »" if found[2] == ":" else COLON


def items(text: str) -> list[str] | None:
    """The items of a list whose dashes are none to YAML, « – Dupont – Durand », « -Dupont »; None for other texts."""
    if not re.match(rf"[{BULLETS}][ {BLANKS}]*\S|-[ {BLANKS}]*\S", text):
        return None
    return [part.strip() for part in re.split(rf"(?:^|\s)[-{BULLETS}][ {BLANKS}]*(?=\S)", text) if part.strip()]


def _like(written: str, free: Collection[str]) -> str | None:
    return nearest(written, free, at_least=85) or synonyms.key(written, free) or None


def _inside(model: type[Model], written: str) -> tuple[str, str] | None:
    """The key of `model` below which `written` belongs, and how that looks."""
    for name, several, below in _nested(model):
        if right := _like(written, below.model_fields):
            inside = f"{{{', '.join(f'{each}: …' for each in dict.fromkeys([*required(below), right]))}}}"
            return name, f"« {name}: {f'[{inside}]' if several else inside} »"
    return None


@lru_cache
def _nested(model: type[Model]) -> list[tuple[str, bool, type[Model]]]:
    """The keys that hold mappings, whether in a list, and of which model."""
    found = []
    for name in model.model_fields:
        bare, _ = core(hints(model)[name])
        several = get_origin(bare) is tuple
        bare = core(get_args(bare)[0])[0] if several else bare
        if isinstance(bare, type) and issubclass(bare, Model):
            found.append((name, several, bare))
    return found
