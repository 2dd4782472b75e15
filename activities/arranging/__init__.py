"""Who does an activity and with what: the person in charge, the units that help, the place, the budget."""
