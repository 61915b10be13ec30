"""One module per command of `jurus`."""
