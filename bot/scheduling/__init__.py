"""Knows that some time has passed, and nothing else."""
