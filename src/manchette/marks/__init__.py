"""HTML → its visible text with offsets; spans of the text → marks in the HTML.

The page's final HTML is read as a string and never written back from a tree: everything added is an `Edit` at a place
of the source, so that what is not touched stays as it is, byte for byte.

    body = read(html)
    html = write(html, [*wrap(body, ranges), *number(body, fragment)])

Offsets are Unicode code points, 0-based, ends exclusive: *offsets* count in `Body.text`, *places* in `Body.html`.
"""

from manchette.marks.body import Body, read
from manchette.marks.edits import Edit, change, write
from manchette.marks.flow import NotPlainError, bare, dress, flow, run, texts
from manchette.marks.number import number
from manchette.marks.part import Part
from manchette.marks.pieces import OBJECT, Pieces
from manchette.marks.tables import boxed
from manchette.marks.wrap import Range, wrap

__all__ = [
    "OBJECT",
    "Body",
    "Edit",
    "NotPlainError",
    "Part",
    "Pieces",
    "Range",
    "bare",
    "boxed",
    "change",
    "dress",
    "flow",
    "number",
    "read",
    "run",
    "texts",
    "wrap",
    "write",
]
