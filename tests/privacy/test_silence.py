"""Nothing calls home, whatever the environment asks for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.privacy.silence import REMOVED, SILENCED
from tests.loud import LOUD

ROOT = Path(__file__).resolve().parent.parent.parent


def told(code: str) -> str:
    """What a fresh process prints once it has been silenced."""
    return told_by(f"from app.privacy.silence import silence; silence(); {code}")


def told_by(script: str) -> str:
    """What a fresh process prints whose environment asks for all the telemetry there is."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env={**os.environ, **LOUD},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


@pytest.fixture(scope="module")
def silenced() -> dict[str, str]:
    """The environment of a process that asked for everything and was silenced."""
    lines = told("import os; print(*(f'{k}={v}' for k, v in os.environ.items()), sep='\\n')")
    return dict(line.split("=", 1) for line in lines.splitlines() if "=" in line)


@pytest.mark.parametrize(("name", "value"), SILENCED.items())
def test_a_switch_is_forced_even_when_the_environment_asks_for_tracing(
    silenced: dict[str, str], name: str, value: str
) -> None:
    assert silenced[name] == value


@pytest.mark.parametrize("name", REMOVED)
def test_a_key_or_address_of_a_tracing_service_is_removed(
    silenced: dict[str, str], name: str
) -> None:
    assert name not in silenced


def test_a_process_started_from_ours_is_silent_too() -> None:
    child = "import os; print(os.environ['LANGSMITH_TRACING'])"

    output = told(f'import subprocess, sys; subprocess.run([sys.executable, "-c", "{child}"])')

    assert output == "false"


def test_langsmith_itself_says_that_tracing_is_off() -> None:
    output = told("from langsmith.utils import tracing_is_enabled; print(tracing_is_enabled())")

    assert output == "False"


def test_opentelemetry_hands_out_no_recording_span() -> None:
    output = told(
        "from opentelemetry.sdk.trace import TracerProvider;"
        "print(TracerProvider().get_tracer('x').start_span('x').is_recording())"
    )

    assert output == "False"


def test_hugging_face_libraries_believe_that_they_are_offline() -> None:
    output = told("from huggingface_hub import constants; print(constants.HF_HUB_OFFLINE)")

    assert output == "True"


def test_running_the_program_is_silent_before_the_command_line_is_imported() -> None:
    output = told_by(
        "import os, app.__main__;"
        "print(os.environ['LANGSMITH_TRACING'], 'LANGSMITH_API_KEY' in os.environ)"
    )

    assert output == "false False"


def test_a_served_application_is_silent_without_the_command_line() -> None:
    output = told_by(
        "import contextlib, os, app.main, app.settings\n"
        "with contextlib.suppress(app.main.SettingsError):\n"
        "    app.main.create_app(app.settings.Settings(rate_limit='nonsense'))\n"
        "print(os.environ['LANGSMITH_TRACING'])"
    )

    assert output == "false"
