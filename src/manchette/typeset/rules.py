"""The rules of French typography, each by itself: which characters of a text become what.

Spaces, apostrophes, quotation marks and dashes only: no word is changed. The rules are those of the Lexique des règles
typographiques en usage à l'Imprimerie nationale, with U+202F where it has an « espace fine insécable ».

No rule looks beyond a paragraph, which a line feed ends; each may be given the whole of a text. Where they can,
patterns begin with the character that they are about, and look behind from after it, `'(?<=x')` for `(?<=x)'`: `re`
then goes from one such character to the next instead of trying every place of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from manchette.format.vocabulary import MONTH_NAMES
from manchette.marks import OBJECT

NARROW = "\u202f"
"""NARROW NO-BREAK SPACE, the « espace fine insécable »."""
WIDE = "\u00a0"
"""NO-BREAK SPACE, the « espace mots insécable »."""

_SPACE = "[ \u00a0\u2009\u202f]"  # one of those that a rule may replace; no line feed
_OPENING = r"(\[{«“‘"  # for a character class
_AT_END = rf"(?=[\s»”’\"')\].,;:!?…{OBJECT}]|\Z)"  # a word, or the sign after it, ends here

Change = tuple[int, str]
"""An offset, and what its character becomes: nothing, another one, or itself with one beside it."""
Rule = Callable[[str], Iterator[Change]]

# What rules are about: without any of these they change nothing. Half of all paragraphs and labels have none.
TELLING = re.compile(rf"[\"'’«»;!?:§–—\d-]|{_SPACE}[,.]")


def _spaced(text: str, start: int, end: int, space: str, *, before: bool) -> Iterator[Change]:
    """The spaces from `start` to `end` become one `space`; without any, one is put `before` the sign, or after it."""
    if start < end:
        yield start, space
        yield from ((offset, "") for offset in range(start + 1, end))
    elif before:
        yield end, space + text[end]
    else:
        yield start - 1, text[start - 1] + space


_QUOTATION = re.compile(
    rf"""
      (?P<in> « )
    | (?P<out> » )
    | " (?:
          (?P<open> (?<! [^\s{_OPENING}\'’–—-]" ) (?= [^\s"] ) )  # where a word begins
        | (?P<close> (?<= [^\s"]" ) {_AT_END} )
      )?  # else it is neither: inches, or a slip
    """,
    re.VERBOSE,
)


def straight_quotation_marks(text: str) -> Iterator[Change]:
    """« » for " ", and “ ” inside of « »; in a paragraph where they do not plainly pair, all are left."""
    start = 0
    for paragraph in text.split("\n"):
        if '"' in paragraph:
            yield from ((start + offset, new) for offset, new in _paired(paragraph))
        start += len(paragraph) + 1


def _paired(paragraph: str) -> list[Change]:
    changes: list[Change] = []
    open_ = False
    depth = 0  # how many « » stand around
    for match in _QUOTATION.finditer(paragraph):
        if match["in"] or match["out"]:
            depth += 1 if match["in"] else -1
        elif match["close" if open_ else "open"] is None:
            return []
        else:
            marks = ("“", "”") if depth > 0 else (f"«{NARROW}", f"{NARROW}»")
            changes.append((match.start(), marks[open_]))
            open_ = not open_
    return [] if open_ else changes


_APOSTROPHE = re.compile(
    rf"""
    ' (?<= [^\W\d_]' )  # after a letter,
    (?: (?= [\w«“"{OBJECT}] ) | (?! ' ) {_AT_END} )  # and before a word, or at the end of one, alone
    """,
    re.VERBOSE,
)
_SINGLE_MARKS = re.compile(
    rf"""
    ' (?<! [\w'’{OBJECT}]' ) (?= \w )  # one where a word begins,
    (?: (?! \s' ) [^\n"«»“”] )*?       # no other mark in between,
    (?<= [\w.!?…] ) ' (?! \w )         # and one where a word ends
    """,
    re.VERBOSE,
)

_DECADE = re.compile(r"' (?<! [\w'’″′]' ) (?= \d\ds? (?! [\w'] ) )", re.VERBOSE)  # ’90, not the minutes of 5'10


def straight_apostrophes(text: str) -> Iterator[Change]:
    """’ for ' after a letter and before a decade, and ‘ ’ for a pair; minutes and feet keep theirs."""
    for match in _SINGLE_MARKS.finditer(text):
        yield match.start(), "‘"
        yield match.end() - 1, "’"
    for pattern in (_DECADE, _APOSTROPHE):
        for match in pattern.finditer(text):
            yield match.start(), "’"


_OPENING_MARK = re.compile(rf"« (?P<spaces> {_SPACE}* ) (?= [^\s»] )", re.VERBOSE)


def inside_quotation_marks(text: str) -> Iterator[Change]:
    """A narrow space inside « »."""
    for match in _OPENING_MARK.finditer(text):
        yield from _spaced(text, *match.span("spaces"), NARROW, before=False)
    for match in re.finditer("»", text):
        start = _end_of_word(text, match.start())
        if start and text[start - 1] not in "«\n":
            yield from _spaced(text, start, match.start(), NARROW, before=True)


_HIGH = re.compile(rf"[;!?]{_AT_END}")
_COLON = re.compile(r":(?=[\s«“»\"]|\Z)")  # not in ratios and times
_ANY_BUT_OPENING = re.compile(rf"[^\s{_OPENING}]")
_LAST_OF_WORD = re.compile(rf"[^\s{_OPENING};:!?/¿¡–—-]")
_STRAIGHT_OPENING = re.compile(
    r"""
    (?<! [^\s(\[{«“‘'’] )  # nothing before it that a mark could close
    ["']
    """,
    re.VERBOSE,
)


def before_punctuation(text: str) -> Iterator[Change]:
    """A narrow space before ; ! ?, a whole one before a colon; none in ratios, times or smileys."""
    for pattern, space in ((_HIGH, NARROW), (_COLON, WIDE)):
        for match in pattern.finditer(text):
            start = _end_of_word(text, match.start())
            if _takes_space(text, start, match.start()):
                yield from _spaced(text, start, match.start(), space, before=True)


def _takes_space(text: str, start: int, end: int) -> bool:
    """Whether a sign at `end` belongs to the word before it; the spaces between them begin at `start`."""
    if start < end:
        return _ANY_BUT_OPENING.match(text, start - 1) is not None
    return bool(_LAST_OF_WORD.match(text, start - 1)) and not _STRAIGHT_OPENING.match(text, start - 1)


def _end_of_word(text: str, end: int) -> int:
    """Where the spaces before `end` begin."""
    while end and text[end - 1] in _SPACE[1:-1]:
        end -= 1
    return end


_VOWEL = "[aàâeéèêëiîïoôuùûyhœæAÀÂEÉÈÊËIÎÏOÔUÙÛYHŒÆ]"
_STRAY = re.compile(
    rf"""
    {_SPACE} (?:
        (?<= [\w»”’)\]%"'{OBJECT}]. )  # after a word,
        (?= ,(?:\s|\Z) | \.(?:[\s»”")]|\Z) )  # before its comma or full stop
      | (?<= \b[cdjlmnstCDJLMNST]['’]. ) (?= {_VOWEL} )  # after l’, d’ …
      | (?<= [qQ][uU]['’]. ) (?= {_VOWEL} )  # after qu’, jusqu’, lorsqu’ …
    )
    """,
    re.VERBOSE,
)


def stray_spaces(text: str) -> Iterator[Change]:
    """No space before a comma or a full stop, nor after an elision."""
    for match in _STRAY.finditer(text):
        yield match.start(), ""


_SECTION = re.compile(rf"§ (?P<spaces> {_SPACE}* ) (?= [\dIVXLC] )", re.VERBOSE)


def after_section_signs(text: str) -> Iterator[Change]:
    """A narrow space after §."""
    for match in _SECTION.finditer(text):
        yield from _spaced(text, *match.span("spaces"), NARROW, before=False)


_MONTHS = "|".join(MONTH_NAMES)
_UNITS = (
    "[kcdm]?m[²³23]?|[km]?g|t|[cdm]?l|ha|h|min|s|ms|[kMGT]?o|[kMGT]?[WV]h?|[kMGT]?Hz|°[CF]?|%|‰|€|\\$|£|¥|k€|M€|Md€"
    "|kilom(?:è|e\u0300)tres?|m(?:è|e\u0300)tres?|kilos?|tonnes?|hectares?|litres?|heures?|minutes?|secondes?"
    "|mille|millions?|milliards?|euros?|dollars?|roubles?|wons?"
)
_THOUSANDS = re.compile(
    rf"""
    \d (?<! [\d.,]. ) (?<! \d{_SPACE}. )
    \d{{0,2}} (?: {_SPACE}\d{{3}} )+
    (?! \d ) (?! {_SPACE}\d )
    """,
    re.VERBOSE,
)
_WITH_NUMBER = re.compile(
    rf"""
    {_SPACE} (?:
        (?: (?<= \d. ) (?= (?:{_UNITS}|{_MONTHS}) (?![\w'’-]) ) )  # 12 km, 3 mai
      | (?<= \b1er. ) (?= (?:{_MONTHS}) (?![\w'’-]) )  # 1er mai
      | (?<= \d{_SPACE}h. ) (?= \d\d?(?!\d) )  # the second one of 14 h 30
      | (?<= [nN][°º]. ) (?= \d )  # n° 5
    )
    """,
    re.VERBOSE,
)


def numbers(text: str) -> Iterator[Change]:
    """A narrow space between thousands that are apart, a whole one before a unit or a month, and in 14 h 30."""
    for match in _THOUSANDS.finditer(text):
        yield from ((offset, NARROW) for offset in range(*match.span()) if not text[offset].isdigit())
    for match in _WITH_NUMBER.finditer(text):
        yield match.start(), WIDE


_DAYS = re.compile(
    rf"""
    \d (?<! [\w.,/–-]. )  # not within a longer number, a date or an address
    \d? (?P<hyphen> - ) \d\d?
    (?= {_SPACE}(?:{_MONTHS})\b )
    """,
    re.VERBOSE,
)
_YEARS = re.compile(
    r"""
    (?P<from> [12] (?<! [\w.,/–-]. ) (?: (?<=1) \d | (?<=2) 0 ) \d\d ) (?P<hyphen> - ) (?P<to> 1\d{3} | 20\d\d )
    (?! [\w/–-] ) (?! [.,]\d )
    """,
    re.VERBOSE,
)


def intervals(text: str) -> Iterator[Change]:
    """An en dash between two days of a month and between two years."""
    for match in _DAYS.finditer(text):
        yield match.start("hyphen"), "–"
    for match in _YEARS.finditer(text):
        if match["from"] < match["to"]:
            yield match.start("hyphen"), "–"


# One or two hyphens in a dash's stead, of which the first has been read; one between numbers is a subtraction.
_AS_DASH = rf"(?: (?<!\d{_SPACE}-)-? | -?(?!{_SPACE}\d) )"
_DASH = rf"(?: [–—] | -{_AS_DASH} )"
_HYPHENS = re.compile(
    rf"""
    - (?<= [^\s«“]{_SPACE}- )  # alone after a word
    {_AS_DASH}
    (?= {_SPACE}[^\s»”] | [,;.)] )  # and before another, or before what ends an aside
    """,
    re.VERBOSE,
)
_ASIDE = re.compile(
    rf"""
    [–—-] (?<= {_SPACE}. ) (?: (?<= [–—] ) | (?<= - ){_AS_DASH} ) (?P<after> {_SPACE} ) (?! {_SPACE} )
    (?:
        (?! [.!?…]{_SPACE}+[A-ZÀ-ÖØ-Þ] | {_SPACE}{_DASH}{_SPACE} )  # no end of a sentence, no other dash
        [^\n]
    )+?
    (?P<before> {_SPACE} ) {_DASH} (?= [\s,.;:!?)»…] | \Z )
    """,
    re.VERBOSE,
)


def dashes(text: str) -> Iterator[Change]:
    """An en dash for a hyphen that stands alone between words; no line ends just inside a pair of dashes."""
    for match in _HYPHENS.finditer(text):
        yield match.start(), "–"
        yield from ((offset, "") for offset in range(match.start() + 1, match.end()))
    for match in _ASIDE.finditer(text):
        yield match.start("after"), WIDE
        yield match.start("before"), WIDE


RULES: tuple[Rule, ...] = (  # where two would change a character, the first does
    straight_quotation_marks,
    straight_apostrophes,
    inside_quotation_marks,
    before_punctuation,
    stray_spaces,
    after_section_signs,
    numbers,
    intervals,
    dashes,
)
