"""Trouble with the database is told in one line; the program's own faults stay what they are."""

import ssl

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from bot.domain.errors import NotReady
from bot.storage.faults import telling


class Refusal(Exception):
    """An error of a driver, as PostgreSQL numbers them."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("the words of the driver")
        self.sqlstate = sqlstate


def raise_through(error: Exception) -> None:
    with telling("db.example/coach"):
        raise error


def of_driver(state: str | None, kind: type[DBAPIError] = DBAPIError) -> DBAPIError:
    return kind("SELECT 1", {}, Refusal(state))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (of_driver("28P01"), "refuses the user or the password: correct DATABASE_URL"),
        (of_driver("42501"), "lets this user do too little"),
        (of_driver("25006"), "is read-only at the moment"),
        (of_driver("53300"), "has no room or no connection left"),
        (of_driver("57P03"), "is starting or stopping: it is tried again"),
        (of_driver("40P01"), "had two transactions in each other's way"),
        (of_driver(None, OperationalError), "did not do its part: see the log"),
        (PoolEmpty(), "has no free connection left"),
        (ssl.SSLCertVerificationError("self-signed"), "certificate that is not trusted"),
        (ConnectionRefusedError(), "cannot be reached: start it"),
        (TimeoutError(), "cannot be reached: start it"),
    ],
)
def test_trouble_is_told_with_the_place_and_the_remedy(error: Exception, said: str) -> None:
    with pytest.raises(NotReady) as told:
        raise_through(error)

    assert str(told.value).startswith("The database db.example/coach ")
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert told.value.__cause__ is error


def test_a_fault_of_the_program_is_not_dressed_up_as_trouble() -> None:
    with pytest.raises(IntegrityError):
        raise_through(of_driver("23505", IntegrityError))
