"""Why something is not shown as it is written: what the renderer took it for, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from manchette.problems import cite
from manchette.written import elements
from manchette.written.blocks import unknown
from manchette.written.inline import CHANGED, Finding


class _Cause(NamedTuple):
    """What begins at a line: the sign is the group `sign`; {word} is the word it begins, {sign} itself."""

    pattern: str
    message: str
    suggestion: str


_LINES: tuple[_Cause, ...] = (
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#)(?=[ \t])",
        "« # » en tête de ligne ferait un titre de page",
        "écrivez « ## » pour un intertitre, « \\# » pour le signe",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#+)(?=\S)",
        "« {sign} » en tête de ligne ferait un titre",
        "écrivez « \\{word} »",
    ),
    _Cause(
        r"^\#{2,6}[ \t].*?(?P<sign>\#+)[ \t]*$",
        "« {sign} » à la fin d’un intertitre n’est pas montré",
        "ôtez-le, ou écrivez « \\{sign} »",
    ),
    _Cause(
        r"^[^\n]+\n(?P<sign>(?:=+|-+))[ ]*$",
        "« {sign} » sous une ligne de texte en ferait un titre",
        "mettez une ligne vide entre les deux",
    ),
    _Cause(
        r"\A(?P<sign>[ ]{4}|[ ]{0,3}\t)",
        "quatre espaces en tête de ligne en feraient du code",
        "ôtez-les",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>>)",
        "« > » ferait une citation de ce qui le suit, sans ligne vide avant lui",
        "mettez une ligne vide avant, ou écrivez « \\> »",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>(?P<one>[-*_])(?:[ ]*(?P=one)){2,})[ ]*$",
        "« {sign} » n’est pas montré : une ligne de séparation se met entre deux lignes vides",
        "mettez une ligne vide avant et après",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>:)[ \t]",
        "« : » en tête de ligne ferait une définition",
        "mettez-le à la fin de la ligne d’avant ; pour une définition, écrivez « :   » avec trois espaces",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\d+\.|[-*+])[ \t]",
        "« {sign} » en tête de ligne serait pris pour un point de liste",
        "mettez une ligne vide entre le texte et la liste",
    ),
    _Cause(
        r"^[ \t]*(?P<sign>`{3,}|~{3,})",
        "« {sign} » n’est pas lu ici : un bloc de code commence en tête de ligne",
        "sortez-le de la liste ou de la citation",
    ),
)
_COMPILED = tuple((re.compile(cause.pattern, re.MULTILINE), cause) for cause in _LINES)
_LINK = re.compile(r"!?\[[^\[\]]*\]\s?\([^()\n]*\)")
_BRACES = re.compile(r"\{[^{}\n]*\}")
_SIGN = re.compile(r"(\W)\1*")

Found = tuple[tuple[object, ...], Finding]
"""Keys by which the same cause is known again, and what is found."""


def cause(source: str, at: int, paragraph: tuple[int, int], is_block: bool) -> Iterator[Found]:
    """Yield why the text at `at` is shown otherwise; `is_block`: it stands in another kind of block than written."""
    start = paragraph[0]
    while start and source[start - 1] in " \t":
        start -= 1
    end = source.find("\n", paragraph[1])
    stretch = source[start : end if end >= 0 else len(source)]
    found = False
    for pattern, told in _COMPILED:
        for match in pattern.finditer(stretch):
            if is_block or match.start() <= at - start <= match.end():
                found = True
                sign = match["sign"]
                word = re.match(r"\S*", stretch[match.start("sign") :])
                told_of = {"sign": sign, "word": word[0] if word else sign}
                place = start + match.start("sign")
                yield (place,), Finding(place, CHANGED, told.message.format(**told_of), told.suggestion.format(**told_of))
                break
        if found:
            return
    if not is_block:
        yield _sign(source, at, start)


def _sign(source: str, at: int, start: int) -> Found:
    """What a sign within a line was taken for."""
    line_start, line_end = source.rfind("\n", 0, at) + 1, source.find("\n", at)
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    column = at - line_start
    if (angle := line.rfind("<", 0, column + 1)) >= 0 and ">" not in line[angle:column]:
        end = line.find(">", angle) + 1
        place = line_start + angle
        return (place,), Finding(place, CHANGED, *_angle(line[angle : end or len(line)]))
    for match in _LINK.finditer(line):
        if match.start() <= column < match.end():
            place = line_start + match.start()
            message = f"{cite(match[0])} : l’adresse d’un lien n’a ni espace ni parenthèse seule"
            return (place,), Finding(place, CHANGED, message, "écrivez « %20 » pour une espace, « %28 » et « %29 »")
    for match in _BRACES.finditer(line):
        if match.start() <= column < match.end():
            place = line_start + match.start()
            message = f"{cite(match[0])} n’est pas montré"
            return (place,), Finding(place, CHANGED, message, f"ôtez-le, ou écrivez « \\{match[0]} »")
    return _word(source, at, start)


def _angle(written: str) -> tuple[str, str]:
    match = elements.TAG.match(written)
    if match and elements.tag(match).is_known:
        name = elements.tag(match).name
        for refusal in elements.tag(match).refusals():
            return refusal
        if elements.tag(match).end:
            return f"« </{name}> » ne ferme rien", f"ôtez-le, ou écrivez « &lt;/{name}> »"
        return f"« <{name}> » n’est pas fermé", f"ajoutez « </{name}> », ou écrivez « &lt;{name}> »"
    if "://" in written:
        return f"{cite(written)} : une adresse n’a pas d’espace", "écrivez « %20 » pour une espace"
    return unknown(written)


def _word(source: str, at: int, start: int) -> Found:
    """A sign of a word: it is escaped."""
    before, after = re.search(r"\S*\Z", source[start:at]), re.match(r"\S*", source[at:])
    begin = at - len(before[0] if before else "")
    word = source[begin : at + len(after[0] if after else "")]
    sign = source[at]
    if sign.isalnum() or not word:
        message = f"{cite(word)} n’est pas montré tel qu’il est écrit"
        return (begin,), Finding(at, CHANGED, message, "mettez « \\ » devant le signe que la page prend pour une marque")
    run = _SIGN.match(source, at)
    signs = run[0] if run else sign
    if sign in "*_":
        taken = f"{cite(signs)} dans {cite(word)} serait pris pour une mise en valeur"
        written = re.sub(r"(?<!\\)([*_])", lambda m: f"\\{m[0]}" if m[0] == sign else m[0], word)
        partner = source.find(sign, at + len(signs)) if word.count(sign) == len(signs) else at
        other = source[:partner].rfind(" ") + 1 if partner > 0 else begin
        return (begin, sign, other), Finding(at, CHANGED, taken, f"écrivez {cite(written)}")
    escape = f"\\{sign}" if sign in "\\`{}[]()>#+-.!|" else f"&#{ord(sign)};"
    written = word.replace(sign, escape)
    return (begin,), Finding(at, CHANGED, f"{cite(signs)} n’est pas montré dans {cite(word)}", f"écrivez {cite(written)}")
