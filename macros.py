"""The face that MkDocs calls: which macros a page may use. No thinking here."""

import sys
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).parent / "src" / "manchette"


def define_env(env: Any) -> None:
    """Called by mkdocs-macros for every build (by Zensical for every page)."""
    _reload_engine()
    from manchette.macros import Macros  # noqa: PLC0415 - after the reload

    def page() -> str:
        file = getattr(env.page, "file", None)
        return str(file.src_uri if file else env.page.path)

    for name, macro in Macros(Path(env.project_dir), page).all().items():
        env.macro(macro, name)


def _reload_engine() -> None:
    """Forget the package when its files have changed: `mkdocs serve` runs this file again, but not what it imports."""
    stamp = max(path.stat().st_mtime_ns for path in ENGINE.rglob("*"))
    if getattr(sys.modules.get("manchette"), "_stamp", stamp) != stamp:
        for name in [name for name in sys.modules if name.split(".")[0] == "manchette"]:
            del sys.modules[name]
    import manchette  # noqa: PLC0415 - after the reload

    manchette._stamp = stamp  # type: ignore[attr-defined]
