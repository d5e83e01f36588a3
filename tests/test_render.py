"""Our templates' environment is Jinja's, only quicker."""

from __future__ import annotations

from typing import NamedTuple

import markupsafe
import pytest
from jinja2 import Environment
from markupsafe import Markup

from manchette.format.kinds.claim import Verdict
from manchette.typeset.render import environment, escape

TEMPLATE = (
    "{% macro boxed(inner) %}<i>{{ inner }}</i>{% endmacro %}{% set held %}{{ v.value }}{% endset %}"
    '{{ v.value }}|{{ v.value ~ "<" }}|{{ held }}|{{ boxed(v.value) }}|{{ boxed(held) ~ v.value }}|'
    '{% for each in [v.value, "&"] %}{{ loop.index }}{{ each }}{{ each|string|upper }}{% endfor %}|{{ v.value|e|e }}'
)


class View(NamedTuple):
    """What a template is given."""

    value: object


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Kim",
        "a & b",
        "<b>",
        'dit "non"',
        "l'an",
        "&amp;",
        Markup("<b>&amp;</b>"),
        3,
        0.5,
        None,
        Verdict.DISPUTED,
        [],
    ],
)
def test_what_is_escaped_is_what_markupsafe_escapes(value: object) -> None:
    assert str(escape(value)) == str(markupsafe.escape(value))
    plain = Environment(autoescape=True, trim_blocks=True).from_string(TEMPLATE)
    assert environment().from_string(TEMPLATE).render(v=View(value)) == plain.render(v=View(value))


def test_a_name_that_is_not_there_is_no_empty_text() -> None:
    with pytest.raises(AttributeError):
        environment().from_string("{{ v.missing }}").render(v=View(1))
