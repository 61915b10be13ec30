"""Bytes of a page to an article, text to mentions: pure functions."""
