"""Digests: what is new about measures, written for people and sent to them."""
