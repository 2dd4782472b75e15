"""Photos and files of activities, and of what units did in them: who reads them, and their pages."""
