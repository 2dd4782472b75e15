"""English, for readers in the same offices."""
