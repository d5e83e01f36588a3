"""The pictures of shared links: what is drawn, in our letters, within the room and the weight that there are."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from manchette.engine import Home
from manchette.format.kinds.claim import Verdict
from manchette.format.layout import SHARED_PICTURE, page_of
from manchette.page.article import SegmentView
from manchette.share import picture
from manchette.share.letters import drawable, measure
from manchette.share.picture import HEIGHT, LABEL, MARGIN, ROOM, TIGHT, WIDTH
from manchette.site.open import open_site
from manchette.site.site import Article
from tests.projects import ESTUAIRE, contents

HOME = Home("https://exemple.fr/depot/", name="L’Estuaire", description="Ce que la presse invente de l’estuaire.")
LONG = (
    "Le Conseil constitutionnel censure partiellement la loi sur l'audiovisuel public, mais valide l'essentiel d'un "
    "texte que l'opposition dit « taillé sur mesure » pour un groupe privé, tandis que le gouvernement promet une "
    "nouvelle version avant l'été, sans dire si elle retiendra les réserves des sages de la rue de Montpensier"
)
GOLDEN = Path(__file__).parent / "share/esturgeon.svg"
SITE = open_site(ESTUAIRE)


def article(title: str, **front: Any) -> Article:
    given = SITE.articles["esturgeon"]
    return replace(given, front=given.front.model_copy(update={"title": title, **front}))


def view_of(title: str, **front: Any) -> picture.PictureView:
    return picture.of_article(SITE, article(title, **front), HOME)


def texts(view: picture.PictureView) -> list[str]:
    """What can be read in a picture, which is sound XML."""
    found = ElementTree.fromstring(picture.svg(view)).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(each.itertext()) for each in found]


def drawn(view: picture.PictureView) -> bytes:
    draw = picture.drawn_by()
    assert draw
    png = draw(picture.svg(view))
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)
    assert len(png) <= 60_000
    return png


def test_what_a_picture_says() -> None:
    """Look at `partage.png` of a built site before the golden one is written again."""
    view = picture.of_article(SITE, SITE.articles["esturgeon"], HOME)
    assert picture.svg(view) == GOLDEN.read_text("utf-8")
    assert texts(view)[4:6] == ["Source\u00a0: Le Fanal de l’estuaire, [août 2022]", "23 affirmations relevées"]


@pytest.mark.parametrize("length", [1, 30, 80, 160, 300])
def test_a_headline_of_any_length_has_room(length: int) -> None:
    view = view_of(LONG[:length].strip())
    lines = view.headline.lines
    assert len(lines) <= 4
    assert max(measure(line, "headline", TIGHT) for line in lines) * view.headline.size <= ROOM
    assert view.top > 124
    assert view.top + view.leading * len(lines) + 26 + view.below.size <= 468
    assert (lines[-1][-1] == "…") == (length == 300)
    drawn(view)


def test_what_no_line_holds_is_broken() -> None:
    view = view_of("Anticonstitutionnellement" * 9)
    assert len(view.headline.lines) == 4
    assert view.headline.lines[-1].endswith("…")
    drawn(view)


def test_markup_is_text() -> None:
    view = view_of('A "<&" dans le titre & <b>gras</b>')
    assert "".join(view.headline.lines).replace(" ", "") in "".join(texts(view)).replace(" ", "")
    assert "<b>gras</b>" in " ".join(texts(view))
    drawn(view)


@pytest.mark.parametrize(
    "title", ["Российские войска", "القوات الروسية", "俄羅斯軍隊", "Un mot, 軍", "e\u0335\u0489", "\ufffd", "🎉"]
)
def test_letters_that_no_font_of_ours_has_are_not_drawn(title: str) -> None:
    view = view_of(title, lang="ru")
    assert view.named
    assert view.headline.lines == ("L’Estuaire",)
    assert texts(view)[:2] == ["L’Estuaire", "Source\u00a0: Le Fanal de l’estuaire, [août 2022]"]
    drawn(view)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Yŏ-jŏng, Čeljabinsk, 30\u202f000\u00a0€", "Kim Yŏ-jŏng, Čeljabinsk, 30\u202f000\u00a0€"),
        ("e\u0301te\u0301", "été"),
        ("La fête 🎉 du\tfleuve\u200b", "La fête du fleuve"),
        ("A ≠ B → C", "A ≠ B → C"),
        ("Москва", None),
    ],
)
def test_what_can_be_drawn(text: str, expected: str | None) -> None:
    assert drawable(text) == expected


@pytest.mark.parametrize(
    "counts", [(1, 0, 0, 0, 0), (128, 31, 17, 1, 44), (0, 0, 1, 0, 1), (5, 3, 8, 4, 3), (999,) * 5]
)
def test_verdicts_have_lines_as_long_as_they_are_many(counts: tuple[int, ...]) -> None:
    segments = tuple(
        SegmentView(verdict=verdict.value, words=verdict.words, count=count, href="")
        for verdict, count in zip(Verdict, counts, strict=True)
        if count
    )
    pieces = tuple(picture.pieces(segments))
    assert pieces[0].x == MARGIN
    assert pieces[-1].end == pytest.approx(WIDTH - MARGIN, abs=0.2)
    for piece in pieces:
        words = piece.segment.words.plural if piece.segment.count > 1 else piece.segment.words.label.lower()
        assert piece.words + measure(words, "words") * LABEL <= piece.end + 0.2
    drawn(replace(view_of("Un titre"), pieces=pieces, total=sum(counts)))


def test_without_claims_there_is_no_bar() -> None:
    view = picture.of_article(SITE, replace(article("Un titre"), marks=()), HOME)
    assert texts(view) == ["L’Estuaire", "Un titre", "Source\u00a0: Le Fanal de l’estuaire, [août 2022]"]
    drawn(view)


def test_every_sign_is_a_text_of_its_own() -> None:
    """In one text with others the program would take it from the first font that has all of their characters."""
    signs = {verdict.words.sign for verdict in Verdict}
    assert signs <= {*texts(view_of("Un titre"))}


def test_the_picture_of_the_site() -> None:
    assert texts(picture.of_site(HOME)) == ["L’Estuaire", "Ce que la presse invente de l’estuaire."]
    drawn(picture.of_site(HOME))
    assert texts(picture.of_site(replace(HOME, name="Москва", description=""))) == []
    drawn(picture.of_site(replace(HOME, name="Москва")))
    drawn(picture.of_site(replace(HOME, name="Le Fanal de l’estuaire et des deux rives " * 3, description=LONG * 2)))


def test_pictures_are_those_of_the_articles_and_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    made = contents(picture.files(SITE, HOME))
    assert made.keys() == {SHARED_PICTURE, page_of("esturgeon", SHARED_PICTURE)}
    draw = picture.drawn_by()
    assert draw
    draw.cache_clear()  # type: ignore[attr-defined]
    assert contents(picture.files(SITE, HOME)) == made
    assert not picture.files(SITE, replace(HOME, url=""))
    monkeypatch.setattr(picture, "drawn_by", lambda: None)
    assert not picture.files(SITE, HOME)
    assert picture.pictures(HOME)["pictures"] == ""
