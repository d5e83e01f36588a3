"""Sites that the engine's tests are run on. Nobody in them exists, so that no test depends on what a real site says.

`estuaire` has one article with notes of every kind, `dunes` one with all that a text may hold; `tests/conftest.py`
builds them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent
ESTUAIRE = HERE / "estuaire"  # to be read, never written


def fill_in(folder: Path) -> None:
    """Write what `manchette new` leaves to be written in a project."""
    for path in [*folder.glob("docs/articles/*/index.md"), *folder.glob("annotations/organizations/*.yml")]:
        text = path.read_text("utf-8")
        text = re.sub(r"À compléter : .*", "Un journal de la rive.", text)
        path.write_text(re.sub(r"Collez ici .*", "La rive est calme, ce matin-là.", text), "utf-8")


def lay_out(name: str, folder: Path) -> None:
    """Copy a project into a folder, where it can be built, and spoiled."""
    shutil.copytree(HERE / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
