"""The codes of the annotation guide and the words that signal them, as data."""
