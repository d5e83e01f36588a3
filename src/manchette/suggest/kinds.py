"""Which of what was found are names, of whom or what, and which are forms of one: over the whole article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from manchette.anchor.letters import slug
from manchette.suggest import words
from manchette.suggest.evidence import LOC, MISC, ORG, PERS, Votes, is_called, is_titled, votes
from manchette.suggest.names import Found

_ENUMERATED = frozenset((",", "et", "ou", "/", "-", "comme", "("))
_REPEATED = frozenset(("de", "d'", "à", "en", "le", "la", "l'"))
_FAR = 8  # letters between two names that stand in one row
_SEVERAL = frozenset(("les", "des", "aux", "ces", "nos", "leurs", "d'", "de", "certains", "plusieurs"))
_NO_NAME = re.compile(r".*(?:ez|ons|ment|ant|ée?s?)")  # ends of words that open sentences and no list has
_STATES = frozenset(("état", "états", "etat", "etats", "internet"))
_GOES_ON = frozenset((",", "s'", "n'", "l'", "("))

_Places = Mapping[str, list[Found]]
"""A stretch of text → the places where it stands."""


@dataclass(frozen=True)
class Name:
    """A name of the article: its longest form, the kind of what it names, and its other forms."""

    text: str
    kind: str
    aliases: tuple[str, ...]
    start: int  # where one of them first stands


def named(found: Iterable[Found]) -> list[Name]:
    """The names of an article, each with its other forms, in the order in which they first stand."""
    found = list(found)
    places = _by_text(found)
    points = {text: votes(text, each) for text, each in places.items()}
    people = {text for text, each in places.items() if _is_people(text, each)}
    surnames = {
        each.words[-1] for each in found if len(each.words) > 1 and each.head not in words.HEADS and not each.tail
    }
    kept = {text: each for text, each in places.items() if text in surnames - people or _is_name(text, each, people)}
    points = _shared(kept, points)
    names = []
    for main, forms in _grouped(kept).items():
        start = min(place.start for form in (main, *forms) for place in kept[form])
        total = sum((points[form] for form in (main, *forms)), Counter[str]())
        names.append(Name(main, _best(total), tuple(forms), start))
    return sorted(names, key=lambda name: name.start)


def _by_text(found: list[Found]) -> dict[str, list[Found]]:
    """Each stretch with its places; « De Santis », which begins a sentence, has its first word again."""
    several = {each.text for each in found if len(each.words) > 1}
    places: dict[str, list[Found]] = defaultdict(list)
    for each in found:
        surname = f"{each.stripped} {each.text}"
        if each.stripped and any(name == surname or name.endswith(f" {surname}") for name in several):
            start, own = each.start - len(each.stripped) - 1, (each.stripped, *each.words)
            each = replace(each, text=surname, start=start, words=own, stripped="")  # noqa: PLW2901
        places[each.text].append(each)
    return places


def _is_name(text: str, places: list[Found], people: set[str]) -> bool:
    """Whether a stretch names something, rather than that a sentence begins with it."""
    first, low = places[0], text.lower()
    if text in words.places():
        return True
    if first.head in _STATES | words.ROLES:
        return False
    if len(first.words) > 1:
        small = all(words.is_known(word) or word.lower() in words.FUNCTION for word in first.words)
        return not (text.isupper() and small) and not (
            first.words[0][0].isupper() and all(map(_is_of_people, first.words))
        )
    if low in words.FUNCTION | words.COURTESY | words.TERM_ACRONYMS:
        return False
    if any(map(is_titled, places)) or any(map(_is_of_role, places)):
        return True
    if {text, f"{text}s"} & people:
        return False
    if len(text) > 1 and text.isupper():
        return not (words.is_known(low) and len(text) > 5)
    inside = [each for each in places if not each.opens]
    if words.is_known(low) or (low.endswith("s") and words.is_known(low[:-1])):
        return any(map(is_called, places)) or any(map(_is_named_so, inside))
    if low in words.TERM_HEADS:
        return False
    goes_on = any(each.after and (each.after[0].isalpha() or each.after[0] in _GOES_ON) for each in places)
    return bool(inside) or (len(text) > 3 and not _NO_NAME.fullmatch(low) and goes_on)


def _is_named_so(each: Found) -> bool:
    """Whether a word that the dictionary has is a name in a place: « la revue Nature », « à Charlotte »."""
    listed = each.before[-1:] == (",",) and each.after[:1] in ((",",), ("et",))
    return listed or each.before[-1:] == ("à",) or (bool(each.before) and each.before[-1] in words.BRANDED)


def _is_of_role(each: Found) -> bool:
    """Whether it is what somebody has an office of, or a place: « le préfet de Corse », « les villes de Milan »."""
    owners = {form for word in each.before[-2:-1] for form in (word, word.removesuffix("s"))}
    return each.before[-1:] in (("de",), ("d'",)) and not (words.ROLES | words.PLACE_HEADS).isdisjoint(owners)


def _is_of_people(word: str) -> bool:
    return words.is_people(word) or words.has_people_ending(word) or word.lower() in words.FUNCTION


def _is_people(text: str, places: list[Found]) -> bool:
    """Whether a word is a people's name, or an adjective that was given a capital: « les Arméniens »."""
    if " " in text or text.isupper() or any(map(is_titled, places)):
        return False
    several = any(each.before and (each.before[-1] in _SEVERAL or each.before[-1].isdigit()) for each in places)
    return words.is_people(text) or (words.has_people_ending(text) and several)


def _shared(kept: _Places, points: Mapping[str, Votes]) -> dict[str, Votes]:
    """The points with those of others: of what stands in one row, « à Louhansk et Donetsk », or holds the word."""
    by_end = {each.end: each.text for places in kept.values() for each in places}
    shared = {text: Counter(each) for text, each in points.items()}
    for text in kept:
        for longer in kept if " " not in text else ():
            surname = longer.endswith(f" {text}") and _best(points[longer]) == PERS
            if surname or longer.startswith(f"{text} "):
                shared[text].update(points[longer])
    for each in sorted((each for places in kept.values() for each in places), key=lambda each: each.start):
        text = each.text
        linked = each.before[:-1] if each.before[-1:] and each.before[-1] in _REPEATED else each.before
        if _ENUMERATED.isdisjoint(linked[-1:]):
            continue
        near = next((by_end[end] for end in range(each.start - 1, each.start - _FAR - 1, -1) if end in by_end), text)
        for one, (kind, count) in ((text, shared[near].most_common(1)[0]), (near, points[text].most_common(1)[0])):
            shared[one][kind] += 2 * (near != text and count >= 2)
    return shared


def _best(points: Votes) -> str:
    """The kind with the most points; of equals, the first of these."""
    return max((LOC, PERS, ORG, MISC), key=lambda kind: points[kind])


def _grouped(kept: _Places) -> dict[str, list[str]]:
    """Names, each with its other forms; the longest is the name: « Sergueï Lavrov » for « Lavrov »."""
    groups: dict[str, list[str]] = {}
    for text in sorted(kept, key=lambda text: (-len(re.findall(r"\w{2,}", text)), -len(text), text)):
        mains = [main for main in groups if _is_one_name(text, main, kept[main][0])]
        if len(mains) == 1:
            groups[mains[0]].append(text)
        else:  # a surname that two have is nobody's
            groups[text] = []
    return groups


def _is_one_name(form: str, main: str, found: Found) -> bool:
    """Whether a form is the end of a person's name, an acronym, or the same but for accents and signs."""
    if slug(form) == slug(main) != "":
        return True
    if len(found.words) == 1:
        return False
    if initial := re.fullmatch(r"(\w)\.(?:[ -]?\w\.)* (.+)", form):  # « B. Obama »
        return main.startswith(initial[1]) and main.endswith(f" {initial[2]}")
    if form.isupper() and len(form) > 1 and " " not in form:
        long = (word for word in found.words if len(word) > 2 or word[0].isupper())
        capitals = (word for word in found.words if word[0].isupper())
        return form in {"".join(word[0].upper() for word in initials) for initials in (long, capitals)}
    if main.startswith(f"{form} ") and found.words[-1].lower() in words.ORGANIZATION_ENDS:
        return not words.is_known(form)  # « Samsung », of « Samsung Electronics »
    surname = main.endswith(f" {form}") and not found.tail and form not in words.places()
    return surname and not (words.is_known(found.words[0]) and found.head in words.HEADS)
