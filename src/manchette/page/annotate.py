"""What the form needs that turns selected words into an annotation, ready to propose."""

from __future__ import annotations

from dataclasses import dataclass

from manchette.engine import Links
from manchette.format.kinds import CLAIM, DATE, ENTITY_KINDS
from manchette.format.kinds.claim import MODALITIES, Claim, Modality, Verdict
from manchette.format.layout import ANNOTATIONS, REGISTER, notes_of, schema_line
from manchette.format.model import NeededWhen
from manchette.page.parts import contact_address
from manchette.site.site import Article, Site
from manchette.typeset.words import WORDS


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A kind of entry, and where a new file with one goes (the sidecars and registers may be split)."""

    name: str
    label: str
    folder: str  # annotations/people
    head: str  # the file's first line


@dataclass(frozen=True, kw_only=True)
class AnnotateView:
    """Where a proposal goes, and what may be chosen."""

    edit: str  # the template in `extra.manchette.edit`, or nothing
    contact: str  # a `mailto:` address, or nothing
    register: str | None
    files: tuple[FileView, ...]
    modalities: tuple[tuple[Modality, str], ...]
    verdicts: tuple[tuple[Verdict, str], ...]  # those that need no evidence: a page does not know the ids of sources


def annotate_view(site: Site, article: Article, links: Links) -> AnnotateView | None:
    """What the form of an article's page needs; None where nobody would receive what it makes."""
    edit, contact = site.settings.edit or "", contact_address(site)
    contact = contact if contact.startswith("mailto:") else ""
    if not edit and not contact:
        return None
    sidecars = notes_of(article.id)
    kinds = [
        (CLAIM.name, CLAIM.label, f"{sidecars}/{CLAIM.file}"),
        *((kind.name, kind.label, f"{ANNOTATIONS}/{kind.file}") for kind in ENTITY_KINDS),
        (DATE.name, DATE.label, f"{sidecars}/{DATE.file}"),
        ("mention", WORDS.annotate.mention, f"{sidecars}/mentions"),
    ]
    evidenced = {value for rule in Claim.rules if isinstance(rule, NeededWhen) for value in rule.values}
    return AnnotateView(
        edit=edit,
        contact=contact,
        register=links.to(REGISTER) if site.has(REGISTER) else None,
        files=tuple(
            FileView(name=name, label=label, folder=folder, head=schema_line(f"{folder}/-.yml"))
            for name, label, folder in kinds
        ),
        modalities=tuple(MODALITIES.items()),
        verdicts=tuple((verdict, verdict.label) for verdict in Verdict if verdict not in evidenced),
    )
