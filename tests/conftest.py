"""What every test may ask for. Sockets are closed but for loopback (see `pyproject.toml`)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service, build_service
from app.main import create_app
from app.privacy.silence import silence
from app.safety.switches import Switches
from app.settings import Settings
from tests.fakes import tiny_corpus

silence()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real thing over the real corpus. Its index is kept in `var/`, so that the next run finds it."""
    built = build_service(Settings(rate_limit="100000/minute"))
    # A switch that a developer has turned off in `var/` is no affair of the tests.
    return replace(built, switches=Switches(tmp_path_factory.mktemp("data") / "switches.json"))


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    """The web application over the real corpus."""
    with TestClient(create_app(service=service)) as held:
        yield held


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one page in two languages, free to be broken."""
    return tiny_corpus(tmp_path / "corpus")
