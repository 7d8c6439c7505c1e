"""Time zones by typed words or by coordinates: one read-only file of places, no network."""

from bot.places.finder import Places

__all__ = ["Places"]
