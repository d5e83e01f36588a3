"""Sentences that may be worth a verdict: what could be so or not, said of something that can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manchette.anchor.canonical import Span
from manchette.format.kinds.claim import Modality
from manchette.marks import OBJECT
from manchette.suggest.reading import Reading, Sentence

SHORT = 40  # letters of a sentence that says too little to be looked up
LONG = 600  # letters of what is several sentences, or a list that nobody ended
ENOUGH = 5  # points, see `_weight`

_SAID = r"""(?: annoncé | affirmé | déclaré | dit | souligné | assuré | indiqué | promis | expliqué | précisé | confié
    | estimé | rappelé | ajouté | reconnu | admis | confirmé | démenti | répondu | raconté | révélé | dénoncé | accusé
    | soutenu | jugé | écrit | rapporté | prétendu | imaginé | demandé | exhorté | fait[ ]savoir )"""
_SAYS = r"""(?: annonce | affirme | déclare | dit | souligne | assure | indique | promet | explique | précise | confie
    | estime | rappelle | ajoute | reconnaît | admet | confirme | dément | répond | raconte | révèle | dénonce | accuse
    | soutient | juge | rapporte | prétend | exhorte | représente ) (?:nt)?"""
_ADVERB = r"(?: [ ] (?: aussi | également | même | ensuite | encore | toutefois | notamment | déjà ) )?"
_QUOTED = re.compile(r'"[^" ]+(?: [^" ]+){3,}"')  # four words: fewer are a name, or a word held at a distance
_CONDITIONAL = re.compile(r"\b(?:aurai|serai|pourrai|devrai)(?:en)?t\b")
_REPORTED = re.compile(
    rf"""
    \b (?: [Ss]elon | [Dd]'après | [Aa]ux[ ]dires[ ]d | [Dd]e[ ]l'aveu[ ]d )
  | \b (?: a | ont | avait | avaient | aurait ) {_ADVERB} [ ] {_SAID} e?s? \b
  | \b on [ ] (?: estime | dit | rapporte | raconte | considère ) [ ] qu
  | \b {_SAYS} (?: - (?:t-)? (?:il|elle|on|ils|elles) | [ ] (?: que | qu' ) )
  | - (?:t-)? (?:ils?|elles?) [ ] {_SAID} \b
    """,
    re.VERBOSE,
)
_AMOUNT = re.compile(
    r"""
    \b \d[\d ,.]* [ ]? (?: % | ‰ | € | \$ | (?: pour[ ]cent | p\.[ ]100 | euros? | dollars? | francs? | livres?
        | millions? | milliards? | milliers | personnes? | habitants? | morts? | blessés | victimes | soldats? | hommes
        | femmes | enfants | salariés | emplois | électeurs | voix | points? | places? | buts? | k[mgw]\w* | m[²³] | ha
        | hectares? | tonnes? | mètres? | kilomètres? | milles? | ans | jours | mois | heures | fois | agents | pays
        | membres ) \b )
  | \b (?: un | deux | trois | quatre | cinq | six | dix | cent | mille | plusieurs | quelques | des ) [ ]
        (?: millions? | milliards? | milliers | centaines | dizaines | tiers | quarts ) \b
  | \b (?: \d+/\d+ | deux[ ]tiers | la[ ]moitié | un[ ](?:quart|tiers) | trois[ ]quarts | (?:la|une)[ ]majorité ) \b
  | \b \d{1,3}(?:[ .]\d{3})+ \b
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(
    r"(?<![\w-])\d+(?:[.,]\d+)?(?![\w-])"
    r"|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent|mille)\b"
)
_EXTREME = re.compile(
    r"\b(?:premi(?:er|ère)s?|jamais|seule?s?|sans précédent|records?|l[ea]s? plus|unique|aucune?|tous les|toutes les"
    r"|derni(?:er|ère) (?:à|en|de)|principale?s?|numéro un)\b"
)
_CHANGED = re.compile(
    r"""
    \b (?: augment | baiss | diminu | recul | progress | doubl | tripl | chut | perd | gagn | croî | créé | créa | fond
        | supprim | vot | adopt | sign | élu | tué | mort | massacr | assassin | condamn | promulgu | interdi | obtenu
        | remport | annul | quitt | démissionn | nomm | arrêt | ouvert | inaugur | livr | détrui )
    """,
    re.VERBOSE,
)
_PAST = re.compile(
    r"""
    \b (?: a | ont | est | sont | avait | avaient | était | étaient | s'est | se[ ]sont | eut | fut | furent | ait ) \b
        (?: [ ] (?: été | pas | aussi | déjà | ensuite | également | toujours | finalement | encore | \w+ment ) ){0,2}
        [ ] \w+ (?: é|ée|és|ées | i|ie|is|ies|it|ite | u|ue|us|ues | ert|erte ) \b
  | \b \w+ (?: èrent | irent | urent | (?<![aeiou]) a [ ] (?=[dl]) ) \b
    """,
    re.VERBOSE,
)
_STATED = re.compile(
    r"\b(?:est|sont|était|étaient|compte|comptent|possède|représente|atteint|atteignent|s'élève|vit|vivent|règle|perd"
    r"|doit|se réunissent|repose)\b"
)
_I = re.compile(r"\b(?:je|j'|moi)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\b(?:me|m'|mon|ma|mes|vous|votre|vos|tu|te|nous|notre|nos)\b", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:peut-être|probablement|sans doute|semble|semblent|croi[st]|heureusement|hélas|malheureusement|il faut"
    r"|faut-il|faudrait|apparemment|bien sûr|clairement|vraiment|forcément|honte)\b"
)
_QUESTION = re.compile(r'\?["\s]*$')
_SIGN = re.compile(r"[^\w\"(]*(?:[A-ZÀ-Þ]\w+: (?=[A-ZÀ-Þ]))?")  # of a list, or « Introduction : »


@dataclass(frozen=True)
class Stated:
    """A sentence that may be worth a verdict; where it stands in the canonical text, and how it is said."""

    start: int
    end: int
    modality: str


def claims_of(reading: Reading, names: Sequence[Span], dates: Sequence[Span]) -> Iterator[Stated]:
    """The sentences of an article that may be worth a verdict; names, dates: where the text has those."""
    for sentence in reading.sentences:
        start, end = _core(sentence)
        words = sentence.text[start:end]
        if SHORT <= len(words) <= LONG and OBJECT not in words and not _QUESTION.search(sentence.words):
            held = [sum(start <= span.start and span.end <= end for span in spans) for spans in (names, dates)]
            if _weight(words, *held) >= ENOUGH:
                yield Stated(start, end, modality(words))


def modality(words: str) -> str:
    """How a sentence says what it says; canonical words."""
    if _QUOTED.search(words):
        return Modality.QUOTED.value
    if _CONDITIONAL.search(words):
        return Modality.CONDITIONAL.value
    return (Modality.REPORTED if _REPORTED.search(words) else Modality.ASSERTED).value


def _core(sentence: Sentence) -> tuple[int, int]:
    """The sentence without its last mark, and without the sign of a list before it."""
    kept = sentence.words.rstrip(" ")
    kept = kept if kept.endswith('"') else kept.rstrip(".!?… ")
    sign = _SIGN.match(kept)
    return sentence.start + (sign.end() if sign else 0), sentence.start + len(kept)


def _weight(words: str, names: int, dates: int) -> int:
    """How much speaks for a sentence that can be looked up, in points."""
    return (
        (2 if _AMOUNT.search(words) else bool(_NUMBER.search(words)))
        + 2 * bool(dates)
        + min(names, 2)
        + (2 if _PAST.search(words) else bool(_STATED.search(words)))
        + bool(_REPORTED.search(words))
        + bool(_EXTREME.search(words))
        + bool(_CHANGED.search(words))
        - (3 if _I.search(words) else bool(_SPEAKER.search(words)))
        - 2 * bool(_OPINION.search(words))
    )
