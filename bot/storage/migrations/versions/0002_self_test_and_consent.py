"""The self-test, the longest run, when consent was given, until when a limit holds"""

import sqlalchemy as sa
import sqlmodel  # noqa: F401  # Alembic writes its types without importing it
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "results",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_results_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "local_date", "item", "side", name=op.f("pk_results")),
    )
    # Columns are added, never the table rebuilt: on SQLite that would empty what refers to it.
    for column in (
        sa.Column("longest", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("limited_until", sa.Date(), nullable=True),
    ):
        op.add_column("people", column)
