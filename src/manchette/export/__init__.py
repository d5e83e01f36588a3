"""The notes in other people's formats.

To add a format: a module here with its `Export`; its line in `EXPORTS`; its words in `templates/words.yml`.
"""
