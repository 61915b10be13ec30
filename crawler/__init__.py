"""From a feed to a stored, tagged article."""
