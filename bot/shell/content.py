"""`bot check` and `bot show`: for those who write the content."""

import argparse
from pathlib import Path

from bot.coach.asking import about_topic
from bot.coach.cards import drill_message, session_message
from bot.coach.gallery import card_of, drill_picture
from bot.coach.shelf import inspect, ready
from bot.coach.stock import Checked
from bot.config import Settings
from bot.domain import dose
from bot.domain.errors import ContentWrong, SettingWrong
from bot.domain.messages import Message
from bot.domain.workouts import Drill
from bot.pictures import session_card
from bot.retrieval.engine import Model
from bot.shell.out import say
from bot.texts import plain


def check(settings: Settings, given: argparse.Namespace) -> int:
    """All of `content/`: every fault with its file and line, on stdout; 1 if there is one."""
    del given
    checked, faults = inspect(settings.content)
    for fault in faults:
        say(str(fault))
    if checked is None:
        say(f"{len(faults)} faults in {settings.content.name}/")
        return 1
    topics, library = len(checked.knowledge.topics), checked.library
    sessions, drills = len(library.sessions), len(library.drills)
    rows = len(checked.safety.flags)
    say(f"all well: {topics} topics, {sessions} sessions, {drills} drills, {rows} red flags")
    return 0


def show(settings: Settings, given: argparse.Namespace) -> int:
    """A session, drill or topic as a person will see it."""
    checked, faults = inspect(settings.content)
    if checked is None:
        raise ContentWrong(tuple(map(str, faults)))
    if given.picture:
        _draw(checked, given.id, Path(given.picture))
    for message in _shown(settings, checked, given.id):
        say(plain(message.text))
        for row in message.buttons:
            say("  ".join(f"[{button.text}]" for button in row))
        say("")
    return 0


def _draw(checked: Checked, id_: str, file: Path) -> None:
    """The picture of a session or a drill, as a PNG."""
    library = checked.library
    session, drill = library.find(id_.upper()), _drill(checked, id_)
    if session is not None:
        png = session_card(card_of(session, dose.minutes(session, library), library))
    elif drill is not None:
        png = drill_picture(drill, library)
    else:
        raise SettingWrong(f"show {id_} --picture: only sessions and drills have a picture")
    try:
        file.write_bytes(png)
    except OSError as error:
        raise SettingWrong(f"--picture {file}: {error.strerror}: name a file to write") from None


def _drill(checked: Checked, id_: str) -> Drill | None:
    return next((d for d in checked.library.drills if d.id.lower() == id_.lower()), None)


def _shown(settings: Settings, checked: Checked, id_: str) -> tuple[Message, ...]:
    session = checked.library.find(id_.upper())
    if session is not None:
        return session_message(checked, session)
    drill = _drill(checked, id_)
    if drill is not None:
        return (drill_message(checked, drill),)
    if id_ in checked.knowledge.topics:
        return (about_topic(ready(checked, Model.open(), settings.cache), id_).message,)
    raise SettingWrong(
        f"show {id_}: no session, drill or topic has this id; such are HILL-B-01, "
        f"{checked.library.drills[0].id}, replace_leg_day"
    )
