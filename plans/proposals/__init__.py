"""What every kind of proposal has in common: its steps, its label, its place among the others.

Targets and activities keep their own kinds of ``plans.models.Proposal`` in their apps and decide there what accepting
means; nothing here knows of either.
"""
