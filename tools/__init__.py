"""What the Makefile and the tests need around the engine; the site itself uses none of it."""
