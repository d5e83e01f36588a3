"""Terms that the text writes otherwise than their entry: at a sentence's start, in capitals, in the plural.

Mentions are found letter by letter, and a program that guessed would link the wrong word. It can ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from manchette.anchor.canonical import Span, fold
from manchette.anchor.letters import TOKEN, starts, tokens
from manchette.anchor.quote import find
from manchette.format.kinds.term import Term
from manchette.problems import Problem, Severity, cite
from manchette.site.site import Article, Site

# An ending of the plural → that of the singular; the first that fits.
_PLURALS = (("eaux", "eau"), ("eux", "eu"), ("aux", "al"), ("s", ""), ("x", ""))


class Terms:
    """The forms of the terms, as any text is searched for them."""

    def __init__(self, forms: Mapping[tuple[str, ...], str]) -> None:
        """`forms`: the words of each form of a term, likened to those of a text → the term's id."""
        self.forms = forms
        self.beginning = frozenset(form[0] for form in forms if form)
        self.lengths = sorted({len(form) for form in forms}, reverse=True)


def terms(site: Site) -> Terms:
    """The forms of the terms, as any text is searched for them."""
    found: dict[tuple[str, ...], str] = {}
    for key, (_, record) in site.entities.items():
        if isinstance(record.entry, Term):
            found |= {_likened(fold(form)): key for form in record.entry.forms if fold(form)}
    return Terms(found)


def overlooked(site: Site, article: Article, terms: Terms) -> Iterator[Problem]:
    """Yield a notice for each form of a term that stands in an article and that no form of its entry matches."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for key, span in _unlinked(article, terms):
        found[key, fold(article.body.text[slice(*span)])].append(span)
    for (key, _), spans in found.items():
        words = article.body.text[slice(*spans[0])]
        places = ", ".join(dict.fromkeys(str(article.body.part(span.start)) for span in spans))
        yield Problem(
            site.entities[key][1].where.place,
            "overlooked-term",
            f"{cite(words)} ({article.id}, {places}) n’est pas relié à ce terme, qui s’écrit autrement",
            f"ajoutez {cite(words)} à ses « aliases », ou dans mentions.yml : - {{quote: …, entity: null}}",
            key,
            Severity.NOTICE,
        )


def _unlinked(article: Article, terms: Terms) -> Iterator[tuple[str, Span]]:
    """Give what is likened to a term and belongs to no entity, nor has `mentions.yml` said that it does not."""
    text = article.body.canonical
    words = {word: _singular(word) for word in tokens(text.text)}
    beginning = [word for word, likened in words.items() if likened in terms.beginning]
    if not beginning:
        return
    taken = [mark.span for mark in article.marks if mark.kind not in {"claim", "date"}]
    taken += [span for mention in article.mentions for span in find(text, mention.entry.quote.selector)]
    taken_at = {at for span in taken for at in range(*span)}
    after = 0
    for start in sorted(at for word in beginning for at in starts(text.text, word)):
        if start < after:
            continue
        following = list(islice(TOKEN.finditer(text.text, start), terms.lengths[0]))
        likened = tuple(words[match[0]] for match in following)
        for length in terms.lengths:
            key = terms.forms.get(likened[:length]) if length <= len(following) else None
            if key is None:
                continue
            end = following[length - 1].end()
            if text.breaks(start, end):
                continue
            after, span = end, text.span(start, end)
            if taken_at.isdisjoint(range(*span)):
                yield key, span
            break


def _likened(form: str) -> tuple[str, ...]:
    return tuple(_singular(match[0]) for match in TOKEN.finditer(form))


@lru_cache(maxsize=4096)  # a text has few words, many times
def _singular(word: str) -> str:
    """Give a word as its singular would be, in small letters, near enough to compare two words."""
    word = word.casefold()
    if len(word) < 4:  # les, des, cas
        return word
    return next((word.removesuffix(end) + other for end, other in _PLURALS if word.endswith(end)), word)
