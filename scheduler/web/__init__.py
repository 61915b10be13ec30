"""The web page over the database: a Datasette with pages of our own. It reads, and can never write."""
