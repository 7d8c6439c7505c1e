"""A request's parameters and files, from a query string, a form, a multipart form or JSON."""

import json
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.demo.files import LARGEST_UPLOAD, Upload
from bot.demo.refusals import Refused, bad_request
from bot.demo.validation import Given

_SLACK = 1024 * 1024


async def read(request: Request) -> Given:
    """Raises Refused: 413 for a body over the upload limit, 400 for one that is broken."""
    body = await _body(request)
    kind = Message()
    kind["content-type"] = request.headers.get("content-type", "")
    query = dict(request.query_params)
    mime = kind.get_content_type() if request.headers.get("content-type") else ""
    if mime == "application/json" and body:
        return _json(body, query)
    if mime == "multipart/form-data":
        boundary = kind.get_param("boundary")
        if not isinstance(boundary, str):
            raise bad_request("multipart boundary is missing")
        return _multipart(body, boundary.encode(), query)
    if mime == "application/x-www-form-urlencoded":
        query |= dict(parse_qsl(_text(body), keep_blank_values=True))
    return Given(query)


async def _body(request: Request) -> bytes:
    parts = []
    amount = 0
    async for part in request.stream():
        amount += len(part)
        if amount > LARGEST_UPLOAD + _SLACK:
            raise Refused(413, "Request Entity Too Large")
        parts.append(part)
    return b"".join(parts)


def _json(body: bytes, query: dict[str, str]) -> Given:
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request("Can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("Object expected as parameters")
    return Given({**query, **values})


def _multipart(body: bytes, boundary: bytes, query: dict[str, str]) -> Given:
    values: dict[str, str] = dict(query)
    uploads = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = _headers(head)
        name = _parameter(headers, "name")
        filename = _parameter(headers, "filename")
        if name is None:
            raise bad_request("a part of the form has no name")
        if filename is None:
            values[name] = _text(content)
        else:
            uploads[name] = Upload(filename, headers.get_content_type(), content)
    return Given(values, uploads)


def _headers(head: bytes) -> Message:
    headers = Message()
    for line in _text(head).splitlines():
        name, _, value = line.partition(":")
        if name.strip():
            headers[name.strip()] = value.strip()
    return headers


def _parameter(headers: Message, name: str) -> str | None:
    found = headers.get_param(name, header="content-disposition")
    if isinstance(found, tuple):  # RFC 2231: charset, language, value
        return found[2]
    return found if isinstance(found, str) else None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
