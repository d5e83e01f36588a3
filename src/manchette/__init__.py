"""Manchette: a static reading site made from annotated article text."""
