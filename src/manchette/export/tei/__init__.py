"""An article and its notes as a scholarly edition (TEI P5, https://tei-c.org/release/doc/tei-p5-doc/en/html/)."""

from manchette.export.tei.header import TEI

__all__ = ["TEI"]
