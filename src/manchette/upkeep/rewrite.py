"""Puts other quotes into a YAML file; every other byte of it stays."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from manchette.format.model import Quote
from manchette.load.record import Path as KeyPath

WIDTH = 120  # the columns that a folded text fills

Replacement = tuple[int, int, str]  # the text from here to there becomes this

# LibYAML's, which is faster, for what a file says; not for where, as it counts from elsewhere after a byte order mark.
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT = re.compile(r"^(?P<indent> [ ]* ) \S", re.MULTILINE | re.VERBOSE)  # of the first line that is not blank


def requote(text: str, quotes: Mapping[tuple[int, int], Quote]) -> str:
    """The YAML `text` with other quotes in it, each in the style that the old one is written in.

    `quotes`: the line and the column, from 1, where the value of a `quote` begins → what it is to say. `text` has been
    loaded without problems. Only the scalars that change are written; a `prefix` or `suffix` that was not there is put
    beside the words. Raises ValueError where no quote begins, or where the file would not be read as wanted.
    """
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    places = {_place(node): (path, node, flow) for path, node, flow in _quotes(yaml.compose(text, yaml.SafeLoader))}
    if missing := set(quotes) - set(places):
        raise ValueError(f"no quote begins at {sorted(missing)}")
    changes = [each for place, quote in quotes.items() for each in _replacements(text, *places[place][1:], quote)]
    changed = text
    for start, end, new in sorted(changes, reverse=True):  # from the end, so that the places before stay true
        changed = changed[:start] + new + changed[end:]
    if not _reads(changed, text, {places[place][0]: _meaning(quote.model_dump()) for place, quote in quotes.items()}):
        raise ValueError("the file would say something else")
    return mark + changed


def _reads(changed: str, text: str, wanted: Mapping[KeyPath, object]) -> bool:
    """Whether a changed file says what it said before, but for the quotes at the paths of `wanted`, which say that."""
    try:
        read = yaml.compose(changed, _Fast)
    except yaml.YAMLError:
        return False
    return _said(read, wanted) == _said(yaml.compose(text, _Fast), wanted, put=True)


def _quotes(
    node: yaml.Node | None, path: KeyPath = (), flow: bool = False
) -> Iterator[tuple[KeyPath, yaml.Node, bool]]:
    """The values of `quote` below a node, their paths, and whether they stand between brackets."""
    if path and path[-1] == "quote" and node:
        yield path, node, flow
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _quotes(value, (*path, key.value), flow or bool(node.flow_style))
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield from _quotes(value, (*path, position), flow or bool(node.flow_style))


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _said(node: yaml.Node | None, quotes: Mapping[KeyPath, object], path: KeyPath = (), put: bool = False) -> object:
    """What a tree says, keys in order; at the paths of `quotes`, what the quote there means, or with `put` those."""
    if path in quotes:
        return quotes[path] if put else _meaning(_said(node, {}))
    if isinstance(node, yaml.MappingNode):
        return [(key.value, _said(value, quotes, (*path, key.value), put)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_said(value, quotes, (*path, position), put) for position, value in enumerate(node.value)]
    return node.value if node else None


def _meaning(quote: Any) -> dict[str, str]:
    """The parts of a quote that say something, white space apart."""
    parts = {"exact": quote} if isinstance(quote, str) else dict(quote)
    return {name: said for name, value in parts.items() if (said := " ".join(value.split()))}


def _replacements(text: str, node: yaml.Node, flow: bool, quote: Quote) -> Iterator[Replacement]:
    """What makes the quote at a node say another; `flow`: the node stands between brackets."""
    if isinstance(node, yaml.MappingNode):
        yield from _in_mapping(text, node, flow or bool(node.flow_style), quote.selector._asdict())
        return
    start, end = _extent(text, node)
    if quote.selector.has_context:
        yield start, end, f"{{{_pairs(quote.selector._asdict())}}}{_header_comment(text[start:end])}"
    else:
        yield start, end, _styled(text[start:end], quote.exact, flow)


def _in_mapping(text: str, node: yaml.MappingNode, flow: bool, wanted: Mapping[str, str]) -> Iterator[Replacement]:
    """The same for a quote that is a mapping: a key that is missing goes after `exact` in brackets, else before all."""
    written = {key.value: value for key, value in node.value}
    added = {name: value for name, value in wanted.items() if value and name not in written}
    for name, value in written.items():
        start, end = _extent(text, value)
        beside = f", {_pairs(added)}" if added and node.flow_style and name == "exact" else ""
        if " ".join(value.value.split()) != " ".join(wanted[name].split()):
            old = text[start:end]
            yield start, end, (_styled(old, wanted[name], flow) if old else f" {_quoted(wanted[name])}") + beside
        elif beside:
            yield end, end, beside
    if added and not node.flow_style:
        start = node.start_mark.index
        end_of_line = "\r\n" if "\r\n" in text else "\n"
        indent = end_of_line + " " * node.start_mark.column
        yield start, start, "".join(f"{name}: {_quoted(value)}{indent}" for name, value in added.items())


def _pairs(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {_quoted(value)}" for name, value in parts.items() if value)


def _extent(text: str, node: yaml.Node) -> tuple[int, int]:
    """Where the node is written; a block's last line ends are left to what follows."""
    start, end = node.start_mark.index, node.end_mark.index
    return start, start + len(text[start:end].rstrip())


def _header_comment(old: str) -> str:
    """The comment beside the sign of a block scalar."""
    first = old.splitlines()[0]
    return f" {first[first.index('#') :]}" if old[0] in "|>" and "#" in first else ""


def _styled(old: str, value: str, flow: bool) -> str:
    """The value in the style of the scalar `old`, or between quotation marks where that style cannot say it."""
    new = _in_style(old.replace("\r\n", "\n"), value)
    if not value or not _says(new, value, flow):
        new = _quoted(value) + _header_comment(old)
    return new.replace("\n", "\r\n") if "\r\n" in old else new


def _in_style(old: str, value: str) -> str:
    """The value as the scalar `old` is written, whether or not that style can say it."""
    if old[0] == "'":
        return "'" + value.replace("'", "''") + "'"
    if old[0] == '"':
        return _quoted(value)
    first, _, rest = old.partition("\n")
    found = _INDENT.search(rest)
    if found is None:
        return value
    indent = found["indent"]
    if old[0] == "|":
        return f"{first}\n{indent}{value}"
    if old[0] == ">":
        return f"{first}\n{_wrapped(value, indent)}"
    return _wrapped(value, indent).lstrip(" ")


def _wrapped(value: str, indent: str) -> str:
    return textwrap.fill(
        value, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _says(scalar: str, value: str, flow: bool) -> bool:
    """Whether `scalar` is read as `value` where it is written: between brackets, or after a key."""
    try:
        tree = yaml.compose(f"{{k: {scalar}}}" if flow else f"k: {scalar}\n", yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    match _said(tree, {}):
        case [("k", str(read))]:
            return read.split() == value.split()
    return False
