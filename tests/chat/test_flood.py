"""One person floods: one line says so, and the others are answered as ever."""

from pathlib import Path

from bot.domain.allowance import AT_ONCE, MOST_PEOPLE, Allowance, Verdict
from tests.house import house


async def test_a_flood_is_told_once_and_the_others_are_answered(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann, ben = await bot.signed_up("Ann"), bot.tg.people.add("Ben")
        for _ in range(150):
            ann.says("/help")
        ben.says("/help")
        heard = await ben.hears(60)
        await bot.tg.until(lambda: any("a lot at once" in p.text for p in ann.reads()), 60)

        assert "/today" in heard.text
        assert sum("a lot at once" in post.text for post in ann.reads()) == 1


def test_twenty_at_once_and_one_a_second_for_ever_are_fine() -> None:
    allowance = Allowance()
    burst = [allowance.ask(1, 0.0) for _ in range(20)]
    steady = [allowance.ask(1, float(second)) for second in range(1, 5000)]

    assert {*burst, *steady} == {Verdict.FINE}


def test_beyond_it_is_told_once_until_it_has_calmed_down() -> None:
    allowance = Allowance()
    flood = [allowance.ask(1, 0.0) for _ in range(AT_ONCE + 100)]
    later = [allowance.ask(1, 60.0) for _ in range(AT_ONCE + 1)]

    assert flood.count(Verdict.TELL) == 1
    assert flood.count(Verdict.DROP) == 99
    assert later == [Verdict.FINE] * AT_ONCE + [Verdict.TELL]


def test_memory_has_a_bound() -> None:
    allowance = Allowance()
    for person in range(MOST_PEOPLE + 500):
        allowance.ask(person, 0.0)

    assert len(allowance) == MOST_PEOPLE
