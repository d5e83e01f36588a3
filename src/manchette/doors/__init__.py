"""The pages beside the articles: library, timeline, claims, register, map, corrections."""
