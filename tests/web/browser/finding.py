"""Which browser the tests drive: the system's own, never a downloaded one."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "install a browser (Debian: apt-get install chromium), or name one in CHROMIUM"


def browser_path() -> str | None:
    """Path of a Chromium, or nothing."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # No name resolves: what a test does not answer itself cannot leave this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
