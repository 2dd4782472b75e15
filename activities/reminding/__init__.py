"""Reminding people of activities: before a window of time begins, and after it where nothing was recorded."""
