"""What makes the site found and passed on: the files beside its pages that other programs read."""
