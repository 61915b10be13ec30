import asyncio

import pytest

from scheduler.web.guard import POLICY, guarded, is_loopback


async def page(scope, receive, send):
    headers = [(b"content-type", b"text/html"), (b"Content-Security-Policy", b"default-src *")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"page"})


def ask(host: bytes = b"127.0.0.1:8001", method: str = "GET", loopback_only: bool = True):
    """Status and headers of the answer to a request."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": [(b"host", host)]}
    asyncio.run(guarded(page, loopback_only)(scope, None, send))
    return sent[0]["status"], sent[0]["headers"]


@pytest.mark.parametrize("host", [b"127.0.0.1:8001", b"localhost", b"LOCALHOST:80", b"[::1]:8001", b"127.9.9.9"])
def test_names_of_this_machine_are_answered(host):
    assert ask(host)[0] == 200


@pytest.mark.parametrize("host", [b"evil.test", b"evil.test:8001", b"127.0.0.1.evil.test", b"10.0.0.1", b"", b"\xff"])
def test_a_foreign_name_that_points_here_learns_nothing(host):
    assert ask(host)[0] == 421


def test_on_an_open_address_any_name_is_answered():
    assert ask(b"jurus.test", loopback_only=False)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading(method):
    assert ask(method=method)[0] == 405


def test_the_policy_stands_on_every_answer_once():
    for _, headers in (ask(), ask(method="POST"), ask(b"evil.test")):
        policies = [value for key, value in headers if key.lower() == b"content-security-policy"]
        assert policies == [POLICY.encode()]
        assert (b"x-content-type-options", b"nosniff") in headers


def test_the_policy_lets_no_script_and_no_other_host():
    assert "script-src" not in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_loopback():
    assert is_loopback("localhost")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("localhost.evil.test")
