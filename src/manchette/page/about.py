"""What is said of a page where it is not seen, in 50 to 200 characters: in lists of results, beside a shared link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from manchette.format.edtf import When
from manchette.format.kinds import CLAIM, DATE, ENTITY_KINDS, KINDS, PLACE, Kind
from manchette.format.kinds.claim import Verdict
from manchette.format.layout import CORRECTIONS, DOORS, REGISTER, is_text, page_of
from manchette.page.leaves import visible
from manchette.page.parts import date_view, plain, publisher_name, restored
from manchette.site.site import Article, Site
from manchette.typeset import dates, prose, typography
from manchette.typeset.language import other
from manchette.typeset.words import WORDS

LEAST, MOST = 50, 200  # characters: what is shorter says little, what is longer is cut by who shows it
NAMED = 3  # places of a map that are named
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def page(site: Site, source: str, html: str) -> str:
    """What a page is about: from its article's data, its own first words, or its title. `html`: what it says itself."""
    article = site.article_of(source)
    if article and is_text(source):
        return of_article(site, article)
    return (article and of_door(site, article, source)) or opening(html) or _of_all(visible(site), source, html)


def _of_all(site: Site, source: str, html: str) -> str:
    """What the pages hold that show something of all articles."""
    if source == REGISTER:
        facts = [_many(len(site.registers.get(kind.name, ())), kind) for kind in ENTITY_KINDS]
        return str(WORDS.about.entries.format(", ".join(facts)))
    if source == CORRECTIONS:
        claims = (record.entry for article in site.articles.values() for record in article.claims.values())
        count = sum(len(claim.corrections) for claim in claims)
        return _counted(count, WORDS.about.corrections) if count else str(WORDS.about.uncorrected)
    title = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    door = WORDS.about.door
    return told(door, len(site.articles), title=_plain(title[1])) if title and site.articles else ""


def of_article(site: Site, article: Article) -> str:
    """An article's standfirst, or what there is to know of its annotations."""
    if article.front.dek:
        said = _plain(prose.html(article.front.dek))
        return cut(said if len(said) >= LEAST else f"{said} {_titled(WORDS.about.article, site, article)}", MOST)
    return _titled(WORDS.about.article, site, article)


def _titled(words: str, site: Site, article: Article) -> str:
    facts = [
        _many(len({key for kind, key in article.passages if kind == each.name}), each)
        for each in KINDS
        if any(kind == each.name for kind, _ in article.passages)
    ]
    if CLAIM.name in {kind for kind, _ in article.passages}:
        facts[0] = _claims(len(article.numbers))
    return _entitled(words, article, source=source(site, article), facts=", ".join(facts) or WORDS.about.bare)


def of_door(site: Site, article: Article, page: str) -> str | None:
    """What a door of an article holds; None of its other pages."""
    door = next((name for name, file in DOORS.items() if page == page_of(article.id, file)), None)
    by_kind = {kind: list(dict.fromkeys(key for each, key in article.passages if each == kind.name)) for kind in KINDS}
    match door:
        case "timeline" if article.events:
            when = _span([record.entry.when for record in article.events.values()])
            return _entitled(
                WORDS.about.timeline, article, facts=_counted(len(article.events), WORDS.about.events) + when
            )
        case "claims" if article.numbers:
            return _entitled(WORDS.about.claims, article, count=_claims(len(article.numbers)), facts=verdicts(article))
        case "register":
            facts = [_many(len(keys), kind) for kind, keys in by_kind.items() if keys and kind not in {CLAIM, DATE}]
            if facts:
                return _entitled(WORDS.about.register, article, facts=", ".join(facts))
        case "map" if keys := by_kind[PLACE]:
            names = [site.entities[key][1].entry.name for key in keys[:NAMED]]
            named = (WORDS.about.some if len(keys) > NAMED else WORDS.about.all) + listed(names)
            return _entitled(WORDS.about.map, article, facts=_many(len(keys), PLACE) + named)
    return _entitled(WORDS.about.nothing, article, door=vars(WORDS.doors)[door]) if door else None


def verdicts(article: Article) -> str:
    """How many claims have which verdict: « 5 corroborées, 1 contredite »."""
    found = [article.claims[key].entry.verdict for key in article.numbers]
    counts = ((found.count(verdict), verdict) for verdict in Verdict)
    said = (f"{count} {v.words.plural if count > 1 else v.label.lower()}" for count, v in counts if count)
    return ", ".join(said)


def picture(site: Site, article: Article) -> str:
    """What an article's picture shows."""
    said = _entitled(WORDS.about.picture, article, source=source(site, article))
    count = len(article.numbers)
    return f"{said} {_claims(count)}\u00a0: {verdicts(article)}." if count else said


def source(site: Site, article: Article) -> str:
    """Who published an article, and when: « Le Fanal, [août 2022] »."""
    date = date_view(plain(article.front.published))
    published = [] if date is None else [f"[{date.words}]" if restored(article.front.published) else date.words]
    return ", ".join([publisher_name(site, article).name, *published])


def opening(html: str) -> str:
    """The first words of a page: its first paragraphs, as many as say enough; nothing where they do not."""
    said = ""
    for paragraph in re.findall(r"<p>(.*?)</p>", html, re.DOTALL):
        said = f"{said} {_plain(paragraph)}".strip()
        if len(said) >= LEAST:
            return cut(said, MOST)
    return ""


def _plain(html: str) -> str:
    return typography.typeset(Markup(html).striptags())


def cut(text: str, most: int) -> str:
    """The text, or as many of its words as `most` characters hold with an ellipsis."""
    return text if len(text) <= most else prose.shortened(text, most)


def listed(names: Sequence[str]) -> str:
    """« Paris, Lyon et Marseille »."""
    *before, last = names
    return f"{', '.join(before)} {WORDS.leaves.link} {last}" if before else last


def told(words: Any, count: int, **said: str) -> str:
    """A sentence about so many, that has words for one and for several."""
    sentence = words.many if count > 1 else words.one
    return cut(sentence.format(count=dates.number(count), **said), MOST)


def _entitled(words: str, article: Article, **said: str) -> str:
    """The words with the article's title in its quotation marks, cut where all would be too long."""
    title = article.front.title
    title = title if other(article.front.lang) else typography.typeset(title)
    title = prose.second_rank(title)
    room = MOST - len(words.format(title="", **said))
    return words.format(title=cut(title, max(room, 20)), **said)


def _claims(count: int) -> str:
    return _counted(count, WORDS.summary)


def _counted(count: int, words: Any) -> str:
    """How many of what has words in the singular and the plural."""
    return f"{dates.number(count)} {words.many if count > 1 else words.one}"


def _many(count: int, kind: Kind) -> str:
    return f"{dates.number(count)} {(kind.plural if count > 1 else kind.label).lower()}"


def _span(found: Iterable[When]) -> str:
    """« , du 3 mai 2021 au 12 juillet 2025 »; the years where it is not known so well, nothing where not these."""
    whens = sorted(found, key=lambda when: when.key)
    first, last = whens[0].start or whens[0], whens[-1].end or whens[-1]
    texts = [first.text, last.text]
    if not all(map(_DAY.fullmatch, texts)):
        if not (first.year and last.year and 0 < first.year <= last.year < 10_000):
            return ""
        texts = [f"{each.year:04}" for each in (first, last)]
    return f", {dates.on(When.parse('/'.join(dict.fromkeys(texts))))}"
