"""What must hold in `content/rules/ledger.yaml`."""

from collections.abc import Iterator

from bot.content.documents import Document, Fault
from bot.content.table_checks import complete, section
from bot.domain.ledger import LedgerTable
from bot.domain.wishes import Wish, Wishes
from bot.domain.workouts import Muscle

_LEAST_ONE = ("weeks", "trend", "enough", "lifts")


def of_ledger(
    passages: frozenset[str] | None, table: LedgerTable, document: Document
) -> Iterator[Fault]:
    """Numbers above zero, a name and facts for each group, passages that there are, patterns
    that can be read."""
    yield from section(table, document)
    for key in _LEAST_ONE:
        if getattr(table, key) <= 0:
            yield document.fault(f"{key} is not above 0", [key])
    yield from complete(document, ["names"], Muscle, table.names)
    yield from complete(document, ["facts"], table.judged, table.facts)
    for number, pattern in enumerate(table.asked):
        try:
            Wishes.of((Wish("asked", "/progress", (pattern,)),), (), {})
        except ValueError as error:
            yield document.fault(f"is no pattern: {error}", ["asked", number])
    named = [(["passage"], table.passage)]
    named += [(["lighter"], name) for name in table.lighter]
    named += [(["unknown"], name) for name in table.unknown]
    named += [(["facts", m.value], name) for m, names in table.facts.items() for name in names]
    for path, name in named:
        if passages is not None and name not in passages:
            yield document.fault(f"no passage has the id {name!r}", path)
