"""One transaction: a noun for each thing that is kept."""

from bot.storage.archive import Archive
from bot.storage.changes import Changes
from bot.storage.conversations import Dialogues, Talks
from bot.storage.gaps import Gaps
from bot.storage.journal import Journal
from bot.storage.leases import Leases
from bot.storage.link import Link
from bot.storage.notes import Files, Meta
from bot.storage.people import People
from bot.storage.plans import Plans
from bot.storage.pushes import Pushes
from bot.storage.results import Results
from bot.storage.updates import Updates


class Unit:
    """Handed out by `Database.reading` and `Database.writing`; of no use after their end."""

    __slots__ = (
        "archive", "changes", "dialogues", "files", "gaps", "journal", "leases", "meta", "people",
        "plans", "pushes", "results", "talk", "updates",
    )  # fmt: skip

    def __init__(self, link: Link) -> None:
        self.archive = Archive(link)
        self.people = People(link)
        self.pushes = Pushes(link)
        self.journal = Journal(link)
        self.results = Results(link)
        self.plans = Plans(link)
        self.changes = Changes(link)
        self.dialogues = Dialogues(link)
        self.talk = Talks(link)
        self.updates = Updates(link)
        self.gaps = Gaps(link)
        self.leases = Leases(link)
        self.files = Files(link)
        self.meta = Meta(link)
