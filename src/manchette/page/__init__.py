"""An article's page: its marks, its notes and what stands around its text."""
