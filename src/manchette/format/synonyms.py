"""Other words for the words of the format, French, English or older: for messages, never for reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from manchette.anchor.letters import slug

# The right word → what people write for it, as slugs. A word may stand with several keys: the one that it is the
# commonest word for is meant, of those that the entry can have.
_KEYS = {
    "quote": "citation quote-text passage extrait texte text verbatim exact cite phrase selector",
    "exact": "citation quote quote-text texte text passage mots",
    "prefix": "prefixe avant before debut",
    "suffix": "suffixe apres after fin",
    "name": "nom titre title label libelle intitule full-name nom-complet terme term prefered-name pref-label",
    "title": "titre nom name intitule label libelle headline fonction poste role event evenement",
    "description": "descriptif desc definition bio biographie notice resume summary texte details detail note notes",
    "aliases": "alias alt autres-noms surnoms surnom formes variantes alternate-names alternate-name aka alt-labels",
    "names": "noms traductions translations noms-etrangers",
    "wikidata": "qid wikidata-id wikidata-url q id-wikidata",
    "wikipedia": "wiki wikipedia-url url-wikipedia lien url page article",
    "sources": "source references reference refs ref citations sources-ids",
    "review_by": "a-relire relire-le relire relecture review a-revoir revoir-le expires",
    "roles": "role fonctions fonction postes poste mandats mandat positions position titres offices",
    "born": "naissance ne nee ne-le nee-le date-de-naissance date-naissance birth birth-date birthdate birthday",
    "died": "mort deces decede decedee mort-le date-de-deces date-de-mort death death-date deathdate",
    "founded": "fondation fonde fondee creation cree creee date-de-fondation founding-date created established",
    "dissolved": "dissolution dissout dissous dissoute date-de-dissolution dissolution-date ended",
    "coordinates": "coordonnees coordonnee coords coord position localisation location geo gps latlng lat-lon point",
    "lat": "latitude y",
    "lon": "longitude lng long x",
    "precision": "niveau echelle scale type",
    "country": "pays nation country-code code-pays etat",
    "geonames": "geoname geonames-id geonameid id-geonames geoname-id",
    "when": "date quand jour periode day dates time duree depuis debut start",
    "stated": "dit enonce date-dite date-citee tel-que-dit said date-text",
    "known": "connu su connu-le revele revele-le published publie",
    "short": "court bref resume reponse titre-court short-title summary en-bref",
    "about": "concerne sujets sujet fiches fiche entites entities entity personnes qui subject subjects a-propos",
    "claims": "affirmations affirmation claim",
    "claim": "affirmation enonce claim-reviewed these statement",
    "attribution": "auteur auteurs attribue-a qui speaker attributed-to locuteur author",
    "modality": "modalite mode mood",
    "verdict": "jugement avis evaluation rating conclusion note statut status",
    "rationale": "raison raisons pourquoi explication justification motif argument reason why analyse description",
    "evidence": "preuve preuves elements sources source references refs proof",
    "source": "id reference ref source-id url",
    "stance": "position sens rapport relation avis",
    "says": "dit citation texte contenu quote text said note",
    "reviewed": "verifie-le verifie revu-le revu date-de-verification date-du-verdict checked review-date",
    "reviewed_by": "verifie-par revu-par verificateur relecteur reviewer checked-by",
    "corrections": "correction rectificatifs rectificatif errata erratum",
    "date": "when jour quand",
    "change": "changement modification texte text correction",
    "url": "adresse lien link href uri address",
    "outlet": "media editeur publisher journal site organe publication diffuseur",
    "publisher": "editeur journal media outlet source organe",
    "author": "auteur auteurs autrice signature par by authors signataire",
    "published": "publie publie-le date paru paru-le parution date-de-publication publication publication-date",
    "lang": "langue language langage",
    "archive": "archives archive-url copie archived",
    "accessed": "consulte consulte-le consultation lu-le vu-le accessed-on retrieved access-date date-de-consultation",
    "note": "remarque remarques notes commentaire comment",
    "dek": "chapo chapeau sous-titre subtitle intro introduction description standfirst",
    "marks": "marques mentions marquage",
    "draft": "brouillon",
    "rights": "droits licence license copyright",
    "entity": "entite fiche id personne qui about",
    "contact": "courriel email mail e-mail",
    "licence": "license droits",
}
_VALUES = {
    "supported": "vrai vraie juste exact exacte correct correcte confirme confirmee avere averee corrobore "
    "verifie verifiee prouve etabli true confirmed verified accurate",
    "disputed": "faux fausse conteste contestee contredit contredite errone erronee dementi dementie mensonger "
    "mensongere mensonge inexact inexacte refute refutee incorrect false refuted wrong contradicted debunked intox",
    "imprecise": "imprecis imprecision trompeur trompeuse partiel partielle partiellement-vrai plutot-vrai plutot-faux "
    "exagere exageree nuance nuancee a-nuancer approximatif approximative incomplet incomplete misleading partly-true "
    "half-true mixed presque-vrai sorti-de-son-contexte hors-contexte vague",
    "unverified": "non-verifie non-verifiee inverifiable inconnu inconnue a-verifier indetermine indeterminee "
    "sans-preuve pas-verifie unknown unproven unverifiable incertain douteux",
    "opinion": "avis jugement point-de-vue commentaire opinions",
    "asserted": "affirme affirmee affirmatif asserte indicatif assertion fait factuel stated",
    "quoted": "cite citee citation-directe entre-guillemets discours-direct direct verbatim quote",
    "reported": "rapporte rapportee rapportes discours-indirect indirect selon relaye reporte",
    "conditional": "conditionnel conditionnelle au-conditionnel hypothese hypothetique possible eventuel",
    "denied": "dementi dementie nie niee negation negatif refuse denial",
    "supports": "confirme confirmer soutient appuie corrobore pour va-dans-le-sens support supporte agrees valide",
    "contradicts": "contredit contredire dement refute infirme conteste contre contradict contradit refutes denies "
    "s-oppose against",
    "nuances": "nuance nuancer precise relativise complete tempere partiel nuanced qualifies modere",
    "point": "lieu exact exacte adresse batiment site precis monument ponctuel place",
    "city": "ville commune village localite municipalite quartier bourg town cite metropole capitale",
    "region": "departement province zone canton district oblast territoire etat-federe area county ile archipel",
    "country": "pays etat nation",
    "sea": "mer ocean golfe baie lac detroit eau water lake",
    "first": "premier premiere une seule premiere-mention",
    "all": "tout tous toute toutes chaque toutes-les-mentions",
    "true": "vrai oui yes on y o 1",
    "false": "faux non no off n 0",
}


def _ranked(table: dict[str, str]) -> dict[str, dict[str, int]]:
    return {right: {each: rank for rank, each in enumerate(others.split())} for right, others in table.items()}


_OF_KEYS, _OF_VALUES = _ranked(_KEYS), _ranked(_VALUES)


def key(written: str, allowed: Collection[str]) -> str | None:
    """The key of `allowed` that `written` is another word for."""
    return _meant(written, allowed, _OF_KEYS)


def value(written: str, allowed: Iterable[str]) -> str | None:
    """The word of `allowed` that `written` is another word for."""
    return _meant(written, allowed, _OF_VALUES)


def _meant(written: str, allowed: Iterable[str], table: dict[str, dict[str, int]]) -> str | None:
    said = slug(written)
    right = {slug(each): each for each in allowed}
    if said in right:
        return right[said]
    fits = [(table[each][said], each) for each in right.values() if said in table.get(each, ())]
    return min(fits)[1] if fits else None  # the one that it is the commonest word for
