"""Maps: static drawings, made when the site is built, from shapes kept in the package.

An article's map is an *overview*, and below it *insets* that enlarge where places are crowded; each is a *frame*, and a
*panel* is what is drawn in one. A place's card has a *locator*, a small map.
"""
