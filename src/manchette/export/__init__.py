"""The notes in other people's formats.

To add a format: a module here with its `Export`; its line in `EXPORTS`; its use in `offer.py`; its words in
`templates/words.yml`.
"""
