"""Words: escaped, complete, with their buttons."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.domain.messages import Button
from bot.texts import Texts, plain


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "hello.j2").write_text(
        "Hi <b>{{ name }}</b>!\n\n\n\nBye.\n-- buttons --\n{{ name }} = /today || No = q:skip\nMore = /help\n",
        encoding="utf-8",
    )
    return Texts(tmp_path)


def test_a_name_such_as_heart_and_company_breaks_nothing(texts: Texts) -> None:
    said = texts.message("hello", name="<3 & Co")

    assert said.text.startswith("Hi <b>&lt;3 &amp; Co</b>!")
    assert plain(said.text).startswith("Hi <3 & Co!")


def test_buttons_stand_in_rows_with_their_own_words(texts: Texts) -> None:
    said = texts.message("hello", name="<3 & Co")

    assert said.buttons == (
        (Button("<3 & Co", "/today"), Button("No", "q:skip")),
        (Button("More", "/help"),),
    )


def test_blank_lines_are_folded(texts: Texts) -> None:
    assert "\n\n\n" not in texts.message("hello", name="A").text


def test_a_missing_fact_is_an_error_and_never_an_empty_word(texts: Texts) -> None:
    with pytest.raises(UndefinedError):
        texts.render("hello")
