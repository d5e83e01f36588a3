"""Names in what annotators write: those that the page has a note of lead to it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from manchette.page.parts import called
from manchette.site.site import Article, Site

# Links stay what they are, and code is no prose; a word goes on over neither letter nor digit.
_WHOLE = r"<(a|code)\b.*?</\1>|<[^>]*>|(?<!\w)(?:{})(?!\w)"


class Names:
    """The names of an article's entities, as prose about it may have them."""

    def __init__(self, site: Site, article: Article) -> None:
        """`article`: only what it speaks of has a note in its page."""
        self.notes: dict[str, str] = {}  # a form → the note's address
        for kind, key in article.passages:
            entity = site.ask(called, key)
            if entity and entity.kind == kind:
                for form in entity.forms:
                    self.notes.setdefault(_plain(form), f"#note--{kind}--{key}")
        longest_first = sorted(self.notes, key=len, reverse=True)
        forms = "|".join(form.replace(" ", r"[^\w<>&]") for form in longest_first)
        self._found = re.compile(_WHOLE.format(forms or "(?!)"), re.DOTALL)

    def whole(self, text: str) -> Markup:
        """`text` with its hyphened names in one piece: « Kim Jong-un » is not broken at its hyphen."""

        def kept(match: re.Match[str]) -> str:
            return f'<span class="mch-nb">{match[0]}</span>' if "-" in match[0] and "<" not in match[0] else match[0]

        return Markup(self._found.sub(kept, str(escape(text))))

    def linked(self, html: Markup, own: str = "") -> Markup:
        """`html` with a link at the first mention of each entity, but of the one whose note's address is `own`."""
        seen = {own}

        def link(match: re.Match[str]) -> str:
            note = self.notes.get(_plain(match[0]))
            if note is None or note in seen:
                return match[0]
            seen.add(note)
            return f'<a href="{note}">{match[0]}</a>'

        return Markup(self._found.sub(link, str(html)))


def _plain(form: str) -> str:
    """Letters and figures alone count: apostrophes, hyphens and spaces have several shapes."""
    return re.sub(r"\W", " ", form)
