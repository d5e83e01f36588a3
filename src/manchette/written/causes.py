"""Why something is not shown as it is written: what the renderer took it for, and what to write instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from manchette.problems import cite
from manchette.written import elements
from manchette.written.elements import CHANGED
from manchette.written.grammar import Finding, Line


class _Cause(NamedTuple):
    """What begins at a line: the sign is the group `sign`; {word} is the word it begins, {sign} itself."""

    pattern: str
    message: str
    suggestion: str
    whole: bool = False  # whatever else of the paragraph is shown otherwise follows from it


_LINES: tuple[_Cause, ...] = (
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#)(?=[ \t])",
        "« # » en tête de ligne ferait un titre de page",
        "écrivez « ## » pour un intertitre, « \\# » pour le signe",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#)(?=[^\s\#])",
        "« # » en tête de ligne ferait un titre",
        "écrivez « \\{word} »",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#{2,})(?=[^\s\#])",
        "« {sign} » sans espace après lui ferait un titre",
        "écrivez « {sign} {rest} » pour un intertitre, « \\{word} » pour le signe",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\#{7,})",
        "« {sign} » : un intertitre a six # au plus",
        "écrivez « ###### », ou « \\{sign} » pour le signe",
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
        whole=True,
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
        r"^[ ]{0,3}(?P<sign>:)(?! {3}\S)[ \t]",
        "« : » en tête de ligne ferait une définition",
        "mettez-le à la fin de la ligne d’avant ; pour une définition, écrivez « :   » avec trois espaces",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>\d+\.|[-*+])[ \t]*$",
        "un point de liste vide : « {sign} » n’est pas montré",
        "écrivez-en le texte, ou ôtez-le",
    ),
    _Cause(
        r"^(?P<sign>\#+)[ \t]*$",
        "un titre vide : « {sign} » n’est pas montré",
        "écrivez-en le texte, ou ôtez-le",
    ),
    _Cause(
        r"^[ ]{0,3}(?P<sign>:)(?=[ ]{3}\S|\t\S)",
        "les définitions ne sont pas lues",
        "ajoutez « def_list » à « markdown_extensions » dans mkdocs.yml",
        whole=True,
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
        whole=True,
    ),
)
_COMPILED = tuple((re.compile(cause.pattern, re.MULTILINE), cause) for cause in _LINES)
_LINK = re.compile(r"!?\[[^\[\]]*\]\s?\((?:<[^<>\n]*>|[^()\n]|\([^()\n]*\))*\)")
_BRACES = re.compile(r"\{[^{}\n]*\}")
_SIGN = re.compile(r"([\W_])\1*")

WHOLE = "whole"
"""Marks the key of a cause that explains all that differs in the paragraph that begins there."""
Found = tuple[tuple[object, ...], Finding]
"""Keys by which the same cause is known again, its own first, and what is found."""


def cause(source: str, at: int, paragraph: Sequence[Line], is_block: bool) -> Iterator[Found]:
    """Yield why the text at `at` is shown otherwise; `is_block`: it stands in another kind of block than written.

    `paragraph`: the lines around it, without what marks the containers that they stand in.
    """
    stretch = "\n".join(f"{' ' * line.indent}{line.text}" for line in paragraph)
    starts = [0, *(match.end() for match in re.finditer("\n", stretch))]

    def place(position: int) -> int:
        number = bisect_right(starts, position) - 1
        line = paragraph[number]
        column = position - starts[number] - line.indent
        return line.at + column if column >= 0 else source.rfind("\n", 0, line.at) + 1

    found = False
    for pattern, told in _COMPILED:
        for match in pattern.finditer(stretch):
            if not is_block and not place(match.start()) <= at <= place(match.end()):
                continue
            found = True
            sign = match["sign"]
            word = re.compile(r"\S*").match(stretch, match.start("sign"))
            words = {"sign": sign, "word": word[0] if word else sign, "rest": word[0].lstrip("#") if word else ""}
            where = place(match.start("sign"))
            keys = (where, (WHOLE, paragraph[0].at)) if told.whole else (where,)
            yield keys, Finding(where, CHANGED, told.message.format(**words), told.suggestion.format(**words))
            break
        if found:
            return
    if not is_block:
        yield _sign(source, at)


def _sign(source: str, at: int) -> Found:
    """What a sign within a line was taken for."""
    line_start, line_end = source.rfind("\n", 0, at) + 1, source.find("\n", at)
    line = source[line_start : line_end if line_end >= 0 else len(source)]
    column = at - line_start
    if (angle := line.rfind("<", 0, column + 1)) >= 0 and ">" not in line[angle:column]:
        end = line.find(">", angle) + 1
        place = line_start + angle
        written = line[angle : end or len(line)]
        name = re.sub(r"^</?([\w-]*).*", r"\1", written)
        keys = ((name, "tag"), place) if written.startswith("</") else (place, (name, "tag"))
        return keys, Finding(place, CHANGED, *_angle(written))
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
    return _word(source, at)


def _angle(written: str) -> tuple[str, str]:
    match = elements.TAG.match(written)
    if match and elements.tag(match).is_known:
        name = elements.tag(match).name
        for refusal in elements.tag(match).refusals():
            return refusal
        if elements.tag(match).end:
            return f"« </{name}> » ne ferme rien", f"ôtez-le, ou écrivez « &lt;/{name}> »"
        return elements.unclosed(name)
    if re.match(r"<\w+://", written):
        return f"{cite(written)} : une adresse n’a pas d’espace", "écrivez « %20 » pour une espace"
    return elements.unknown(written)


def _word(source: str, at: int) -> Found:
    """A sign of a word: it is escaped."""
    while source[at] in "*_" and source[at - 1 : at] == source[at]:
        at -= 1
    before, after = re.search(r"\S*\Z", source[source.rfind("\n", 0, at) + 1 : at]), re.match(r"\S*", source[at:])
    begin = at - len(before[0] if before else "")
    word = source[begin : at + len(after[0] if after else "")]
    word = source[begin : max(at + 1, begin + len(word.rstrip(".,;:!?…»")))]
    sign = source[at]
    if sign.isalnum() or not word:
        message = f"{cite(word)} n’est pas montré tel qu’il est écrit"
        return (begin,), Finding(
            at, CHANGED, message, "mettez « \\ » devant le signe que la page prend pour une marque"
        )
    run = _SIGN.match(source, at)
    signs = run[0] if run else sign
    if sign in "*_":
        taken = f"{cite(signs)} dans {cite(word)} serait pris pour une mise en valeur"
        written = re.sub(r"(?<!\\)([*_])", lambda m: f"\\{m[0]}" if m[0] == sign else m[0], word)
        partner = source.find(sign, at + len(signs)) if word.count(sign) == len(signs) else at
        other = source[:partner].rfind(" ") + 1 if partner > 0 else begin
        bold = ", ou « ** » pour du gras" if signs == "__" else ""
        return (begin, other), Finding(at, CHANGED, taken, f"écrivez {cite(written)}{bold}")
    escape = f"\\{sign}" if sign in "\\`{}[]|" else f"&#{ord(sign)};"
    written = word.replace(sign, escape)
    return (begin,), Finding(
        at, CHANGED, f"{cite(signs)} n’est pas montré dans {cite(word)}", f"écrivez {cite(written)}"
    )
