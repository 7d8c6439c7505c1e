"""Alembic's way in: it runs on the connection that `bot.storage.schema` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator

from bot.storage.rows import METADATA


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """A migration names SQLAlchemy's types: ours may change after it was written."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by making it anew
    render_item=plain_type,
    # PostgreSQL holds each table that a transaction has changed until its end, and people go on
    # using it meanwhile: a transaction a step. SQLite lets everybody read during one for all.
    transaction_per_migration=connection.dialect.name == "postgresql",
)
with context.begin_transaction():
    context.run_migrations()
