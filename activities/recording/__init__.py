"""Recording outcomes on a phone: what waits for one's units, one screen to record it, and the receipt."""
