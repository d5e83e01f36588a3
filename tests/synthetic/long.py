"""A long article that no one wrote, always the same: 9,600 words in 100 paragraphs, 200 claims, 500 marks.

Its words are as many and as unevenly used as those of a language, its sources' addresses as long as real ones, and each
source is cited by claims near one another: so that it is compressed as a real article is.
`python -m tests.synthetic.long FOLDER` writes it, as a project.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import sys
from pathlib import Path

from tests.projects import lay_out

NAME = "long"
PARAGRAPHS, SENTENCES, WORDS = 100, 6, 16
CLAIMS, NAMED, DATED = 200, 260, 40  # marks
SMALL = ("de", "la", "le", "et", "les", "des", "en", "un", "du", "une", "que", "dans", "pour", "par", "sur", "au")
STEMS = ("ba", "ché", "da", "fé", "ga", "ji", "ka", "lo", "mé", "na", "or", "pi", "qué", "si", "to", "ul", "vo")
ENDS = ("tion", "ment", "eur", "té", "es", "ait", "er", "ique", "al", "e", "ons", "ance")
MONTHS = {"01": "janvier", "03": "mars", "04": "avril", "06": "juin", "07": "juillet", "10": "octobre"}
REGISTERS = {"people": 25, "organizations": 15, "places": 20, "terms": 8}
VERDICTS = {
    "supported": "supports",
    "disputed": "contradicts",
    "imprecise": "nuances",
    "unverified": "nuances",
    "opinion": None,
}
SOURCES = 140

Entry = dict[str, object]


def long_article(folder: Path) -> None:
    """Write the project into a new folder: settings and pages are the sample's, its article is this one."""
    lay_out("estuaire", folder)
    docs, notes = folder / "docs", folder / "annotations"
    for other in (docs / "articles", notes):
        shutil.rmtree(other)
    (docs / "methode.md").write_text("# Méthode\n\n## Demander une correction\n", "utf-8")
    _Author(docs / "articles" / NAME, notes).write()


class _Author:
    """Who writes it, and remembers the words and the names."""

    def __init__(self, docs: Path, notes: Path) -> None:
        self.docs, self.notes = docs, notes
        self.chance = random.Random(9600)
        made = ("".join(self.chance.choices(STEMS, k=2)) + self.chance.choice(ENDS) for _ in range(1300))
        self.vocabulary = list(dict.fromkeys(made))
        self.weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.vocabulary))))
        self.names: dict[str, str] = {}

    def write(self) -> None:
        for register, count in REGISTERS.items():
            self.register(register, count)
        self.put("sources", {f"source-{n}": self.source(n) for n in range(SOURCES)})
        self.article()

    def words(self, count: int) -> list[str]:
        """Some words, of which every third is one of the small ones."""
        drawn = self.chance.choices(self.vocabulary, cum_weights=self.weights, k=count)
        return [self.chance.choice(SMALL) if n % 3 == 1 else word for n, word in enumerate(drawn)]

    def sentence(self, count: int) -> str:
        return " ".join(self.words(count)).capitalize() + "."

    def put(self, name: str, entries: dict[str, Entry]) -> None:
        """JSON is YAML."""
        path = self.notes / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(entries, ensure_ascii=False, indent=1), "utf-8")

    def register(self, register: str, count: int) -> None:
        entries: dict[str, Entry] = {}
        for n in range(count):
            key, name = f"{register[:2]}-{n}", " ".join(self.chance.sample(self.vocabulary, 2)).title()
            self.names[key] = name
            entries[key] = {
                "name": name,
                "description": f"{self.sentence(12)} {self.sentence(14)}",
                "wikidata": f"Q{self.chance.randrange(10**6)}",
                "wikipedia": f"https://fr.wikipedia.org/wiki/{name.replace(' ', '_')}",
                "sources": ["source-0"],
            }
            if register == "people":
                entries[key]["roles"] = [{"title": " ".join(self.words(6)), "when": f"{1990 + n}/.."}]
            if register == "places":
                entries[key]["coordinates"] = {"lat": f"{20 + n * 1.7:.2f}", "lon": f"{n * 7 - 60:.2f}"}
                entries[key]["precision"] = ("city", "region", "point")[n % 3]
        self.put(register, entries)

    def source(self, n: int) -> Entry:
        outlet, title = self.words(1)[0], self.words(9)
        return {
            "url": f"https://www.{outlet}.example/{2020 + n % 6}/{'-'.join(title)}",
            "outlet": f"{outlet.capitalize()} {self.words(1)[0]}",
            "title": " ".join(title).capitalize(),
            "published": f"2025-0{n % 9 + 1}-{n % 28 + 1:02}",
            "lang": ("fr", "en", "es", "ru")[n % 4],
        }

    def article(self) -> None:
        """The article, its other pages and its sidecars; some names and dates fall into a claim."""
        total = PARAGRAPHS * SENTENCES
        again = self.chance.choices(list(self.names)[:60], k=NAMED - len(self.names))
        places = self.chance.sample(range(total), NAMED + DATED)
        named = dict(zip(places, [*self.names, *again], strict=False))
        dated = {place: n for n, place in enumerate(places[NAMED:])}
        claims: dict[str, Entry] = {}
        dates: dict[str, Entry] = {}
        paragraphs = []
        for n in range(total):
            words = self.words(WORDS)
            if n in named:
                words[5:7] = self.names[named[n]].split()
            if n in dated:
                day, (number, month), year = dated[n] % 28 + 1, list(MONTHS.items())[n % len(MONTHS)], 1980 + dated[n]
                words[5:8] = [str(day), month, str(year)]
                dates[f"date-{dated[n]}"] = {
                    "when": f"{year}-{number}-{day:02}",
                    "title": self.sentence(7)[:-1],
                    "quote": f"{day} {month} {year}",
                    "sources": [f"source-{dated[n]}"],
                }
            if n % (total // CLAIMS) == 0:
                claims[f"{words[2]}-{words[3]}-{n}".replace("é", "e")] = self.claim(len(claims), " ".join(words[2:13]))
            if n % SENTENCES == 0:
                heading = f"## {self.sentence(5)[:-1]}\n\n" if n % (5 * SENTENCES) == 0 and n else ""
                paragraphs.append(heading)
            paragraphs[-1] += " ".join(words).capitalize() + ". " if n not in named else " ".join(words) + ". "
        publisher = next(key for key in self.names if key.startswith("or"))
        head = (
            f"title: {self.sentence(8)[:-1]}\ndek: {self.sentence(20)}\npublisher: {publisher}\npublished: 2025-12-31"
        )
        self.docs.mkdir(parents=True)
        (self.docs / "index.md").write_text(f"---\n{head}\n---\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
        for door, macro in (("chronologie", "timeline"), ("affirmations", "claims"), ("carte", "map")):
            (self.docs / f"{door}.md").write_text(f"# {door.capitalize()}\n\n{{{{ {macro}() }}}}\n", "utf-8")
        self.put(f"{NAME}/claims", claims)
        self.put(f"{NAME}/dates", dates)

    def claim(self, n: int, quote: str) -> Entry:
        verdict = [*VERDICTS, "supported", "supported"][n % 7]
        near = n * SOURCES // CLAIMS
        cited = [f"source-{min(near + k * k, SOURCES - 1)}" for k in range(1 + n % 4)]
        stance = VERDICTS[verdict]
        return {
            "quote": quote,
            "modality": ("asserted", "reported", "quoted")[n % 3],
            "verdict": verdict,
            "short": self.sentence(9)[:79],
            "rationale": f"{self.sentence(12)} {self.sentence(15)}",
            "attribution": self.chance.sample(list(self.names)[:40], n % 3),
            "evidence": [{"source": key, "stance": stance, "says": self.sentence(12)} for key in dict.fromkeys(cited)]
            if stance
            else [],
            "reviewed": "2026-01-10",
        }


if __name__ == "__main__":
    long_article(Path(sys.argv[1]))
