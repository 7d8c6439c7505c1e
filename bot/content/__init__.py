"""Reads and checks everything under `content/`; what fails its check never becomes a value."""
