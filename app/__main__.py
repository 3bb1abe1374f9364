"""`python -m app …`."""

from app.privacy.silence import silence

silence()

from app.cli import cli  # noqa: E402 - telemetry goes off before anything that could use it is imported

if __name__ == "__main__":
    cli()
