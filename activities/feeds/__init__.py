"""Calendars that a phone fetches by itself: addresses of a person's own, and the file (.ics) that stands at each."""
