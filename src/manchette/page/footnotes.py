"""A page's own footnotes, as voices and keyboards meet them; Python-Markdown says little of them, and that in English.

They are not to be taken for our notes: `role="doc-endnotes"` is the section of those.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from manchette.typeset.language import OURS, other
from manchette.typeset.words import WORDS

CALL, BACK, ALL = "footnote-ref", "footnote-backref", "footnote"


def name_footnotes(root: Element, lang: str) -> None:
    """Say in French what footnotes are, and their calls, and the ways back; `lang`: of the page's text (BCP 47)."""
    ours = {"lang": OURS} if other(lang) else {}
    for call in _links(root, CALL):
        call.attrib.update(ours, role="doc-noteref")
        call.set("aria-label", WORDS.footnotes.call.format(call.text))
    for section in root.iter("div"):
        notes = section.find("ol") if section.get("class") == ALL else None
        if notes is None:
            continue
        section.attrib.update(ours, role="region")
        section.set("aria-label", WORDS.footnotes.label)
        if ours:
            notes.set("lang", lang)
        for number, note in enumerate(notes, 1):
            links = list(_links(note, BACK))
            for nth, link in enumerate(links, 1):
                words = WORDS.footnotes.back if len(links) == 1 else WORDS.footnotes.back_to
                link.attrib.pop("title", None)
                link.attrib.update(ours, role="doc-backlink")
                link.set("aria-label", words.format(number, nth))


def _links(root: Element, name: str) -> Iterator[Element]:
    return (link for link in root.iter("a") if link.get("class") == name)
