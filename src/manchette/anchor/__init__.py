"""Quotes and names to places in a text. Strings only: knows no file, no HTML and no annotation."""
