"""Sites that the engine's tests are run on. Nobody in them exists, so that no test depends on what a real site says.

`estuaire` has one article with notes of every kind, `dunes` one with all that a text may hold; `tests/conftest.py`
builds them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
ESTUAIRE = HERE / "estuaire"  # to be read, never written


def contents(files: Mapping[str, Callable[[], bytes]]) -> dict[str, bytes]:
    """What files have in them, by what makes each."""
    return {path: make() for path, make in files.items()}


def fill_in(folder: Path) -> None:
    """Write what `manchette new` leaves to be written in a project."""
    for path in [*folder.glob("docs/articles/*/index.md"), *folder.glob("annotations/organizations/*.yml")]:
        text = path.read_text("utf-8")
        text = re.sub(r"À compléter : .*", "Un journal de la rive.", text)
        path.write_text(re.sub(r"Collez ici .*", "La rive est calme, ce matin-là.", text), "utf-8")


def lay_out(name: str, folder: Path) -> None:
    """Copy a project into a folder, where it can be built, and spoiled."""
    shutil.copytree(HERE / name, folder, ignore=shutil.ignore_patterns("__pycache__"))


SAID = (
    "Depuis la grève le cordon paraît d’un seul tenant et le carnet du gardien dit de page en page qu’il n’en est rien"
)


def long_article(folder: Path) -> None:
    """Write an article of 10,000 words under sixty headings into the project `dunes`: `longue`, beside `cordon`."""
    whole = (folder / "docs/articles/cordon/index.md").read_text("utf-8")
    head = re.sub(r"title: .*", "title: Soixante bornes, et ce qui les sépare", whole.partition("---\n\n")[0])
    words, parts = SAID.split(), []
    for n in range(60):
        title = f"### Borne {n}, vue du {words[n % 20]} au matin" if n % 5 else f"## Campagne {n // 5 + 1}"
        turned = [" ".join(words[turn:] + words[:turn]).capitalize() for turn in range(n % 9, n % 9 + 7)]
        parts.append(f"{title}\n\n{'. '.join(turned)}.\n")
    file = folder / "docs/articles/longue/index.md"
    file.parent.mkdir()
    file.write_text(head + "---\n\nLe cordon se lit borne à borne.\n\n" + "\n".join(parts), "utf-8")
