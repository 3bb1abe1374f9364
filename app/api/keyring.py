"""Staff keys on disk: named, stored as hashes, seen and revoked without a restart."""

import hashlib
import json
import logging
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app.domain.errors import SettingsError

log = logging.getLogger("app.api")

_PREFIX = "kyr_"
"""Lets scanners for secrets know one that was published by mistake."""
_NAME = re.compile(r"[\w .@-]{1,60}")

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class StaffKey:
    """A key that holds. `digest` is its SHA-256: 32 random bytes need no slow hash, since nobody can guess them."""

    name: str
    digest: str
    created: str


class Keyring:
    """The keys that hold now: those of a file, which may change while the service runs, and those of a setting."""

    def __init__(self, path: Path | None = None, fixed: tuple[str, ...] = ()) -> None:
        """
        Args:
            path: of the file; it need not exist.
            fixed: SHA-256 of further keys, in hex.
        """
        self._path = path
        self._fixed = fixed
        self._stamp: Stamp | None = None
        self._keys: tuple[StaffKey, ...] = ()

    def digests(self) -> tuple[str, ...]:
        """Of every key that holds. A file that cannot be read opens nothing."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            try:
                self._keys = self.keys()
            except SettingsError:
                log.error("keys.unreadable", extra={"reason": "no key of the file holds"})  # noqa: TRY400 - no text of it
                self._keys = ()
            self._stamp = stamp
        return (*self._fixed, *(key.digest for key in self._keys))

    def keys(self) -> tuple[StaffKey, ...]:
        """The keys of the file, oldest first.

        Raises:
            SettingsError: it cannot be read.
        """
        if self._path is None or not self._path.exists():
            return ()
        try:
            entries = json.loads(self._path.read_text("utf-8"))
            return tuple(StaffKey(**{k: str(v) for k, v in entry.items()}) for entry in entries)
        except (OSError, ValueError, TypeError, AttributeError):
            raise SettingsError(f"{self._path.name}: cannot be read; make it anew") from None

    def new(self, name: str, today: date) -> str:
        """Make a key. What is returned is shown once and stored nowhere.

        Raises:
            SettingsError: the name is taken or cannot be one.
        """
        held = self.keys()
        if not _NAME.fullmatch(name):
            raise SettingsError("a name has 1 to 60 letters, digits, spaces or any of . @ - _")
        if name in {key.name for key in held}:
            raise SettingsError(f"there is a key called {name}; revoke it first")
        secret = _PREFIX + secrets.token_urlsafe(32)
        self._write((*held, StaffKey(name, digest(secret), today.isoformat())))
        return secret

    def revoke(self, name: str) -> None:
        """Make a key worthless, at once and in every worker.

        Raises:
            SettingsError: there is none of that name.
        """
        held = self.keys()
        rest = tuple(key for key in held if key.name != name)
        if len(rest) == len(held):
            raise SettingsError(f"there is no key called {name}")
        self._write(rest)

    def _write(self, keys: tuple[StaffKey, ...]) -> None:
        """In one step, readable by its owner alone: a crash leaves the old file or the new one."""
        assert self._path
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump([asdict(key) for key in keys], file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(self._path)

    def _stamp_now(self) -> Stamp | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size) if found else None


def digest(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
