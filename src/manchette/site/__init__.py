"""Everything read, placed in the texts and checked against each other: one value, `site.Site`."""
