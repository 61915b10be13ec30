"""What stands before every page: who may ask, what a page may load, and what is never shown."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host of this name."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def asked_host(scope: Message) -> str:
    """The host that a request names, without its port."""
    named: bytes = dict(scope["headers"]).get(b"host", b"localhost")
    host = named.decode("latin-1")
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def guarded(app: App, loopback_only: bool) -> App:
    """The app with our headers on every answer; it only reads, so it answers GET and HEAD alone.

    A server on loopback answers only to loopback names: a foreign page whose name is made to point here (DNS
    rebinding) learns nothing.
    """

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        if loopback_only and not is_loopback(asked_host(scope)):
            return await refuse(send_guarded(send), 421, b"This server answers only to names of this machine.\n")
        if scope["method"] not in ("GET", "HEAD"):
            return await refuse(send_guarded(send), 405, b"This server only reads: use GET.\n")
        return await app(scope, receive, send_guarded(send))

    return answer


def send_guarded(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(key, value) for key, value in message.get("headers", []) if key.lower() not in HEADERS]
            message = {**message, "headers": [*kept, *HEADERS.items()]}
        await send(message)

    return send_with_headers


async def refuse(send: Send, status: int, why: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(why)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why})
