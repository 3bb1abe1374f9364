"""Headers that make a browser keep to the promises of the page: no third party, no referrer, no copy of an answer."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
"""What no page of ours uses; the browser then refuses it to whatever might get in."""
_TWO_YEARS = "max-age=63072000"
"""RFC 6797. Without `includeSubDomains`: the other names of an organisation are not ours to speak for."""


def private_headers(embed_hosts: Sequence[str] = ()) -> dict[str, str]:
    """The headers of every response.

    Args:
        embed_hosts: sites that may show a page in a frame; none when empty.
    """
    ancestors = " ".join(embed_hosts) or "'none'"
    headers = {
        "Content-Security-Policy": "; ".join([*_POLICY, f"frame-ancestors {ancestors}"]),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "X-Permitted-Cross-Domain-Policies": "none",
    }
    # The old header cannot name a site; browsers that know `frame-ancestors` pass it over.
    return headers if embed_hosts else {**headers, "X-Frame-Options": "DENY"}


class PrivateHeaders:
    """ASGI middleware: sets the headers on every response; only static files may be cached."""

    def __init__(
        self, app: ASGIApp, embed_hosts: Sequence[str] = (), behind_tls: bool = False
    ) -> None:
        """
        Args:
            app: what answers.
            embed_hosts: sites that may show a page in a frame.
            behind_tls: readers always come over TLS, even where no proxy says so.
        """
        self._app = app
        self._headers = private_headers(embed_hosts)
        self._behind_tls = behind_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = self._behind_tls or scope.get("scheme") == "https"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if secure:
                    headers["Strict-Transport-Security"] = _TWO_YEARS
                if scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "public, max-age=3600")
                else:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, with_headers)
