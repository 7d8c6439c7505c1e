"""A trip: the zone that counts meanwhile, and its last date; the number of the cycle goes, which
the standing has"""

import sqlalchemy as sa
import sqlmodel  # noqa: F401  # Alembic writes its types without importing it
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("away_zone", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("away_until", sa.Date(), nullable=True))
        batch_op.drop_column("cycle")
