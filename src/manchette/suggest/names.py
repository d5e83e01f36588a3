"""Names in a sentence: words with a capital that is not merely its own, and the small words that link them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manchette.site.quoted import counts
from manchette.suggest import words
from manchette.suggest.reading import Sentence

_ROMAN = re.compile(
    r"(?=[IVXLCDM])(?![CDLM]e$)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|ère|e|ème|nd|nde)?"
)
_PARTICLED = re.compile(  # « al-Baghdadi »
    r"(?:al|el|ar|as|ash|an|ad|az|at|bin|ibn|ben|abd|abou|abu|ould|ag|ap|mac|von|van)-(?=.*[A-ZÀ-Þ])[^\W\d_].*", re.I
)
_INVERTED = re.compile(r".+-(?:t-)?(?:il|elle|on|ils|elles|ce|je|tu|vous|nous|moi|toi|là|ci|le|la|les|en|y)", re.I)
_ONLY_OPENS = re.compile(r".{2,}(?:ment|ée?s?|ant|is|us?)")  # « Interrogé », « Autrement »
_INFINITIVE = re.compile(r".*(?:er|ir|oir|dre|ttre|vre|aire)")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_BEGINS = frozenset('"([')
_SURNAMES_BEGIN = frozenset(("le", "la", "les", "de", "du", "des", "san"))  # « Le Pen », « De Santis »
_ALONE = frozenset(("von", "van", "du", "d'"))  # particles that stay where the first name is left out
_FRENCH_LINKS = frozenset(("de", "du", "des", "d'", "la", "le", "les", "l'"))
_ENGLISH_LINKS = frozenset(("of", "and", "&", "for", "the"))
_SENTENCE_BEGINS = frozenset(":.!?…=>*•|}")
_UNNAMED = frozenset(("gouvernement", "parlement", "sénat", "armée", "police", "équipe"))  # « le Sénat de la semaine »
LONGEST = 8  # words of a name between quotation marks
BEFORE, AFTER = 7, 4  # words around a name that are looked at
LABEL = 4  # words that a stretch without a final mark must have to be more than a label


@dataclass
class Found:
    """A stretch that may be a name, and what stands around it; all words around are in small letters, marks too."""

    text: str  # canonical
    start: int
    end: int
    words: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    opens: bool  # it begins its sentence, where a capital says nothing
    tail: bool = False  # words in small letters end it: « européenne »
    titled: bool = False  # a title with a capital was taken off: « Président »
    stripped: str = ""  # a word with a capital was taken off that only opens the sentence

    @property
    def head(self) -> str:
        """Its first word, in small letters."""
        return self.words[0].lower()

    @property
    def quoted(self) -> bool:
        """Whether it is all that stands between quotation marks."""
        return self.before[-1:] == ('"',) and self.after[:1] == ('"',)


def names_in(sentence: Sentence) -> Iterator[Found]:
    """What may be a name, the longest at each place; single words that open the sentence too."""
    return _Names(sentence).all()


class _Names:
    """One pass over the words of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        ended = sentence.words.rstrip().endswith((".", "!", "?", "…"))
        self.label = not ended and sum(token.is_word for token in self.tokens) < LABEL

    def all(self) -> Iterator[Found]:
        at = 0
        while at < len(self.tokens):
            if not self.may_begin(at):
                at += 1
                continue
            first, stripped, opens = at, "", self.opens(at)
            if opens and self.is_function(at):
                stripped, first, opens = self.tokens[at].text, at + 1, False
                if not self.joined(first) or not self.may_begin(first):
                    at = first
                    continue
            end, tail = self.reach(first, opens)
            at, found = self.bared(first, end, opens, stripped, tail)
            if found and not (self.label and found.opens and self.is_label(found)):
                yield found

    def is_label(self, found: Found) -> bool:
        return len(found.words) - found.words[-1].isdigit() == 1 and found.text not in words.places()

    # ---- what stands at a place

    def low(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def is_capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].is_word and self.tokens[at].has_capital

    def joined(self, at: int) -> bool:
        """Whether a word stands right after the one before it, a space apart or after an elision."""
        if not 0 < at < len(self.tokens):
            return False
        gap = self.tokens[at].start - self.tokens[at - 1].end
        return gap == 1 or (gap == 0 and self.tokens[at - 1].is_elision)

    def capitals(self, at: int) -> int:
        """How many words with a capital follow one another from a place on."""
        end = at
        while self.is_capital(end) and self.joined(end):
            end += 1
        return end - at

    def past(self, at: int, links: frozenset[str], most: int) -> int:
        """The place after small words that link, of which there are so many at most."""
        end = at
        while end < at + most and self.joined(end) and self.low(end) in links and not self.tokens[end].has_capital:
            end += 1
        return end

    def is_function(self, at: int) -> bool:
        """Whether a word is a small one; in capitals it is an acronym, unless its neighbours are in capitals too."""
        token = self.tokens[at]
        if len(token.text) == 1 and self.low(at + 1) == ".":  # « J. K. Rowling »
            return False
        beside = self.tokens[max(0, at - 1) : at] + self.tokens[at + 1 : at + 2]
        return token.lower in words.FUNCTION and (not token.shouts or any(near.shouts for near in beside))

    def is_somebody(self, at: int) -> bool:
        """Whether a word is what somebody is, or where from: « Président », « le Camerounais Greg Belobo »."""
        token, article = self.tokens[at], self.low(at - 1) in words.ARTICLES
        if token.lower in words.ROLES | words.COURTESY or (
            words.is_known(token.text) and words.is_animate(token.lower)
        ):
            return True
        people = words.is_people(token.text) or words.has_people_ending(token.text)
        return article and people and self.capitals(at + 1) > 1

    def opens(self, at: int) -> bool:
        """Whether a word stands where a sentence begins, or a list's item, or a saying after a colon."""
        while at > 0 and self.tokens[at - 1].text in _BEGINS:
            at -= 1
        if at == 0:
            return True
        before = self.tokens[at - 1]
        if before.is_elision and before.has_capital:
            return False  # « L’Ukraine »
        return before.text in _SENTENCE_BEGINS or not any(token.is_word for token in self.tokens[:at])

    def may_begin(self, at: int) -> bool:
        """Whether a name may begin with a word."""
        token = self.tokens[at]
        if not token.is_word or token.is_elision or _INVERTED.fullmatch(token.text):
            return False
        if not token.has_capital:
            return bool(_PARTICLED.fullmatch(token.text)) or self.begins_in_small_letters(at)
        if len(token.text) == 1:  # « B. Obama »
            initial = token.text != "M" and self.low(at + 1) == "." and self.is_capital(at + 2) and self.joined(at + 2)
            return initial and not self.is_function(at + 2)
        if _ROMAN.fullmatch(token.text):
            return False
        if "." in token.text:  # « J.-K. Huysmans »
            return self.is_capital(at + 1) and self.joined(at + 1)
        return bool(_WORD.fullmatch(token.text)) or token.shouts

    def begins_in_small_letters(self, at: int) -> bool:
        """« le colonel du Paty de Clam », « la mer du Japon », « l’université de Manchester »."""
        low = self.tokens[at].lower
        if low in _ALONE:
            return self.low(at - 1) in words.COURTESY and self.is_capital(at + 1)
        if low not in words.PLACE_GENERIC | words.ORGANIZATION_GENERIC:
            return False
        named = self.past(at + 1, _FRENCH_LINKS, 2)
        if not (self.is_capital(named) and self.joined(named)):
            return False
        text = self.tokens[named].text
        return not _ROMAN.fullmatch(text) and not words.is_of_people(text.lower())

    # ---- how far a name goes

    def reach(self, first: int, opens: bool) -> tuple[int, bool]:
        """The end of the name that begins at a word, and whether words in small letters end it."""
        if (quoted := self.to_quotation_mark(first)) > first:
            return quoted, False
        head = self.tokens[first]
        end = first + 1 + (head.lower in _ALONE and not head.has_capital)
        noun = words.is_known(head.text) or head.lower in words.PLACE_HEADS
        institution = noun and not head.shouts and head.lower not in words.FUNCTION
        tail = False
        while end < len(self.tokens):
            last, token = self.tokens[end - 1], self.tokens[end]
            if token.text == "." and len(last.text) == 1 and token.start == last.end:
                end += 1
            elif not self.joined(end):
                break
            elif self.is_capital(end) or _PARTICLED.fullmatch(token.text):
                if tail or not self.goes_on(first, end):
                    break
                end += 1
            elif end == first + 1 and not opens and self.is_numbered(end):
                end += 1
            elif (step := self.linked(first, end, institution, opens)) > end:
                end, tail = step, False
            elif last.text in words.places() and token.text in words.PARTS:
                return end + 1, False
            elif institution and head.lower in words.HEADS and words.is_adjective(token.text):
                end, tail = end + 1, True
            elif institution and (step := self.of_something(head.lower, end)) > end:
                end, tail = step, True
            else:
                break
        return end, tail

    def goes_on(self, first: int, end: int) -> bool:
        """Whether a name takes in the next word with a capital."""
        last, token = self.tokens[end - 1], self.tokens[end]
        if token.shouts and self.is_function(end):
            return False
        if last.shouts and not token.shouts and len(last.text) > 4:
            return False
        known = self.tokens[first].text in words.places()
        return not (end == first + 1 and self.is_of_role(first) and (known or self.capitals(end) > 1))

    def is_of_role(self, at: int) -> bool:
        """Whether a place is that of somebody's office: « le préfet de Corse Claude Érignac »."""
        before = at
        while self.low(before - 1) in words.PARTICLES:
            before -= 1
        return before < at and words.is_animate(self.low(before - 1))

    def is_numbered(self, at: int) -> bool:
        """Whether a number belongs to a name: « Falcon 9 », but not « Québec 48 heures » nor « Rennes 1 à 0 »."""
        text = self.tokens[at].text
        return text.isdigit() and len(text) < 3 and self.low(at + 1) not in ("à", "-") and not counts(self.low(at + 1))

    def to_quotation_mark(self, first: int) -> int:
        """Where a name ends that is all between quotation marks, after a word for what has such names; or 0."""
        if not first or self.tokens[first - 1].text != '"' or not words.is_known(self.tokens[first].text):
            return 0
        around = [self.low(at) for at in range(first - BEFORE, first)]
        if not any(words.is_before_organization(word) or word in words.WORKS for word in around):
            return 0
        inside = (at for at in range(first, len(self.tokens)) if not self.tokens[at].text[0].isalpha())
        end = next(inside, 0)
        return end if end and self.tokens[end].text == '"' and first + 1 < end <= first + LONGEST + 2 else 0

    def linked(self, first: int, at: int, institution: bool, opens: bool) -> int:
        """Where the name goes on after small words that link: « de la », « von der »; `at` where it does not."""
        end = self.past(at, words.PARTICLES | _ENGLISH_LINKS, 3)
        if end == at or not self.is_capital(end) or not self.joined(end):
            return at
        links = [self.low(link) for link in range(at, end)]
        head, named = self.tokens[first], self.tokens[end]
        article = self.low(first - 1) in words.ARTICLES
        direction = named.lower in words.DIRECTIONS and links in (["du"], ["de", "l'"], ["de"])
        if direction or not _ENGLISH_LINKS.isdisjoint(links):
            goes_on = True
        elif not _FRENCH_LINKS.issuperset(links):
            goes_on = not article
        elif institution:
            several = at > first + 1 and head.lower not in ("saint", "sainte")
            goes_on = head.lower in words.HEADS or not (opens or several or words.is_people(named.text))
        else:
            first_name = not (head.shouts or head.text in words.places() or words.looks_like_place(head.text))
            nobility = (links[0] in ("de", "d'") and "l'" not in links) or self.low(first - 1) in words.COURTESY
            short = at <= first + 2 or head.lower == "saint"
            goes_on = first_name and nobility and short and not article and named.text not in words.places()
        return end + 1 if goes_on else at

    def of_something(self, head: str, at: int) -> int:
        """Where « de la santé », « des comptes » ends, which is part of the name of an institution; or `at`."""
        if head not in words.ORGANIZATION_HEADS - _UNNAMED or self.low(at) not in ("de", "du", "des", "d'", "aux"):
            return at
        end = self.past(at, _FRENCH_LINKS, 2)
        word = self.tokens[end].text if self.joined(end) else ""
        plain = word.islower() and word not in words.FUNCTION and words.is_known(word)
        short = self.low(at) == "de" and len(word) < 4
        return end + 1 if plain and not short and not _INFINITIVE.fullmatch(word) else at

    # ---- what is no part of it

    def bared(self, first: int, end: int, opens: bool, stripped: str, tail: bool) -> tuple[int, Found | None]:
        """Where to look on, and the name without a title before it, or a word that only opens the sentence."""
        titled = False
        while first < end - 1 and self.is_capital(first):
            token = self.tokens[first]
            if token.lower in words.ROLES and self.past(first + 1, words.PARTICLES, 1) > first + 1:
                return first + 1, None  # « Présidente du Mouvement associatif »: what follows is looked at on its own
            if self.is_somebody(first):
                titled, opens = True, False
            elif self.only_opens(first, end, opens):
                stripped = token.text
            elif not (token.shouts and words.is_before_organization(token.lower) and not self.tokens[first + 1].shouts):
                break  # else: « l’ONG Human Rights Watch »
            first = self.past(first + 1, frozenset(("le", "la", "les", "l'")), 2)
        return end, self.made(first, end, opens, stripped, tail, titled)

    def only_opens(self, at: int, end: int, opens: bool) -> bool:
        low = self.tokens[at].lower
        if self.is_function(at):
            return opens or low not in _SURNAMES_BEGIN
        alone = opens and (at + 1 >= end or self.is_capital(at + 1))
        return alone and words.is_known(low) and bool(_ONLY_OPENS.fullmatch(low))

    def made(self, first: int, end: int, opens: bool, stripped: str, tail: bool, titled: bool) -> Found | None:
        while end > first and (self.tokens[end - 1].is_elision or not self.tokens[end - 1].text[0].isalnum()):
            end -= 1
        if not any(map(self.is_capital, range(first, end))) and not _PARTICLED.fullmatch(self.tokens[first].text):
            return None
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        return Found(
            text=self.sentence.text[start:stop],
            start=start,
            end=stop,
            words=tuple(token.text for token in self.tokens[first:end]),
            before=tuple(token.lower for token in self.tokens[max(0, first - BEFORE) : first]),
            after=tuple(token.lower for token in self.tokens[end : end + AFTER]),
            opens=opens,
            tail=tail,
            titled=titled,
            stripped=stripped,
        )
