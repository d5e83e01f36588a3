"""A parser's complaint → a French sentence that says what to write.

libyaml and PyYAML word the same error differently; each rule matches both. Most errors of syntax are a text that ought
to stand between quotation marks: where the line itself shows that, it is said.
"""

from __future__ import annotations

import re
from typing import get_origin

import yaml

from manchette.format.model import core, hints
from manchette.load.lines import HEAD, begins, requoted
from manchette.load.strays import FILES
from manchette.problems import Place, Problem, cite

_BETWEEN = "mettez tout le texte entre guillemets droits"
QUOTE = f"{_BETWEEN}, ou après « >- » à la ligne"
_LISTS = {
    name for model in FILES.values() for name in model.model_fields if get_origin(core(hints(model)[name])[0]) is tuple
}

# A part of the parser's message → what is wrong, what to write. The first that fits counts.
MESSAGES = (
    ("mapping values are not allowed", "« : » dans un texte sans guillemets, ou ligne mal indentée", QUOTE),
    ("sequence entries are not allowed", "« - » après une clé, sur la même ligne", "passez à la ligne avant la liste"),
    ("mapping keys are not allowed", "« ? » au début d’un texte sans guillemets", QUOTE),
    ("cannot start any token", "ce caractère ne peut pas commencer un texte sans guillemets", QUOTE),
    ("tab character", "tabulation en début de ligne", "indentez avec deux espaces"),
    ("unexpected end of stream", "guillemet ouvert ici et jamais fermé", "fermez-le"),
    ("unexpected document", "guillemet ouvert ici et jamais fermé", "fermez-le"),
    ("escape c", "« \\ » dans un texte entre guillemets doubles", "doublez-le, ou prenez des guillemets simples"),
    (
        "escape sequence",
        "« \\ » dans un texte entre guillemets doubles",
        "doublez-le, ou prenez des guillemets simples",
    ),
    (
        "could not find expected ':'",
        "cette ligne n’a pas de « : » après sa clé",
        "écrivez « clé: valeur », ou indentez-la davantage si elle continue un texte",
    ),
    ("alphabetic or numeric", "« * » ou « & » au début d’un texte sans guillemets", QUOTE),
    ("while scanning a tag", "« ! » au début d’un texte sans guillemets", QUOTE),
    ("while parsing a tag", "« ! » au début d’un texte sans guillemets", QUOTE),
    ("while scanning a block scalar", "texte sur la ligne de « > » ou de « | »", "passez à la ligne, puis indentez"),
    ("while parsing a flow sequence", "« [ » jamais fermé", "fermez la liste par « ] »"),
    ("while parsing a flow mapping", "« { » jamais fermé", "fermez la fiche par « } »"),
    ("node content", "ce signe n’est pas à sa place", QUOTE),
    ("directive", "« % » en début de ligne", "supprimez cette ligne"),
    ("incompatible YAML", "« % » en début de ligne", "supprimez cette ligne"),
    ("while parsing a block", "ligne mal indentée", "alignez-la sur la précédente du même rang"),
    ("document start", "ligne mal indentée", "alignez-la sur la précédente du même rang"),
)

_BEFORE_VALUE = re.compile(
    r"""
    \s*
    (?: -[ ]+ )*  # the signs of items
    (?: [^\s:#'"][^:]* :[ ]+ )?  # a key
    """,
    re.VERBOSE,
)
_KEY = re.compile(r"\s* (?: -[ ]+ )* [\w-]+", re.VERBOSE)
# What YAML takes the first character of a text for, when the text then goes on where that ends: what is wrong, what to
# write.
_STARTED = {
    "[": ("« [ » au début d’un texte y ouvre une liste", QUOTE),
    "{": ("« { » au début d’un texte y ouvre une fiche", QUOTE),
    "'": ("ce guillemet se ferme avant la fin du texte", QUOTE),
    '"': ("ce guillemet se ferme avant la fin du texte", QUOTE),
}


def explain(error: yaml.YAMLError, text: str, file: str, first_line: int = 1) -> Problem:
    """The problem that `error`, raised on `text`, stands for."""
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    message, suggestion = next(
        ((message, suggestion) for part, message, suggestion in MESSAGES if part in said),
        ("le YAML est mal formé ici", "comparez avec les lignes voisines"),
    )
    mark = getattr(error, "problem_mark", None)
    if "jamais fermé" in message or "could not find expected" in said:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem(Place(file, first_line), "yaml-syntax", message, suggestion)
    line, column = mark.line, mark.column
    lines = text.split("\n")
    whole = lines[line] if line < len(lines) else ""
    before = whole[:column]  # what the parser read of the line
    first = begins(lines, line) if whole else line
    head = HEAD.match(lines[first] if whole else "")
    key = (head["key"] or "").split(":")[0].strip() if head else ""
    value = _BEFORE_VALUE.sub("", before, count=1)
    if "mapping values" in said and _KEY.fullmatch(before):
        message = "ligne trop indentée, ou ligne précédente sans « : »"
        suggestion = "alignez-la sur la précédente, ou complétez celle-ci"
        column = len(before) - len(before.lstrip())
    elif "while parsing a block" in said and value[:1] in _STARTED:
        message, suggestion = _STARTED[value[:1]]
        column = len(before) - len(value)
    elif "start any token" in said and whole[column : column + 1] == "\t":
        message, suggestion = "tabulation après un tiret", "mettez une espace à sa place"
    elif "node content" in said and not whole.strip():
        message, suggestion = "« [ » ou « { » jamais fermé plus haut", "fermez la liste par « ] », la fiche par « } »"
    if "« - » après une clé" in message and key and key not in _LISTS:
        suggestion = QUOTE
    if "guillemet ouvert" in message and (other := re.search("[”“»’]$", whole.rstrip())):
        message = f"guillemet droit ouvert ici, et fermé par {cite(other[0])}, qui n’en est pas un"
        suggestion = QUOTE
    in_brackets = (
        re.match(r"[\[{]", before[head.end() :] if head and first == line else "") and "au début" not in message
    )
    if suggestion == QUOTE and head and (key or head["dashes"]) and not in_brackets:
        suggestion = f"{_BETWEEN} : {requoted(lines, first)}"
    return Problem(Place(file, first_line + line, column + 1), "yaml-syntax", message, suggestion)
