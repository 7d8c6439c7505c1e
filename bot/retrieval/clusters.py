"""Questions that say the same in other words, put together."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

ALIKE = 78


def clustered(texts: Iterable[str]) -> list[list[int]]:
    """Places of the texts, by cluster: each joins the first leader that it resembles."""
    leaders: list[str] = []
    groups: list[list[int]] = []
    for place, text in enumerate(texts):
        found = process.extractOne(text, leaders, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if found is None:
            leaders.append(text)
            groups.append([place])
        else:
            groups[found[2]].append(place)
    return groups
