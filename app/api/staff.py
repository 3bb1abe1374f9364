"""Staff keys: what a hotline sends as `Authorization: Bearer …` to get more depth or to turn a switch."""

import hashlib
import hmac

from fastapi import Request

from app.domain.errors import Unauthorized
from app.domain.question import Audience


def check_staff(request: Request, audience: Audience, hashes: tuple[str, ...]) -> None:
    """Let the public pass; ask a hotline for its key.

    Args:
        request: carries the key.
        audience: who wants to read.
        hashes: SHA-256 of each valid key, in hex.

    Raises:
        Unauthorized: the key is missing or wrong.
    """
    if audience is Audience.HOTLINE:
        check_key(request, hashes)


def check_key(request: Request, hashes: tuple[str, ...]) -> None:
    """Let staff pass.

    Raises:
        Unauthorized: the key is missing or wrong.
    """
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    given = hashlib.sha256(key.strip().encode()).hexdigest()
    # Every hash is compared, each in constant time: how long it takes tells nothing.
    found = [hmac.compare_digest(given, known) for known in hashes]
    if scheme.lower() != "bearer" or not any(found):
        raise Unauthorized("a valid staff key is needed")
