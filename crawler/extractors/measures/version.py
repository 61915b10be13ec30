"""Which tagger a mention comes from."""

from __future__ import annotations

LEXICON, GUIDE, MODEL = 1, 1, 7
VERSIONS = {"lexicon": LEXICON, "guide": GUIDE, "model": MODEL}
EXTRACTOR_VERSION = f"measures-{MODEL}.{LEXICON}.{GUIDE}"
"""Changes whenever the same text may give other mentions."""
