"""How plans stand to each other: versions and what changed between them, and what units below made concrete."""
