"""`extra.manchette` of the site's configuration → who publishes the site, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from manchette.format.layout import CONFIGURATION
from manchette.format.model import Settings
from manchette.load.check import check
from manchette.load.record import Key, Node
from manchette.problems import Place, Problem


def check_settings(written: Mapping[str, object], source: str) -> tuple[Settings, list[Problem]]:
    """The settings, without those that cannot be used, and every problem.

    `written`: key → value as the site generator reads them, `!ENV` and `INHERIT` followed; empty values say nothing.
    `source`: the text of the configuration, to tell where a key stands; one that is inherited stands nowhere in it.
    """
    kept: dict[str, object] = {}
    problems: list[Problem] = []
    for name, read in written.items():
        value = str(read).lower() if isinstance(read, bool) else read  # as it is written
        if value is None or not str(value).strip():
            continue
        place = place_of(name, source)
        pair = (Key(*place, name), _node(value, place))
        record, found = check(Settings, Node(*place, pairs=[pair], index={name: pair}), place, "")
        problems += found
        if record:
            kept[name] = str(value)
    return Settings.model_validate(kept), problems


def _node(value: object, place: Place) -> Node:
    if isinstance(value, dict):
        return Node(*place, index={})
    return Node(*place, items=[]) if isinstance(value, list) else Node(*place, str(value))


def place_of(key: str, source: str) -> Place:
    """Where a key of `extra.manchette` stands in the configuration's text."""
    below = source.find("manchette:")  # that of `extra`: an extension of the name has no settings
    found = re.compile(rf"(?:(?<=[\s{{,])){re.escape(key)}\s*:").search(source, max(below, 0))
    if found is None:
        return Place(CONFIGURATION)
    line_start = source.rfind("\n", 0, found.start()) + 1
    return Place(CONFIGURATION, source.count("\n", 0, line_start) + 1, found.start() - line_start + 1)
