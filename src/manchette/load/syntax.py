"""A parser's complaint → a French sentence that says what to write.

libyaml and PyYAML word the same error differently; each rule matches both. Most errors of syntax are a text that ought
to stand between quotation marks: where the line itself shows that, it is said.
"""

from __future__ import annotations

import re
from itertools import islice

import yaml

from manchette.problems import Place, Problem

QUOTE = "mettez tout le texte entre guillemets droits, ou après « >- » à la ligne"

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
    ("could not find expected ':'", "cette ligne n’a pas de « : » après sa clé", "écrivez « clé: valeur »"),
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
    "'": ("ce guillemet se ferme avant la fin du texte", "doublez les apostrophes à l’intérieur, ou prenez ’"),
    '"': ("ce guillemet se ferme avant la fin du texte", "prenez « … » à l’intérieur"),
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
    before = next(islice(text.split("\n"), line, None), "")[:column]  # what the parser read of the line
    value = _BEFORE_VALUE.sub("", before, count=1)
    if "mapping values" in said and _KEY.fullmatch(before):
        message = "ligne trop indentée, ou ligne précédente sans « : »"
        suggestion = "alignez-la sur la précédente, ou complétez celle-ci"
        column = len(before) - len(before.lstrip())
    elif "while parsing a block" in said and value[:1] in _STARTED:
        message, suggestion = _STARTED[value[:1]]
        column = len(before) - len(value)
    return Problem(Place(file, first_line + line, column + 1), "yaml-syntax", message, suggestion)
