"""What of a person shapes the plan."""

from bot.domain.person import Person
from bot.domain.plan import Athlete


def athlete_of(person: Person) -> Athlete:
    """What of a person shapes the plan."""
    return Athlete(
        level=person.level,
        days=person.days,
        lifts=person.lift_days,
        terrain=person.terrain,
        minutes=person.minutes,
        age=person.age,
        screening=person.screening,
        longest=person.longest,
    )
