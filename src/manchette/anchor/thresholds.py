"""Every number that anchoring decides by: its unit, and its reason.

*Likeness* is 1 - Levenshtein distance / length. *Agreement* is 0 where two texts are as like as any two, 1 where they
are the same (`seek.weigh`); a passage's is that of its words and its context together.

Those marked * were chosen together, as round numbers on a plateau: over 731 development cases from 40 revised French
documents of six sources (Code civil, manual of React, Le Livre des rois, administrative guides), no answer is wrong
with AGREES from 0.40 to 0.48, MARGIN from 0.10 to 0.15 and RIVAL_MARGIN from 0.15 to 0.25, with and without the old
text. Chosen by machine on five sources (most found, at most 0.2 % wrong) and tried on the sixth, in turn, they found
96.4 % of what still stood and were wrong in 0.4 % of all cases without the old text, 98.4 % and 0.1 % with it.

Each has cases in `tests/anchor` and `tests/repair` that fail once it is moved, down or up; `guards` in them names it.
"""

from typing import Final

# What is one and the same (`letters`, `align`)
STEM: Final = 5  # letters; words that begin with the same ones are laid along each other, as French changes their ends
RUN: Final = 3  # words; one that stands once in both texts may be there by chance, three in a row are not
MOVED: Final = 6  # words from which a passage that is out of order counts as moved
PAIRS: Final = 400_000_000  # of words compared at a time: 50 MB; only two long texts with nothing in common have more

# Which context tells a place from others (`context`)
CONTEXT_REACH: Final = 200  # characters of context that are proposed: nobody would paste more
CONTEXT_OTHERS: Final = 50  # places that one is told from: a text that says one thing over and over has no end of them

# Which passages may be the one (`seek`)
HITS: Final = 200  # places of the very words that are weighed: only those of a word or two are more
VOTES: Final = 400  # places of its words that vote for where it begins; the rarest words go first, and decide
SHIFT: Final = 8  # words that may have been put in or taken out of a passage, to which is added
SHIFT_SHARE: Final = 2  # …its own words by this, for how far apart the votes for one place may fall,
SLACK_SHARE: Final = 3  # …its own words by this, for how far on either side of that place it is looked for
REGIONS: Final = 5  # stretches with most votes at which the passage is looked for
WEIGHED: Final = 6  # candidates weighed against each other
SETTLED: Final = 0.25  # agreement behind the best candidate from which another's ends do not matter
END_SHIFT: Final = 3  # words by which an uncertain end of a passage may move,
END_SHIFT_SHARE: Final = 2  # …or its own words by this, if that is more
WINDOW: Final = 1.25  # length of the text in which a context is looked for, by its own length: a word may be put in
CHANCE_WORDS: Final = 0.18  # likeness of passages of French prose with nothing in common: median of random pairs
CHANCE_CONTEXT: Final = 0.42  # share of a context's letters that stand, in order, in any other: median, too
SAME_WORDS: Final = 0.98  # likeness of words that differ by no letter, or by one in a long sentence

# Which of them is the one (`reanchor`)
CONTEXT: Final = 32  # characters looked at on either side, as many as the tools that make such quotes keep
AGREES: Final = 0.42  # * agreement that a passage must reach
MARGIN: Final = 0.1  # * agreement by which it must lead
RIVAL_MARGIN: Final = 0.2  # * the same over one with the same words and one neighbour alike: it may be the original
SAME_NEIGHBOURS: Final = 0.95  # agreement of neighbours that are the same, but for a letter
OTHER_NEIGHBOURS: Final = 0.25  # agreement of neighbours below which they are others
LIKENESS: Final = 0.45  # of the words themselves, however well their neighbours agree
ALONE: Final = 30  # letters that must be alike where some words changed and both neighbours are others
CLAIMED: Final = 0.3  # share of a candidate's words that may have stood elsewhere in the old text
GONE: Final = 0.3  # agreement below which a passage is not even doubtful
PUT_IN: Final = 8  # words put into a passage that are left out of its quote by a gap; fewer become part of it
NEARBY: Final = 32  # characters between the start of a quote with gaps and where the old text is said to have it

# What is shown to an annotator whose quote stands nowhere, or several times (`compare`, `refusal`)
LOOKS_LIKE: Final = 60.0  # of 100; below it, in French prose, the passage nearest to a sentence is any other sentence
LOOKALIKES: Final = 3  # passages offered
LOOKALIKE_SLACK: Final = 12  # characters by which an end of one may move to take whole words, to which is added
LOOKALIKE_SLACK_SHARE: Final = 2  # …the quote's characters by this
SHOWN: Final = 5  # places or differences that a message lists before it says how many more there are
