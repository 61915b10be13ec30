"""What is kept: the only place with SQL; it knows nothing above it."""
