"""Re-anchor the quotes of a folder of cases and score the answers with the folder's own scorer.

    python bench/anchoring.py [FOLDER] [--old-text | --exact] [--by label|repo|kind]

FOLDER (or the environment's CASES) holds `cases.jsonl`, `text/` and `score.py`. `--old-text` gives `repair` the old
text and the old place too; `--exact` asks the build's exact anchoring instead. Predictions are left in a temporary
file, whose name is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from manchette.anchor.canonical import Canonical, canonical
from manchette.anchor.quote import find
from manchette.anchor.reanchor import reanchor
from manchette.anchor.selector import Selector


def main() -> None:
    """Predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("CASES"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--old-text", action="store_true")
    how.add_argument("--exact", action="store_true")
    parser.add_argument("--by", default="label")
    asked = parser.parse_args()
    if asked.folder is None:
        print(
            "no folder of cases given, nothing measured: python bench/anchoring.py FOLDER, or make bench CASES=FOLDER"
        )
        return

    @lru_cache(maxsize=8)
    def text(name: str) -> Canonical:
        return canonical((asked.folder / "text" / name).read_text(encoding="utf-8"))

    lines = (asked.folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = sorted((json.loads(line) for line in lines if line.strip()), key=lambda case: case["doc"])
    for case in cases:
        text(case["new_text"])
    answers = []
    for case in cases:
        new, old = text(case["new_text"]), text(case["old_text"]) if asked.old_text else None
        began = time.perf_counter()
        told = exactly(new, case) if asked.exact else repaired(new, old, case)
        answers.append({"id": case["id"], **told, "ms": 1000 * (time.perf_counter() - began)})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        file.writelines(json.dumps(answer) + "\n" for answer in answers)
    print(file.name, f"{sum(answer['ms'] for answer in answers) / 1000:.2f} s for {len(answers)} quotes")
    scorer = [sys.executable, asked.folder / "score.py", asked.folder / "cases.jsonl", file.name]
    subprocess.run([*scorer, "--by", asked.by, "--list-wrong", "20"], check=True)


def exactly(new: Canonical, case: dict[str, Any]) -> dict[str, Any]:
    """Anchor as the build does: one place, or none."""
    places = find(new, Selector(case["exact"], case["prefix"], case["suffix"]))
    return {"start": places[0].start, "end": places[0].end} if len(places) == 1 else {"orphan": True}


def repaired(new: Canonical, old: Canonical | None, case: dict[str, Any]) -> dict[str, Any]:
    """Anchor as `repair` does."""
    place = case["old_start"] if old else None
    answer = reanchor(new, Selector(case["exact"], case["prefix"], case["suffix"]), old, place)
    if answer.span is None:
        return {"orphan": True}
    return {"start": answer.span.start, "end": answer.span.end, "score": answer.confidence}


if __name__ == "__main__":
    main()
