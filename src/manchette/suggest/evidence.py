"""What speaks for a name's being that of a person, an organization, a place or a term: its words, and what is around.

Each hint is worth some points; they are added up over all places of the article where the name stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from manchette.format.kinds import ORGANIZATION, PERSON, PLACE, TERM
from manchette.suggest import words
from manchette.suggest.names import Found

Votes = Counter[str]
PERS, ORG, LOC, MISC = PERSON.name, ORGANIZATION.name, PLACE.name, TERM.name
SURE = 12  # points of what a name says itself, against which nothing around it counts much

_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|O'|Van|Fitz)\w*[a-zà-ÿ]+[A-Z]\w*")  # « SpaceX »
_ARTICLES = frozenset(("le", "la", "l'", "du", "les", "des"))
_LINKS = _ARTICLES | {"de", "d'"}
_SAINTS = frozenset(("st", "ste", "saint", "sainte", "san", "santa", "são", "new", "fort", "mount"))
_TO = re.compile(
    "face|grâce|quant|rapport|contraire|contrairement|.*ée?s?"
)  # « face à », « imposé à »: to whom, not where
_THERE = re.compile(  # participles that say where
    "(?:né|allé|entré|rentré|retourné|passé|resté|arrivé|situé|installé|basé|réuni|organisé|signé|décédé|tué|inauguré|emprisonné|hospitalisé|retrouvé)e?s?"
)
_OF_PLACES = words.PLACE_HEADS | words.DIRECTIONS | words.OF_PLACES
_DOTTED = frozenset(("m", "mm", "mr", "mrs", "dr", "pr"))  # titles whose point is a mark of its own
_BORN = frozenset(("né", "née", "mort", "morte", "âgé", "âgée"))

# The word before a name → points.
_BEFORE: dict[str, dict[str, int]] = {
    "à": {LOC: 2},
    "en": {LOC: 4, PERS: -2},
    "au": {LOC: 2, ORG: 1, PERS: -3},
    "aux": {LOC: 2, ORG: 1, PERS: -3},
    "chez": {ORG: 3, PERS: 1},
    "sur": {ORG: 1},
    "vers": {LOC: 2},
    "depuis": {LOC: 2},
    "près": {LOC: 2},
    "entre": {LOC: 2},
    **{article: {ORG: 1, PERS: -3} for article in _ARTICLES},
}


def votes(text: str, places: Sequence[Found]) -> Votes:
    """The points of each kind for a name that stands in these places."""
    found: Votes = Counter()
    for points in (_itself(text, places[0]), *map(around, places)):
        found.update(points)
    return found


def is_titled(each: Found) -> bool:
    """Whether what somebody is stands right before a name: « M. », « le ministre », « Président »."""
    before = _without_point(each.before)
    return each.titled or (
        before[-1:] != ("milieu",) and bool(before) and before[-1] in words.COURTESY | words.ROLES | _DOTTED
    )


def is_called(each: Found) -> bool:
    """Whether a name stands in quotation marks after a word for what has such names: « la mission « Juno » »."""
    return each.quoted and any(words.is_before_organization(word) for word in each.before[-4:-1])


def _without_point(before: tuple[str, ...]) -> tuple[str, ...]:
    """The words before a name without the point of « M. », and the particle of « M. de »."""
    while len(before) > 1 and before[-1] in (".", "de", "d'") and before[-2] in words.COURTESY | _DOTTED:
        before = before[:-1]
    return before


def _itself(text: str, found: Found) -> dict[str, int]:
    """What the words of a name say."""
    points = dict(_single(text) if len(found.words) == 1 else _several(found))
    if text in words.places():
        points = {LOC: SURE}
    if text.endswith("'s") or text[-1].isdigit() or any(map(_CAMEL.fullmatch, found.words)):
        points[ORG] = points.get(ORG, 0) + 3
    return points


def _single(text: str) -> dict[str, int]:
    if len(text) > 1 and text.isupper():
        return {ORG: 4}
    return {PERS: 1, LOC: 2 * words.looks_like_place(text)}


def _several(found: Found) -> dict[str, int]:
    first, head, last = found.words[0], found.head, found.words[-1].lower()
    if last in words.DIRECTIONS and (first in words.places() or found.words[1:-1] == ("du",)):
        return {LOC: SURE}
    if head in words.PLACE_HEADS and not (found.tail and head in words.ORGANIZATION_HEADS):
        return {LOC: 9}
    if head in words.HEADS | words.ORGANIZATION_GENERIC:
        return {MISC if head in words.TERM_HEADS - words.ORGANIZATION_HEADS else ORG: SURE}
    industry = last.endswith("s") and len(last) > 5 and words.is_known(last) and not words.is_known(head)
    acronym = 1 < len(first) < 5 and first.isupper() and not last.isupper()
    english = not {"and", "of", "&"}.isdisjoint(found.words)
    if last in words.ORGANIZATION_ENDS or industry or acronym or english:
        return {ORG: 4}
    if head in _SAINTS and len(found.words) == 2:
        return {LOC: 4}
    if first in words.places() and not words.is_known(last):
        return {PERS: 3}  # « Dominique », « Florence »
    if any(word in words.places() for word in found.words):
        return {ORG: 3}  # « Air France »
    if not words.is_known(head):
        return {PERS: 3}
    surnames = not found.tail and not any(map(words.is_known, _capitals(found)[1:]))
    return {ORG: 1, MISC: 1, PERS: 3 * surnames}


def _capitals(found: Found) -> list[str]:
    """The words of a name with a capital, but for those of « Le Pen »."""
    return [word for word in found.words if word[0].isupper() and word.lower() not in words.FUNCTION]


def around(each: Found) -> Votes:
    """What stands around a name in one place of it."""
    found: Votes = Counter()
    if is_titled(each):
        found[PERS] += 5
        return found
    before = each.before[:-1] if each.quoted else each.before
    last, second = before[-1] if before else "", before[-2] if len(before) > 1 else ""
    acronym = each.text.isupper()
    if last in ("à", "au") and second in words.SPOKEN | words.SPEAKS:  # « il confie au Figaro »
        found[ORG] += 3
    elif not (each.opens or (last == "à" and _TO.fullmatch(second) and not _THERE.fullmatch(second))):
        found.update(_BEFORE.get(last, {}))
    if last in ("la", "l'", "des", "les"):
        found[LOC] += 2 * (each.text[-1] in "eas")
    if last in _ARTICLES and second in ("dans", "vers", "sur", "traverse"):
        found[LOC] += 2
    owner = next((word for word in reversed(before) if word not in _LINKS and not words.is_adjective(word)), "")
    owners = {owner, owner.removesuffix("s")}
    if last in _LINKS and owners & _OF_PLACES:
        found[LOC] += 3
    elif last in _LINKS and owner in words.OF_ORGANIZATIONS:
        found[ORG] += 2
    elif last in ("de", "d'") and owners & words.OWNED:
        found[PERS] += 1
    elif last in ("de", "d'") and not acronym and len(each.words) == 1:
        found[LOC] += 1
    if last == "et" and "entre" in before:
        found[LOC] += 2
    found[ORG] += 5 * is_called(each)
    found.update(_noun(each, before))
    found.update(_following(each.after))
    return found


def _noun(each: Found, before: tuple[str, ...]) -> dict[str, int]:
    """What the noun right before a name says that it is, an adjective apart: « le président français »."""
    last = before[-1] if before else ""
    if last in words.WORKS:
        return {MISC: 5}
    if len(before) > 1 and (words.is_adjective(last) or words.is_of_people(last)):
        last = before[-2]
    last = last if last in words.PLACE_HEADS else last.removesuffix("s")
    if last in words.FUNCTION | words.PARTICLES | {""}:
        roles = last not in ("de", "d'", "à") and not words.ROLES.isdisjoint(before[-4:]) and "," not in before[-4:]
        return {PERS: 2} if roles and len(each.words) > 1 else {}
    if words.is_before_organization(last):
        return {ORG: 4}
    if last in words.PLACE_HEADS:
        return {LOC: 3}
    return {PERS: 3} if words.is_animate(last) and not each.text.isupper() else {}


def _following(after: tuple[str, ...]) -> dict[str, int]:
    """What follows a name: « X, ministre », « X déclare », « X (1920-1990) »."""
    following, second = (*after, "", "")[:2]
    if following in _BORN or (following == "," and second in _BORN):
        return {PERS: 3}
    if following == "(" and second[:1].isdigit() and after[2:3] in (("-",), ("ans",)):
        return {PERS: 2}
    if following == ",":
        what = next((word for word in after[1:3] if word not in words.ARTICLES | {"ancien", "ancienne"}), "")
        return {PERS: 3} if what in words.ROLES else {}
    speaks = following in words.SPEAKS or (following in ("a", "s'est", "avait") and second in words.SPOKEN)
    return {PERS: 1} if speaks else {}
