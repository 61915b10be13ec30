"""Chat through Apprise, to a web hook on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from db.issues import Delivery
from scheduler.digest import chats
from scheduler.digest.outbox import Deferred

pytest.importorskip("apprise")
ROW = {
    "subject": "Jurus 13 Mar: bea masuk kain",
    "bodies": {"chat": "1. <b>Bea</b> *masuk* kain\nhttps://warta.test/a\n"},
}
TO = Delivery(1, 1, "chat", "JURUS_TIM", 1)


class Hook(BaseHTTPRequestHandler):
    taken: ClassVar[list[dict]]
    answer = 200

    def do_POST(self):
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *given):
        pass


@pytest.fixture
def hook(monkeypatch) -> Iterator[type[Hook]]:
    class Own(Hook):
        taken: ClassVar[list[dict]] = []

    server = HTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("JURUS_TIM", f"json://127.0.0.1:{server.server_port}/rahasia")
    yield Own
    server.shutdown()
    server.server_close()


def test_the_short_form_arrives_as_it_is(hook):
    chats.send(ROW, TO)
    (taken,) = hook.taken
    assert taken["title"] == ROW["subject"]
    assert taken["message"].strip() == ROW["bodies"]["chat"].strip()


def test_what_a_chat_does_not_take_waits_and_names_no_secret(hook, monkeypatch):
    hook.answer = 500
    with pytest.raises(Deferred, match="the chat of JURUS_TIM did not take it"):
        chats.send(ROW, TO)
    monkeypatch.setenv("JURUS_TIM", "bukan alamat")
    with pytest.raises(Deferred, match="holds no address that Apprise knows"):
        chats.send(ROW, TO)
    monkeypatch.delenv("JURUS_TIM")
    with pytest.raises(Deferred, match="JURUS_TIM is not set"):
        chats.send(ROW, TO)
