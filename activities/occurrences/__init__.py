"""The times at which an activity takes place again and again: by a rule, by hand, or only counted."""
