"""Which units have recorded what of an activity that all of them do, and reminding those that have not."""
