"""What annotators and publishers ask of the commands: repairs, comparisons, suggestions, new articles."""
