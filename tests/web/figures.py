"""Prints what the page costs and how fast it is on a slow line and an old phone: `make page-figures`. Times are never asserted."""

import logging
import sys
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from app.bootstrap import build_service
from app.main import create_app
from app.settings import Settings
from tests.web.browser.doing import ADDRESS, DOOR, send
from tests.web.browser.finding import ARGUMENTS, HOW, browser_path
from tests.web.browser.sites import serving
from tests.web.browser.wire import OLD_PHONE, SLOW_3G, Wire

_ROUNDS = 5
_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_SENT = """() => document.addEventListener('submit', () => {
  const sent = performance.now();
  new MutationObserver((_, watching) => {
    if (!window.shown && document.querySelector('.statement')) window.shown = performance.now() - sent;
    if (!document.querySelector('.exchange:not([aria-busy])')) return;
    window.whole = performance.now() - sent;
    watching.disconnect();
  }).observe(document.getElementById('conversation'), {subtree: true, childList: true, attributes: true});
}, {capture: true, once: true})"""


def measured(browser: Any, site: str, language: str, question: str) -> dict[str, float]:
    """One first visit and one question, in milliseconds; bytes before and after asking."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = Wire(page)
    wire.slow()
    page.goto(f"{site}/{language}", wait_until="networkidle")
    first = wire.received
    found = {"painted": page.evaluate(_PAINT), "usable": page.evaluate(_READY)}
    page.evaluate(_SENT)
    send(page, question)
    page.wait_for_function("() => window.whole")
    found |= {
        "first statement": page.evaluate("window.shown"),
        "answer": page.evaluate("window.whole"),
    }
    page.wait_for_timeout(500)
    found |= {"bytes": first, "bytes of the answer": wire.received - first}
    context.close()
    return found


def main() -> int:
    """Measure and print; 1 when there is no browser."""
    path = browser_path()
    if not path:
        print(f"No browser: {HOW}.", file=sys.stderr)
        return 1
    logging.disable(logging.INFO)
    service = build_service(Settings(rate_limit="100000/minute"))
    line = (
        f"{SLOW_3G['downloadThroughput'] * 8 / 1000:.0f} kbit/s, {SLOW_3G['latency']} ms round trip"
    )
    print(
        f"{line}, processor {OLD_PHONE} times slower; median of {_ROUNDS}, milliseconds and bytes"
    )
    with serving(create_app(service=service)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for name, language, question in (("en", "en", ADDRESS), ("en, urgent", "en", DOOR)):
            rounds = [measured(browser, site, language, question) for _ in range(_ROUNDS)]
            told = ", ".join(f"{key} {median(r[key] for r in rounds):.0f}" for key in rounds[0])
            print(f"{name}: {told}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
