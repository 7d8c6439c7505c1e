"""What the answers to the health questions allow (`content/rules/screening.yaml`)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.health_tables import Follow, Question, ScreeningTable
from bot.domain.person import AgeBand, Person, Screening

# From much to nothing: unasked allows gentle work without running, light allows running.
STRICTNESS = (
    Screening.CLEAR,
    Screening.NO_X,
    Screening.LIGHT,
    Screening.UNASKED,
    Screening.WALKS,
    Screening.STOP,
)
_OPEN = (Screening.CLEAR, Screening.NO_X, Screening.LIGHT)  # asked anew after a year


def outcome(
    answers: Mapping[str, bool],
    cleared: bool,
    table: ScreeningTable,
    age: AgeBand | None = None,
) -> Screening:
    """The strictest outcome of all answers; `cleared`: a clinician agreed to hard training.

    A question without an answer counts as unasked. An answer to no question raises KeyError.
    """
    allowed = [_allowed(question, cleared, age) for _, question in _yes(answers, table)]
    if any(code not in answers for code in table.questions):
        allowed.append(Screening.UNASKED)
    return strictest(allowed)


def as_of(person: Person, today: date, table: ScreeningTable) -> Person:
    """The person as the health answers stand on that day: a limit that is over ends, and after
    `ask_again_months` an open plan needs the questions again."""
    if person.limited_until is not None and person.limited_until <= today:
        return replace(person, screening=Screening.CLEAR, limited_until=None)
    asked = person.screened_on
    if asked is None or person.screening not in _OPEN:
        return person
    months = today.year * 12 + today.month - asked.year * 12 - asked.month
    if months - (today.day < asked.day) < table.ask_again_months:
        return person
    return replace(person, screening=Screening.UNASKED, screened_on=None, limited_until=None)


def strictest(outcomes: list[Screening]) -> Screening:
    """CLEAR where there is none."""
    return max(outcomes, key=STRICTNESS.index, default=Screening.CLEAR)


def all_no(table: ScreeningTable) -> dict[str, bool]:
    """The answers of "no to all"."""
    return dict.fromkeys(table.questions, False)


def follows(answers: Mapping[str, bool], table: ScreeningTable) -> tuple[Follow, ...]:
    """What each yes leads to, each once, the most pressing first."""
    found = {question.follow for _, question in _yes(answers, table)}
    return tuple(sorted(found, key=lambda follow: (follow is not Follow.NOW, follow.value)))


def remembered(answers: Mapping[str, bool], table: ScreeningTable) -> tuple[str, ...]:
    """The questions whose yes stays with the settings."""
    return tuple(code for code, question in _yes(answers, table) if question.remember)


def lasting(answers: Mapping[str, bool], table: ScreeningTable) -> dict[str, bool]:
    """The answers once an illness of these days is over."""
    return {code: yes and not table.questions[code].passing for code, yes in answers.items()}


def limited_weeks(answers: Mapping[str, bool], table: ScreeningTable) -> int | None:
    """Weeks until a cleared person's plan is full; None: until the questions are asked again.

    0 where nothing was answered with yes.
    """
    weeks = [question.cleared_weeks for _, question in _yes(answers, table)]
    return None if None in weeks else max((w for w in weeks if w is not None), default=0)


def _yes(answers: Mapping[str, bool], table: ScreeningTable) -> Iterator[tuple[str, Question]]:
    for code, yes in answers.items():
        question = table.questions[code]
        if yes:
            yield code, question


def _allowed(question: Question, cleared: bool, age: AgeBand | None) -> Screening:
    if cleared:
        return question.cleared
    return question.without if age is None else question.ages.get(age, question.without)
