"""Staff keys: what a hotline sends as `Authorization: Bearer …` to get more depth or to turn a switch."""

import hmac

from fastapi import Request

from app.api.keyring import Keyring, digest
from app.domain.errors import Unauthorized
from app.domain.question import Audience


def check_staff(request: Request, audience: Audience, keys: Keyring) -> None:
    """Let the public pass; ask a hotline for its key.

    Raises:
        Unauthorized: the key is missing or wrong.
    """
    if audience is Audience.HOTLINE:
        check_key(request, keys)


def check_key(request: Request, keys: Keyring) -> None:
    """Let pass only who sends a key that holds now. For everything that writes.

    Raises:
        Unauthorized: the key is missing or wrong.
    """
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    given = digest(key.strip())
    # Every hash is compared, each in constant time: how long it takes tells nothing.
    found = [hmac.compare_digest(given, known) for known in keys.digests()]
    if scheme.lower() != "bearer" or not any(found):
        raise Unauthorized("a valid staff key is needed")
