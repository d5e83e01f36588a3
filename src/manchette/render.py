"""The Jinja environment: every line of HTML is in `templates/`, every word that they add in `templates/words.yml`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment: autoescaped, strict about names, with the words as `w`."""
    jinja = Environment(
        loader=PackageLoader("manchette"),
        autoescape=lambda name: not (name or "").startswith("new/"),  # those are YAML and Markdown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = resources.files("manchette").joinpath("templates/words.yml").read_text(encoding="utf-8")
    jinja.globals["w"] = yaml.safe_load(words)
    return jinja


def render(template: str, **context: object) -> Markup:
    """The HTML of a template."""
    return Markup(environment().get_template(template).render(**context))


def macro(template: str, name: str, *arguments: object) -> Markup:
    """The HTML of one macro of a template."""
    return Markup(getattr(environment().get_template(template).module, name)(*arguments))
