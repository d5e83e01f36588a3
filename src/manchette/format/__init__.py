"""The annotation format: what may be written, declared once, key by key."""
