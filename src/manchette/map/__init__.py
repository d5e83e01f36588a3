"""Maps: static drawings, made when the site is built, from shapes kept in the package."""
