"""People who come with one click: each signs up as anybody would, in a place and at a level."""

from dataclasses import dataclass

from bot.demo.people import Impossible, Person
from bot.demo.standin import StandIn


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    level: str
    place: tuple[float, float]


_KEEP = "c:yes"
_NO_TO_ALL = "s:none"
ROLES = (
    Role("Ben", "intermediate", (27.717, 85.324)),  # Kathmandu: 45 minutes off the hour
    Role("Cleo", "advanced", (40.713, -74.006)),  # New York
    Role("Dara", "beginner", (-23.55, -46.633)),  # São Paulo: no clock changes
    Role("Eli", "intermediate", (-33.869, 151.209)),  # Sydney: summer in January
)


async def enter(telegram: StandIn) -> Person:
    """The next of them, healthy, once the bot has answered all of it."""
    count = len(tuple(telegram.people)) - 1
    role = ROLES[count % len(ROLES)]
    person = telegram.people.add(role.name)
    for act in (
        lambda: person.says("/start"),
        lambda: person.shares_location(*role.place),
        lambda: person.says(f"/level {role.level} yes"),
        lambda: person.says("/screening"),
        lambda: _press(person, _KEEP),
        lambda: _press(person, _NO_TO_ALL),
    ):
        act()
        await telegram.until(lambda: not telegram.updates.pending())
    return person


def _press(person: Person, data: str) -> None:
    """The button of the bot's last message whose data begins so."""
    post = person.reads()[-1]
    for key in (key for row in post.buttons for key in row):
        if str(key.get("callback_data", "")).startswith(data):
            person.presses(post, key["callback_data"])
            return
    raise Impossible(f"the bot's last message has no button {data!r}")
