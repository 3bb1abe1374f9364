"""What every test may ask for. Sockets are closed but for loopback (see `pyproject.toml`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service, build_service
from app.main import create_app
from app.privacy.silence import silence
from app.settings import Settings
from tests.fakes import tiny_corpus

silence()


@pytest.fixture(scope="session")
def service() -> Service:
    """The real thing over the real corpus. Its index is kept in `var/`, so that the next run finds it."""
    return build_service(Settings(rate_limit="100000/minute"))


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    """The web application over the real corpus."""
    with TestClient(create_app(service=service)) as held:
        yield held


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one page in two languages, free to be broken."""
    return tiny_corpus(tmp_path / "corpus")
