"""A log line holds known fields alone: never words of a question, never another library's message."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from app.privacy.logs import SAFE_FIELDS, SafeFormatter, set_up_logging

CANARY = "mi esposa Ñusta vive en Calle Falsa"


def line(name: str = "app.api", message: object = "answered", **fields: object) -> str:
    """A record as it would be written."""
    record = logging.makeLogRecord({"name": name, "msg": message, "levelname": "INFO", **fields})
    return SafeFormatter().format(record)


def line_of(error: BaseException, name: str = "app.api", message: str = "request.failed") -> str:
    """A record with an exception as it would be written."""
    return line(name, message, exc_info=(type(error), error, error.__traceback__))


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything the process logs through `set_up_logging`; loggers are put back afterwards."""
    names = ("uvicorn", "uvicorn.error", "uvicorn.access")
    root, loggers = logging.getLogger(), [logging.getLogger(name) for name in names]
    handlers, level = root.handlers, root.level
    before = [(held.handlers, held.propagate, held.disabled) for held in loggers]
    stream, stderr = io.StringIO(), sys.stderr
    sys.stderr = stream
    try:
        set_up_logging("DEBUG")
        yield stream
    finally:
        sys.stderr = stderr
        root.handlers, root.level = handlers, level
        for logger, state in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate, logger.disabled = state


def test_a_line_is_one_json_object() -> None:
    entry = json.loads(line(outcome="answered", language="es", milliseconds=12))

    assert entry.keys() == {"time", "level", "event", "outcome", "language", "milliseconds"}


def test_the_time_of_a_line_can_be_read() -> None:
    entry = json.loads(line(created=1_780_000_000.0))

    assert entry["time"].startswith("2026-05-2")


@pytest.mark.parametrize("field", [name for name in SAFE_FIELDS if name != "event"])
def test_a_safe_field_is_written(field: str) -> None:
    assert json.loads(line(**{field: "held"}))[field] == "held"


@pytest.mark.parametrize(
    "field", ["question", "answer", "text", "headers", "client", "url", "history", "body"]
)
def test_any_other_field_is_dropped(field: str) -> None:
    assert CANARY not in line(**{field: CANARY})


def test_arguments_of_a_message_are_dropped() -> None:
    assert CANARY not in line(message="asked %s", args=(CANARY,))


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "httpx", "langchain", "chromadb", "root", "apprise", "application"]
)
def test_a_message_of_another_library_never_passes(name: str) -> None:
    assert CANARY not in line(name, f"POST {CANARY}")


def test_a_message_of_another_library_leaves_its_name_and_level() -> None:
    entry = json.loads(line("httpx", CANARY, levelname="WARNING"))

    assert entry["event"] == "message of httpx"
    assert entry["level"] == "warning"


def test_fields_of_another_library_never_pass() -> None:
    assert CANARY not in line("httpx", reason=CANARY, topic=CANARY)


@pytest.mark.parametrize("name", ["app.api", "httpx"])
def test_the_text_of_an_exception_never_passes(name: str) -> None:
    text = line_of(ValueError(CANARY), name)

    assert CANARY not in text


def test_the_kind_of_an_exception_is_written() -> None:
    entry = json.loads(line_of(ValueError(CANARY)))

    assert entry["reason"] == "ValueError"


def test_the_cause_of_an_exception_never_passes() -> None:
    error = RuntimeError("wrapped")
    error.__cause__ = ValueError(CANARY)

    assert CANARY not in line_of(error)


def test_a_cached_traceback_or_stack_never_passes() -> None:
    assert CANARY not in line(exc_text=CANARY, stack_info=CANARY)


@pytest.mark.parametrize(
    "digits",
    ["900-70-0000", "900700000", "123 45 6789", "2125550147", "212.555.0147", "９００７００００７"],
)
def test_long_digits_are_masked(digits: str) -> None:
    assert digits not in line(reason=f"number {digits} failed")


@pytest.mark.parametrize("milliseconds", [12, 99_999.9, 120_000.5, 1_234_567])
def test_a_long_duration_leaves_the_line_readable(milliseconds: float) -> None:
    assert "milliseconds" in json.loads(line(milliseconds=milliseconds))


def test_a_line_break_in_a_field_cannot_forge_a_second_line() -> None:
    assert "\n" not in line(reason='x\n{"level": "error"}')


def test_every_logger_goes_through_the_safe_formatter(written: io.StringIO) -> None:
    logging.getLogger("somebody.else").error("%s failed", CANARY)

    assert json.loads(written.getvalue())["event"] == "message of somebody.else"


def test_the_server_goes_through_the_safe_formatter(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error(CANARY)

    assert json.loads(written.getvalue())["event"] == "message of uvicorn.error"


def test_the_access_log_with_its_addresses_is_off(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('192.0.2.1 - "GET /es/itin HTTP/1.1" 200')

    assert written.getvalue() == ""


def test_an_exception_logged_by_us_keeps_its_text_to_itself(written: io.StringIO) -> None:
    error = ValueError(CANARY)

    logging.getLogger("app.api").error("request.failed", exc_info=error)

    assert json.loads(written.getvalue())["reason"] == "ValueError"
    assert CANARY not in written.getvalue()
