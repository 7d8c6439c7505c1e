"""Pushes for later, for all, cancelled, counted and forgotten."""

from bot.domain.pushes import PushKind, PushState
from bot.storage.database import Database
from tests.storage.makers import DAY, MINUTE, NOW, TODAY, a_hold, a_person, an_occasion

SNOOZED = an_occasion(kind=PushKind.SNOOZED, slot=1, due=NOW + 2 * MINUTE)
NEWS = an_occasion(kind=PushKind.BROADCAST, sessions=("news-1",))


async def test_a_snoozed_push_comes_when_it_is_due(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        planned = await unit.pushes.plan(a_person(), SNOOZED)
        early = await unit.pushes.retryable(NOW + MINUTE, 5, a_hold())
        (push,) = await unit.pushes.retryable(SNOOZED.due, 5, a_hold())

    assert planned
    assert early == ()
    assert (push.kind, push.slot, push.attempt) == (PushKind.SNOOZED, 1, 1)


async def test_a_push_is_planned_once(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        await unit.pushes.plan(a_person(), SNOOZED)
        again = await unit.pushes.plan(a_person(), SNOOZED)

    assert not again


async def test_what_goes_to_all_goes_to_those_who_get_messages(database: Database) -> None:
    async with database.writing() as unit:
        for person in (
            a_person(1),
            a_person(2, stopped=True),
            a_person(3, reachable=False),
            a_person(4, next_push=None),
        ):
            await unit.people.save(person)
        number = await unit.pushes.plan_all(NEWS)
        again = await unit.pushes.plan_all(NEWS)
        pushes = await unit.pushes.retryable(NOW, 9, a_hold())

    assert (number, again) == (2, 0)
    assert {push.person_id for push in pushes} == {1, 4}
    assert {push.sessions for push in pushes} == {("news-1",)}


async def test_cancelling_drops_what_waits_and_recalls_nothing(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        await unit.pushes.claim(a_person(), an_occasion(), a_hold())
        await unit.pushes.plan(a_person(), SNOOZED)
        dropped = await unit.pushes.cancel(1)
        waiting, on_its_way = await unit.pushes.latest(1, 5)

    assert dropped == 1
    assert waiting.state is PushState.DROPPED
    assert on_its_way.state is PushState.CLAIMED


async def test_the_latest_pushes_come_newest_first(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        for days in range(3):
            occasion = an_occasion(local_date=TODAY + days * DAY)
            await unit.pushes.claim(a_person(), occasion, a_hold())
        found = await unit.pushes.latest(1, 2)

    assert [push.local_date for push in found] == [TODAY + 2 * DAY, TODAY + DAY]


async def test_pushes_are_counted_by_what_became_of_them(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        push = await unit.pushes.claim(a_person(), an_occasion(), a_hold())
        assert push is not None
        await unit.pushes.settle(push, PushState.SENT)
        await unit.pushes.plan(a_person(), SNOOZED)
        counts = await unit.pushes.count()

    assert counts == {PushState.SENT: 1, PushState.RETRY: 1}


async def test_old_pushes_are_forgotten_unless_they_are_still_open(database: Database) -> None:
    async with database.writing() as unit:
        await unit.people.save(a_person())
        push = await unit.pushes.claim(a_person(), an_occasion(), a_hold())
        assert push is not None
        await unit.pushes.settle(push, PushState.SENT)
        await unit.pushes.claim(a_person(), an_occasion(slot=1), a_hold())
        young = await unit.pushes.prune(TODAY)
        old = await unit.pushes.prune(TODAY + DAY)
        left = await unit.pushes.latest(1, 5)

    assert (young, old) == (0, 1)
    assert [push.slot for push in left] == [1]
