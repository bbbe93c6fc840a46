"""The form in which a rule set is edited, derived from what its kinds declare. Pure."""
