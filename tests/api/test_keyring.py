"""Staff keys: shown once, stored hashed, readable by their owner alone, revoked without a restart, closed when in doubt."""

from datetime import date
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from app.api.keyring import Keyring, digest
from app.api.staff import check_key
from app.bootstrap import Service
from app.cli import cli
from app.domain.errors import SettingsError, Unauthorized
from app.main import create_app
from app.settings import Settings

DAY = date(2026, 11, 22)
HOTLINE = {"question": "When does my ITIN expire?", "audience": "hotline"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "keys.json"


@pytest.fixture
def client(service: Service, path: Path) -> TestClient:
    settings = Settings(staff_keys_file=path, rate_limit="1000/minute")
    return TestClient(create_app(settings, service))


def status(client: TestClient, authorization: str) -> int:
    headers = {"Authorization": authorization}
    return client.post("/api/ask", json=HOTLINE, headers=headers).status_code


def sent(authorization: str) -> Request:
    return Request({"type": "http", "headers": [(b"authorization", authorization.encode())]})


def keys(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["keys", *arguments], env={"STAFF_KEYS_FILE": str(path)})


def test_a_key_is_stored_as_a_hash_alone_and_for_its_owner_alone(path: Path) -> None:
    key = Keyring(path).new("night desk", DAY)

    stored = path.read_text("utf-8")
    assert key not in stored
    assert digest(key) in stored
    assert path.stat().st_mode & 0o777 == 0o600
    assert [held.name for held in path.parent.iterdir()] == ["keys.json"]


def test_no_two_keys_are_alike_and_none_is_short(path: Path) -> None:
    made = {Keyring(path).new(f"desk {n}", DAY) for n in range(20)}

    assert len(made) == 20
    assert min(map(len, made)) >= 40


def test_a_key_holds_from_the_moment_it_is_made_until_it_is_revoked(
    client: TestClient, path: Path
) -> None:
    before = status(client, "Bearer nothing")
    key = Keyring(path).new("desk", DAY)
    held = status(client, f"Bearer {key}")
    Keyring(path).revoke("desk")

    assert (before, held, status(client, f"Bearer {key}")) == (401, 200, 401)


def test_the_other_keys_outlive_a_revoked_one(client: TestClient, path: Path) -> None:
    ring = Keyring(path)
    first, second = ring.new("first", DAY), ring.new("second", DAY)

    ring.revoke("first")

    assert (status(client, f"Bearer {first}"), status(client, f"Bearer {second}")) == (401, 200)


def test_a_key_of_the_settings_holds_beside_those_of_the_file(path: Path) -> None:
    ring = Keyring(path, (digest("fixed"),))
    key = ring.new("desk", DAY)

    check_key(sent("Bearer fixed"), ring)
    check_key(sent(f"bearer  {key} "), ring)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic fixed", "fixed", "Bearer Fixed", "Bearer fixed fixed"],
)
def test_anything_else_is_refused(authorization: str) -> None:
    with pytest.raises(Unauthorized):
        check_key(sent(authorization), Keyring(fixed=(digest("fixed"),)))


def test_the_stored_hash_is_no_key(path: Path) -> None:
    ring = Keyring(path)
    key = ring.new("desk", DAY)

    with pytest.raises(Unauthorized):
        check_key(sent(f"Bearer {digest(key)}"), ring)


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"name": "x"}]', '{"a": 1}', "\x00"])
def test_a_broken_file_opens_nothing(content: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(content, "utf-8")
    ring = Keyring(path)

    assert ring.digests() == ()
    with pytest.raises(SettingsError, match=r"keys\.json"):
        ring.keys()


@pytest.mark.parametrize("name", ["", "x" * 61, "a\nb", "../x"])
def test_a_name_that_cannot_be_one_is_refused(name: str, path: Path) -> None:
    with pytest.raises(SettingsError, match="a name has"):
        Keyring(path).new(name, DAY)


def test_a_key_made_on_the_command_line_is_shown_once(path: Path) -> None:
    made = keys(path, "new", "desk one")
    listed = keys(path, "list")

    key = made.stdout.strip()
    assert digest(key) in Keyring(path).digests()
    assert listed.stdout.endswith("desk one\n")
    assert key not in listed.output


def test_a_key_is_revoked_on_the_command_line(path: Path) -> None:
    keys(path, "new", "desk")

    assert keys(path, "revoke", "desk").output == "revoked: desk\n"
    assert Keyring(path).digests() == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["revoke", "nobody"], "there is no key called nobody\n"),
        (["new", "desk"], "there is a key called desk; revoke it first\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], said: str, path: Path
) -> None:
    keys(path, "new", "desk")

    result = keys(path, *arguments)

    assert (result.exit_code, result.output) == (1, said)
