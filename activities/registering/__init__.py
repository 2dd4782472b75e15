"""Registration from below: what units and blocs wish to hold of their own under an activity of a body above."""
