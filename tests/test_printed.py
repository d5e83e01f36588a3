"""What paper alone shows: numbers, addresses, first sentences."""

from __future__ import annotations

import pytest

from manchette.page.printed import TYPED, printed, runs, typed
from manchette.site.open import open_site
from manchette.typeset.prose import opening
from tests.projects import ESTUAIRE

ADDRESSES = {
    "https://exemple.fr/": "exemple.fr",
    "http://www.exemple.fr/a/b/": "www.exemple.fr/a/b",
    "https://exemple.fr/?q=a%20b%2Fc&d=https://e.fr": "exemple.fr/?q=a%20b%2Fc&d=https://e.fr",
    "https://fr.exemple.org/wiki/Cor%C3%A9e_du_Nord#Nom": "fr.exemple.org/wiki/Corée_du_Nord#Nom",
    "https://exemple.ru/%D0%9C%D0%98%D0%94": "exemple.ru/МИД",
    "https://exemple.fr/%E9t%E9": "exemple.fr/%E9t%E9",
}
RUNS = {(): "", (4,): "4", (1, 2): "1, 2", (1, 2, 3): "1–3", (2, 3, 4, 7, 9, 10): "2–4, 7, 9, 10"}
OPENINGS = [
    ("Une seule phrase.", ""),
    ("Sans point", ""),
    ("Capitale de la Russie.", " Le nom dit aussi l’État."),
    ("Port fondé en 1842.", " Il s’ensable."),
    ("Le mot de M. Dupont, cité par J. Roy.", " Il est resté."),
    ("Le site le dit (« Le fleuve. »).", " Il se trompe."),
    ("Une question ?", " « Oui. »"),
    ("Il dit <em>oui. Non</em> à tous.", " Puis part."),
    ('Selon <a href="https://exemple.fr">un site. Un autre</a>.', " Rien de plus."),
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_what_one_types(url: str) -> None:
    assert typed(url) == ADDRESSES[url]


@pytest.mark.parametrize("numbers", RUNS, ids=str)
def test_numbers_that_follow_one_another_are_drawn_together(numbers: tuple[int, ...]) -> None:
    assert runs(numbers) == RUNS[numbers]


@pytest.mark.parametrize(("first", "rest"), OPENINGS)
def test_a_description_opens_with_a_whole_sentence(first: str, rest: str) -> None:
    markdown = (first + rest).replace("<em>", "*").replace("</em>", "*")
    markdown = markdown.replace('<a href="https://exemple.fr">', "[").replace("</a>", "](https://exemple.fr)")
    assert opening(markdown) == (first, rest)


def test_each_source_is_listed_once_as_it_comes_and_can_be_found() -> None:
    site = open_site(ESTUAIRE)
    article = site.articles["esturgeon"]
    view = printed(site, article)
    cited = [item.source for key in article.numbers for item in article.claims[key].entry.evidence]
    assert [each.source.url for each in view.sources] == [site.sources[key].entry.url for key in dict.fromkeys(cited)]
    first = next(iter(article.numbers))
    assert view.cited[first].startswith("1")
    for each in view.sources:
        whole = typed(each.source.url)
        assert each.by_title == (len(whole) > TYPED and bool(each.source.title))
        assert each.address == (whole.split("/")[0] if each.by_title else whole)
