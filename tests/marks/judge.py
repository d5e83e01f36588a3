"""An independent reading of marked HTML, by html5lib: what stands where, and what each mark covers."""

from __future__ import annotations

import re
from collections import defaultdict

import html5lib

_WHOLE = {"code", "kbd", "samp", "pre", "img", "svg", "button", "select", "textarea", "input", "video"}
_UNSEEN = {"h1", "h2", "h3", "h4", "h5", "h6", "rp", "rt", "script", "style", "template"}


class Page:
    """`tree`: the page without marks and calls, as a flat list. `covered`: mark → its text, without white space."""

    def __init__(self, html: str, *, strict: bool) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("dom"), strict=strict)
        root = parser.parseFragment(html)
        self.tree: list[object] = []
        self.covered: dict[str, str] = defaultdict(str)
        self.stretches: dict[str, list[str]] = defaultdict(list)
        self.twice: set[str] = set()
        self.calls: list[str] = []
        self.ids: list[str] = []
        self.nested_links = 0
        self.visible = ""
        for child in root.childNodes:
            self.walk(child, (), (), "seen")

    def walk(self, node, marks, path, sight) -> None:  # type: ignore[no-untyped-def]
        if node.nodeType == node.TEXT_NODE:
            if self.tree and isinstance(self.tree[-1], str):
                self.tree[-1] += node.data
            else:
                self.tree.append(node.data)
            if sight == "seen":
                words = re.sub(r"[ \t\n\r\f]", "", node.data)
                self.visible += words
                self.cover(words, marks)
            return
        if node.nodeType != node.ELEMENT_NODE:
            return
        name, mark = node.tagName, node.getAttribute("data-mark")
        if name == "a" and "a" in path:
            self.nested_links += 1
        if node.getAttribute("id"):
            self.ids.append(node.getAttribute("id"))
        if node.getAttribute("data-call"):
            assert not mark
            self.calls.append(node.getAttribute("data-call"))
            return
        if mark:
            assert name in {"a", "span"}
            self.stretches[mark].append(name + (" id" if node.getAttribute("id") else ""))
            if mark in marks:
                self.twice.add(mark)
            marks = (*marks, mark)
        else:
            self.tree.append((name, sorted(node.attributes.items())))
            footnote = node.getAttribute("id").startswith("fnref") or node.getAttribute("class") in {
                "footnote-backref",
                "toc",
            }
            footnote |= node.hasAttribute("hidden")
            if sight == "seen" and name in _WHOLE:
                self.visible += "\ufffc"
            if name in _WHOLE | _UNSEEN or footnote:
                sight = "unseen"
        for child in node.childNodes:
            self.walk(child, marks, (*path, name), sight)
        if not mark:
            self.tree.append(("/", name))

    def cover(self, words, marks) -> None:  # type: ignore[no-untyped-def]
        for mark in marks:
            self.covered[mark] += words
