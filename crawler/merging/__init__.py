"""What tells of the same thing: articles of one story, mentions of one measure."""
