"""Updates, gaps, files and facts."""

from bot.storage.database import Database
from tests.storage.makers import MINUTE, NOW, SECOND


async def test_an_update_has_its_effect_the_first_time_only(database: Database) -> None:
    async with database.writing() as unit:
        first = await unit.updates.first_time(2**40, NOW)
    async with database.writing() as unit:
        second = await unit.updates.first_time(2**40, NOW)

    assert (first, second) == (True, False)


async def test_an_update_whose_effect_failed_comes_as_new(database: Database) -> None:
    class PowerCut(Exception):
        pass

    try:
        async with database.writing() as unit:
            await unit.updates.first_time(1, NOW)
            raise PowerCut
    except PowerCut:
        pass
    async with database.writing() as unit:
        again = await unit.updates.first_time(1, NOW)

    assert again


async def test_old_updates_are_forgotten(database: Database) -> None:
    async with database.writing() as unit:
        await unit.updates.first_time(1, NOW)
        await unit.updates.first_time(2, NOW + MINUTE)
        forgotten = await unit.updates.prune(NOW + SECOND)
        still_known = not await unit.updates.first_time(2, NOW)

    assert forgotten == 1
    assert still_known


async def test_a_gap_tells_people_apart_and_names_nobody(database: Database) -> None:
    async with database.writing() as unit:
        for person_id, text in ((1, "ice"), (1, "sand"), (2, "ice")):
            await unit.gaps.add(person_id, text, NOW)
        ice_of_two, sand_of_one, ice_of_one = await unit.gaps.latest(5)

    assert ice_of_one.mark == sand_of_one.mark != ice_of_two.mark
    assert (ice_of_two.text, ice_of_two.at) == ("ice", NOW)


async def test_the_commonest_gap_comes_first(database: Database) -> None:
    async with database.writing() as unit:
        for person_id, text in ((1, "sand"), (1, "ice"), (1, "ice"), (2, "ice")):
            await unit.gaps.add(person_id, text, NOW)
        first, second = await unit.gaps.commonest(5)
        number = await unit.gaps.count()

    assert (first.text, first.times, first.people, first.last) == ("ice", 3, 2, NOW)
    assert second.text == "sand"
    assert number == 4


async def test_old_gaps_are_forgotten(database: Database) -> None:
    async with database.writing() as unit:
        await unit.gaps.add(1, "ice", NOW)
        pruned = await unit.gaps.prune(NOW), await unit.gaps.prune(NOW + SECOND)

    assert pruned == (0, 1)


async def test_a_picture_that_telegram_has_is_known_by_its_key(database: Database) -> None:
    async with database.writing() as unit:
        before = await unit.files.get("HILL-B-01/dark")
        await unit.files.put("HILL-B-01/dark", "AgACAgQ")
        await unit.files.put("HILL-B-01/dark", "AgACAgR")
        after = await unit.files.get("HILL-B-01/dark")

    assert (before, after) == (None, "AgACAgR")


async def test_a_picture_that_telegram_has_lost_is_forgotten(database: Database) -> None:
    async with database.writing() as unit:
        await unit.files.put("HILL-B-01/dark", "AgACAgQ")
        await unit.files.forget("HILL-B-01/dark")

        assert await unit.files.get("HILL-B-01/dark") is None


async def test_a_fact_is_kept_replaced_and_forgotten(database: Database) -> None:
    async with database.writing() as unit:
        await unit.meta.put("tzdata", "2026a")
        await unit.meta.put("tzdata", "2026b")
        kept = await unit.meta.get("tzdata")
        await unit.meta.forget("tzdata")
        gone = await unit.meta.get("tzdata")

    assert (kept, gone) == ("2026b", None)


async def test_the_first_of_two_values_stays(database: Database) -> None:
    async with database.writing() as unit:
        first = await unit.meta.put_first("salt", "a")
        second = await unit.meta.put_first("salt", "b")

    assert (first, second) == ("a", "a")
