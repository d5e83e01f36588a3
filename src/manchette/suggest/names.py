"""Names in a sentence: words with a capital that is not merely that of a sentence, and the small words that link them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from manchette.site.quoted import counts
from manchette.suggest import words
from manchette.suggest.reading import Sentence, Token

_ROMAN = re.compile(r"(?=[IVXLCDM])(?![CDLM]e$)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|ère|e|ème|nd|nde)?")
_PARTICLE_WORD = re.compile(r"(?:al|el|ar|as|ash|an|ad|az|at|bin|ibn|ben|abd|abou|abu|ould|ag|ap|mac|von|van)-[^\W\d_].*", re.IGNORECASE)
_SURNAMES_BEGIN = frozenset(("le", "la", "les", "de", "du", "des", "d", "san"))
_INVERTED = re.compile(r".+-(?:t-)?(?:il|elle|on|ils|elles|ce|je|tu|vous|nous|moi|toi|là|ci|le|la|les|en|y)", re.IGNORECASE)
LONGEST = 8  # words of a name between quotation marks


@dataclass
class Found:
    """A stretch that may be a name, and what stands around it."""

    text: str  # canonical
    start: int
    end: int
    opens: bool  # it begins its sentence, where a capital says nothing
    words: tuple[str, ...]
    before: tuple[str, ...]  # the last four words before it in the sentence, in small letters; a mark is one
    after: tuple[str, ...]  # the first four after it
    tail: tuple[str, ...] = ()  # words in small letters that the name took in: « européenne »
    title: str = ""  # a title with a capital that was taken off: « Président »
    stripped: str = ""  # a word with a capital that was taken off because it only opens the sentence
    quoted: bool = False  # it is all that stands between quotation marks
    head: str = field(init=False)

    def __post_init__(self) -> None:
        self.head = self.words[0].lower()


def names_in(sentence: Sentence) -> Iterator[Found]:
    """What may be a name, the longest at each place; single words that open the sentence too."""
    tokens = sentence.tokens
    label = sum(token.is_word for token in tokens) < 4 and not sentence.words.rstrip().endswith((".", "!", "?", "…"))
    at = 0
    while at < len(tokens):
        first = at
        if not _may_begin(tokens, at):
            at += 1
            continue
        opens = _opens(tokens, first)
        stripped = ""
        if opens and _is_function(tokens, at):
            at += 1
            if at >= len(tokens) or not _joined(tokens, at) or not _may_begin(tokens, at):
                continue
            stripped, first, opens = tokens[first].text, at, False
        end, tail = _chain(tokens, first, opens)
        if (whole := _quoted(tokens, first)) > end:
            end, tail = whole, ()
        at = end
        title = ""
        while first < end - 1 and tokens[first].is_word and tokens[first].has_capital:
            low = tokens[first].lower
            if low in words.ROLES and _links(tokens, first + 1):  # « Présidente du Mouvement associatif »
                at, first = first + 1, end
                break
            if low in words.ROLES | words.COURTESY or (words.is_known(low) and words.is_animate(low)) or (_is_somebody(tokens, first) and _capitals(tokens, first + 1) > 1):
                title = low
            elif tokens[first].shouts and words.is_before_organization(low) and not tokens[first + 1].shouts:
                pass  # « l’ONG Human Rights Watch »
            elif _only_opens(tokens, first, end, opens):
                stripped = tokens[first].text
            else:
                break
            opens = opens and not title
            first += 1
            while first < end and tokens[first].lower in ("le", "la", "les", "l'") and not tokens[first].has_capital:
                first += 1
        if first < end and (found := _made(sentence, tokens, first, end, opens, tail, title)):
            found.stripped = stripped
            if not (label and found.opens and len(found.words) - found.words[-1].isdigit() == 1 and found.text not in words.places()):
                yield found


def _links(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a small word that links stands at a place: « Président de la République » is one name."""
    return at < len(tokens) and tokens[at].lower in words.PARTICLES and not tokens[at].has_capital


def _only_opens(tokens: tuple[Token, ...], at: int, end: int, opens: bool) -> bool:
    """Whether a word with a capital is no part of the name after it: « Avec », « Interrogé »."""
    low = tokens[at].lower
    if _is_function(tokens, at):
        return opens or low not in _SURNAMES_BEGIN
    if not opens or (at + 1 < end and not tokens[at + 1].has_capital):
        return False  # « Conseil de l’Europe »
    return words.is_known(low) and bool(re.search(r"(?:ment|ée?s?|ant|is|us?)$", low)) and len(low) > 4


def _is_function(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word is a small one; in capitals it is an acronym, unless its neighbours shout too."""
    beside = [tokens[near] for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return tokens[at].lower in words.FUNCTION and (not tokens[at].shouts or any(near.shouts for near in beside))


def _is_somebody(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word says where somebody is from: « le Camerounais Greg Belobo »."""
    article = at > 0 and tokens[at - 1].lower in words.ARTICLES
    return words.is_people(tokens[at].text) or (article and words.has_people_ending(tokens[at].text))


def _quoted(tokens: tuple[Token, ...], first: int) -> int:
    """Where a name ends that is all between quotation marks, after a word for what has such names; or 0."""
    if not first or tokens[first - 1].text != '"' or not words.is_known(tokens[first].text):
        return 0
    if not any(words.is_before_organization(token.lower) or token.lower in words.WORKS for token in tokens[max(0, first - 7) : first]):
        return 0
    for end in range(first + 2, min(len(tokens), first + LONGEST + 3)):
        if tokens[end].text == '"':
            return end
        if not (tokens[end].is_word or tokens[end].is_elision):
            return 0
    return 0


def _may_begin(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if "." in token.text and not (at + 1 < len(tokens) and _joined(tokens, at + 1) and tokens[at + 1].has_capital):
        return False
    if token.is_elision or not token.is_word or _INVERTED.fullmatch(token.text):
        return False
    if _PARTICLE_WORD.fullmatch(token.text) and "-" in token.text:
        return any(part[:1].isupper() for part in token.text.split("-")[1:])
    if token.lower in ("von", "van", "du", "d'") and _person_before(tokens, at) and at + 1 < len(tokens) and tokens[at + 1].has_capital:
        return True
    if token.lower in words.PLACE_GENERIC | words.ORGANIZATION_GENERIC and not token.has_capital:
        beyond = at + 1
        while beyond < len(tokens) and tokens[beyond].lower in ("de", "du", "des", "d'", "la", "le", "l'") and beyond < at + 3:
            beyond += 1
        return beyond < len(tokens) and _joined(tokens, beyond) and tokens[beyond].has_capital and tokens[beyond].is_word and not (
            _ROMAN.fullmatch(tokens[beyond].text) or words.is_people(tokens[beyond].text)
        )
    if len(token.text) == 1:  # « B. Obama »
        beyond = tokens[at + 2 : at + 3]
        return token.has_capital and token.text != "M" and [each.text for each in tokens[at + 1 : at + 2]] == ["."] and (
            bool(beyond) and beyond[0].has_capital and _joined(tokens, at + 2) and beyond[0].lower not in words.FUNCTION
        )
    letters = sum(letter.isalpha() for letter in token.text)
    return token.has_capital and not _ROMAN.fullmatch(token.text) and (letters == len(re.sub("[-']", "", token.text)) or (token.shouts and letters > 1))


def _person_before(tokens: tuple[Token, ...], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower in words.COURTESY


def _opens(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word stands where a sentence begins, or a list's item, or a saying after a colon."""
    while at > 0 and tokens[at - 1].text in '"([':
        at -= 1
    if at > 0 and tokens[at - 1].is_elision and tokens[at - 1].has_capital:
        return False  # « L’Ukraine »
    return at == 0 or tokens[at - 1].text in (":", ".", "!", "?", "…", "=", ">", "*", "•", "|", "}") or (
        not any(token.is_word for token in tokens[:at])
    ) or (tokens[at - 1].text == "-" and all(not token.is_word for token in tokens[:at]))


def _joined(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word stands right after the one before it, a space apart or an elision."""
    gap = tokens[at].start - tokens[at - 1].end
    return gap == 1 or (gap == 0 and tokens[at - 1].is_elision)


def _chain(tokens: tuple[Token, ...], first: int, opens: bool) -> tuple[int, tuple[str, ...]]:
    """The end of the name that begins at a word, and the words in small letters that it took in at the end."""
    end = first + 1
    head = tokens[first]
    if not head.has_capital and head.lower in ("von", "van", "du", "d'"):
        end += 1
    tail: list[str] = []
    institution = (words.is_known(head.text) or head.lower in words.PLACE_HEADS) and not head.shouts and head.lower not in words.FUNCTION
    article = first > 0 and tokens[first - 1].lower in words.ARTICLES
    while end < len(tokens):
        token = tokens[end]
        if token.text == "." and len(tokens[end - 1].text) == 1 and token.start == tokens[end - 1].end:
            end += 1
            continue
        if not _joined(tokens, end) or token.is_elision and not token.text[0].islower():
            break
        if token.has_capital and token.is_word:
            if token.shouts and _is_function(tokens, end):
                break
            if end == first + 1 and _of_role(tokens, first) and (head.text in words.places() or _capitals(tokens, end) > 1):
                break  # « le préfet de Corse Claude Érignac »
            if tail or tokens[end - 1].shouts != token.shouts and len(tokens[end - 1].text) > 4 and tokens[end - 1].shouts:
                break
            end += 1
            continue
        score = [each.text for each in tokens[end + 1 : end + 2]]
        if token.text.isdigit() and len(token.text) < 3 and not tail and end == first + 1 and not opens and score not in (["à"], ["-"]) and (
            not counts(" ".join(each.lower for each in tokens[end + 1 : end + 2]))
        ):
            end += 1
            continue
        if (step := _linked(tokens, first, end, institution, article, opens)) > end:
            end = step
            tail = []
            continue
        if tokens[end - 1].text in words.places() and token.text in words.PARTS:
            end += 1
            break
        if institution and words.is_adjective(token.text) and _institutional(tokens[end - 1].lower, head.lower):
            tail.append(token.text)
            end += 1
            continue
        if institution and (step := _of_something(tokens, head.lower, end)) > end:
            tail += [each.text for each in tokens[end:step]]
            end = step
            continue
        break
    return end, tuple(tail)


def _of_role(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a place is that of somebody's office: « le maire de Lyon »."""
    first = at
    while at > 0 and tokens[at - 1].lower in words.PARTICLES:
        at -= 1
    return 0 < at < first and words.is_animate(tokens[at - 1].lower)


def _capitals(tokens: tuple[Token, ...], at: int) -> int:
    """How many words with a capital follow one another from a place on."""
    end = at
    while end < len(tokens) and tokens[end].is_word and tokens[end].has_capital and _joined(tokens, end):
        end += 1
    return end - at


def _institutional(before: str, head: str) -> bool:
    return head in words.ORGANIZATION_HEADS | words.TERM_HEADS | words.PLACE_HEADS


def _linked(tokens: tuple[Token, ...], first: int, at: int, institution: bool, article: bool, opens: bool) -> int:
    """Where the name goes on after small words that link: « de la », « von der »; `at` where it does not."""
    end = at
    while end < len(tokens) and end < at + 3 and _joined(tokens, end) and tokens[end].lower in words.PARTICLES | {"en", "et", "of", "and", "&", "for", "the"} and (
        not tokens[end].has_capital
    ):
        end += 1
    if end == at or end >= len(tokens) or not _joined(tokens, end) or not tokens[end].has_capital or not tokens[end].is_word:
        return at
    links = [token.lower for token in tokens[at:end]]
    head = tokens[first].lower
    if tokens[end].lower in words.DIRECTIONS and links in (["du"], ["de", "l'"], ["de"]):
        return end + 1
    if not {"of", "and", "&", "for", "the"}.isdisjoint(links):
        return end + 1
    if "et" in links or "en" in links:
        return at
    if all(link in ("de", "du", "des", "d'", "la", "le", "les", "l'") for link in links):
        if institution:
            if opens and head not in words.ORGANIZATION_HEADS | words.PLACE_HEADS | words.TERM_HEADS:
                return at
            return end + 1 if not words.is_people(tokens[end].text) or head in words.ORGANIZATION_HEADS | words.PLACE_HEADS | words.TERM_HEADS else at
        single = at <= first + 2 or head == "saint"
        if article or not single or tokens[first].shouts or tokens[first].text in words.places() or words.looks_like_place(tokens[first].text):
            return at
        if links[0] in ("du", "des", "le", "la", "les") and not _person_before(tokens, first):
            return at
        return end + 1 if tokens[end].text not in words.places() else at
    return end + 1 if not article else at


def _of_something(tokens: tuple[Token, ...], head: str, at: int) -> int:
    """Where « de la santé », « des comptes » ends, which is part of the name of an institution."""
    if head not in words.ORGANIZATION_HEADS or head in ("gouvernement", "parlement", "sénat", "armée", "police", "équipe"):
        return at
    end = at
    if tokens[at].lower not in ("de", "du", "des", "d'", "aux"):
        return at
    while end < len(tokens) and end < at + 2 and _joined(tokens, end) and tokens[end].lower in ("de", "du", "des", "d'", "la", "l'", "aux"):
        end += 1
    if end == at or end >= len(tokens) or not _joined(tokens, end):
        return at
    word = tokens[end].text
    if not word.islower() or word in words.FUNCTION or not words.is_known(word) or re.search(r"(?:er|ir|oir|dre|ttre|vre|aire)$", word):
        return at
    if tokens[at].lower == "de" and len(word) < 4:
        return at
    return end + 1


def _made(
    sentence: Sentence, tokens: tuple[Token, ...], first: int, end: int, opens: bool, tail: tuple[str, ...], title: str
) -> Found | None:
    while end > first and (not tokens[end - 1].is_word and not tokens[end - 1].text[0].isdigit() or tokens[end - 1].is_elision):
        end -= 1
    if end <= first:
        return None
    start = tokens[first].start
    text = sentence.text[start : tokens[end - 1].end]
    before = tuple(token.lower for token in tokens[max(0, first - 7) : first])
    after = tuple(token.lower for token in tokens[end : end + 4])
    quoted = bool(before and before[-1] == '"' and after and after[0] == '"')
    name = tuple(token.text for token in tokens[first:end])
    return Found(text, start, tokens[end - 1].end, opens, name, before, after, tail, title, quoted=quoted)
