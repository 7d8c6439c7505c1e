"""Puts everything together and keeps it alive; the only reader of the wall clock."""
