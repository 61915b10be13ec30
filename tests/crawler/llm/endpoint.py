"""A small server that speaks the chat completions protocol, and misbehaves as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

TEXT = """Kementerian Uji akan memberikan insentif pajak bagi pabrik sepatu mulai Januari.

Pabrik itu berdiri sejak lama. Selain itu,  pemerintah
mencabut larangan ekspor kayu."""
ENTRY = {
    "quote": "Kementerian Uji akan memberikan insentif pajak bagi pabrik sepatu mulai Januari.",
    "what": "memberikan insentif pajak bagi pabrik sepatu",
    "actor": "kemenperin",
    "instrument": "pajak",
    "sectors": ["ikft.kulit"],
    "status": "planned",
    "confidence": 0.9,
}


@dataclass(frozen=True)
class Answer:
    """After the body `hang` waits until the endpoint closes and `drip` repeats it; `length` replaces the true one."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    hang: bool = False
    drip: bool = False


def said(content: object, tokens: object = 100, finish: str = "stop") -> Answer:
    """A chat completion; what is no string is said as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Answer(json.dumps({"choices": [choice], "usage": {"total_tokens": tokens}}).encode())


def measures(*entries: object) -> Answer:
    return said({"measures": list(entries)})


def failing(status: int, message: str = "overloaded", **headers: str) -> Answer:
    body = json.dumps({"error": {"message": message}}).encode()
    return Answer(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


class Endpoint:
    """Gives the answers in their order, the last one for ever; remembers the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self.reply, self.closing))
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def reply(self, headers: dict[str, str], request: dict[str, Any]) -> Answer:
        self.headers.append(headers)
        self.requests.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()


def handler(
    reply: Callable[[dict[str, str], dict[str, Any]], Answer], closing: threading.Event
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = reply({name.lower(): value for name, value in self.headers.items()}, request | {"path": self.path})
            self.send_response(answer.status)
            length = len(answer.body) if answer.length is None else answer.length
            headers = {"content-type": "application/json", "content-length": str(length)} | answer.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(answer.body)
                while answer.drip and not closing.wait(0.05):
                    self.wfile.write(answer.body)
            except OSError:
                return  # the client has heard enough
            if answer.hang:
                closing.wait(30)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
