"""Which story a command begins. Typed commands, buttons and plain words all come through here."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.coach import (
    admins,
    consent,
    drills,
    flags,
    hurting,
    lightening,
    moving,
    overview,
    pausing,
    privacy,
    progress,
    reporting,
    screening,
    settings,
    showing,
    sickness,
    signing_up,
    testing,
    undoing,
    upcoming,
)
from bot.coach.desk import Asked, Desk
from bot.domain.errors import AlreadyDone, BadInput, NotSignedUp
from bot.domain.messages import Message

Said = Message | tuple[Message, ...]
Story = Callable[[Desk, Asked], Awaitable[Said]]


async def _help(desk: Desk, asked: Asked) -> Message:
    del asked
    return desk.say("help")


def _setting(name: str) -> Story:
    async def story(desk: Desk, asked: Asked) -> Message:
        return await settings.change(desk, asked, name)

    return story


COMMANDS: dict[str, Story] = {
    "start": signing_up.start,
    "help": _help,
    "today": showing.today,
    "tomorrow": showing.tomorrow,
    "week": showing.week,
    "plan": overview.plan,
    "why": showing.why,
    "drill": drills.show,
    "done": reporting.done,
    "partly": reporting.partly,
    "skip": reporting.skip,
    "screening": screening.begin,
    "cleared": flags.cleared,
    "level": settings.change_level,
    "timezone": settings.change_zone,
    **{
        name: _setting(name)
        for name in ("time", "days", "lift", "minutes", "terrain", "age", "longest", "notes")
    },
    "settings": settings.show,
    "when": upcoming.when,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "stop": pausing.stop,
    "pain": hurting.pain,
    "progress": progress.show,
    "test": testing.show,
    "undo": undoing.undo,
    "easier": lightening.easier,
    "sick": sickness.tell,
    "lifted": moving.leg_day,
    "repeat": moving.repeat,
    "move": moving.move,
    "snooze": moving.snooze,
    "consent": consent.change,
    "privacy": privacy.privacy,
    "export": privacy.export,
    "delete": privacy.delete,
}


ADMINS: dict[str, Story] = {
    "stats": admins.stats,
    "gaps": admins.gaps,
    "broadcast": admins.broadcast,
    "reload": admins.reload,
}


async def obey(desk: Desk, asked: Asked, command: str) -> tuple[Message, ...]:
    """Carry out `/command words`; bad input gets the sentence that says what would work."""
    story = COMMANDS.get(command)
    if story is None and asked.person_id in desk.admins:
        story = ADMINS.get(command)
    if story is None:
        return (desk.say("unknown_command", command=f"/{command}"),)
    return await kindly(desk, partial(story, desk, asked))


async def kindly(desk: Desk, story: Callable[[], Awaitable[Said]]) -> tuple[Message, ...]:
    """Run a story; its refusals become sentences."""
    try:
        said = await story()
    except BadInput as error:
        said = desk.say(f"bad/{error.code}", **error.facts)
    except NotSignedUp:
        said = desk.say("please_start")
    except AlreadyDone:
        said = desk.say("already")
    return said if isinstance(said, tuple) else (said,)
