"""What is looked for, and the words by which texts are found."""

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
WORDS: dict[str, list[Any]] = yaml.safe_load((HERE / "words.yml").read_text(encoding="utf-8"))
QUERIES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "queries.yml").read_text(encoding="utf-8"))
