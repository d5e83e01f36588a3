"""The site's search: what can be found, by which words, and the index that the page's script asks."""
