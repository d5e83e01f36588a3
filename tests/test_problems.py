"""How problems are printed, for a terminal, a pull request and a program."""

import json

from manchette.problems import FORMATS, Place, Problem, Severity, as_github, as_json, as_text, cite, nearest

PROBLEMS = [
    Problem(Place("annotations/a,b.yml", 12, 3), "unknown-key", "clé inconnue « x »", "écrivez « y »", "kim"),
    Problem(Place("annotations/a,b.yml", 2), "odd", "100 % :\nsuite ?", severity=Severity.NOTICE),
    Problem(Place("annotations/a,b.yml", 12, 3), "unknown-key", "clé inconnue « x »", "écrivez « y »", "kim"),
]


def test_text() -> None:
    assert as_text(PROBLEMS) == (
        "annotations/a,b.yml:2:1: (avis) 100 %\u00a0:\nsuite\u00a0?\n"
        "annotations/a,b.yml:12:3: kim: clé inconnue «\u00a0x\u00a0»\u00a0; écrivez «\u00a0y\u00a0»\n"
    )


def test_github() -> None:
    assert as_github(PROBLEMS) == (
        "::notice file=annotations/a%2Cb.yml,line=2,col=1,title=odd::(avis) 100 %25\u00a0:%0Asuite\u00a0?\n"
        "::error file=annotations/a%2Cb.yml,line=12,col=3,title=kim"
        "::clé inconnue «\u00a0x\u00a0»\u00a0; écrivez «\u00a0y\u00a0»\n"
    )


def test_json() -> None:
    first, second = json.loads(as_json(PROBLEMS))
    assert list(first) == ["severity", "code", "file", "line", "column", "entry", "message", "suggestion"]
    assert (first["severity"], first["line"], first["entry"]) == ("notice", 2, "")
    assert (second["severity"], second["column"], second["suggestion"]) == ("error", 3, "écrivez « y »")


def test_nothing_to_say() -> None:
    assert [write([]) for write in FORMATS.values()] == ["", "", "[]\n"]


def test_nearest() -> None:
    assert nearest("descripton", {"description", "dissolved"}) == "description"
    assert nearest("Titre", {"title", "name"}) == "title"
    assert nearest("couleur", {"title", "name"}) is None


def test_cite_keeps_both_ends_of_a_long_text() -> None:
    assert cite("a\n b") == "« a b »"
    assert cite("début " + "x" * 100 + " fin", 20) == "« début xxxxxxx … xxx fin »"
