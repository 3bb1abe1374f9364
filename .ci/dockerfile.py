"""Runs every step of the Dockerfile without Docker, in a scratch folder that stands for the image.

Absolute paths of the image (`/opt`, `/srv`, `/usr/local`) become folders below it. COPY, WORKDIR and RUN are carried out;
the last stage starts from what it copies out of the first. Then the image's own command is started and asked whether it is
ready, with the image's own health check.
"""

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
_IMAGE_PATH = re.compile(r"(?<![\w.])/(?=(?:opt|srv|usr/local)(?:/|$|\b))")


def main() -> int:
    """Carry out the steps; the exit status is that of the first one that fails."""
    with tempfile.TemporaryDirectory() as scratch:
        root, work = Path(scratch), "/srv/app"
        command: dict[str, list[str]] = {}
        for line in (HERE / "Dockerfile").read_text("utf-8").splitlines():
            word, _, rest = line.partition(" ")
            if word == "WORKDIR":
                work = rest
                _inside(root, work).mkdir(parents=True, exist_ok=True)
            elif word == "COPY":
                _copy(root, work, [part for part in rest.split() if not part.startswith("--")])
            elif word == "RUN":
                print(f"RUN {rest}", flush=True)
                subprocess.run(_IMAGE_PATH.sub(f"{root}/", rest), shell=True, check=True, cwd=_inside(root, work))
            elif word in {"ENTRYPOINT", "CMD"}:
                command[word] = json.loads(rest)
            elif word == "HEALTHCHECK":
                command[word] = json.loads(rest.partition("CMD ")[2])
        _start(root, work, command)
    print("every step of the Dockerfile works")
    return 0


def _inside(root: Path, path: str) -> Path:
    return root / path.lstrip("/")


def _copy(root: Path, work: str, parts: list[str]) -> None:
    *sources, target = parts
    for source in sources:
        if source.startswith("/"):
            continue  # from the first stage: it lies there already
        place = _inside(root, work) / target
        if (HERE / source).is_dir():
            shutil.copytree(HERE / source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(HERE / source, place)


def _start(root: Path, work: str, command: dict[str, list[str]]) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = str(held.getsockname()[1])

    def here(words: list[str]) -> list[str]:
        return [_IMAGE_PATH.sub(f"{root}/", word).replace("8000", port).replace("0.0.0.0", "127.0.0.1") for word in words]

    words = here(command["ENTRYPOINT"] + command["CMD"])
    print("CMD", shlex.join(words), flush=True)
    server = subprocess.Popen(words, cwd=_inside(root, work))
    try:
        for _ in range(300):
            if subprocess.run(here(command["HEALTHCHECK"]), stderr=subprocess.DEVNULL, check=False).returncode == 0:
                return
            time.sleep(0.2)
        sys.exit("the image's health check never passed")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


if __name__ == "__main__":
    sys.exit(main())
