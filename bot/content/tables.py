"""The remaining rules, a table each in `content/rules/`: screening, pain, illness, and so on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.content import ledger_checks, table_checks, table_orders
from bot.content.documents import Document, Fault, read
from bot.domain.absence import AbsenceTable
from bot.domain.health_tables import IllnessTable, PainTable, ScreeningTable
from bot.domain.ledger import LedgerTable
from bot.domain.library import Library
from bot.domain.selftest import SelfTest
from bot.domain.tables import AdaptationTable, ReadinessTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tables:
    """One attribute for each file of the same name."""

    screening: ScreeningTable
    pain: PainTable
    illness: IllnessTable
    readiness: ReadinessTable
    adaptation: AdaptationTable
    absence: AbsenceTable
    selftest: SelfTest
    ledger: LedgerTable


def load_tables(
    root: Path, library: Library | None = None, passages: frozenset[str] | None = None
) -> tuple[Tables | None, list[Fault]]:
    """Read and check all of them; with `library` the sessions that rows name as well, with
    `passages` the passages."""
    reader = _Reader(root, library, [])
    screening = reader.table("screening", ScreeningTable, table_checks.of_screening)
    pain = reader.table("pain", PainTable, table_checks.of_pain)
    illness = reader.table("illness", IllnessTable, table_checks.of_illness, "stages")
    readiness = reader.table("readiness", ReadinessTable, table_orders.of_readiness)
    adaptation = reader.table("adaptation", AdaptationTable, table_orders.of_adaptation)
    absence = reader.table("absence", AbsenceTable, table_orders.of_absence, "rows")
    selftest = reader.table("selftest", SelfTest, table_orders.of_selftest)
    ledger = reader.table("ledger", LedgerTable, partial(ledger_checks.of_ledger, passages))
    faults = sorted(reader.faults)
    if screening is None or pain is None or illness is None or readiness is None:
        return None, faults
    if adaptation is None or absence is None or selftest is None or ledger is None:
        return None, faults
    tables = Tables(screening, pain, illness, readiness, adaptation, absence, selftest, ledger)
    return tables, faults


@dataclass(frozen=True, slots=True)
class _Reader:
    root: Path
    library: Library | None
    faults: list[Fault]

    def table(
        self,
        name: str,
        shape: type[T],
        check: Callable[[T, Document], Iterator[Fault]],
        naming: str = "",
    ) -> T | None:
        """One table; `naming` is the key of the rows that name sessions."""
        document, found = read(self.root / "rules" / f"{name}.yaml", self.root)
        self.faults.extend(found)
        if document is None:
            return None
        value, found = document.into(shape)
        self.faults.extend(found)
        if value is not None:
            self.faults.extend(check(value, document))
            if naming:
                self.faults.extend(self._unknown(getattr(value, naming), naming, document))
        return value

    def _unknown(self, rows: tuple[T, ...], key: str, document: Document) -> Iterator[Fault]:
        for number, row in enumerate(rows):
            for place, name in enumerate(getattr(row, "sessions", ())):
                session = self.library.find(name) if self.library else None
                if self.library and (session is None or session.retired):
                    words = f"no session that is in use has the id {name!r}"
                    yield document.fault(words, [key, number, "sessions", place])
