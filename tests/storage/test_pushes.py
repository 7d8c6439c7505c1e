"""The life of a push: due, claimed, settled, tried again, looked back upon."""

from datetime import datetime

from bot.domain.person import Person
from bot.domain.pushes import Hold, Push, PushKind, PushState, Settlement
from bot.storage.database import Database
from tests.storage.makers import (
    DAY,
    LEASE,
    MINUTE,
    NOW,
    SECOND,
    TODAY,
    a_hold,
    a_move,
    a_person,
    an_occasion,
)


async def signed_up(database: Database, *people: Person) -> None:
    async with database.writing() as unit:
        for person in people:
            await unit.people.save(person)


async def due(database: Database, now: datetime = NOW, limit: int = 10) -> list[int]:
    async with database.reading() as unit:
        return [person.id for person in await unit.pushes.due(now, limit)]


async def claimed(database: Database, person: Person | None = None) -> Push:
    """A person with a claimed push."""
    person = person or a_person()
    async with database.writing() as unit:
        await unit.people.save(person)
        push = await unit.pushes.claim(person, an_occasion(), a_hold())
    assert push is not None
    return push


async def retried(database: Database, now: datetime, hold: Hold) -> tuple[Push, ...]:
    async with database.writing() as unit:
        return await unit.pushes.retryable(now, 10, hold)


async def latest(database: Database, person_id: int = 1) -> tuple[Push, ...]:
    async with database.reading() as unit:
        return await unit.pushes.latest(person_id, 10)


async def test_people_are_due_from_the_instant_on_the_longest_waiting_first(
    database: Database,
) -> None:
    await signed_up(
        database,
        a_person(1, next_push=NOW),
        a_person(2, next_push=NOW - MINUTE),
        a_person(3, next_push=NOW + SECOND),
        a_person(4, next_push=None),
    )

    assert await due(database) == [2, 1]
    assert await due(database, limit=1) == [2]


async def test_who_has_stopped_or_blocked_the_bot_is_never_due(database: Database) -> None:
    await signed_up(database, a_person(1, stopped=True), a_person(2, reachable=False))

    assert await due(database) == []


async def test_the_idle_tick_learns_in_one_question_whether_anything_is_due(
    database: Database,
) -> None:
    await signed_up(database, a_person(1), a_person(2, next_push=NOW, stopped=True))
    async with database.reading() as unit:
        answers = [
            await unit.pushes.anything_due(NOW - SECOND),
            await unit.pushes.anything_due(NOW),
        ]

    assert answers == [False, True]


async def test_a_claim_that_is_held_is_not_due_and_a_lapsed_one_is(database: Database) -> None:
    await claimed(database, a_person(next_push=None))
    async with database.reading() as unit:
        answers = [
            await unit.pushes.anything_due(NOW + LEASE - SECOND),
            await unit.pushes.anything_due(NOW + LEASE),
        ]

    assert answers == [False, True]


async def test_the_next_due_push_of_all_is_known(database: Database) -> None:
    await signed_up(
        database,
        a_person(1, next_push=NOW + DAY),
        a_person(2, next_push=NOW + MINUTE),
        a_person(3, next_push=NOW, stopped=True),
    )
    async with database.reading() as unit:
        coming = await unit.pushes.next_due()

    assert coming == NOW + MINUTE


async def test_a_push_that_was_put_off_counts_among_the_next(database: Database) -> None:
    soon = an_occasion(kind=PushKind.SNOOZED, slot=1, due=NOW + MINUTE)
    await signed_up(database, a_person(1, next_push=NOW + DAY))
    async with database.writing() as unit:
        await unit.pushes.plan(a_person(1), soon)
        coming = await unit.pushes.next_due()

    assert coming == soon.due


async def test_a_claimed_push_bears_all_that_the_sender_needs(database: Database) -> None:
    push = await claimed(database, a_person(chat_id=-7))

    assert push.chat_id == -7
    assert push.state is PushState.CLAIMED
    assert push.sessions == ("HILL-B-01",)
    assert (push.owner, push.attempt, push.lease_until) == ("one", 1, NOW + LEASE)
    assert await latest(database) == (push,)


async def test_the_same_message_cannot_be_claimed_twice(database: Database) -> None:
    await claimed(database)
    async with database.writing() as unit:
        again = await unit.pushes.claim(a_person(), an_occasion(due=NOW + DAY), a_hold("two"))

    assert again is None


async def test_another_slot_date_or_kind_is_another_message(database: Database) -> None:
    await claimed(database)
    others = (
        an_occasion(slot=1),
        an_occasion(local_date=TODAY + DAY),
        an_occasion(kind=PushKind.NOTE),
    )
    async with database.writing() as unit:
        pushes = [await unit.pushes.claim(a_person(), other, a_hold()) for other in others]

    assert all(pushes)


async def test_a_tick_moves_everyone_on_and_claims_what_goes_out(database: Database) -> None:
    people = [a_person(number) for number in range(1, 1203)]
    await signed_up(database, *people)
    moves = [a_move(person) for person in people]
    moves[0] = a_move(people[0], occasion=None)
    async with database.writing() as unit:
        pushes = await unit.pushes.claim_due(moves, a_hold())
        first = await unit.people.get(1)

    assert {push.person_id for push in pushes} == set(range(2, 1203))
    assert first is not None
    assert (first.next_push, first.served) == (NOW + DAY, TODAY)
    assert await due(database) == []


async def test_who_changed_their_time_after_it_was_read_is_left_to_the_next_tick(
    database: Database,
) -> None:
    person = a_person()
    await signed_up(database, person)
    async with database.writing() as unit:
        await unit.people.set_next_push(1, NOW - MINUTE)
        pushes = await unit.pushes.claim_due([a_move(person)], a_hold())

    assert pushes == ()
    assert await due(database) == [1]


async def test_who_stopped_after_they_were_read_gets_nothing(database: Database) -> None:
    await signed_up(database, a_person(stopped=True))
    async with database.writing() as unit:
        pushes = await unit.pushes.claim_due([a_move(a_person())], a_hold())

    assert pushes == ()


async def test_a_move_that_sees_no_next_push_settles_nothing(database: Database) -> None:
    async with database.writing() as unit:
        assert await unit.pushes.claim_due([], a_hold()) == ()


async def test_a_sent_push_keeps_the_id_of_its_message(database: Database) -> None:
    push = await claimed(database)
    async with database.writing() as unit:
        settled = await unit.pushes.settle(push, PushState.SENT, message_id=99)
    (kept,) = await latest(database)

    assert settled
    assert (kept.state, kept.message_id) == (PushState.SENT, 99)


async def test_a_settled_push_cannot_be_settled_again(database: Database) -> None:
    push = await claimed(database)
    async with database.writing() as unit:
        await unit.pushes.settle(push, PushState.SENT, message_id=99)
        again = await unit.pushes.settle(push, PushState.DEAD, reason="blocked")
    (kept,) = await latest(database)

    assert not again
    assert kept.state is PushState.SENT


async def test_many_are_settled_at_once_and_the_lost_ones_are_named(database: Database) -> None:
    mine = [await claimed(database, a_person(number)) for number in (1, 2)]
    taken = await claimed(database, a_person(3))
    lost = Settlement(taken, PushState.SENT)
    async with database.writing() as unit:
        await unit.pushes.settle(taken, PushState.DEAD)
        settled = await unit.pushes.settle_many(
            [*(Settlement(push, PushState.SENT, push.person_id) for push in mine), lost]
        )
        nothing = await unit.pushes.settle_many([])

    assert settled == {push.id for push in mine}
    assert nothing == frozenset()
    assert (await latest(database, 2))[0].message_id == 2
    assert (await latest(database, 3))[0].state is PushState.DEAD


async def test_a_retry_waits_for_its_time_and_comes_with_the_next_attempt(
    database: Database,
) -> None:
    push = await claimed(database)
    async with database.writing() as unit:
        await unit.pushes.settle(push, PushState.RETRY, not_before=NOW + MINUTE, reason="429")
    later = a_hold("two", NOW + MINUTE)
    early = await retried(database, NOW + MINUTE - SECOND, later)
    (again,) = await retried(database, NOW + MINUTE, later)

    assert early == ()
    assert (again.id, again.state) == (push.id, PushState.RETRY)
    assert (again.owner, again.attempt) == ("two", 2)
    assert again.lease_until == NOW + MINUTE + LEASE


async def test_a_claim_is_not_taken_over_while_its_lease_runs(database: Database) -> None:
    await claimed(database)

    assert await retried(database, NOW + LEASE - SECOND, a_hold("two", NOW + LEASE)) == ()


async def test_a_claim_whose_process_was_lost_comes_back_as_unknown(database: Database) -> None:
    push = await claimed(database)
    (lost,) = await retried(database, NOW + LEASE, a_hold("two", NOW + LEASE))

    assert (lost.id, lost.state) == (push.id, PushState.UNKNOWN)
    assert (lost.owner, lost.attempt) == ("two", 2)


async def test_a_slow_process_whose_claim_was_taken_over_settles_nothing(
    database: Database,
) -> None:
    slow = await claimed(database)
    (taken,) = await retried(database, NOW + LEASE, a_hold("two", NOW + LEASE))
    async with database.writing() as unit:
        late = await unit.pushes.settle(slow, PushState.SENT, message_id=1)
        good = await unit.pushes.settle(taken, PushState.SENT, message_id=2)
    (kept,) = await latest(database)

    assert not late
    assert good
    assert kept.message_id == 2


async def test_the_same_owner_is_kept_out_too_by_an_older_attempt(database: Database) -> None:
    first = await claimed(database)
    await retried(database, NOW + LEASE, a_hold("one", NOW + LEASE))
    async with database.writing() as unit:
        late = await unit.pushes.settle(first, PushState.SENT)

    assert not late


async def test_no_more_are_tried_again_than_were_asked_for(database: Database) -> None:
    for number in (1, 2):
        push = await claimed(database, a_person(number))
        async with database.writing() as unit:
            await unit.pushes.settle(push, PushState.RETRY, not_before=NOW)
    await claimed(database, a_person(3))
    now = NOW + LEASE
    async with database.writing() as unit:
        first = await unit.pushes.retryable(now, 1, a_hold("two", now))
        rest = await unit.pushes.retryable(now, 5, a_hold("two", now))

    assert len(first) == 1
    assert [push.state for push in rest] == [PushState.RETRY, PushState.UNKNOWN]
