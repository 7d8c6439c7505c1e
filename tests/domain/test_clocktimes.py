"""Times of day as people write them.

`KNOWN` was at hand while the reader was written. `UNSEEN` was written before it and looked at
only afterwards; nothing was changed for it.
"""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clocktimes import parse_time
from bot.domain.errors import BadInput

KNOWN = """
7 => 07:00
7am => 07:00
7 a.m. => 07:00
7 o clock am => 07:00
7 AM daily please => 07:00
7. => 07:00
7! => 07:00
7️⃣ => 07:00
٧:٣٠ => 07:30
6.30 => 06:30
6:30pm => 18:30
6:30a => 06:30
6p => 18:00
19:05 => 19:05
19:05:00 => 19:05
1905 => 19:05
1830 hours => 18:30
07h30 => 07:30
half past six => 06:30
half six => 06:30
quarter past six => 06:15
quarter to seven => 06:45
ten past 6 in the evening => 18:10
ten to twelve at night => 23:50
5 minutes to noon => 11:55
quarter to midnight => 23:45
quarter to one => 00:45
twenty five past six => 06:25
noon => 12:00
12 noon => 12:00
mid-day => 12:00
midnight => 00:00
twelve midnight => 00:00
at 6 in the morning => 06:00
6 at night => 18:00
2 at night => 02:00
12 in the morning => 00:00
tonight at 8 => 20:00
7 pm in the evening => 19:00
seven => 07:00
seven thirty => 07:30
nineteen oh five => 19:05
oh six hundred => 06:00
eighteen hundred hours => 18:00
ten => 10:00
12 => 12:00
12:30 pm => 12:30
0:30 am => 00:30
13 pm => 13:00
6 o'clock => 06:00
change time to 6:30 => 06:30
"""
UNSEEN = """
8 => 08:00
5am => 05:00
5 AM => 05:00
05:15 => 05:15
5.15am => 05:15
11 pm => 23:00
22h => 22:00
22h15 => 22:15
6:05 p.m. => 18:05
twelve noon => 12:00
at noon => 12:00
quarter to 7 => 06:45
20 past 5 => 05:20
twenty past five => 05:20
twenty-five to nine => 08:35
half eight => 08:30
half past 5 in the morning => 05:30
six thirty pm => 18:30
eight fifteen => 08:15
5 in the afternoon => 17:00
9 at night => 21:00
07.00 => 07:00
0700 => 07:00
730 => 07:30
7 30 pm => 19:30
around 6 => 06:00
by 7am please => 07:00
at seven o'clock => 07:00
7 oclock => 07:00
18:45 uhr => 18:45
6ish => 06:00
seven forty-five => 07:45
nineteen thirty => 19:30
five to six => 05:55
5 past 12 => 12:05
quarter past midnight => 00:15
12:30 am => 00:30
12 am => 00:00
12pm => 12:00
19：30 => 19:30
6am every day => 06:00
every morning at 6 => 06:00
6 a m => 06:00
six in the evening => 18:00
set it to 8:20 => 08:20
ten minutes to eight => 07:50
a quarter after six => 06:15
three thirty in the afternoon => 15:30
7:30 in the evening => 19:30
20:00 hrs => 20:00
quater past seven => 07:15
sevn thirty => 07:30
midday => 12:00
eleven at night => 23:00
"""
NONSENSE = (
    "24:00", "7:00-8:00", "2 hours", "7 noon", "6 am pm", "0 pm", "half of six", "-3", "7:5",
    "seventy", "7am 8am", "half past", "to", "noon midnight", "7" * 5000, "a " * 2000, "½",
)  # fmt: skip
UNSEEN_NONSENSE = (
    "25:00",
    "7:60",
    "13 am",
    "banana",
    "",
    "::",
    "-5",
    "7 apples",
    "99",
    "1975",
    "6:5:4:3",
    "soon",
    "later",
    "12:345",
    "7 or 8",
    "between 6 and 7",
    "2500",
    "am",
    "o'clock",
    "quarter",
    "☺",
    "1e3",
    "7;drop table",
    "half past 25",
    "1/2",
)


def table(wordings: str) -> list[tuple[str, time]]:
    rows = (line.split(" => ") for line in wordings.strip().splitlines())
    return [(said, time.fromisoformat(meant)) for said, meant in rows]


def understood(said: str) -> time | None:
    try:
        return parse_time(said)
    except BadInput:
        return None


@pytest.mark.parametrize(("said", "meant"), table(KNOWN))
def test_a_known_wording_means_its_time(said: str, meant: time) -> None:
    assert parse_time(said) == meant


@pytest.mark.parametrize("said", NONSENSE)
def test_nonsense_is_refused_with_what_was_typed(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_time(said)

    assert refused.value.code == "time_unclear"
    assert refused.value.facts == {"text": said}


def test_the_wordings_that_were_not_tuned_for_are_understood() -> None:
    wrong = [said for said, meant in table(UNSEEN) if understood(said) != meant]

    assert wrong == []


def test_no_nonsense_that_was_not_tuned_for_becomes_a_time() -> None:
    assert [said for said in UNSEEN_NONSENSE if understood(said) is not None] == []


@given(st.times())
def test_what_a_clock_shows_is_read_back(shown: time) -> None:
    exact = shown.replace(second=0, microsecond=0)

    assert parse_time(exact.strftime("%H:%M")) == exact
    assert parse_time(exact.strftime("%H%M")) == exact
    assert parse_time(exact.strftime("%I.%M %p")) == exact


@given(st.text(max_size=150))
def test_any_text_is_a_time_or_refused(said: str) -> None:
    assert understood(said) is None or understood(said) == parse_time(said)
