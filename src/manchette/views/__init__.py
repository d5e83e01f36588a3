"""The site → exactly what each template receives: words chosen, addresses computed, nothing left to decide."""
