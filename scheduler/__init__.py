"""When, and for whom: the commands people type."""
