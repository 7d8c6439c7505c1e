"""Every session as the card that a person reads."""

from bot.coach.cards import session_message
from bot.texts import plain
from tests.house import shelf


def test_no_line_of_a_card_begins_with_a_mark() -> None:
    content = shelf().content
    cards = [session_message(content, s)[0].text for s in content.library.sessions]
    lines = [line.strip() for card in cards for line in plain(card).splitlines()]

    assert not [line for line in lines if line.startswith((";", ",", ".", "·"))]
