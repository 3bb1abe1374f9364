"""Without a browser its tests are left out by name, not skipped in silence."""

import subprocess
import sys

import pytest

from app.settings import ROOT


@pytest.mark.slow
def test_a_run_without_a_browser_names_the_tests_it_left_out_and_how_to_get_them() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/web/browser", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    last = run.stdout.strip().splitlines()
    told = next(line for line in last if line.startswith("Left out for want of a browser"))
    assert "test_accessibility.py" in told
    assert "apt-get install chromium" in told
    assert run.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
