"""A flood, and what becomes of honest people in it: `python -m tests.flood --seconds 60` (`make flood`).

First the capacity is measured, with a few people who ask one question after the other. Then strangers ask ten times as often as could be
answered, from a few addresses or each time from another one, while honest people ask now and then and somebody watches the health.
"""

import argparse
import asyncio
import itertools
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.served import Server, served

BODY = json.dumps({"question": "When does my ITIN expire?", "language": "en"}).encode()
BEHIND_A_PROXY = {"TRUSTED_PROXIES": "127.0.0.1", "LOG_LEVEL": "WARNING"}
"""Lets the flood come from many addresses."""
HONEST = 12
HONEST_PAUSE = 2.1
"""Seconds between two questions of one honest person: within the share of 30 a minute."""


@dataclass
class Heard:
    """What a group of callers got: statuses, and seconds until each."""

    seconds: dict[int, list[float]] = field(default_factory=dict)

    def note(self, status: int, seconds: float) -> None:
        self.seconds.setdefault(status, []).append(seconds)

    @property
    def statuses(self) -> Counter[int]:
        return Counter({status: len(times) for status, times in self.seconds.items()})

    @property
    def share_served(self) -> float:
        """Of all that were asked."""
        return self.statuses[200] / max(self.statuses.total(), 1)

    def median(self, *statuses: int) -> float:
        """Seconds, over some statuses; zero when there are none."""
        held = [s for status in statuses for s in self.seconds.get(status, [])]
        return statistics.median(held) if held else 0.0

    def slowest(self) -> float:
        """The second that 99 of 100 stay under."""
        held = sorted(s for times in self.seconds.values() for s in times)
        return held[int(0.99 * (len(held) - 1))] if held else 0.0


@dataclass(frozen=True)
class Flooded:
    """A flood that is over. Memory in bytes."""

    capacity: float
    offered: float
    seconds: float
    strangers: Heard
    honest: Heard
    health: Heard
    memory_before: int
    memory_after: int

    @property
    def kept(self) -> float:
        """Answers in a second during the flood, as a share of the capacity: one that is kept has not collapsed."""
        return (self.strangers.statuses[200] + self.honest.statuses[200]) / (
            self.seconds * self.capacity
        )

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"capacity {self.capacity:.0f}/s, offered {self.offered:.0f}/s ({self.offered / self.capacity:.1f} times), {self.kept:.0%} of the capacity kept"
        yield f"strangers: {dict(sorted(self.strangers.statuses.items()))}"
        yield f"refused in {1000 * self.strangers.median(429, 503):.1f} ms at the median"
        yield f"honest people: {self.honest.share_served:.0%} of {self.honest.statuses.total()} answered, 99 % within {self.honest.slowest():.2f} s"
        yield f"health: {dict(self.health.statuses)}, 99 % within {self.health.slowest():.2f} s"
        yield f"memory: {self.memory_before / 2**20:.0f} MB before, {self.memory_after / 2**20:.0f} MB after"


async def call(server: Server, method: str, path: str, body: bytes = b"", source: str = "") -> int:
    """The status of one request on a connection of its own; zero when there was none."""
    place = urlsplit(server.url)
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    head += f"X-Forwarded-For: {source}\r\n" if source else ""
    try:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            writer.write(head.encode() + b"\r\n" + body)
            line = await reader.readline()
            while await reader.read(65_536):
                pass
        finally:
            writer.close()
    except OSError:
        return 0
    return int(line.split()[1]) if line else 0


async def timed(heard: Heard, calling: Awaitable[int]) -> None:
    """One call, noted."""
    begun = time.perf_counter()
    status = await calling
    heard.note(status, time.perf_counter() - begun)


async def capacity(server: Server, seconds: float) -> float:
    """Answers in a second, with four people who ask one after the other, each time from another address."""
    heard, until, numbers = Heard(), time.perf_counter() + seconds, itertools.count()

    async def person() -> None:
        while time.perf_counter() < until:
            await timed(heard, call(server, "POST", "/api/ask", BODY, other_address(next(numbers))))

    begun = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(4)))
    return heard.statuses[200] / (time.perf_counter() - begun)


async def flood(
    server: Server, seconds: float, source: Callable[[int], str], times: float = 10
) -> Flooded:
    """Strangers who ask so many times as often as could be answered, from addresses by their number."""
    held = await capacity(server, min(seconds, 5))
    before = server.process.memory_info().rss
    strangers, honest, health = Heard(), Heard(), Heard()
    until = time.perf_counter() + seconds
    sent = 0

    async def pour() -> None:
        nonlocal sent
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as calls:
            while (now := time.perf_counter()) < until:
                due = int((now - begun) * held * times)
                # No more are open here than a machine has ports to spare.
                for number in range(sent, min(due, sent + 200)):
                    calls.create_task(
                        timed(strangers, call(server, "POST", "/api/ask", BODY, source(number)))
                    )
                sent = min(due, sent + 200)
                await asyncio.sleep(0.01)

    async def person(number: int) -> None:
        await asyncio.sleep(HONEST_PAUSE * number / HONEST)
        while time.perf_counter() < until:
            calling = call(server, "POST", "/api/ask", BODY, f"198.51.100.{number}")
            await timed(honest, calling)
            await asyncio.sleep(HONEST_PAUSE)

    async def watch() -> None:
        while time.perf_counter() < until:
            await timed(health, call(server, "GET", "/livez"))
            await timed(health, call(server, "GET", "/readyz"))
            await asyncio.sleep(0.25)

    begun = time.perf_counter()
    await asyncio.gather(pour(), watch(), *(person(n) for n in range(HONEST)))
    took = time.perf_counter() - begun
    after = server.process.memory_info().rss
    return Flooded(held, sent / took, took, strangers, honest, health, before, after)


def few_addresses(number: int) -> str:
    """One of twenty."""
    return f"203.0.113.{number % 20}"


def other_address(number: int) -> str:
    """Another one each time."""
    return f"10.{number // 65_536 % 256}.{number // 256 % 256}.{number % 256}"


async def streams(server: Server, count: int) -> Counter[int]:
    """So many streams opened at once, each from another address: the statuses they end with."""
    opened = (call(server, "POST", "/api/ask/stream", BODY, other_address(n)) for n in range(count))
    return Counter(await asyncio.gather(*opened))


def main() -> None:
    """Both floods, printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    for name, source in (
        ("from 20 addresses", few_addresses),
        ("from ever new ones", other_address),
    ):
        with (
            tempfile.TemporaryDirectory() as folder,
            served(Path(folder), **BEHIND_A_PROXY) as server,
        ):
            found = asyncio.run(flood(server, seconds, source))
        print(f"== a flood {name}, {seconds:.0f} s", *found.lines(), sep="\n")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
