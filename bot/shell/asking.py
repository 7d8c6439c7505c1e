"""`bot ask`: one answer, or a batch of conversations, without a database."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.coach.asking import Context, after, reply_to
from bot.coach.shelf import Shelf
from bot.coach.stock import Content
from bot.config import Settings
from bot.domain.answers import Reply
from bot.domain.errors import SettingWrong
from bot.shell.out import say
from bot.texts import plain


def ask(settings: Settings, given: argparse.Namespace) -> int:
    """Answer the question, or every conversation of the file; everything is loaded once."""
    if (given.question is None) == (given.jsonl is None):
        raise SettingWrong('ask: give either one question in quotes, or --jsonl FILE ("-": stdin)')
    if given.jsonl is not None:
        talks = [_talk(line, n) for n, line in enumerate(_lines(given.jsonl), 1) if line.strip()]
        content = Shelf.open(settings.content, settings.cache).content
        for id_, turns in talks:
            found = {"id": id_, "replies": _replies(content, turns)}
            say(json.dumps(found, ensure_ascii=False))
        return 0
    content = Shelf.open(settings.content, settings.cache).content
    reply = reply_to(content, given.question, Context())
    if given.explain:
        for step in reply.steps:
            say(step)
    if given.json:
        say(json.dumps(as_json(reply), ensure_ascii=False))
    else:
        say(plain(reply.message.text))
    return 0


def as_json(reply: Reply) -> dict[str, Any]:
    """A reply as scripts read it."""
    return {
        "kind": reply.kind.value,
        "topics": list(reply.topics),
        "confidence": reply.confidence,
        "text": plain(reply.message.text),
        "quotes": [{"passage": q.passage, "text": q.text} for q in reply.quotes],
        "command": reply.command,
    }


def _talk(line: str, number: int) -> tuple[Any, list[str]]:
    """The id and the turns of one line."""
    try:
        asked = json.loads(line)
        return asked.get("id"), [str(turn) for turn in asked["turns"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SettingWrong(
            f'--jsonl line {number}: not of the form {{"id": "…", "turns": ["…", …]}}'
        ) from None


def _replies(content: Content, turns: list[str]) -> list[dict[str, Any]]:
    """One fresh person's turns, no time passing between them."""
    context, replies = Context(), []
    for turn in turns:
        reply = reply_to(content, turn, context)
        context = after(context, reply)
        replies.append(as_json(reply))
    return replies


def _lines(name: str) -> Iterable[str]:
    if name == "-":
        return sys.stdin
    try:
        return Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingWrong(f"--jsonl {name}: {error}: name a UTF-8 text file") from None
