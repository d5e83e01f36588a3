"""The article with its notes as a book for reading systems (EPUB 3.3, https://www.w3.org/TR/epub-33/)."""

from manchette.export.epub.archive import EPUB

__all__ = ["EPUB"]
