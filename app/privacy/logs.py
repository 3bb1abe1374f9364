"""What a log line may hold: event, outcome, topic, language, engine, duration. Never words, never addresses."""

import json
import logging
import re
import sys

SAFE_FIELDS = (
    "event",
    "outcome",
    "topic",
    "language",
    "engine",
    "milliseconds",
    "tokens_in",
    "tokens_out",
    "status",
    "reason",
    "rule",
)
_DIGITS = re.compile(r"\d(?:[\s.-]?\d){6,}")


class SafeFormatter(logging.Formatter):
    """One JSON object a line, holding known fields only.

    A record of another library keeps its logger's name and level; its message, which could quote a request, is dropped.
    Long digit strings are masked as a second net.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {"level": record.levelname.lower()}
        if record.name.split(".")[0] == "app":
            entry |= {name: getattr(record, name) for name in SAFE_FIELDS if hasattr(record, name)}
            entry.setdefault("event", record.msg)
        else:
            entry["event"] = f"message of {record.name}"
        if record.exc_info and record.exc_info[0]:
            entry["reason"] = record.exc_info[0].__name__
        entry = {
            k: v if isinstance(v, int | float) else _DIGITS.sub("#", str(v))
            for k, v in entry.items()
        }
        told = json.dumps(entry, ensure_ascii=False)
        time = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return f'{{"time": "{time}", {told[1:]}'


def set_up_logging(level: str = "INFO") -> None:
    """Send every logger of the process through the safe formatter, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
