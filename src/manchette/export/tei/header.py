"""The article as a scholarly edition: TEI P5, its text with names, dates and claims marked, its notes in a standOff.

Ids are those of the notes: `person--kim-jong-un`, `claim--…`, `verdict--disputed`. What a dot follows is a part of it:
the `start` and `end` of a claim.
"""

from __future__ import annotations

from babel.core import Locale
from lxml import etree

from manchette.export.base import Export, Exported
from manchette.export.tei.claims import claims, corrections, taxonomies
from manchette.export.tei.element import EDTF, Element, Ways, add, dated, parted, pointer, root, spread
from manchette.export.tei.html import inline
from manchette.export.tei.registers import Registers
from manchette.export.tei.text import body
from manchette.format.layout import export_of
from manchette.format.scalars import web_address
from manchette.typeset import dates, prose
from manchette.typeset.language import OURS
from manchette.typeset.words import WORDS

EDTF_SAYS = "https://www.loc.gov/standards/datetime/"


def write(given: Exported) -> bytes:
    """The file, in lines where white space is nobody's text."""
    article = given.article
    ways = Ways(given.home, export_of(TEI.ending, article.id), article.page)
    registers = Registers(given, ways)
    made = root("TEI")
    _header(add(made, "teiHeader", {"xml:lang": OURS}), given, ways, registers)
    apart = add(made, "standOff", {"xml:id": "notes"})
    registers.write(apart)
    claims(apart, given, registers)
    if not len(apart):
        made.remove(apart)
    body(add(made, "text", {"xml:id": "text", "xml:lang": article.front.lang}), article, ways)
    spread(made)
    return etree.tostring(made, encoding="utf-8", xml_declaration=True) + b"\n"


TEI = Export("tei", "tei.xml", "application/tei+xml", write, whole=True)


def _header(header: Element, given: Exported, ways: Ways, registers: Registers) -> None:
    file = add(header, "fileDesc")
    _titles(add(file, "titleStmt"), given)
    _publication(add(file, "publicationStmt"), given, ways)
    _original(add(add(file, "sourceDesc"), "bibl"), given, registers)
    _encoding(add(header, "encodingDesc"))
    _profile(add(header, "profileDesc"), given, registers)
    _revisions(header, given, ways)


def _annotator(given: Exported) -> str:
    return given.site.settings.publisher or WORDS.this_site


def _titles(made: Element, given: Exported) -> None:
    front = given.article.front
    add(made, "title", {"type": "main", "xml:lang": front.lang}, front.title)
    add(made, "title", {"type": "sub"}, WORDS.export.tei.annotated)
    if front.author:
        add(made, "author", text=front.author)
    by = add(made, "respStmt")
    add(by, "resp", text=WORDS.export.tei.by)
    add(by, "name", text=_annotator(given))


def _publication(made: Element, given: Exported, ways: Ways) -> None:
    settings, front = given.site.settings, given.article.front
    publisher = add(made, "publisher", text=None if settings.url else _annotator(given))
    if settings.url:
        add(publisher, "ref", {"target": pointer(settings.url)}, _annotator(given))
    add(made, "ref", {"type": "page", "target": pointer(ways.to(given.article.page))}, WORDS.export.tei.page)
    for of, words, right in (
        ("text", WORDS.export.tei.text_rights, front.rights),
        ("notes", WORDS.export.tei.notes_rights, settings.licence),
    ):
        if right:
            where = pointer(right) if web_address(right) else None
            licence = add(add(made, "availability", {"corresp": f"#{of}"}), "licence", {"target": where})
            licence.text = words.format(right)


def _original(made: Element, given: Exported, registers: Registers) -> None:
    """The article as it was published elsewhere, by others."""
    front = given.article.front
    if front.author:
        add(made, "author", text=front.author)
    add(made, "title", {"xml:lang": front.lang}, front.title)
    outlet = registers.entities.get(front.publisher)
    name = outlet[1].name if outlet else front.publisher
    add(made, "publisher", {"ref": registers.named([front.publisher])}, name)
    if front.published:
        add(made, "date", dated(front.published), dates.words(front.published))
    if front.url:
        add(made, "ref", {"target": pointer(front.url)}, front.url)
    parted(made, ", ")


def _encoding(made: Element) -> None:
    says = add(made, "editorialDecl")
    for words in (
        WORDS.export.tei.transcription,
        WORDS.export.tei.names,
        WORDS.export.tei.passages,
        WORDS.export.tei.verdicts,
    ):
        add(says, "p", text=words)
    add(made, "geoDecl", {"datum": "WGS84"}, WORDS.export.tei.geo)
    taxonomies(add(made, "classDecl"))


def _profile(made: Element, given: Exported, registers: Registers) -> None:
    front = given.article.front
    if front.dek:
        add(add(made, "abstract", {"xml:lang": OURS}), "p", text=front.dek)
    used = add(made, "langUsage")
    names = Locale(OURS).languages
    for lang in sorted(registers.languages):
        add(used, "language", {"ident": lang}, str(names.get(lang.split("-")[0].lower(), lang)))
    calendar = add(add(made, "calendarDesc"), "calendar", {"xml:id": EDTF, "target": EDTF_SAYS})
    add(calendar, "p", text=WORDS.export.tei.edtf)


def _revisions(header: Element, given: Exported, ways: Ways) -> None:
    made = None
    for key, claim, nth in corrections(given):
        made = add(header, "revisionDesc") if made is None else made
        correction = claim.corrections[nth]
        change = add(made, "change", {"target": f"#claim--{key}", **dated(correction.date)})
        inline(change, str(prose.html(correction.change)), ways)
