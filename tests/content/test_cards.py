"""Every session as the card that a person reads."""

from bot.coach.cards import session_message
from bot.coach.gallery import card_of
from bot.domain.workouts import Kind
from bot.pictures.profile import bars
from bot.texts import plain
from tests.house import shelf


def test_no_line_of_a_card_begins_with_a_mark() -> None:
    content = shelf().content
    cards = [session_message(content, s)[0].text for s in content.library.sessions]
    lines = [line.strip() for card in cards for line in plain(card).splitlines()]

    assert not [line for line in lines if line.startswith((";", ",", ".", "·"))]


def test_each_repetition_of_a_run_has_its_number_and_sets_stand_apart() -> None:
    library = shelf().content.library
    for session in library.sessions:
        if session.kind not in (Kind.HILL, Kind.INTERVAL):
            continue
        drawn = bars(card_of(session, 30, library).blocks, 0, 900)
        repeated = [b for b in session.blocks if b.reps * b.sets > 1]
        parted = sum(b.sets - 1 for b in repeated if b.between_sets)

        assert sum(bar.number > 0 for bar in drawn) == sum(b.reps * b.sets for b in repeated)
        assert sum(bar.number == 1 for bar in drawn) == len(repeated) + parted
