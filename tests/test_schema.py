"""The schemas: valid, as lenient as loading is, and as strict as a schema can be."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from manchette.format import schema
from manchette.format.kinds import KINDS
from tests.projects import ESTUAIRE

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "load"


class Editor(yaml.SafeLoader):
    """YAML 1.2, near enough: how an editor's language server types unquoted values."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "float", "null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(file: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema.schema(file))
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("file", schema.FILES)
def test_valid(file: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema(file))


def test_written_where_line_1_says(tmp_path: Path) -> None:
    assert [path.relative_to(tmp_path).as_posix() for path in schema.write(tmp_path)] == [
        f"annotations/schema/{file}.schema.json" for file in schema.FILES
    ]


@pytest.mark.parametrize("loader", [Editor, yaml.BaseLoader])
@pytest.mark.parametrize("path", sorted((ESTUAIRE / "annotations").rglob("*.yml")), ids=lambda path: path.name)
def test_annotations_that_pass_check_pass(path: Path, loader: Any) -> None:
    assert errors(path.stem, yaml.load(path.read_text("utf-8"), Loader=loader)) == []


@pytest.mark.parametrize("loader", [Editor, yaml.BaseLoader])
@pytest.mark.parametrize("file", schema.FILES)
def test_good_passes(file: str, loader: Any) -> None:
    good = yaml.load((ROOT / "tests" / "schema" / "good.yml").read_text("utf-8"), Loader=loader)
    assert errors(file, good[file]) == []
    assert errors(file, None) == []  # a file without entries


# What a schema cannot see: other files, keys that YAML has already dropped, calendars, where a link leads.
UNSEEN = {
    "keys: duplicate key",
    "keys: duplicate key inside a list",
    "keys: duplicate id in another register",
    "keys: duplicate id in the parts of a register",
    "values: blank but not empty",
    "values: links",
}


def bad() -> list[Any]:
    """The golden cases of loading that are about values, each file that has a problem."""
    found = []
    for theme in ("keys", "shapes", "values"):
        for name, case in yaml.safe_load((GOLDEN / f"{theme}.yml").read_text("utf-8")).items():
            for path, text in case["files"].items():
                file = next((part for part in path.removesuffix(".yml").split("/") if part in schema.FILES), None)
                if file and f"{path}:" in case["problems"] and "(avis)" not in case["problems"]:
                    found.append(pytest.param(file, text, f"{theme}: {name}" in UNSEEN, id=f"{theme}: {name}"))
    return found


@pytest.mark.parametrize(("file", "text", "unseen"), bad())
def test_bad_fails(file: str, text: str, unseen: bool) -> None:
    assert (errors(file, yaml.load(text, Loader=Editor)) == []) == unseen


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_has_its_row(kind: Any) -> None:
    rows = schema.keys(kind)
    assert [row.name for row in rows] == list(kind.model.model_fields)
    assert all(row.type and row.help for row in rows)
