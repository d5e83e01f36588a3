"""Puts another quote into a YAML file; every other byte of it stays."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

import yaml

from manchette.model import Quote

WIDTH = 120  # the columns that a folded text fills


def requote(text: str, path: Sequence[str | int], quote: Quote) -> str:
    """The YAML `text` with another quote at `path`, in the style that the old one is written in.

    `text` has been loaded without problems. Only the scalars that change are written; a `prefix` or `suffix` that was
    not there makes the quote a new `{exact, prefix, suffix}`. Raises ValueError where nothing stands at `path`.
    """
    node = _at(yaml.compose(text, Loader=yaml.SafeLoader), path)
    if isinstance(node, yaml.MappingNode):
        written = {key.value: value for key, value in node.value}
        wanted = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        if all(name in written or not value for name, value in wanted.items()):
            for name in sorted(
                written, key=lambda name: -written[name].start_mark.index
            ):  # from the end: marks stay true
                if written[name].value != wanted[name]:
                    text = _replace(text, written[name], wanted[name])
            return text
    elif not quote.prefix and not quote.suffix:
        return _replace(text, node, quote.exact)
    parts = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    flow = ", ".join(f"{name}: {_quoted(value)}" for name, value in parts.items() if value)
    start, end = _extent(text, node)
    return f"{text[:start]}{{{flow}}}{text[end:]}"


def _at(node: yaml.Node | None, path: Sequence[str | int]) -> yaml.Node:
    for step in path:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        node = found
    if node is None:
        raise ValueError(f"nothing stands at {'/'.join(map(str, path))}")
    return node


def _extent(text: str, node: yaml.Node) -> tuple[int, int]:
    """Where the node is written; a block's last line ends are left to what follows."""
    start, end = node.start_mark.index, node.end_mark.index
    return start, start + len(text[start:end].rstrip())


def _replace(text: str, node: yaml.Node, value: str) -> str:
    start, end = _extent(text, node)
    old = text[start:end]
    for new in (_alike(old, value), _quoted(value)):
        changed = text[:start] + new + text[end:]
        if _reads(changed, start, value):
            return changed
    raise ValueError(f"« {value} » cannot be written at character {start}")


def _alike(old: str, value: str) -> str:
    """The value in the style of the scalar `old`."""
    if old[0] == "'":
        return "'" + value.replace("'", "''") + "'"
    if old[0] == '"':
        return _quoted(value)
    first, _, rest = old.partition("\n")
    indent = rest[: len(rest) - len(rest.lstrip(" "))]
    if old[0] == "|":
        return f"{first}\n{indent}{value}"
    if old[0] == ">":
        return f"{first}\n{_wrapped(value, indent)}"
    return _wrapped(value, indent).lstrip(" ") if rest else value


def _wrapped(value: str, indent: str) -> str:
    return textwrap.fill(
        value, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _reads(text: str, start: int, value: str) -> bool:
    """Whether the scalar that begins at `start` is read as `value`."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode) and node.start_mark.index == start:
            return " ".join(node.value.split()) == " ".join(value.split())
        if isinstance(node, yaml.MappingNode):
            nodes += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    return False
