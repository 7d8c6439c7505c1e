"""Every sentence for a person, rendered from `content/templates/`.

Telegram's HTML parse mode: autoescape is always on (a name such as `<3 & Co` breaks nothing),
a fact that a template asks for and does not get is an error, never an empty word.
"""

import html
import re
from datetime import date, datetime, time
from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateError, meta, nodes

from bot.domain.messages import Button, Message, Origin

_TAG = re.compile(r"</?[a-z][^>]*>")
# English, as all of the content: the machine's locale must not speak.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_BUTTONS = "-- buttons --"
_BLANK_LINES = re.compile(r"\n{3,}")


class TemplateFault(Exception):
    """A template that cannot be read: its line and what is wrong there."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(line, words)
        self.line = line
        self.words = words


class Texts:
    """The templates of one content folder, as a function of their facts.

    They are read once: an edit counts from when the whole content was checked again.
    """

    def __init__(self, root: Path) -> None:
        folder = root / "templates"
        self._sources = {
            file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
            for file in sorted(folder.rglob("*.j2"))
        }
        self._environment = Environment(
            loader=DictLoader(self._sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._sentences: dict[str, Template] = {}
        self._environment.filters |= {"clock": _clock, "day": _day, "days": _days}

    def render(self, template: str, /, **facts: object) -> str:
        """The message of `templates/<template>.j2` as Telegram HTML, blank lines folded."""
        text = self._environment.get_template(f"{template}.j2").render(facts)
        return _BLANK_LINES.sub("\n\n", text).strip()

    def message(self, template: str, /, **facts: object) -> Message:
        """The message with its buttons.

        Below a line `-- buttons --` each line is a row: `Label = data || Label = data`.
        """
        text, _, below = self.render(template, **facts).partition(_BUTTONS)
        rows = (_row(line) for line in below.splitlines() if line.strip())
        return Message(text.strip(), tuple(rows), origin=Origin(f"{template}.j2"))

    def say(self, sentence: str, /, **facts: object) -> str:
        """A sentence that stands in a content file (a reason, an answer), as Telegram HTML."""
        if sentence not in self._sentences:  # to read a sentence takes longer than to say it
            self._sentences[sentence] = self._environment.from_string(sentence)
        return self._sentences[sentence].render(facts)

    def wants(self, template: str) -> dict[str, int]:
        """The facts that a template asks for, each with the first line that does.

        Raises TemplateFault where the template is no template.
        """
        try:
            tree = self._environment.parse(self._sources[f"{template}.j2"])
            self._environment.get_template(f"{template}.j2")
        except TemplateError as error:
            raise TemplateFault(getattr(error, "lineno", 1) or 1, error.message or "") from error
        asked = meta.find_undeclared_variables(tree)
        named = sorted(tree.find_all(nodes.Name), key=lambda name: name.lineno, reverse=True)
        return {name.name: name.lineno for name in named if name.name in asked}

    def names(self) -> list[str]:
        return [name.removesuffix(".j2") for name in self._sources]


def plain(text: str) -> str:
    """What the person reads: tags gone, entities resolved."""
    return html.unescape(_TAG.sub("", text))


def _clock(at: time | datetime) -> str:
    return at.strftime("%H:%M")


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _days(days: frozenset[int]) -> str:
    if len(days) == len(WEEKDAYS):
        return "every day"
    return " ".join(WEEKDAYS[day] for day in sorted(days))


def _row(line: str) -> tuple[Button, ...]:
    parts = (part.rpartition("=") for part in line.split("||"))
    return tuple(Button(html.unescape(label.strip()), data.strip()) for label, _, data in parts)
