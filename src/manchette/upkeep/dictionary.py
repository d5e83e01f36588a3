"""The words of French, from a library's list."""

from __future__ import annotations

from functools import lru_cache

from spellchecker import SpellChecker


@lru_cache(maxsize=1)
def french() -> frozenset[str]:
    """Some 140,000 forms, in small letters; read when it is first asked for, in a third of a second.

    pyspellchecker's, which keeps forms that several corpora have in common and that a dictionary knows. No list is
    whole: a word that it lacks counts as none, which `anchor.wording` reckons with.
    """
    return frozenset(SpellChecker(language="fr").word_frequency.keys())
