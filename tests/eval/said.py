"""What is said to the conversations of the sets, worked out once for all the tests beside it."""

from functools import cache

from bot.coach.stock import Content
from bot.domain.answers import Reply
from tests.eval.questions import Case, replies
from tests.house import shelf


@cache
def said(case: Case) -> tuple[Reply, ...]:
    return tuple(replies(shelf().content, case))


def last(_: Content, case: Case) -> tuple[Reply, float]:
    """The judged reply, in the place of one that is timed."""
    return said(case)[-1], 0.0
