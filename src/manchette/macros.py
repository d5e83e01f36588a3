"""What a page may ask for: the library, an article's other doors, the register, a glossary popover, an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from manchette import engine
from manchette.doors.claims import claims
from manchette.doors.corrections import changes, checked, corrections
from manchette.doors.home import LATEST, beside_navigation, library, newest
from manchette.doors.index import index
from manchette.doors.map import place_map
from manchette.doors.register import register, register_leaf
from manchette.doors.shelves import Shelf, Shelves
from manchette.doors.timeline import rows_of, timeline
from manchette.engine import Home, Links, Make, Page
from manchette.export import formats, offer
from manchette.format import schema
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.kinds.claim import Verdict
from manchette.format.layout import REGISTER, article_of, folder_of, is_text
from manchette.page import slots
from manchette.page.leaves import is_divided, visible
from manchette.page.parts import contact_address
from manchette.page.remembered import remembered, unchanged
from manchette.problems import nearest
from manchette.search.index import program
from manchette.search.records import is_apart, records
from manchette.search.served import served
from manchette.share.feeds import addresses
from manchette.share.files import files
from manchette.share.picture import pictures
from manchette.site.open import collect_rarely
from manchette.site.served import shown, texts
from manchette.site.site import Article, Site
from manchette.typeset import prose, typography
from manchette.typeset.render import macro, render
from manchette.upkeep.dated import dated

REMEMBERED = {"timeline", "claims", "map", "glossary"}
"""The macros of which all that they say of one article is remembered."""
INLINE = {"gloss", "verdict", "contact", "example"}
"""The macros whose words stand in a sentence; what others print is a block."""


class MacroError(ValueError):
    """A macro was asked for something that is not there; the text says so in French, and what to write."""


def define_env(env: Any) -> None:
    """Give the site its macros: called by mkdocs-macros for every build, by Zensical for every page."""
    collect_rarely()
    engine.require_address(env)
    engine.lay_theme(env)
    root = Path(env.project_dir)
    site = shown(root)
    engine.leave_out(env, (folder_of(each.id) for each in site.articles.values() if each.front.draft))
    macros = Macros(lambda: engine.page_of(env), site)
    engine.make_of(env, texts(root), macros.shelves.fill)
    home = engine.home_of(env)
    engine.tell_theme(
        env, lambda links: {**beside_navigation(macros.site, links), "feeds": addresses(home), **pictures(home)}
    )
    engine.publish(env, lambda: _published(macros.site.published, home), engine.asked())
    if not engine.is_serving():
        engine.lay_aside(env, _is_of_article)
    if pagefind := program():
        served.begin()
        engine.search_by(
            env,
            lambda page: is_apart(macros.site, page),
            lambda folder, pages, links: served.end(records(macros.site, pages, links), folder / "index", pagefind),
        )
    if engine.is_serving():  # when what the search makes of the plugins is known
        told = None if site.errors else macros.unchanged  # every page tells of errors
        engine.keep_pages(env, _is_of_article, told, lambda html: slots.lines(site, html))
    for name, each in macros.all().items():
        env.macro(_wearing(macros, each if name in INLINE else _as_block(macros, name, each)), name)


def _published(site: Site, home: Home) -> dict[str, Make]:
    """Every file that is published beside the pages."""
    return files(site, home) | formats.files(site, home, cache(partial(dated, site.root)))


def _is_of_article(page: str) -> bool:
    return article_of(page) is not None


def on_pre_page_macros(env: Any) -> None:
    """Keep an article from being run, whatever the site does with its other pages: it is text, never a program.

    Called by mkdocs-macros before each page; Zensical calls nothing, and takes `render_by_default: false` instead.
    """
    if is_text(env.page.file.src_uri):
        env.page.meta["render_macros"] = False


def _wearing(macros: Macros, macro: Callable[..., str]) -> Callable[..., str]:
    """A macro whose page is printed with our template, which brings the style sheet that its HTML needs."""

    @wraps(macro)
    def worn(*arguments: Any, **named: Any) -> str:
        macros.page().wear()
        return macro(*arguments, **named)

    return worn


def _as_block(macros: Macros, name: str, macro: Callable[..., str]) -> Callable[..., Markup]:
    """A macro whose HTML Markdown is not to read: it is finished."""

    @wraps(macro)
    def kept(*arguments: Any, **named: Any) -> Markup:
        return slots.keep(f"{macros.page().source} {name}", macro(*arguments, **named))

    return kept


class Macros:
    """The macros of a site."""

    def __init__(self, page: Callable[[], Page], whole: Site) -> None:
        """`page` tells the page that is being rendered: one value serves every page. `whole`: the site with its drafts.

        It is read once a build: to look for changes at every macro would take a time that grows as pages times files.
        """
        self.page, self.whole = page, whole
        self.shelves = Shelves(self.site)
        self.defined: set[tuple[str, str]] = set()  # the verdicts that a page has shown: the first has an address

    def all(self) -> dict[str, Callable[..., str]]:
        """Name → macro."""
        return {
            "library": self.home,
            "timeline": self.timeline,
            "glossary": self.glossary,
            "claims": self.claims,
            "map": self.map,
            "corrections": self.corrections,
            "gloss": self.gloss,
            "keys": self.keys,
            "example": self.example,
            "verdict": self.verdict,
            "contact": self.contact,
            "exports": self.exports,
            "leaf": self.leaf,
        }

    def home(self) -> str:
        """Every article of the site."""
        articles = tuple(newest(self.site))
        shelf, links = self.shelves.of(self.page().source, "library"), self.links
        shown = articles[:LATEST] if shelf else articles
        around = self.shelves.around(shelf, None, links) if shelf else None

        def make(site: Site) -> str:
            view = library(site, shown, links)
            return typography.apply(render("library.html.jinja", library=view, v=around))

        return self._remembered("library", (shown, around), make)

    def timeline(self, article: str | None = None) -> str:
        """The events of one article (this page's, if it has one), or of all."""
        articles = self.articles(article)
        return self._front("timeline", article) or self._part("timeline", rows_of(articles), len(articles) > 1)

    def claims(self, article: str | None = None) -> str:
        """The claims of one article (this page's, if it has one), or of all."""
        articles = self.articles(article)
        return self._front("claims", article) or self._part("claims", articles, len(articles) > 1)

    def map(self, article: str | None = None) -> str:
        """The places of one article (this page's, if it has one), or of all."""
        articles = self.articles(article)
        return self._front("map", article) or self._part("map", articles, len(articles) > 1)

    def corrections(self, article: str | None = None) -> str:
        """What changed in the notes of one article (this page's, if it has one), or of all."""
        articles = self.articles(article)
        return self._front("corrections", article) or self._part("corrections", changes(articles), len(articles) > 1)

    def glossary(self, article: str | None = None, kind: str | None = None) -> str:
        """The register: of one article (this page's, if it has one) or of all, of one kind or of all."""
        names = [each.name for each in ENTITY_KINDS]
        if kind is not None and kind not in names:
            raise MacroError(f"glossary(kind={kind!r}) : écrivez {', '.join(names)}")
        wanted, links = [kind] if kind else names, self.links
        everything = article is None and self.site.article_of(self.page().source) is None
        if everything and self.page().source == REGISTER and is_divided(self.site, links):
            self.page().leave_unsearched()  # each name is found where its entry stands
            return self._remembered(
                "index",
                (wanted,),
                lambda site: typography.apply(render("index.html.jinja", kinds=index(site, wanted, links))),
            )
        articles = tuple(self.articles(article))

        def make(site: Site) -> str:
            view = register(site, articles, wanted, links, everything)
            return slots.around(render("register.html.jinja", r=view), view.pieces)

        return self._remembered("register", (articles, wanted, everything), make)

    def leaf(self) -> str:
        """What a page shows that was made because another one was too long; for no page that someone writes."""
        if self.page().source not in self.shelves.on:
            raise MacroError("leaf() : seules les pages que le programme ajoute l’emploient ; ôtez-le d’ici")
        return self._leaf(*self.shelves.on[self.page().source])

    def _front(self, door: str, article: str | None) -> str | None:
        """The leaf that a divided page shows itself; None where the page is not divided, or one article was named."""
        shelf = self.shelves.of(self.page().source, door) if article is None else None
        return self._leaf(shelf, shelf.front) if shelf and shelf.front is not None else None

    def _leaf(self, shelf: Shelf, number: int) -> str:
        body = self._part(shelf.door, shelf.leaves[number].items, len(self.site.articles) > 1)
        around = render("leaf.html.jinja", v=self.shelves.around(shelf, number, self.links), body=slots.place("body"))
        return slots.around(around, {"body": body})

    def _part(self, door: str, shown: Sequence[Any], several: bool) -> str:
        """A door, or a part of it: rows, articles, corrections, entries, by what the door shows."""
        links, shown = self.links, tuple(shown)
        last = checked(self.articles(None)) if door == "corrections" and not shown else None

        def make(site: Site) -> str:
            match door:
                case "library" | "named":
                    html = render("library.html.jinja", library=library(site, shown, links, short=True), v=None)
                case "timeline":
                    html = render("timeline.html.jinja", t=timeline(site, shown, links, several))
                case "claims":
                    html = render("claims.html.jinja", c=claims(site, shown, links, several))
                case "map":
                    drawn = place_map(site, shown, links)
                    return slots.around(render("map.html.jinja", m=drawn), drawn.pieces)
                case "corrections":
                    html = render("corrections.html.jinja", rows=corrections(shown, links, several), checked=last)
                case _:
                    view = register_leaf(site, shown, links)
                    return slots.around(render("register.html.jinja", r=view), view.pieces)
            return typography.apply(html)

        return self._remembered(door, (shown, several, last), make)

    def _remembered(self, name: str, given: tuple[object, ...], make: Callable[[Site], str]) -> str:
        """The HTML of a macro on this page, finished: made again only where it would be another."""
        return remembered((self.page().source, f"{name}()"), self.site, (self.links, *given), make)

    def unchanged(self, page: str, source: str) -> bool:
        """Whether an article's page would be made of what it was made of last, and its source be all that is told."""
        calls = () if is_text(page) else re.findall(r"\{[{%]-?\s*(\w*)", source)
        return REMEMBERED.issuperset(calls) and unchanged(page, self.site)

    def gloss(self, id: str, text: str | None = None) -> Markup:
        """A glossary popover: the entity's name, or `text`, with its note at the end of the page."""
        if id not in self.whole.entities:
            near = nearest(id, self.whole.entities)
            raise MacroError(f"gloss({id!r}) : cette fiche n’existe pas" + (f" ; écrivez « {near} »" if near else ""))
        words = text or self.whole.entities[id][1].entry.name
        return Markup('<a data-gloss="{}">{}</a>').format(id, escape(words))

    def keys(self, file: str) -> str:
        """The keys of an annotation file, `claims` or `people`, from the declarations that validate them."""
        if file not in schema.FILES:
            raise MacroError(f"keys({file!r}) : écrivez {', '.join(schema.FILES)}")
        return typography.apply(render("keys.html.jinja", keys=schema.keys(schema.FILES[file])))

    def verdict(self, verdict: str) -> Markup:
        """A verdict's sign and name, drawn as in the articles."""
        if verdict not in list(Verdict):
            raise MacroError(f"verdict({verdict!r}) : écrivez {', '.join(Verdict)}")
        first = (self.page().source, verdict) not in self.defined
        self.defined.add((self.page().source, verdict))
        return macro("frame.jinja", "verdict", Verdict(verdict), first)

    def contact(self) -> Markup:
        """How to write to who publishes the site, as `extra.manchette.contact` says."""
        address = contact_address(self.whole)
        words = (self.whole.settings.contact or "").removeprefix("mailto:")
        return Markup('<a href="{}">{}</a>').format(address, words) if address else escape(words)

    def exports(self) -> str:
        """The formats in which the notes can be taken away, with whom each is for."""
        return offer.of_site(self.site, self.links)

    def example(self, verdict: str) -> Markup:
        """A claim of the site with this verdict, as an example; nothing where there is none."""
        for article in self.site.articles.values():
            for key in article.numbers:
                claim = article.claims[key].entry
                if claim.verdict == verdict:
                    words = article.body.text[slice(*article.passages["claim", key][0].span)]
                    href = self.links.to(article.page, f"claim--{key}")
                    return macro("frame.jinja", "example", href, words, prose.html(claim.rationale))
        return Markup()

    @property
    def site(self) -> Site:
        """The site; its drafts are in it while it is served."""
        return visible(self.whole)

    @property
    def links(self) -> Links:
        """Addresses from the page being rendered."""
        return self.page().links

    def articles(self, named: str | None) -> list[Article]:
        """The article that is named, or in whose folder the page stands, or all."""
        if named is None:
            own = self.site.article_of(self.page().source)
            return [own] if own else list(self.site.articles.values())
        if named in self.whole.articles and named not in self.site.articles:
            raise MacroError(f"article={named!r} : cet article est un brouillon, que rien ne publie ; ôtez-le d’ici")
        if named not in self.site.articles:
            near = nearest(named, self.site.articles)
            raise MacroError(
                f"article={named!r} : cet article n’existe pas" + (f" ; écrivez « {near} »" if near else "")
            )
        return [self.site.articles[named]]
