"""How long things are kept: every number of it, in one place. What is not here stays until
/delete."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """`talk`: what a chat was last about. `backups`: what the host's copies may still hold.
    `looked_at`: how often it is looked at what has been kept for long enough."""

    looked_at: timedelta = timedelta(minutes=10)
    gaps: timedelta = timedelta(days=30)
    updates: timedelta = timedelta(days=2)  # Telegram itself keeps an update for a day at most
    talk: timedelta = timedelta(minutes=30)  # a follow-up after that is none
    pushes: timedelta = timedelta(days=90)
    backups: timedelta = timedelta(days=30)
    broadcasts: timedelta = timedelta(days=2)
    changes: timedelta = timedelta(days=30)  # /undo reaches back for seven


KEEPING = Keeping()
