"""The scoring of Mozilla's HTTP Observatory, as far as headers and a page decide it.

From "HTTP Observatory Scoring Methodology" (developer.mozilla.org/en-US/observatory/docs/tests_and_scoring) and the tables of
mdn/mdn-http-observatory, `src/grader/charts.js` (MPL-2.0), read in November 2026: modifiers are facts from there, the code is ours. Left out
is what no response can show: redirection from plain HTTP, certificates, the preload list. They are the reverse proxy's.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

BASE = 100
EXTRA_CREDIT_FROM = 90
"""Bonuses count only for a score that is at least this without them."""
_GRADES = (
    (100, "A+"),
    (90, "A"),
    (85, "A-"),
    (80, "B+"),
    (70, "B"),
    (65, "B-"),
    (60, "C+"),
    (50, "C"),
    (45, "C-"),
    (40, "D+"),
    (30, "D"),
    (25, "D-"),
    (0, "F"),
)
_SIX_MONTHS = 15_768_000
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_BROAD = {"*", "http:", "https:", "data:", "blob:", "ftp:"}

Headers = Mapping[str, str]
"""Names in lower case."""


def grade(headers: Headers, page: str = "") -> str:
    """From A+ to F."""
    modifiers = scores(headers, page).values()
    score = BASE + sum(m for m in modifiers if m < 0)
    if score >= EXTRA_CREDIT_FROM:
        score += sum(m for m in modifiers if m > 0)
    return next(letter for least, letter in _GRADES if max(score, 0) >= least)


def scores(headers: Headers, page: str = "") -> dict[str, int]:
    """The modifier of each test."""
    policy = _policy(headers.get("content-security-policy", ""))
    return {
        "content-security-policy": _content(policy),
        "cookies": -40 if "set-cookie" in headers else 0,
        "cross-origin-resource-sharing": _sharing(headers),
        "referrer-policy": _referrer(headers.get("referrer-policy")),
        "strict-transport-security": _transport(headers.get("strict-transport-security", "")),
        "subresource-integrity": _scripts(page),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": _frames(policy, headers.get("x-frame-options", "")),
        "cross-origin-resource-policy": _resource(headers.get("cross-origin-resource-policy")),
    }


def _policy(value: str) -> dict[str, list[str]]:
    parts = [part.split() for part in value.split(";") if part.strip()]
    return {name.lower(): sources for name, *sources in parts}


def _content(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    script, held = policy.get("script-src", default), policy.get("object-src", default)
    style = policy.get("style-src", default)
    unsafe = _BROAD | {"'unsafe-inline'"}
    if unsafe & {*script} or (_BROAD - {"data:"}) & {*held}:
        return -20
    if any(source.startswith("http://") for sources in policy.values() for source in sources):
        return -20
    if "'unsafe-eval'" in {*script, *style}:
        return -10
    if unsafe & {*style}:
        return 0
    closed = default == ["'none'"] and policy.get("form-action") in (["'none'"], ["'self'"])
    return 10 if closed else 5


def _sharing(headers: Headers) -> int:
    origin = headers.get("access-control-allow-origin")
    credentials = headers.get("access-control-allow-credentials") == "true"
    return -50 if origin and credentials else 0


def _referrer(value: str | None) -> int:
    if value is None:
        return 0
    return 5 if value.split(",")[-1].strip().lower() in _PRIVATE else -5


def _transport(value: str) -> int:
    found = re.search(r"max-age=(\d+)", value)
    if not found:
        return -20
    return 0 if int(found[1]) >= _SIX_MONTHS else -10


def _scripts(page: str) -> int:
    tags = re.findall(r"<script\b[^>]*\bsrc=[\"']?([^\"'\s>]+)[^>]*>", page)
    strangers = [src for src in tags if urlsplit(src).netloc]
    if any(not src.startswith("https:") for src in strangers):
        return -50
    return -5 if strangers else 0


def _frames(policy: dict[str, list[str]], value: str) -> int:
    if "frame-ancestors" in policy and "*" not in policy["frame-ancestors"]:
        return 5
    return 0 if value.upper() in {"DENY", "SAMEORIGIN"} else -20


def _resource(value: str | None) -> int:
    return {None: 0, "same-origin": 10, "same-site": 10, "cross-origin": 0}.get(value, -5)
