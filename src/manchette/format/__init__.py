"""The annotation format: what may be written, declared once, key by key."""

VERSION = "1.1"
"""Of the format, not of the package: data of another 1.x stays valid but for what CHANGELOG.md says."""
