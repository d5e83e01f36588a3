"""Why a quote has no place, or more than one, and what would decide: for the annotator who wrote it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from manchette.anchor import thresholds
from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.compare import Difference, differences, lookalikes
from manchette.anchor.context import Standing, beside, one_line, standing
from manchette.anchor.quote import ranges
from manchette.anchor.selector import GAP, Selector


@dataclass(frozen=True)
class Nearest:
    """A passage that looks like the quote, the words to quote instead, and what differs (`before` is the quote)."""

    span: Span
    exact: str
    likeness: float  # 0…100
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a quote has no place, or more than one.

    code: `blank-quote`, `quote-not-found` or `ambiguous-quote`.
    places: where it stands; of a quote that is not found, where it stands beside other words than its `prefix` and
    `suffix`, the likeliest first, each with the context that stands there.
    nearest: for a quote that stands nowhere, what looks like it, the likeliest first.
    scattered: every part between the gaps stands in the text, but not in this order.
    far: where its parts stand, with more than one block between them.
    """

    code: str
    quote: Selector
    places: tuple[Standing, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    scattered: bool = False
    far: Span | None = None


def diagnose(text: Canonical, quote: Selector | str) -> Refusal:
    """Say why `find` gives no place, or several, and what would decide. Meant for a quote that was refused."""
    quote = Selector(quote) if isinstance(quote, str) else quote
    if quote.blank:
        return Refusal("blank-quote", quote)
    if fitting := ranges(text, quote):
        places = tuple(
            standing(text, quote.exact, place)
            if number < thresholds.SHOWN
            else Standing(text.span(*place), quote.words_only)
            for number, place in enumerate(fitting)
        )
        return Refusal("ambiguous-quote", quote, places)
    if everywhere := ranges(text, quote.words_only):
        return Refusal("quote-not-found", quote, tuple(_elsewhere(text, quote, everywhere)))
    if running := ranges(text, quote.words_only, math.inf):
        return Refusal("quote-not-found", quote, far=text.span(*running[0]))
    parts = quote.parts
    missing = next((index for index, part in enumerate(parts) if fold(part) not in text.text), None)
    if missing is None:
        return Refusal("quote-not-found", quote, scattered=True)
    nearest = []
    for place, likeness in lookalikes(text.text, fold(parts[missing])):
        span = text.span(*place)
        words = one_line(text.source[slice(*span)])
        mended = f" {GAP} ".join([*parts[:missing], words, *parts[missing + 1 :]])
        nearest.append(Nearest(span, mended, likeness, differences(parts[missing], words)))
    return Refusal("quote-not-found", quote, nearest=tuple(nearest))


def _elsewhere(text: Canonical, quote: Selector, everywhere: Sequence[tuple[int, int]]) -> Iterator[Standing]:
    """Give where the words stand beside others than those of the context, which one mistyped most likely first."""
    beside_each = [(beside(text, quote, place), place) for place in everywhere]
    given = quote.prefix + quote.suffix
    ranked = sorted(beside_each, key=lambda each: -fuzz.ratio(given, each[0].prefix + each[0].suffix))
    for number, (here, place) in enumerate(ranked):
        if number >= thresholds.SHOWN or ranges(text, here) == [place]:
            yield Standing(text.span(*place), here)
        else:
            yield standing(text, quote.exact, place)


def worded(refusal: Refusal, part: Callable[[int], object] | None = None) -> tuple[str, str]:
    """Say a refusal in French: what is wrong, and what to write instead.

    part: gives what an offset stands in, as messages say it: « § 3 », « note 2 ».
    """
    if refusal.code == "blank-quote":
        return "citation vide", "copiez les mots du passage, tels qu’on les lit dans la page"

    def where(number: int, span: Span) -> str:
        return str(part(span.start)) if part else f"nº\xa0{number}"

    def choices(places: Sequence[Standing]) -> str:
        return " ; ".join(
            f"{where(number, place.span)}\xa0: {_pasted(place.quote)}"
            for number, place in enumerate(places[: thresholds.SHOWN], 1)
            if len(refusal.places) == 1 or place.quote.has_context
        )

    shown = sorted(place.span for place in refusal.places[: thresholds.SHOWN])
    numbered = [where(number, span) for number, span in enumerate(shown, 1)]
    listed = ", ".join(f"{at} ({count} fois)" if count > 1 else at for at, count in Counter(numbered).items())
    listed += f" et {len(refusal.places) - thresholds.SHOWN} autres" if len(refusal.places) > thresholds.SHOWN else ""
    if refusal.code == "ambiguous-quote":
        offered = choices(refusal.places)
        return (
            f"citation trouvée {len(refusal.places)} fois ({listed})",
            f"dites laquelle\xa0: {offered}" if offered else "allongez la citation\xa0: rien autour d’elle ne décide",
        )
    if refusal.places:
        alone = refusal.places[0].quote if len(refusal.places) == 1 else None
        sides = [
            f"{side} {_said(given)}" + (f" (on y lit {_said(read)})" if alone and read else "")
            for side, given, read in zip(("après", "avant"), refusal.quote[1:], (alone or [""] * 3)[1:], strict=True)
            if given and read != given
        ]
        return (
            f"ces mots se trouvent dans le texte ({listed}), mais pas {' et '.join(sides)}",
            f"si c’est bien le passage voulu, écrivez {choices(refusal.places)}",
        )
    if refusal.far:
        left, right = (where(n, Span(at, at)) for n, at in enumerate((refusal.far.start, refusal.far.end - 1), 1))
        return (
            f"{GAP} saute plus d’un paragraphe : la citation irait de {left} à {right}"
            if left != right
            else f"{GAP} saute plus d’un point de liste ou d’une case ({left})",
            "citez ce qui se tient en un paragraphe ou deux, ou faites-en deux annotations",
        )
    if refusal.scattered:
        return "les morceaux de la citation se trouvent dans le texte, mais pas dans cet ordre", f"déplacez les {GAP}"
    if not refusal.nearest:
        return "citation introuvable, et rien dans le texte n’y ressemble", "copiez le passage, ou retirez l’annotation"
    first = refusal.nearest[0]
    offered = " ; ou ".join(
        f"{where(number, passage.span)}\xa0: {_pasted(Selector(passage.exact))}"
        for number, passage in enumerate(refusal.nearest, 1)
    )
    return (
        f"citation introuvable\xa0; le passage le plus proche ({where(1, first.span)}) {told(first.differences)}",
        f"si c’est le passage voulu, écrivez {offered}",
    )


def told(found: Sequence[Difference]) -> str:
    """Say in French what a passage has other than a quote."""
    if not found:
        return "n’en diffère que par ses espaces"
    said = []
    for difference in found[: thresholds.SHOWN]:
        if not difference.before:
            said.append(f"ajoute {_said(difference.after)}")
        elif not difference.after:
            said.append(f"n’a pas {_said(difference.before)}")
        else:
            said.append(f"dit {_said(difference.after)} et non {_said(difference.before)}")
    return ", ".join(said) + (
        f", et diffère encore {len(found) - thresholds.SHOWN} fois" if len(found) > thresholds.SHOWN else ""
    )


def _said(words: str) -> str:
    return f"«\xa0{one_line(words)}\xa0»"


def _pasted(quote: Selector) -> str:
    """Give a quote as YAML to paste: JSON's strings are YAML's."""
    told = {key: json.dumps(one_line(words), ensure_ascii=False) for key, words in quote._asdict().items() if words}
    inside = ", ".join(f"{key}: {words}" for key, words in told.items())
    return f"quote: {{{inside}}}" if len(told) > 1 else f"quote: {told['exact']}"
