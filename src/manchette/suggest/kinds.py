"""Which of what was found are names, of whom or what, and which are one: by what stands around them in the whole article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from manchette.anchor.letters import slug
from manchette.format.kinds import ORGANIZATION, PERSON, PLACE, TERM
from manchette.suggest import words
from manchette.suggest.names import Found

_Votes = Counter[str]
_P, _O, _L, _T = PERSON.name, ORGANIZATION.name, PLACE.name, TERM.name
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|O'|Van|Fitz)\w*[a-zà-ÿ]+[A-Z]\w*")
_THERE = {"né", "née", "nés", "arrivé", "arrivée", "arrivés", "situé", "située", "installé", "installée", "basé", "basée", "réunis", "organisé",
          "organisée", "signé", "signée", "décédé", "décédée", "tué", "tués", "inauguré", "emprisonné", "hospitalisé", "retrouvé", "retrouvée"}
_BELONG = {"membre", "membres", "salarié", "salariés", "employés", "pdg", "dirigeants", "directeur", "directrice", "actionnaires", "clients", "filiale", "siège", "action", "actions", "patron", "fondateur", "président", "présidente", "milices", "combattants", "candidat", "élus"}
_LINKS = {"de", "d'", "du", "des", "la", "l'", "le", "les"}
_ENUMERATED = {",", "et", "ou", "/", "-", "comme"}


@dataclass
class Name:
    """A name of the article: its first form, the others, and the kind of what it names."""

    text: str
    kind: str
    aliases: list[str]
    start: int  # where it first stands


def named(found: Iterable[Found]) -> list[Name]:
    """The names of an article, each with its other forms, in the order in which they first stand."""
    found = list(found)
    whole = {each.text for each in found if len(each.words) > 1}
    by_text: dict[str, list[Found]] = defaultdict(list)
    for each in found:
        surname = f"{each.stripped} {each.text}"  # « De Santis » begins a sentence
        if each.stripped and (surname in whole or any(name.endswith(f" {surname}") for name in whole)):
            each.text, each.start, each.words = surname, each.start - len(each.stripped) - 1, (each.stripped, *each.words)
        by_text[each.text].append(each)
    inside = {text for text, places in by_text.items() if any(not each.opens for each in places)}
    votes = {text: _votes(text, places, by_text) for text, places in by_text.items()}
    people = {text for text, places in by_text.items() if " " not in text and _people(text, places)}
    kept = {text: places for text, places in by_text.items() if _is_name(text, places, inside, people)}
    _share(kept, votes)
    groups = _grouped(kept)
    names = []
    for main, forms in groups.items():
        total: _Votes = Counter()
        for form in (main, *forms):
            total.update(votes[form])
        start = min(place.start for form in (main, *forms) for place in kept[form])
        names.append(Name(main, _kind(total), forms, start))
    return sorted(names, key=lambda name: name.start)


def _is_name(text: str, places: list[Found], inside: set[str], people: set[str]) -> bool:
    """Whether a stretch names something, rather than that a sentence begins with it."""
    first = places[0]
    low = text.lower()
    known = text in words.places()
    if known:
        return True
    if first.head in ("état", "états", "etat", "etats") and "islamique" not in low or first.head in words.ROLES:
        return False
    if text.isupper() and len(first.words) > 1 and all(words.is_known(word) or word.lower() in words.FUNCTION for word in first.words):
        return False
    if len(first.words) > 1:
        if all(words.is_people(word) or words.has_people_ending(word) or word.lower() in words.FUNCTION for word in first.words):
            return False
        if len(first.words) == 2 and first.words[0].lower() in words.FUNCTION and _people(first.words[1], places):
            return False
        return True
    if low in words.FUNCTION or low in words.COURTESY or low in words.ROLES:
        return False
    if low in words.TERM_ACRONYMS or not any(letter.isalpha() for letter in text):
        return False
    if _people(text, places) or f"{text}s" in people:
        return False
    if any(_personal(each) for each in places):
        return True
    shouting = sum(letter.isupper() for letter in text) > 1 and text.isupper()
    if shouting:
        return 2 <= len(text) and not (words.is_known(low) and len(text) > 5)
    if words.is_known(low) or (low.endswith("s") and words.is_known(low[:-1])):
        if any(each.before and each.before[-1] in words.BRANDED and not each.opens for each in places):
            return True
        return any((each.quoted and _before_quote(each)) or (each.before[-1:] == ("à",) and not each.opens) for each in places)
    if low in words.TERM_HEADS or low in ("internet",):
        return False
    if text in inside:
        return any(not each.opens for each in places)
    return len(text) > 3 and not re.search(r"(?:ez|ons|ment|ant|ée?s?)$", low) and any(
        each.after and (each.after[0].isalpha() or each.after[0] in (",", "s'", "n'", "l'", "(")) for each in places
    )


def _people(word: str, places: list[Found]) -> bool:
    """Whether a word is the people of somewhere, or an adjective that was given a capital."""
    if word.isupper():
        return False
    if words.is_people(word):
        return not any(_personal(each) for each in places)
    if not words.has_people_ending(word):
        return False
    return any(each.before[-1:] and each.before[-1] in ("les", "des", "aux", "ces", "nos", "leurs", "d'", "de", "certains", "plusieurs") or each.before[-1:] and each.before[-1].isdigit() for each in places)


def _before_quote(each: Found) -> bool:
    outside = each.before[:-1][-3:]
    return any(words.is_before_organization(word) for word in outside)


def _personal(each: Found) -> bool:
    """Whether a person's title stands right before a name."""
    if each.title:
        return True
    before = _bare(each.before)
    return bool(before) and before[-1] in words.COURTESY | {"m", "mme", "mm", "mr", "dr", "me"} or (
        bool(before) and before[-1] in words.ROLES and before[-1] not in ("milieu", "numéro")
    )


def _bare(before: tuple[str, ...]) -> tuple[str, ...]:
    """Words before a name, without the point of « M. » and particles."""
    while before and before[-1] in (".", '"', "(", "de", "d'") and len(before) > 1 and before[-2] in words.COURTESY | {"m", "mm", "mr", "dr"}:
        before = before[:-1]
    return before


def _votes(text: str, places: list[Found], by_text: Mapping[str, list[Found]]) -> _Votes:
    """What speaks for each kind: of the words themselves, and of what stands around them in each place."""
    votes: _Votes = Counter()
    first = places[0]
    head, last = first.head, first.words[-1].lower()
    if text in words.places():
        votes[_L] += 12
    elif len(first.words) > 1:
        if first.words[0] in words.places() and last in words.DIRECTIONS:
            votes[_L] += 12
        if len(first.words) == 3 and first.words[1] == "du" and last in words.DIRECTIONS:
            votes[_L] += 5
        if head in words.PLACE_HEADS and not (first.tail and head in words.ORGANIZATION_HEADS):
            votes[_L] += 9
        elif head in words.ORGANIZATION_HEADS:
            votes[_O] += 12
        elif head in words.TERM_HEADS:
            votes[_T] += 12
        elif last in words.ORGANIZATION_ENDS:
            votes[_O] += 4
        elif head in ("st", "ste", "saint", "sainte", "san", "santa", "são", "new", "fort", "mount") and len(first.words) == 2:
            votes[_L] += 4
        elif last.endswith("s") and len(last) > 5 and words.is_known(last) and not words.is_known(head):
            votes[_O] += 4
        elif first.words[0].isupper() and len(first.words[0]) > 1 and not last.isupper() and len(first.words[0]) < 5:
            votes[_O] += 4
        elif first.words[0] in words.places() and not words.is_known(last):
            votes[_P] += 3  # « Dominique », « Florence »
        elif any(word in words.places() for word in first.words):
            votes[_O] += 3
        elif words.is_known(head):
            votes[_O] += 1
            votes[_T] += 1
            if not first.tail and all(not words.is_known(word) for word in first.words[1:]):
                votes[_P] += 2
        else:
            votes[_P] += 3
    elif text.isupper() and len(text) > 1:
        votes[_O] += 4
    else:
        votes[_P] += 1
    if text.endswith("'s") or text[-1].isdigit() or any(_CAMEL.fullmatch(word) for word in first.words):
        votes[_O] += 3
    if words.looks_like_place(text) and len(first.words) == 1:
        votes[_L] += 2
    for each in places:
        for kind, count in _around(each).items():
            votes[kind] += count
    return votes


def _around(each: Found) -> _Votes:
    votes: _Votes = Counter()
    before, after = each.before, each.after
    if _personal(each):
        votes[_P] += 5
        return votes
    if before and before[-1] == '"' and each.quoted:
        before = before[:-1]
    last = before[-1] if before else ""
    second = before[-2] if len(before) > 1 else ""
    if last in ("à", "au") and second in words.SPOKEN | words.SPEAKS:
        votes[_O] += 3
    elif last == "à":
        if second not in ("face", "grâce", "quant", "rapport", "contraire", "contrairement") and not (re.search("ée?s?$", second) and second not in _THERE):
            votes[_L] += 2
    elif last == "en":
        votes[_L] += 4
        votes[_P] -= 2
    elif last in ("au", "aux"):
        votes[_L] += 2
        votes[_O] += 1
        votes[_P] -= 3
    elif last == "chez":
        votes[_O] += 3
        votes[_P] += 1
    elif last == "sur":
        votes[_O] += 1
    elif last in ("vers", "depuis", "près"):
        votes[_L] += 2
    elif last in ("le", "la", "l'", "du", "les", "des") and not each.opens:
        votes[_P] -= 3 if last != "l'" else 2
        votes[_O] += 1
        if last in ("la", "l'", "des", "les") and each.text[-1] in "eas":
            votes[_L] += 2
        if second in ("dans", "vers", "sur", "traverse"):
            votes[_L] += 2
    elif last in ("de", "d'"):
        if second in ("nord", "sud", "est", "ouest", "près", "loin", "maire", "habitants", "centre", "originaire", "rues", "environs", "siège"):
            votes[_L] += 3
        elif second in _BELONG:
            votes[_O] += 2
        elif second in words.OWNED:
            votes[_P] += 1
        elif not each.text.isupper() and len(each.words) == 1:
            votes[_L] += 1
    owner = next((word for word in reversed(before) if word not in _LINKS and not words.is_adjective(word)), "")
    if owner != last:
        votes[_L] += 3 * (owner in words.PLACE_HEADS | words.DIRECTIONS)
        votes[_O] += 2 * (owner in _BELONG and last not in ("de", "d'"))
    elif last == "entre" or (last == "et" and "entre" in before):
        votes[_L] += 2
    if last in words.WORKS:
        votes[_T] += 5
    if len(before) > 1 and (words.is_adjective(last) or words.is_of_people(last)):  # « le président français », « la milice populaire »
        last = second
    if len(each.words) > 1 and last not in ("de", "d'", "à") and any(word in words.ROLES for word in before[-4:]) and "," not in before[-4:]:
        votes[_P] += 2
    last = last if last in words.PLACE_HEADS else last.removesuffix("s")
    if last and last not in words.FUNCTION and last not in words.PARTICLES:
        if words.is_before_organization(last):
            votes[_O] += 4
        elif last in words.PLACE_HEADS:
            votes[_L] += 3
        elif words.is_animate(last) and not each.text.isupper():
            votes[_P] += 3
    if each.quoted and _before_quote(each):
        votes[_O] += 5
    following = after[0] if after else ""
    if following in words.SPEAKS or (following in ("a", "s'est", "avait") and len(after) > 1 and after[1] in ("dit", "déclaré", "affirmé", "expliqué")):
        votes[_P] += 1
    if following == "," and len(after) > 1:
        role = next((word for word in after[1:3] if word not in ("le", "la", "l'", "un", "une", "ancien", "ancienne")), "")
        if role in words.ROLES or (role and words.is_animate(role) and role in words.ROLES):
            votes[_P] += 3
        if after[1] in ("né", "née", "mort", "morte", "âgé", "âgée"):
            votes[_P] += 3
    if following == "(" and len(after) > 2 and after[1][:1].isdigit() and after[2] in ("-", "ans"):
        votes[_P] += 2
    if following in ("né", "née"):
        votes[_P] += 3
    return votes


def _share(kept: Mapping[str, list[Found]], votes: Mapping[str, _Votes]) -> None:
    """What stands in one row is of one kind: « à Louhansk et Donetsk »."""
    by_end = {each.end: each for places in kept.values() for each in places}
    gained: dict[str, _Votes] = {}
    for text, places in kept.items():
        for each in places:
            # the neighbour before, over one mark or word that links
            link = each.before[-1] if each.before else ""
            if link not in _ENUMERATED | {"("} and not (link in ("de", "à", "l'", "la", "le", "en") and each.before[-2:-1] and each.before[-2] in _ENUMERATED):
                continue
            near = next((by_end[end] for end in range(each.start - 1, max(0, each.start - 9), -1) if end in by_end), None)
            if near is None or near.text == text:
                continue
            for one, other in ((text, near.text), (near.text, text)):
                kind, count = votes[other].most_common(1)[0]
                if count >= 2:
                    gained.setdefault(one, Counter())[kind] += 2
    for text, more in gained.items():
        votes[text].update(more)


def _kind(votes: _Votes) -> str:
    order = [_L, _P, _O, _T]
    return max(order, key=lambda kind: (votes[kind], -order.index(kind)))


def _grouped(kept: Mapping[str, list[Found]]) -> dict[str, list[str]]:
    """Names, each with its other forms; the longest is the name: « Sergueï Lavrov » for « Lavrov »."""
    groups: dict[str, list[str]] = {}
    for text in sorted(kept, key=lambda text: (-len(text.split()), -len(text), text)):
        mains = [main for main in groups if _one_name(text, main, kept[main][0])]
        if len(mains) == 1:
            groups[mains[0]].append(text)
        else:
            groups[text] = []
    return groups


def _one_name(form: str, main: str, found: Found) -> bool:
    """Whether a form is the end of a person's name, its acronym, or the same but for accents and signs."""
    if slug(form) == slug(main) != "":
        return True
    if initial := re.fullmatch(r"(\w)\.-?(?:\w\.)? (.+)", form):
        return main.startswith(initial[1]) and main.endswith(f" {initial[2]}") and len(found.words) > 1
    if form.isupper() and len(form) > 1 and " " not in form:
        initials = "".join(word[0] for word in found.words if len(word) > 2 or word[0].isupper()).upper()
        capitals = "".join(word[0] for word in found.words if word[0].isupper())
        return len(form) > 1 and form in (initials, capitals)
    if main.startswith(f"{form} ") and (found.words[-1].lower() in words.ORGANIZATION_ENDS) and not words.is_known(form):
        return True
    plain = not words.is_known(found.words[0]) or found.head not in (words.ORGANIZATION_HEADS | words.PLACE_HEADS | words.TERM_HEADS)
    return plain and len(found.words) > 1 and main.endswith(f" {form}") and not found.tail and form not in words.places()
