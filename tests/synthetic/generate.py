"""A library that no one wrote: as many articles and entities as asked for, always the same, for the sizes of things.

`python -m tests.synthetic.generate FOLDER [ARTICLES [ENTITIES]]` writes the project into a folder.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from pathlib import Path

from tests.projects import lay_out

SYLLABLES = ("ba", "ché", "da", "fé", "ga", "ji", "ka", "lo", "mé", "na", "or", "pi", "qué", "si", "to", "ul", "vo")
WORDS = (
    *("accord", "armée", "avion", "bilan", "conseil", "crise", "décret", "dossier", "échange", "effort", "force"),
    *("frontière", "guerre", "heure", "image", "journal", "ligne", "marché", "message", "ministre", "moment", "parole"),
    *("peuple", "port", "presse", "projet", "radio", "rapport", "réseau", "retour", "saison", "semaine", "signe"),
    *("soutien", "territoire", "texte", "traité", "troupe", "usine", "ville", "visite", "voix"),
)
SIZE = (14, 18, 16)
SHARES = {"people": 0.4, "organizations": 0.2, "places": 0.25, "terms": 0.15}


def generate(folder: Path, articles: int = 50, entities: int = 300, size: tuple[int, int, int] = SIZE) -> None:
    """Write the project into a new folder: settings and pages are the sample's, without its article.

    `size`: how many paragraphs, claims and dates an article has.
    """
    chance = random.Random(5)
    lay_out("estuaire", folder)
    docs, notes = folder / "docs", folder / "annotations"
    for other in (docs / "articles", notes):
        shutil.rmtree(other)
    (docs / "methode.md").write_text("# Méthode\n\n## Demander une correction\n", encoding="utf-8")
    notes.mkdir()
    names = _registers(notes, entities, size[1] + 2, chance)
    for number in range(articles):
        name = f"article-{number:03}"
        _article(docs / "articles" / name, notes / name, number, names, size, chance)


def show_all(folder: Path) -> None:
    """Give the project pages that show the timeline, the claims and the places of all articles."""
    settings = folder / "mkdocs.yml"
    pages = {"Chronologie": "timeline", "Affirmations": "claims", "Carte": "map"}
    for title, macro in pages.items():
        text = f"---\ntitle: {title}\n---\n\n# {title}\n\nTous les articles.\n\n{{{{ {macro}() }}}}\n"
        (folder / f"docs/{title.lower()}.md").write_text(text, encoding="utf-8")
    lines = "".join(f"  - {title}: {title.lower()}.md\n" for title in pages)
    settings.write_text(settings.read_text("utf-8").replace("  - Méthode", f"{lines}  - Méthode"), encoding="utf-8")


def _yaml(path: Path, value: object) -> None:
    """JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _registers(folder: Path, entities: int, sources: int, chance: random.Random) -> dict[str, str]:
    """Write the registers and the sources; id → name."""
    names: dict[str, str] = {}
    for file, share in SHARES.items():
        entries: dict[str, object] = {}
        for _ in range(round(share * entities)):
            key = f"{file[:2]}-{len(names):03}"
            name = f"{_name(chance, 3)} {_name(chance, 2)}{len(names)}"
            names[key] = name
            entries[key] = {"name": name, "description": _sentence(chance), "sources": ["source-0"]}
            if file == "places":
                spot = {"lat": f"{chance.uniform(-50, 65):.3f}", "lon": f"{chance.uniform(-170, 170):.3f}"}
                entries[key] |= {"coordinates": spot, "precision": chance.choice(["city", "region", "point"])}  # type: ignore[operator]
        _yaml(folder / f"{file}.yml", entries)
    cited = {"outlet": "Agence", "title": _sentence(chance)}
    _yaml(folder / "sources.yml", {f"source-{n}": {"url": f"https://example.org/{n}", **cited} for n in range(sources)})
    return names


def _sentence(chance: random.Random, names: list[str] | None = None) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(9, 16))]
    for name in names or ():
        words.insert(chance.randrange(len(words)), name)
    return " ".join(words) + "."


def _article(
    docs: Path, notes: Path, number: int, names: dict[str, str], size: tuple[int, int, int], chance: random.Random
) -> None:
    keys = list(names)
    present = [*keys[:12], *chance.sample(keys, 28)]  # twelve whom every article names
    sentences: list[str] = []
    paragraphs = []
    total, claimed, dated = size
    for p in range(total):
        made = [f"Nº{p}x{s} " + _sentence(chance, [names[chance.choice(present)]]) for s in range(5)]
        sentences += made
        paragraphs.append(" ".join(made))
    publisher = next(key for key in keys if key.startswith("or"))
    # Four a year, the first hundred from 2000 to 2024, the next in the 25 years before: none is of the future, and no
    # year has more in a larger library.
    before, step = divmod(number, 100)
    year, month = 2000 - 25 * before + step // 4, number % 12 + 1
    title = f"Article {number}, {_sentence(chance)[:-1]}"
    head = f"---\ntitle: {title}\npublisher: {publisher}\npublished: {year}-{month:02}-01\n---\n"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text(f"{head}\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    for door, macro in (("chronologie", "timeline"), ("affirmations", "claims"), ("carte", "map")):
        (docs / f"{door}.md").write_text(f"# {door.capitalize()}\n\n{{{{ {macro}() }}}}\n", encoding="utf-8")
    claims: dict[str, object] = {}
    verdicts = ["supported", "disputed", "imprecise", "unverified", "opinion"]
    for n, quote in enumerate(chance.sample(sentences, claimed)):
        claims[f"claim-{n}"] = {
            "quote": quote[:-1],
            "modality": "asserted",
            "verdict": verdicts[n % 5],
            "rationale": _sentence(chance),
            "attribution": chance.sample(present, n % 3),
            "evidence": [
                {"source": f"source-{n + k}", "stance": "supports", "says": _sentence(chance)} for k in range(3)
            ],
            "corrections": [{"date": f"{year}-{month:02}-{n + 1:02}", "change": _sentence(chance)}] if n < 2 else [],
        }
    dates: dict[str, object] = {}
    for n in range(dated):
        when = f"{year - (n % 3) * 9}-{chance.randint(1, 12):02}"
        dates[f"date-{n}"] = {
            "when": when if n % 4 == 0 else f"{when}-{chance.randint(1, 28):02}",
            "title": _sentence(chance),
            "claims": [f"claim-{n}"],
            "sources": ["source-1"],
        }
        if n < 6 and n * 3 < len(sentences):
            dates[f"date-{n}"] |= {"quote": sentences[n * 3].split()[0]}  # type: ignore[operator]
    _yaml(notes / "claims.yml", claims)
    _yaml(notes / "dates.yml", dates)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), *map(int, sys.argv[2:]))
