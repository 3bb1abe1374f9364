"""Putting the parts together: what is refused before anything is served, and what is always served."""

from pathlib import Path

import pytest

from app.bootstrap import build_service
from app.domain.errors import SettingsError
from app.domain.topics import BOUNDARIES
from app.ingestion.loading import load_library
from app.settings import ROOT, Settings
from tests.fakes import TODAY


def test_serving_signed_texts_alone_is_refused_while_nothing_is_signed(tmp_path: Path) -> None:
    settings = Settings(reviewed_only=True, data=tmp_path)

    with pytest.raises(SettingsError, match="REVIEWED_ONLY"):
        build_service(settings, TODAY)


def test_emergency_cards_are_served_even_unsigned() -> None:
    library = load_library(ROOT / "corpus", TODAY, reviewed_only=True)

    assert set(library.documents["es"]) == BOUNDARIES


def test_a_language_without_texts_is_not_offered() -> None:
    library = load_library(ROOT / "corpus", TODAY, reviewed_only=True)

    assert library.with_texts().languages == {}
