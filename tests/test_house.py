"""How the code is laid out: imports go one way, no file grows too long, nothing of one machine is committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "manchette"

# A room may import those before it, never one after.
ROOMS = [
    "problems",
    "engine",
    "anchor",
    "format",
    "load",
    "marks",
    "written",
    "site",
    "typeset",
    "map",
    "page",
    "doors",
    "search",
    "share",
    "upkeep",
    "suggest",
    "export",
    "extension",
    "macros",
    "cli",
]

# The one module that may speak to MkDocs.
KNOWS_MKDOCS = {"engine"}

TOP_LEVEL = [
    "mkdocs.yml",
    "docs",
    "annotations",
    "macros.py",
    "pyproject.toml",
    "tests",
    "README.md",
    "src/manchette",
    ".ci/run",
    "Makefile",
    "LICENSE",
    ".editorconfig",
    ".gitignore",
]

MODULES = sorted([*PACKAGE.rglob("*.py"), ROOT / "macros.py"])


def room(module: Path) -> str:
    """Return the room that a file belongs to: the first name below the package."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py") if module.is_relative_to(PACKAGE) else module.stem


def imports(module: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, at any depth of it."""
    for node in ast.walk(ast.parse(module.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.relative_to(PACKAGE.parent).parts[: -node.level]
                base = ".".join([*parents, *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(module: Path) -> None:
    here = room(module)
    if here == "__init__":
        assert not [name for name in imports(module) if name.startswith("manchette")]
        return
    assert here in ROOMS, "a new room: give it its place in ROOMS"
    for name in imports(module):
        if name.startswith("manchette."):
            there = name.split(".")[1]
            if there in ROOMS:
                assert there == here or ROOMS.index(there) < ROOMS.index(here), f"{here} imports {there}"
        if name.startswith("mkdocs."):
            assert here in KNOWS_MKDOCS, f"{here} imports MkDocs"


def test_one_module_spells_paths() -> None:
    spelt = re.compile(
        r"(?:docs|annotations)(?:/.*)?|articles/.*|(?:index|registre|chronologie|affirmations|carte)\.md"
    )
    found = [
        f"{module.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
        for module in MODULES
        if module != PACKAGE / "format" / "layout.py"
        for node in ast.walk(ast.parse(module.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and spelt.fullmatch(node.value)
    ]
    assert not found, "\n".join(found)


def test_what_has_many_fields_is_built_by_keyword() -> None:
    by_position = [
        f"{module.relative_to(ROOT)}: {node.name}"
        for module in MODULES
        if room(module) in {"page", "doors"}
        for node in ast.walk(ast.parse(module.read_bytes()))
        if isinstance(node, ast.ClassDef)
        and sum(isinstance(line, ast.AnnAssign) for line in node.body) > 5
        and not any("kw_only=True" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]
    assert by_position == []


def test_few_modules_lie_at_the_door() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 6


@pytest.mark.parametrize("path", TOP_LEVEL)
def test_the_top_level_is_complete(path: str) -> None:
    assert (ROOT / path).exists()


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_is_too_long() -> None:
    shown = {".py", ".css", ".js", ".jinja", ".html"}
    lengths = {
        str(path.relative_to(ROOT)): path.read_bytes().count(b"\n")
        for path in tracked("src", "macros.py")
        if path.suffix in shown
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def test_nothing_of_one_machine_is_committed() -> None:
    # Written so that this file does not find itself.
    hosts = r"py[p]i\.org|python[h]osted|registry\.[n]pm|np[m]js\.|deb\.[d]ebian"
    paths = r"(?<![\w.}])/(?:work|farm|home|Users|root|tmp|[o]pt)/"
    wrong = re.compile(f"{hosts}|{paths}")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if b"\0" not in (content := path.read_bytes())
        for number, line in enumerate(content.decode().splitlines(), 1)
        if wrong.search(line)
    ]
    assert not found, "\n".join(found)
