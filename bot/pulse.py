"""How the process fares, measured: what health answers and Prometheus reads."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

LATE_TICK = timedelta(seconds=30)
SILENT_POLL = timedelta(minutes=2)
_SETTLING = (0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1)
_LATENESS = (0.1, 0.3, 1, 3, 10, 30, 60, 300, 1800, 7200)


@dataclass(slots=True)
class Pulse:
    """Times of the last signs of life, and the counters; ids and words never get in here."""

    started: datetime
    last_tick: datetime | None = None
    last_poll: datetime | None = None
    pushes_here: bool = True
    answers_here: bool = True
    stands_by: bool = False  # another process pushes and polls
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    updates: Counter = field(init=False)
    replies: Counter = field(init=False)
    pushes: Counter = field(init=False)
    lateness: Histogram = field(init=False)
    settling: Histogram = field(init=False)
    errors: Counter = field(init=False)
    declines: Counter = field(init=False)
    red_flags: Counter = field(init=False)
    alarms: Counter = field(init=False)
    running: Gauge = field(init=False)

    def __post_init__(self) -> None:
        r = self.registry
        self.updates = Counter("bot_updates", "Updates handled", ["outcome"], registry=r)
        self.replies = Counter("bot_replies", "Answers by kind", ["kind"], registry=r)
        self.pushes = Counter("bot_pushes", "Pushes by fate", ["kind", "fate"], registry=r)
        self.lateness = Histogram(
            "bot_push_lateness_seconds",
            "From the due instant to Telegram's answer",
            buckets=_LATENESS,
            registry=r,
        )
        self.settling = Histogram(
            "bot_push_settling_seconds",
            "From Telegram's answer to the commit of what became of a push",
            buckets=_SETTLING,
            registry=r,
        )
        self.errors = Counter("bot_telegram_errors", "Refused calls by kind", ["kind"], registry=r)
        self.declines = Counter("bot_declines", "Questions outside the knowledge base", registry=r)
        self.red_flags = Counter("bot_red_flags", "Messages met with care", registry=r)
        self.alarms = Counter("bot_alarms", "Alarms by kind", ["kind"], registry=r)
        self.running = Gauge("bot_start_time_seconds", "When the process began", registry=r)
        self.running.set(self.started.timestamp())

    def answered(self, kind: str) -> None:
        """One answer more of this kind."""
        self.replies.labels(kind).inc()
        if kind == "decline":
            self.declines.inc()
        elif kind == "emergency":
            self.red_flags.inc()

    def refused(self, kind: str) -> None:
        """Telegram took a call not, or not yet."""
        self.errors.labels(kind).inc()

    def troubles(self, now: datetime) -> tuple[str, ...]:
        """What is not well, in words for a host; empty when all is."""
        if self.stands_by:
            return ()
        found = []
        if self.pushes_here and now - (self.last_tick or self.started) > LATE_TICK:
            found.append("the tick is late")
        if self.answers_here and now - (self.last_poll or self.started) > SILENT_POLL:
            found.append("no word from Telegram for two minutes")
        return tuple(found)
