"""One-offs: easier today, tired, leg day, ill, later, another day, once more. The series stays."""

from datetime import timedelta
from pathlib import Path

from tests.chat.test_adapting import TUESDAY, a_runner, reports
from tests.house import house


async def test_easier_takes_todays_session_down_and_no_other(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        before = (await bot.ask(ann, "/week")).text
        said = (await bot.ask(ann, "/easier")).text
        after = (await bot.ask(ann, "/week")).text

        assert "Easier today" in said
        assert after.splitlines()[2] != before.splitlines()[2]
        assert after.splitlines()[3:] == before.splitlines()[3:]


async def test_tired_before_a_hard_session_brings_its_milder_form(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.press(ann, "Tired")
        day = (await bot.ask(ann, "/why")).text
        fit = [key["text"] for post in ann.reads()[-2:] for row in post.buttons for key in row]

        assert "how you feel" in day
        assert "Fit" not in fit


async def test_leg_day_moves_the_hard_run_of_tomorrow_and_names_the_rule(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY - timedelta(hours=20))
        said = (await bot.ask(ann, "/lifted")).text
        tomorrow = (await bot.ask(ann, "/tomorrow")).text

        assert "No hard run within 24 hours" in said
        assert "before:" in said
        assert "Hill" not in tomorrow.splitlines()[0]


async def test_an_illness_rests_until_it_is_over_and_comes_back_in_stages(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/sick")
        said = (await bot.press(ann, "Fever, chest, stomach, aches")).text
        today = (await bot.ask(ann, "/today")).text
        await bot.ask(ann, "/sick")
        over = (await bot.press(ann, "I am well")).text
        week = (await bot.ask(ann, "/week")).text

        assert "No training now" in said
        assert today.startswith("Rest")
        assert "quiet until Wed 25 Nov" in over
        assert "fifteen" in week or "15 min" in week or "Easy" in week


async def test_a_session_goes_to_another_day_where_the_gaps_hold(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        taken = (await bot.ask(ann, "/move fri")).text
        moved = (await bot.ask(ann, "/move thu")).text
        unclear = (await bot.ask(ann, "/move soon")).text

        assert "session of its own" in taken
        assert "too close" in moved or "Moved" in moved
        assert "/move sat" in unclear or "do not know the day" in unclear


async def test_a_snoozed_session_comes_once_more_and_the_series_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        said = (await bot.ask(ann, "/snooze 2h")).text
        await bot.quiet(ann)
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(hours=2))
        again = ann.reads()[-1].text
        await bot.to(TUESDAY + timedelta(hours=3))

        assert "10:00" in said
        assert len(ann.reads()) == count + 1
        assert "Hill" in again


async def test_a_week_repeated_comes_once_more(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        said = (await bot.ask(ann, "/repeat")).text
        plan = (await bot.ask(ann, "/plan days")).text
        undone = (await bot.ask(ann, "/undo")).text

        assert "Week 1 comes once more" in said
        assert plan.count("Week 1 · now") == 1
        assert plan.count("Week 1 again") == 1
        assert "Taken back" in undone


async def test_more_is_offered_never_done_and_kept_easier_where_nobody_answers(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        said = ""
        for days in range(15):
            await bot.to(TUESDAY + timedelta(days=days))
            asked = (await bot.ask(ann, "/done 1")).text
            if "pain" in asked:
                await bot.press(ann, "0")
                said = (await bot.press(ann, "0")).text
            if "Shall we" in said:
                break
        taken = (await bot.press(ann, "Accept")).text

        lines = [line for line in said.splitlines() if "before:" in line or "After:" in line]

        assert "repetition more" in said
        assert len(lines) >= 2
        assert lines[0].split("before: ")[1] != lines[1].split("After: ")[1]
        assert "repetition more in each" in taken


async def test_pain_after_a_report_that_was_taken_back_still_stops_today(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await reports(bot, ann, 5, 0, 0)
        await bot.ask(ann, "/undo")
        await bot.ask(ann, "/pain 6 knee")
        today = (await bot.ask(ann, "/today")).text

        assert today.startswith("Rest")


async def test_before_the_message_of_the_day_done_means_the_session_of_yesterday(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.to(TUESDAY + timedelta(hours=17))  # one o'clock at night
        first = (await bot.ask(ann, "/done")).text
        async with bot.app.desk.database.reading() as unit:
            told = await unit.journal.latest(ann.id)

        assert "done" in first
        assert told is not None
        assert told.local_date == TUESDAY.date()


async def test_under_an_open_flag_no_one_off_brings_a_session(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "my left calf is swollen, hot and red")
        about = (
            "/easier",
            "/why",
            "/week",
            "/plan",
            "/plan days",
            "/move thu",
            "/snooze",
            "/repeat",
            "/progress",
            "/drill a-skip",
            "/test",
        )
        said = [(await bot.ask(ann, words)).text for words in about]
        tired = (await bot.press(ann, "Tired")).text
        lifted = (await bot.ask(ann, "/lifted")).text
        time = (await bot.ask(ann, "/time 09:00")).text

        assert all("still open" in text.splitlines()[0] for text in (*said, tired, lifted))
        assert "09:00" in time


async def test_under_an_open_flag_an_older_card_tells_no_more_of_its_session(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "my left calf is swollen, hot and red")
        more = (await bot.press(ann, "Warm-up, stop rules, more")).text

        assert "still open" in more.splitlines()[0]


async def test_well_told_twice_keeps_the_days_of_rest_after_an_illness(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/sick covid_flu")
        first = (await bot.ask(ann, "/sick well")).text
        again = (await bot.ask(ann, "/sick well")).text
        week = (await bot.ask(ann, "/week")).text

        assert "quiet until" in first
        assert again == first
        assert all("Rest" in line for line in week.splitlines()[2:] if line)


async def test_a_plan_made_anew_on_leg_day_still_keeps_clear_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        await bot.ask(ann, "/days tue thu fri")
        await bot.to(TUESDAY + timedelta(days=1, hours=4))
        await bot.ask(ann, "/lifted")
        await bot.ask(ann, "/level intermediate yes")
        tomorrow = (await bot.ask(ann, "/tomorrow")).text.splitlines()[0]

        assert "sprints" not in tomorrow
        assert "hard" not in tomorrow.lower()


async def test_what_was_reported_is_neither_snoozed_nor_moved(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await reports(bot, ann, 5, 0, 0)
        half = (await bot.ask(ann, "/snooze tomorrow")).text
        await bot.ask(ann, "/done 4")  # the lifting of that day
        said = [(await bot.ask(ann, words)).text for words in ("/snooze tomorrow", "/snooze 2h")]

        assert "A part of the day is reported" in half
        assert all("reported already" in text for text in said)


async def test_a_snoozed_message_does_not_come_after_its_session_was_reported(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/snooze 2h")
        await reports(bot, ann, 5, 0, 0)
        await bot.ask(ann, "/done 4")  # the lifting of that day
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(hours=4))

        assert len(ann.reads()) == count


async def test_a_pause_holds_back_what_was_snoozed_before_it(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY)
        await bot.ask(ann, "/snooze 2h")
        await bot.ask(ann, "/pause 3")
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(hours=4))

        assert len(ann.reads()) == count


async def test_a_snoozed_session_that_went_to_another_day_comes_there_alone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        await bot.ask(ann, "/days tue thu")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/snooze 2h")
        moved = (await bot.ask(ann, "/move sat")).text
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(hours=4))

        assert "Moved" in moved
        assert len(ann.reads()) == count


async def test_when_lists_what_was_snoozed_and_what_moved_among_the_next_messages(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        await bot.ask(ann, "/days tue thu")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/snooze 2h")
        snoozed = (await bot.ask(ann, "/when")).text.splitlines()
        await bot.ask(ann, "/move sat")
        moved = (await bot.ask(ann, "/when")).text.splitlines()

        assert [line for line in snoozed if "snoozed" in line] == [snoozed[1]]
        assert snoozed[1].startswith("Tue 24 Nov, 10:00")
        assert not any("snoozed" in line for line in moved)
        assert [line.split(",")[0] for line in moved[1:4]] == [
            "Thu 26 Nov", "Sat 28 Nov", "Tue 1 Dec",
        ]  # fmt: skip
        assert "moved" in moved[2]


async def test_a_session_moved_to_a_day_without_messages_comes_with_one_this_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        await bot.ask(ann, "/days tue thu")
        await bot.to(TUESDAY)
        said = (await bot.ask(ann, "/move sat")).text
        await bot.to(TUESDAY + timedelta(days=3))
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(days=4, hours=1))
        came = [post.text for post in ann.reads()[count:]]
        await bot.to(TUESDAY + timedelta(days=6))
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(days=6, hours=20))
        after = ann.reads()[count:]

        assert "Its message comes with it: Sat" in said
        assert len(came) == 1
        assert "Rest" not in came[0].splitlines()[0]
        assert not after


async def test_a_moved_session_that_was_taken_back_brings_no_message(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot, "beginner")
        await bot.ask(ann, "/days tue thu")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/move sat")
        await bot.ask(ann, "/undo")
        await bot.to(TUESDAY + timedelta(days=3))
        count = len(ann.reads())
        await bot.to(TUESDAY + timedelta(days=5))

        assert len(ann.reads()) == count


async def test_what_was_trained_before_its_message_is_done_already(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.ask(ann, "/time 18:00")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/today")
        await reports(bot, ann, 5, 0, 0)
        await bot.to(TUESDAY + timedelta(hours=11))
        push = ann.reads()[-1].text

        assert push.startswith("Done already: Hill")


async def test_what_was_trained_before_the_first_message_of_a_week_is_done_and_the_week_summed_up(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.ask(ann, "/days tue")
        await bot.ask(ann, "/time 18:00")
        await bot.to(TUESDAY)
        await bot.ask(ann, "/today")
        await reports(bot, ann, 6, 0, 0)
        await bot.to(TUESDAY + timedelta(days=7))
        await bot.ask(ann, "/today")
        await reports(bot, ann, 5, 0, 0)
        await bot.to(TUESDAY + timedelta(days=7, hours=11))
        push = ann.reads()[-1].text

        assert push.startswith("Done already: ")
        assert "Last week" in push


async def test_a_leg_day_told_by_mistake_is_taken_back(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_runner(bot)
        await bot.to(TUESDAY - timedelta(hours=20))
        before = (await bot.ask(ann, "/week")).text
        await bot.ask(ann, "/lifted")
        undone = (await bot.ask(ann, "/undo")).text
        after = (await bot.ask(ann, "/week")).text

        assert "Taken back: your leg day." in undone
        assert after == before
