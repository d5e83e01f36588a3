"""The Jinja environment: every line of HTML is in `templates/`, every word that they add in `templates/words.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import markupsafe
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from manchette.typeset.language import runs_leftward
from manchette.typeset.words import WORDS


class _Environment(Environment):
    """Jinja's, quicker at what it does a thousand times a page: a seventh of all that it does."""

    # Templates are given objects whose fields they know; Jinja would also look for keys, and for what is missing.
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def _generate(self, *source: Any, **named: Any) -> str:
        """A template's program; the hook is there to be overridden. What is written last is what its `escape` means."""
        return f"{super()._generate(*source, **named)}\nfrom {__name__} import escape\n"


_has_signs = re.compile("[&<>'\"]").search


def escape(value: Any) -> str:
    """A value as HTML; as markupsafe has it, which makes an object of what has no sign to escape, and of HTML."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not _has_signs(value)) else markupsafe.escape(value)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment: autoescaped, strict about names, with the words as `w`."""
    jinja = _Environment(
        loader=PackageLoader("manchette"),
        autoescape=lambda name: (
            name is None or not re.search(r"^(?:new|init)/|\.md\.", name)
        ),  # those are YAML and Markdown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # whoever changes the package loads it anew
    )
    jinja.globals["w"] = WORDS
    jinja.filters["cell"] = _cell
    jinja.tests["leftward"] = runs_leftward
    return jinja


def _cell(text: str) -> str:
    """Plain text as one cell of a Markdown table; nothing in it is markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))


def render(template: str, **context: object) -> Markup:
    """The HTML of a template."""
    return Markup(environment().get_template(template).render(**context))


def macro(template: str, name: str, *arguments: object) -> Markup:
    """The HTML of one macro of a template."""
    return Markup(_macro(template, name)(*arguments))


@lru_cache(maxsize=256)  # as many as there are: pages ask for them by the thousand
def _macro(template: str, name: str) -> Callable[..., str]:
    found: Callable[..., str] = getattr(environment().get_template(template).module, name)
    return found
