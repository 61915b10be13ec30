"""The address that identifies an article, whatever way it was linked."""
