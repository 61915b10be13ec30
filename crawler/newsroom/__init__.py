"""The press in small: fictional outlets that list, publish, correct, move and withdraw articles over real HTTP."""

from crawler.newsroom.server import Newsroom
from crawler.newsroom.truth import Truth

__all__ = ["Newsroom", "Truth"]
