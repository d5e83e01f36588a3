"""An article's source against the HTML made of it → what is not shown as it is written, and what to write instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein, Opcode

from manchette.problems import Place, Problem, cite
from manchette.written.blocks import Blocks
from manchette.written.causes import WHOLE, cause
from manchette.written.elements import CHANGED
from manchette.written.foreign import foreign
from manchette.written.grammar import Finding, Grammar, at_lines, label, lines_of
from manchette.written.stream import Block, Stream

_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]]*)\]:")
_ADDRESS = re.compile(r"[ ]{0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*\n?[ \t]*\S+")
_ENOUGH = 200  # differences: nobody reads more at a time
_LARGE = 30_000_000  # products of lengths beyond which characters are not compared one by one: a second or two


def differences(source: str, html: str, escapes: Collection[str], file: str, first_line: int = 1) -> list[Problem]:
    """What a reader would not see as it is written, each cause once, in the order of the text.

    `source`: the body, Markdown, which begins at `first_line` of `file`; `html`: what the site's Markdown made of it;
    `escapes`: the signs from which it takes a backslash away.
    """
    noted = list(at_lines(_NOTE, source))
    notes = {match[1]: match.start() for match in reversed(noted)}
    addresses = {label(match[1]): match.start() for match in reversed(list(at_lines(_ADDRESS, source)))}
    grammar = Grammar(frozenset(escapes), addresses, notes)
    written, shown = Stream(), Stream()
    blocks = Blocks(source, grammar, written)
    others, covered = foreign(source)
    blocks.read(lines_of(source))
    for match in noted:
        if match.start() != notes[match[1]]:
            at = match.end() - len(match[0].lstrip())
            first = source.count("\n", 0, notes[match[1]]) + first_line
            message = f"la note « [^{match[1]}] » est déjà à la ligne {first} : une seule des deux serait montrée"
            grammar.find(at, message, "donnez-lui un autre nom, et appelez-la")
            blocks.told.append((notes[match[1]], match.end()))
    shown.html(html)
    findings = [finding for finding in others if not _within(finding.at, blocks.code)]
    covered = [stretch for stretch in covered if not _within(stretch[0], blocks.code)]
    _uncalled(source, grammar)
    if grammar.called and not shown.notes:
        at = min(grammar.notes[key] for key in grammar.called)
        grammar.find(
            at, "les notes ne sont pas lues", "ajoutez « footnotes » à « markdown_extensions » dans mkdocs.yml"
        )
        blocks.told.append((0, len(source)))
    findings += [finding for finding in grammar.findings if not _within(finding.at, covered)]
    told = [*blocks.told, *covered]
    differing = [place for place in _compared(written, shown) if not _within(place[0], told)]
    known = {finding.at for finding in findings}
    findings += [
        finding
        for finding in _explained(source, differing, blocks)
        if finding.at not in known and not _within(finding.at, covered)
    ]
    if not findings:
        return []
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    return [_problem(finding, starts, file, first_line) for finding in sorted(set(findings))]


def _explained(source: str, places: Sequence[tuple[int, bool]], blocks: Blocks) -> Iterator[Finding]:
    """Yield the causes of the differences, each once; the first for which there is none is told as it is."""
    seen: set[object] = set()
    for at, is_block in places[:_ENOUGH]:
        near = (lines for lines in blocks.paragraphs if lines[0].at <= at <= lines[-1].at + len(lines[-1].text))
        paragraph = next(near, ())
        if paragraph and (WHOLE, paragraph[0].at) in seen:
            continue
        for keys, finding in cause(source, at, paragraph, is_block):
            if keys[0] not in seen:
                yield finding
            seen.update(keys)
    if places and not seen:
        at = places[0][0]
        words = " ".join(source[at : at + 40].split())
        message = f"{cite(words)} n’est pas montré dans la page comme il est écrit"
        yield Finding(at, CHANGED, message, "mettez une ligne vide avant et après, sans indentation")


def _problem(finding: Finding, starts: list[int], file: str, first_line: int) -> Problem:
    line = bisect_right(starts, finding.at) - 1
    place = Place(file, first_line + line, finding.at - starts[line] + 1)
    return Problem(place, finding.code, finding.message, finding.suggestion)


def _within(at: int, stretches: Collection[tuple[int, int]]) -> bool:
    return any(start <= at <= end for start, end in stretches)


def _uncalled(source: str, grammar: Grammar) -> None:
    """Notes that nothing calls, and addresses that nothing names: nobody would see them."""
    for key, at in grammar.notes.items():
        if key not in grammar.called:
            message = f"rien n’appelle la note « [^{key}] »"
            suggestion = f"mettez « [^{key}] » à sa place dans le texte, ou ôtez-la"
            grammar.find(source.index("[", at), message, suggestion, "unused-footnote")
    for key, at in grammar.addresses.items():
        if key not in grammar.named:
            line = source[source.index("[", at) :].split("\n", 1)[0]
            message = f"{cite(line, 40)} n’est pas montré : rien n’appelle cette adresse"
            grammar.find(source.index("[", at), message, f"écrivez « \\{line[:40]} », ou ôtez-la")


def _compared(written: Stream, shown: Stream) -> Iterator[tuple[int, bool]]:
    """Yield each difference: its place in the source, and whether it is of what a block is."""
    yield from _blocks_compared(written.blocks, shown.blocks)
    for key, note in written.notes.items():
        yield from _blocks_compared(note.blocks, shown.notes[key].blocks if key in shown.notes else [])


def _blocks_compared(written: list[Block], shown: list[Block]) -> Iterator[tuple[int, bool]]:
    if [(block.context, block.words) for block in written] == [(block.context, block.words) for block in shown]:
        return  # as nearly always
    left = [(block.context, block.text) for block in written]
    right = [(block.context, block.text) for block in shown]
    if left == right:
        return
    for code in _opcodes(left, right):
        before, after = written[code.src_start : code.src_end], shown[code.dest_start : code.dest_end]
        start = code.src_start
        if not before:
            yield (written[start] if start < len(written) else written[-1]).place(0) if written else 0, True
        elif len(before) == len(after):
            for one, two in zip(before, after, strict=True):
                yield from _characters(one, two)
        else:
            yield from _joined(before, after)


def _characters(written: Block, shown: Block) -> Iterator[tuple[int, bool]]:
    """Two blocks that should be the same."""
    if written.context != shown.context:
        yield written.place(0), True
    for code in _opcodes(written.text, shown.text):
        yield written.place(code.src_start), False


def _joined(written: list[Block], shown: list[Block]) -> Iterator[tuple[int, bool]]:
    """Blocks of which one was cut in several, or several made one."""
    ends, length = [], 0
    for block in written:
        length += len(block.text)
        ends.append(length)
    yield written[0].place(0), True
    for code in _opcodes("".join(b.text for b in written), "".join(b.text for b in shown)):
        position = min(bisect_right(ends, code.src_start), len(written) - 1)
        yield written[position].place(code.src_start - (ends[position - 1] if position else 0)), False


def _opcodes(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Opcode]:
    if len(left) * len(right) > _LARGE:
        same = next(
            (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
        )
        return [Opcode("replace", same, len(left), same, len(right))]
    found: list[Opcode] = []
    for code in Levenshtein.opcodes(left, right):
        if code.tag == "equal":
            continue
        last = found[-1] if found else code
        if last.src_end == code.src_start and last.dest_end == code.dest_start:
            found[-1:] = [Opcode("replace", last.src_start, code.src_end, last.dest_start, code.dest_end)]
        else:
            found.append(code)
    return found
