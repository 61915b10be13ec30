"""The past of an outlet: its dated indexes and sitemaps, worked through part by part."""
