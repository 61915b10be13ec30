"""Digests: what is new about measures, written for people and sent to them."""

from __future__ import annotations

from scheduler.digest.sending import send_due

__all__ = ["send_due"]
