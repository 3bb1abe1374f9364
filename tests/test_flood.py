"""Under ten times what can be answered: health answers, honest people get their share, refusals are quick, memory stays."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flood import BEHIND_A_PROXY, few_addresses, flood, other_address, streams
from tests.model_server import Script, model_server
from tests.served import served

pytestmark = pytest.mark.slow

MEGABYTE = 2**20


@pytest.mark.parametrize(
    ("source", "least_served"),
    [(few_addresses, 0.5), (other_address, 0.0)],
    ids=["few addresses", "ever new ones"],
)
def test_a_flood_leaves_honest_people_their_share(
    service: object, source: Callable[[int], str], least_served: float, tmp_path: Path
) -> None:
    with served(tmp_path, **BEHIND_A_PROXY) as server:
        found = asyncio.run(flood(server, 5, source))

    assert found.strangers.statuses.keys() <= {200, 429, 503}
    assert found.strangers.statuses[429] + found.strangers.statuses[503] > 0
    assert found.kept > 0.3
    assert found.honest.share_served >= least_served
    assert found.health.statuses.keys() == {200}
    assert found.memory_after - found.memory_before < 64 * MEGABYTE


def test_of_five_hundred_streams_a_hundred_are_told_and_the_rest_refused_at_once(
    service: object, tmp_path: Path
) -> None:
    with (
        model_server(Script(pause_before=30)) as model,
        served(tmp_path, model, LLM_TIMEOUT="4", MAX_OPEN="100", **BEHIND_A_PROXY) as server,
    ):
        statuses = asyncio.run(streams(server, 500))
        healthy = server.send("GET", "/readyz")[0]

    assert statuses == {200: 100, 503: 400}
    assert healthy == 200
