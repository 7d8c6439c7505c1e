"""Dialogues and the last topic of a chat."""

from dataclasses import replace

from bot.domain.dialogue import Dialogue, Talk
from bot.storage.database import Database
from tests.storage.makers import DAY, MINUTE, NOW, SECOND

ASKS_LEVEL = Dialogue(
    chat_id=5,
    user_id=7,
    name="questions",
    step="level",
    expires_at=NOW + DAY,
    data={"days": [0, 2]},
)


async def test_a_dialogue_stands_where_it_was_left_one_version_on(database: Database) -> None:
    async with database.writing() as unit:
        first = await unit.dialogues.put(ASKS_LEVEL)
    async with database.reading() as unit:
        found = await unit.dialogues.get(5, 7, NOW)

    assert first.version == 1
    assert found == first


async def test_a_step_takes_the_place_of_the_one_before(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)
        await unit.dialogues.put(Dialogue(5, 7, "questions", "hour", NOW + DAY, version=1))
        found = await unit.dialogues.get(5, 7, NOW)

    assert found is not None
    assert (found.name, found.data, found.version) == ("questions", {}, 2)


async def test_each_person_has_a_dialogue_of_their_own_in_a_group(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)

        assert await unit.dialogues.get(5, 8, NOW) is None


async def test_an_expired_dialogue_is_over(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)

        assert await unit.dialogues.get(5, 7, NOW + DAY - SECOND)
        assert await unit.dialogues.get(5, 7, NOW + DAY) is None


async def test_a_dialogue_can_be_ended(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)
        ended = await unit.dialogues.clear(5, 7, "questions")
        again = await unit.dialogues.clear(5, 7, "questions")

    assert (ended, again) == (True, False)


async def test_a_dialogue_that_was_interrupted_goes_on_afterwards(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)
        await unit.dialogues.put(Dialogue(5, 7, "test", "raises", NOW + DAY))
        asked = await unit.dialogues.get(5, 7, NOW)
        waits = await unit.dialogues.get(5, 7, NOW, "questions")
        await unit.dialogues.clear(5, 7, "test")
        goes_on = await unit.dialogues.get(5, 7, NOW)

    assert asked is not None
    assert (asked.name, asked.data) == ("test", {})
    assert goes_on == waits
    assert goes_on is not None
    assert (goes_on.step, goes_on.data) == ("level", {"days": [0, 2]})


async def test_what_has_expired_goes_from_above_and_from_behind(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(replace(ASKS_LEVEL, name="short", expires_at=NOW + SECOND))
        await unit.dialogues.put(ASKS_LEVEL)
        await unit.dialogues.put(replace(ASKS_LEVEL, name="brief", expires_at=NOW + SECOND))
        none_over = await unit.dialogues.prune(NOW + MINUTE)
        found = await unit.dialogues.get(5, 7, NOW)
        gone = await unit.dialogues.get(5, 7, NOW, "short")

    assert none_over == 0
    assert found is not None
    assert found.name == "questions"
    assert gone is None


async def test_expired_dialogues_are_cleared_away(database: Database) -> None:
    async with database.writing() as unit:
        await unit.dialogues.put(ASKS_LEVEL)
        early = await unit.dialogues.prune(NOW)
        late = await unit.dialogues.prune(NOW + DAY)

    assert (early, late) == (0, 1)


async def test_a_chat_has_one_last_topic(database: Database) -> None:
    newer = Talk(5, "method.hill_sprints", NOW + MINUTE, {"level": "beginner"})
    async with database.writing() as unit:
        await unit.talk.put(Talk(5, "replace_leg_day", NOW))
        await unit.talk.put(newer)
        found = await unit.talk.get(5)
        other = await unit.talk.get(6)

    assert found == newer
    assert other is None


async def test_the_last_topic_can_be_forgotten(database: Database) -> None:
    async with database.writing() as unit:
        await unit.talk.put(Talk(5, "replace_leg_day", NOW))
        await unit.talk.clear(5)

        assert await unit.talk.get(5) is None


async def test_old_topics_are_cleared_away(database: Database) -> None:
    async with database.writing() as unit:
        await unit.talk.put(Talk(5, "replace_leg_day", NOW))
        pruned = await unit.talk.prune(NOW), await unit.talk.prune(NOW + SECOND)

    assert pruned == (0, 1)
