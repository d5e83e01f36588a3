"""The lines of a text in YAML: where it begins and goes on, and how it ought to stand, between quotation marks."""

from __future__ import annotations

import json
import re

HEAD = re.compile(r"(?P<indent>[ ]*) (?P<dashes>(?:-[ ]+)*) (?P<key>[\w.-]+[ ]*:[ ]+)?", re.VERBOSE)
"""What stands before the text of a line: its indentation, the signs of items, a key."""


def quoted(text: str) -> str:
    """`text` between quotation marks, the double ones where it has none; on one line."""
    flat = " ".join(text.split(" ")).replace("\n", " ")
    if '"' not in flat and "\\" not in flat:
        return f'"{flat}"'
    return "'" + flat.replace("'", "''") + "'" if flat.isprintable() else json.dumps(flat, ensure_ascii=False)


def begins(lines: list[str], line: int) -> int:
    """The line where the text that reaches into `line` begins: that of its key, or of its item."""
    for above in range(line, -1, -1):
        found = HEAD.match(lines[above])
        if found and (found["key"] or found["dashes"]):
            return above
    return line


def continued(lines: list[str], line: int) -> list[str]:
    """The lines below `line` that go on with its text: those that are indented more than its key."""
    found = HEAD.match(lines[line])
    indent = len(found["indent"]) + (len(found["dashes"]) if found["key"] else 0) if found else 0
    going: list[str] = []
    for number in range(line + 1, len(lines)):
        below = lines[number]
        if not below.strip() or len(below) - len(below.lstrip(" ")) <= indent:
            break
        going.append(below.strip())
    return going


def requoted(lines: list[str], line: int) -> str:
    """The whole text that begins on `line`, with its key or sign, as it should be written."""
    found = HEAD.match(lines[line])
    assert found is not None  # it matches anything
    text = " ".join([lines[line][found.end() :].strip(), *continued(lines, line)])
    if len(text) > 1 and text[0] in "'\"“„":  # marks that close too early, or are closed by another, or none to YAML
        text = text[1:-1] if text[-1] in "'\"”“" else text[1:]
    return found["dashes"] + (found["key"] or "").replace(" :", ":") + quoted(text)


def requoted_flow(line: str) -> str:
    """A line of brackets with quotation marks around each text that holds ` #`."""
    piece = r"""
        (?P<key> [\w-]+:[ ]+ )?
        (?P<text> (?: [^][{},"\s:#] [^][{},"]*? [ \t] )? \# [^][{},]*? )
        (?= \s* (?: [],}] | $ ) )
    """
    found = re.sub(piece, lambda m: (m["key"] or "") + quoted(m["text"]), line.strip(), flags=re.VERBOSE)
    return found
