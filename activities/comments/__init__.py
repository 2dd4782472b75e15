"""What people say about an activity: who may speak, who reads what, and the page of it."""
