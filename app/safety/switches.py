"""Off switches: the model, or the whole service, turned off while it runs. One small file is the truth for every worker."""

import logging
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from app.domain.switches import Off, Switch

log = logging.getLogger("app.safety")

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
ReaderWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason
    words: dict[str, ReaderWords] = {}
    since: datetime


_FILE = TypeAdapter(dict[Switch, _Entry | None])
_Stamp = tuple[int, int, int] | None


class Switches:
    """Reads and writes the switch file.

    Every look at a switch compares the file's stamp (a system call of a few microseconds), so each worker knows of
    a change with its next request. What the file does not mention is as the settings had it at the start;
    a file that cannot be read leaves everything as it was.
    """

    def __init__(self, place: Path, at_start: Mapping[Switch, str] | None = None) -> None:
        """
        Args:
            place: the file; need not exist.
            at_start: reasons why something is off until the file says otherwise.
        """
        self._place = place
        self._at_start = {
            switch: Off(reason.strip()) for switch, reason in (at_start or {}).items()
        }
        self._writing = Lock()
        self._seen: _Stamp = None
        self._off: Mapping[Switch, Off] = self._at_start

    def off(self, switch: Switch) -> Off | None:
        """Why a switch is off; `None` when it is on."""
        return self.all_off().get(switch)

    def all_off(self) -> Mapping[Switch, Off]:
        """Every switch that is off."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._look()
        return self._off

    def turn_off(self, switch: Switch, reason: str, words: Mapping[str, str] | None = None) -> None:
        """Turn something off, for every worker that shares the file.

        Raises:
            ValueError: no reason, or one that is too long.
            OSError: the file cannot be written.
        """
        try:
            entry = _Entry(reason=reason, words=dict(words or {}), since=datetime.now(UTC))
        except ValidationError:
            raise ValueError(
                "a reason of 1 to 200 characters is needed; words for readers have 500 at most"
            ) from None
        with self._writing:
            self._write({**self._kept(), switch: entry})

    def turn_on(self, switch: Switch) -> None:
        """Turn something on again, even where a setting had it off at the start.

        Raises:
            OSError: the file cannot be written.
        """
        with self._writing:
            others = {name: entry for name, entry in self._kept().items() if name != switch}
            # Said aloud only against a setting; else a later start with that setting would not be heard.
            self._write({**others, switch: None} if switch in self._at_start else others)

    def _stamp(self) -> _Stamp:
        try:
            found = self._place.stat()
        except FileNotFoundError:
            return None
        except OSError:
            return self._seen
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def _look(self) -> None:
        try:
            written = self._written()
        except (ValueError, OSError) as error:
            log.error("switches.unreadable", extra={"reason": type(error).__name__})  # noqa: TRY400 - the text could be anybody's
            return
        told = {s: Off(e.reason, e.words, e.since) for s, e in written.items() if e}
        kept = {s: off for s, off in self._at_start.items() if s not in written}
        before, self._off = self._off, {**kept, **told}
        _tell(before, self._off)

    def _written(self) -> dict[Switch, _Entry | None]:
        try:
            return _FILE.validate_json(self._place.read_bytes())
        except FileNotFoundError:
            return {}

    def _kept(self) -> dict[Switch, _Entry | None]:
        """What the file says, or what it last said: one that is broken must not stop an operator from turning a switch."""
        try:
            return self._written()
        except ValueError:
            now = datetime.now(UTC)
            return {
                switch: _Entry(reason=off.reason, words=dict(off.words), since=off.since or now)
                for switch, off in self._off.items()
            }

    def _write(self, entries: Mapping[Switch, _Entry | None]) -> None:
        """Whole or not at all: a reader meets the old file or the new one."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._place.parent, prefix=".switches-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_FILE.dump_json(dict(entries), indent=2))
                file.flush()
                os.fsync(file.fileno())
            # The server may run as another user than the operator who turns a switch.
            Path(name).chmod(0o644)
            Path(name).replace(self._place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _tell(before: Mapping[Switch, Off], after: Mapping[Switch, Off]) -> None:
    for switch in Switch:
        if switch in after and after[switch] != before.get(switch):
            log.warning(f"{switch}.off", extra={"reason": after[switch].reason})
        elif switch in before and switch not in after:
            log.warning(f"{switch}.on")
