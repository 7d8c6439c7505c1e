"""The configurations that the host copies, tried: the bot's webhook behind nginx and Caddy."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.demo.standin import StandIn
from bot.web import LARGEST_BODY
from tests.house import ROOT
from tests.process.test_process import PATIENCE
from tests.process.test_webhook import free_port, hooked, now

DEPLOY = ROOT / "deploy"
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {site}
}}
"""


def nginx(folder: Path, port: int, bot: int) -> tuple[str, ...]:
    """The site as it stands, but without TLS, on another port."""
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    kept = [line for line in site.splitlines() if "ssl_certificate" not in line]
    site = "\n".join(kept).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, site=site.replace("8080", str(bot))))
    return ("nginx", "-e", "stderr", "-c", str(file))


def caddy(folder: Path, port: int, bot: int) -> tuple[str, ...]:
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    site = site.replace("\nbot.example.org {", f"\nhttp://127.0.0.1:{port} {{", 1)
    file = folder / "Caddyfile"
    file.write_text("{\n\tadmin off\n}\n" + site.replace("8080", str(bot)))
    return ("caddy", "run", "--adapter", "caddyfile", "--config", str(file))


@pytest.mark.parametrize("proxy", [nginx, caddy])
async def test_people_are_answered_through_the_proxy_and_strangers_see_nothing(
    tmp_path: Path, proxy: Callable[[Path, int, int], tuple[str, ...]]
) -> None:
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    front, back = free_port(), free_port()
    outside = f"http://127.0.0.1:{front}"
    env = {"WEBHOOK_URL": outside, "PORT": str(back)}
    async with (
        StandIn(now) as telegram,
        _proxied(tmp_path, *proxy(tmp_path, front, back)),
        hooked(tmp_path, telegram, **env) as inside,
        aiohttp.ClientSession() as web,
    ):
        ann = telegram.people.add("Ann")
        ann.says("/start")
        welcome = await ann.hears(PATIENCE)
        hook = telegram.delivery.hook
        assert hook is not None
        answers = {
            path: await _status(web.get(f"{outside}{path}"))
            for path in ("/healthz", "/readyz", "/metrics", "/", "/.env")
        }
        forged = await _status(web.post(hook.url, json={"update_id": 1}))
        large = await _status(web.post(hook.url, data=BytesIO(bytes(LARGEST_BODY + 1000))))
        own = await _status(web.get(f"{inside}/metrics"))

    assert "signed up" in welcome.text
    assert answers == {"/healthz": 200, "/readyz": 404, "/metrics": 404, "/": 404, "/.env": 404}
    assert (forged, own) == (403, 200)
    assert large in (403, 413, 502)  # whoever is first: the bot at the head, nginx, or Caddy midway


async def _status(asked: AbstractAsyncContextManager[aiohttp.ClientResponse]) -> int:
    async with asked as answer:
        return answer.status


@asynccontextmanager
async def _proxied(home: Path, *command: str) -> AsyncIterator[None]:
    env = {"PATH": os.environ["PATH"], "HOME": str(home)}
    process = await asyncio.create_subprocess_exec(*command, env=env)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
