"""A live page or list to a fixture: its structure with filler for its words, and the draft of what it says."""

from crawler.recording.record import Recorded, names_article, record

__all__ = ["Recorded", "names_article", "record"]
