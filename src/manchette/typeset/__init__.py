"""French as it is printed: dates in words, inline Markdown, typography, templates."""
