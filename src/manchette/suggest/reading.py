"""An article's text as it is looked through: blocks, sentences and words, in canonical form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from manchette.anchor.canonical import Canonical, Span
from manchette.marks import OBJECT, Body

# What is shown but is no prose: shortcodes of site generators, addresses, signs of Markdown's extensions.
_NO_PROSE = re.compile(
    r"""
    \{\{.*?\}\} | \{%.*?%\} | \[/?[a-z_]+[ ][a-z_]+=[^\]]*\]
  | https?://\S+ | www\.\S+ | \S+@\S+\.\w+
  | :::(?:[ ]*[a-z]+\b)? | (?:\?\?\?\+?|!!!)[ ]\w+(?:[ ]"[^"]*")?
    """,
    re.VERBOSE,
)
_ELISION = (
    r"(?: [LlDdJjNnMmTtSsCc] | [Qq]u | [Jj]usqu | [Ll]orsqu | [Pp]uisqu | [Qq]uoiqu | [Pp]resqu )' (?= [^\W\d_] )"
)
_TOKEN = re.compile(
    rf"""
      N'(?=[A-ZÀ-Þ])[^\W\d_]+             # N'Djamena
    | {_ELISION}
    | [^\W\d_]\.(?:-?[^\W\d_]\.)+         # J.-C., U.S.
    | \d+ (?: [.,]\d+ )* \w*
    | [^\W_]+ (?: ['-] [^\W_]+ )*
    | \S
    """,
    re.VERBOSE,
)
_END = re.compile(r'[.!?…]+ ["\])]* (?= \s | $ | (?<=") [A-ZÀ-Þ] )', re.VERBOSE)
_NO_END = re.compile(  # before a point that ends no sentence
    r"""
    (?: ^ | [^\w] ) (?:
        MM? | M[mlg][a-z]{1,2} | Drs? | Pr | Me | Ste? | [A-Z] | [A-Z][a-z]?\.-[A-Z][a-z]?
      | apr? | av | c | ca | cf | éd | env | fig | hab | v | vs | vol | pp? | art | al | op | cit | [nN][o°] | tél | ex
      | janv | févr? | avr | juil | sept | oct | nov | déc
    ) $
    """,
    re.VERBOSE,
)
_ERA = re.compile(r"J\.-C$")  # after which a sentence may well begin
_LABEL = re.compile(r"\s*(?:\d{1,3}|[a-zA-Z])$")  # « 1. », « a. »: the sign of a list


@dataclass(frozen=True, slots=True)
class Token:
    """A word, an elision (« l’ ») or a mark; where it stands in the canonical text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In small letters."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is neither a number nor a mark."""
        return self.text[0].isalpha()

    @property
    def is_elision(self) -> bool:
        """Whether it is « l’ », « qu’ »."""
        return self.text.endswith("'")

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital, of any script that has some."""
        return self.text[0].isupper()

    @property
    def shouts(self) -> bool:
        """Whether it is all capitals, two at least, digits aside."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 1 and all(letter.isupper() for letter in letters)


@dataclass(frozen=True)
class Sentence:
    """A sentence, as far as its block goes; `text` is the whole canonical text, with what is no prose taken out."""

    text: str
    start: int
    end: int
    block: int  # where its block begins

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words and marks."""
        return tuple(Token(found[0], *found.span()) for found in _TOKEN.finditer(self.text, self.start, self.end))


class Reading:
    """An article's text, to be looked through."""

    def __init__(self, body: Body) -> None:
        """Find the sentences of an article's visible text."""
        self.canonical: Canonical = body.canonical
        self.text = _NO_PROSE.sub(lambda found: OBJECT * len(found[0]), self.canonical.text)
        self.sentences = tuple(
            sentence
            for block in _blocks(body)
            for sentence in _sentences(self.text, *self.canonical.range(*block))
            if sentence.words.strip()
        )

    def source(self, start: int, end: int) -> str:
        """The words between two canonical places, as the article writes them, on one line."""
        return " ".join(self.canonical.source[slice(*self.canonical.span(start, end))].split())


def _blocks(body: Body) -> Iterator[Span]:
    """The innermost blocks, in order."""
    starts = [0, *(joint + 1 for joint in body.joints)]
    return map(Span, starts, [*body.joints, len(body.text)])


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    for found in _END.finditer(text, start, end):
        before, following = text[at : found.start()], text[found.end() : end].lstrip(' "(-')
        if following[:1].islower():
            continue
        if found[0].startswith(".") and (_LABEL.match(before) or _NO_END.search(before)) and not _ERA.search(before):
            continue
        yield Sentence(text, at, found.end(), start)
        at = found.end() + (text[found.end() : found.end() + 1] == " ")
    if at < end:
        yield Sentence(text, at, end, start)
