"""The Markdown of an article as it is written, and whether the page shows it.

Two readings are compared: the article's source, read by the small grammar that is permitted and nothing else, and the
HTML that the site's Markdown made of it. Both give the characters that a reader is shown, in order, and what block each
stands in; whatever the renderer took for markup beyond the grammar is where they differ.

    problems = differences(source, html, "docs/articles/essai/index.md", first_line=8)
"""

from manchette.written.differences import differences

__all__ = ["differences"]
