"""What of a plan goes out to Excel and comes back."""
