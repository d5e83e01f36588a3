"""Claims as TEI has them: categories of verdicts in its header, spans and annotations beside the text."""

from __future__ import annotations

from collections.abc import Iterator

from manchette.export.base import Exported
from manchette.export.tei.element import Element, add, dated, parted
from manchette.export.tei.registers import Registers
from manchette.format.kinds import Claim
from manchette.format.kinds.claim import Modality, Stance, Verdict
from manchette.format.scalars import ID, KeyWord
from manchette.typeset.language import OURS
from manchette.typeset.words import WORDS


def taxonomies(parent: Element) -> None:
    """Add the words that verdicts, modalities and stances are chosen from; their ids are the format's own words."""
    for name, words in (("verdict", Verdict), ("modality", Modality), ("stance", Stance)):
        made = add(parent, "taxonomy", {"xml:id": name})
        add(made, "gloss", {"xml:lang": OURS}, vars(WORDS.export.tei.taxonomies)[name])
        for word in words:
            category = add(made, "category", {"xml:id": f"{name}--{word}", "n": str(word)})
            said = add(category, "catDesc", {"xml:lang": OURS})
            add(said, "term", text=word.label)
            if isinstance(word, Verdict):
                add(said, "gloss", text=word.words.meaning)
            parted(said, "\u00a0: ")


def _of(word: KeyWord) -> str:
    return f"#{type(word).__name__.lower()}--{word}"


def claims(parent: Element, given: Exported, registers: Registers) -> None:
    """Add a span and an annotation for each claim that has a place in the text, in the order of the text.

    The annotation is that of the W3C's model, which TEI took over: its target the span, its body notes. Verdict and
    modality are in `ana`, that is, what is said of the passage. They are no `certainty` and no `cert`: those say how
    sure an encoder is of his encoding, and a claim that is contradicted is certainly made.
    """
    article = given.article
    if not article.numbers:
        return
    spans = add(parent, "spanGrp", {"type": "claims"})
    annotations = add(parent, "listAnnotation", {"type": "claims"})
    for key, number in article.numbers.items():
        name, claim = f"claim--{key}", article.claims[key].entry
        span = {"xml:id": f"{name}.span", "from": f"#{name}.start", "to": f"#{name}.end", "ana": f"#{name}"}
        add(spans, "span", span)
        said = {
            "xml:id": name,
            "n": str(number),
            "target": f"#{name}.span",
            "motivation": "assessing",
            "ana": f"{_of(claim.verdict)} {_of(claim.modality)}",
        }
        _annotation(add(annotations, "annotation", said), given, claim, registers)


def _annotation(made: Element, given: Exported, claim: Claim, registers: Registers) -> None:
    by = add(made, "respStmt")
    add(by, "resp", {"xml:lang": OURS, **dated(claim.reviewed)}, WORDS.export.tei.taxonomies.verdict)
    add(by, "name", text=claim.reviewed_by or given.site.settings.publisher or WORDS.this_site)
    registers.prose(made, "claim", claim.claim)
    who = add(made, "note", {"type": "attribution"})
    people = add(who, "list")
    for value in claim.attribution or (given.article.front.publisher,):
        entity = registers.entities.get(value) if ID.fullmatch(value) else None
        ref = registers.named([value]) if entity else None
        add(add(people, "item"), "name", {"ref": ref}, entity[1].name if entity else value)
    if claim.short:
        add(made, "note", {"type": "answer", "xml:lang": OURS}, claim.short)
    registers.prose(made, "rationale", claim.rationale)
    for each in claim.evidence:
        where = {"type": "evidence", "ana": _of(each.stance), "source": registers.cited([each.source])}
        if each.says:
            registers.prose(made, text=each.says, type_="evidence", ana=where["ana"], source=where["source"])
        else:
            add(made, "note", where)
    if about := registers.named(claim.about):
        add(made, "ptr", {"type": "about", "target": about})


def corrections(given: Exported) -> Iterator[tuple[str, Claim, int]]:
    """The claims' corrections, the newest first: claim id, claim, which correction."""
    found = [
        (each.date.key, key, nth)
        for key in given.article.numbers
        for nth, each in enumerate(given.article.claims[key].entry.corrections)
    ]
    for _, key, nth in sorted(found, reverse=True):
        yield key, given.article.claims[key].entry, nth
