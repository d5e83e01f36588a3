"""Time and memory of a strict build: this site, and a library of 50 articles and 300 entities that nobody wrote."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.synthetic.generate import generate  # noqa: E402 - after the path


def main() -> None:
    """Print a line for each of the two."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        generate(library)
        for name, project in (("this site", ROOT), ("50 articles", library)):
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", f"{folder}/site"]
            child = subprocess.Popen(command, cwd=project, env={**os.environ, "CI": "true"}, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            print(f"{name}: {used.ru_utime:.1f} s CPU, {used.ru_maxrss / 1000:.0f} MB" + (", failed" if status else ""))


if __name__ == "__main__":
    main()
