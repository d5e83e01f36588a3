"""The face that the site generator calls: the engine's, taken anew when the engine's own files have changed."""

import sys
from pathlib import Path

_ENGINE = Path(__file__).parent / "src" / "manchette"


def _forget_old_engine() -> None:
    """Forget the package when its files have changed: `mkdocs serve` runs this file again, but not what it imports."""
    stamp = max(path.stat().st_mtime_ns for path in _ENGINE.rglob("*"))
    if getattr(sys.modules.get("manchette"), "_stamp", stamp) != stamp:
        for name in [name for name in sys.modules if name.split(".")[0] == "manchette"]:
            del sys.modules[name]
    import manchette  # noqa: PLC0415 - after the reload

    manchette._stamp = stamp  # type: ignore[attr-defined]


_forget_old_engine()

from manchette.macros import *  # noqa: E402, F403 - all of it: what a later engine adds comes by itself
