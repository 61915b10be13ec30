"""Mail as a server receives it: the bytes on the wire, encryption, and servers that say no."""

import email
import socket
import ssl
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from db import issues
from scheduler.digest import mail, outbox, sending
from scheduler.digest.news import sight
from scheduler.digest.settings import PASSWORD, Server
from tests.scheduler.digest.conftest import NOW, harm, settings_for, subscription


class Postbox:
    """Takes mail, or says what it was told to say."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.says: dict[str, list[str]] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = self.says.get(address, [])
        if answers and (answer := answers.pop(0)) != "ok":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos[0], envelope.original_content))
        return "250 OK"


class Listening(Controller):
    """On a free port; aiosmtpd's own first call knows only ports named beforehand, and no certificate of ours."""

    trust: ssl.SSLContext | None = None

    @property
    def free_port(self) -> int:
        return self.server.sockets[0].getsockname()[1]

    def _trigger_server(self) -> None:
        with socket.create_connection(("127.0.0.1", self.free_port)) as plain:
            told = self.trust.wrap_socket(plain, server_hostname="127.0.0.1") if self.trust else plain
            told.recv(64)
            told.close()


def opened(postbox: Postbox, trust: ssl.SSLContext | None = None, **given) -> Listening:
    controller = Listening(postbox, hostname="127.0.0.1", port=0, **given)
    controller.trust = trust
    controller.start()
    return controller


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    controller = opened(box)
    yield box, controller.free_port
    controller.stop()


def delivered(db, settings) -> list[outbox.Outcome]:
    sight(db, NOW)
    one = settings.subscriptions["pagi"]
    outbox.make(db, one, lambda *given: sending.draft_of(settings, *given), NOW)
    return outbox.deliver(db, sending.senders(db, settings), NOW)


def test_the_bytes_on_the_wire(press, postbox):
    harm(press)
    box, port = postbox
    settings = settings_for(subscription(), server=Server("127.0.0.1", port, "none"))
    assert [one.state for one in delivered(press, settings)] == ["sent"]
    (recipient, raw), = box.taken  # fmt: skip
    assert recipient == "ani@contoh.id"
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc:" not in head
    assert b"X-Jahat" not in head
    assert b"\r\nList-Unsubscribe: <mailto:redaksi@contoh.id?subject=stop%20pagi>\r\n" in head
    message = email.message_from_bytes(raw, policy=policy.SMTP)
    row = issues.issue(press, 1)
    assert message["Message-ID"] == mail.message_id(row, "ani@contoh.id", "jurus@contoh.id")
    assert message["To"] == "ani@contoh.id"
    assert message["Subject"].startswith("Jurus 13 Mar: ")
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text.get_content().replace("\r\n", "\n") == row["bodies"]["text"]
    assert page.get_content().replace("\r\n", "\n") == row["bodies"]["html"]


def test_the_same_issue_is_the_same_bytes(press):
    settings = settings_for(subscription(mail=()))
    delivered(press, settings)
    row = issues.issue(press, 1)
    assert bytes(mail.write(row, "a@contoh.id", settings)) == bytes(mail.write(row, "a@contoh.id", settings))
    other = mail.write(row, "b@contoh.id", settings)
    assert mail.write(row, "a@contoh.id", settings)["Message-ID"] != other["Message-ID"]


def test_one_refusal_stops_nobody_and_a_temporary_one_is_tried_again(press, postbox):
    box, port = postbox
    box.says = {"tak.ada@contoh.id": ["550 no such user"], "penuh@contoh.id": ["452 full", "452 full", "ok"]}
    people = ("tak.ada@contoh.id", "penuh@contoh.id", "ani@contoh.id")
    settings = settings_for(subscription(mail=people), server=Server("127.0.0.1", port, "none"))
    outcomes = delivered(press, settings)
    assert [one.state for one in outcomes] == ["failed", "waiting", "sent"]
    assert outcomes[0].error == "550 no such user"
    send = sending.senders(press, settings)
    assert outbox.deliver(press, send, NOW) == []
    assert [one.state for one in outbox.deliver(press, send, NOW + timedelta(minutes=1))] == ["waiting"]
    assert [one.state for one in outbox.deliver(press, send, NOW + timedelta(minutes=9))] == ["sent"]
    assert [recipient for recipient, _ in box.taken] == ["ani@contoh.id", "penuh@contoh.id"]
    history = issues.history(press, "pagi", 1)[0]
    assert (history["sent"], history["failed"], history["waiting"]) == (2, 1, 0)


def test_a_server_that_is_not_there_is_given_up_in_the_end(press):
    settings = settings_for(subscription(), server=Server("127.0.0.1", 9, "none"))
    assert [one.state for one in delivered(press, settings)] == ["waiting"]
    send, now, states = sending.senders(press, settings), NOW, []
    for _ in range(12):
        now += timedelta(days=1)
        states += [one.state for one in outbox.deliver(press, send, now)]
    assert states == ["waiting"] * 6 + ["failed"]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context and that of a client who trusts it."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    try:
        subprocess.run(
            [*command, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no openssl on this machine")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


def test_starttls_comes_before_the_password(press, certificate, monkeypatch):
    server, client = certificate
    monkeypatch.setenv(PASSWORD, "rahasia")

    def check(_server, _session, _envelope, _mechanism, data) -> AuthResult:
        return AuthResult(success=data.password == b"rahasia", handled=False)

    box = Postbox()
    controller = opened(box, tls_context=server, require_starttls=True, authenticator=check, auth_required=True)
    try:
        port = controller.free_port
        settings = settings_for(subscription(), server=Server("127.0.0.1", port, "starttls", "jurus"))
        delivered(press, settings_for(subscription(mail=())))
        row = issues.issue(press, 1)
        delivery = issues.Delivery(1, 1, "mail", "ani@contoh.id", 1)
        mail.send(row, delivery, settings, client)
        assert len(box.taken) == 1
        with pytest.raises(outbox.Deferred, match="certificate"):
            mail.send(row, delivery, settings)
        monkeypatch.setenv(PASSWORD, "salah")
        with pytest.raises(outbox.Deferred, match="does not know us"):
            mail.send(row, delivery, settings, client)
    finally:
        controller.stop()


def test_tls_from_the_first_byte(press, certificate):
    server, client = certificate
    box = Postbox()
    controller = opened(box, trust=client, ssl_context=server)
    try:
        port = controller.free_port
        settings = settings_for(subscription(), server=Server("127.0.0.1", port, "tls"))
        delivered(press, settings_for(subscription(mail=())))
        mail.send(issues.issue(press, 1), issues.Delivery(1, 1, "mail", "ani@contoh.id", 1), settings, client)
        assert len(box.taken) == 1
    finally:
        controller.stop()
