"""The names this service goes by. A request for another name is refused (421, RFC 9110 section 15.5.20)."""

from collections.abc import Sequence

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.intake import Refuse

_HEALTH = frozenset({"/livez", "/readyz"})
"""Asked by address, by whatever watches over the process."""


class HostCheck:
    """ASGI middleware: refuses a `Host` that is not ours, so that nobody can make the service speak under their name."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str], refuse: Refuse) -> None:
        """
        Args:
            app: what answers.
            allowed: names; `*.example.org` for all below one, `*` for any.
            refuse: makes the refusal.
        """
        self._app = app
        self._names = frozenset(name.lower() for name in allowed)
        self._endings = tuple(name[1:].lower() for name in allowed if name.startswith("*."))
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._ours(scope):
            refusal = self._refuse(Request(scope), 421, {})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _ours(self, scope: Scope) -> bool:
        if "*" in self._names or scope["path"] in _HEALTH:
            return True
        held = [value for name, value in scope["headers"] if name == b"host"]
        if len(held) != 1:
            return False
        name = _without_port(held[0].decode("latin-1").lower())
        return name in self._names or name.endswith(self._endings)


def _without_port(host: str) -> str:
    """`example.org:8000` and `[::1]:8000` without their ports, and without the dot that a full name may end with."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].removesuffix(".")
