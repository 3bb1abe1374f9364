"""What goes over the wire, and how a poor line and an old phone are simulated: the browser's own protocol."""

from typing import Any

# A slow 3G line as WebPageTest defines it: 400 kbit/s both ways, a round trip of 400 ms.
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
OLD_PHONE = 6
"""How many times slower than here a processor is."""


class Wire:
    """Counts what a page receives, headers included, as the browser's network tab does."""

    def __init__(self, page: Any) -> None:
        self._by_request: dict[str, int] = {}
        self.addresses: list[str] = []
        self.kinds: set[str] = set()
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._sent)
        self._session.on("Network.dataReceived", self._arrived)
        self._session.on("Network.loadingFinished", self._finished)

    @property
    def received(self) -> int:
        """Bytes so far."""
        return sum(self._by_request.values())

    def _sent(self, event: dict[str, Any]) -> None:
        self.addresses.append(event["request"]["url"])
        self.kinds.add(event.get("type", ""))

    def _arrived(self, event: dict[str, Any]) -> None:
        held = self._by_request.get(event["requestId"], 0)
        self._by_request[event["requestId"]] = held + int(event["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        # The whole, with headers, in place of the pieces; a stream that is let go of has only its pieces.
        self._by_request[event["requestId"]] = int(event["encodedDataLength"])

    def slow(self) -> None:
        """From now on a slow 3G line and an old phone."""
        self._session.send("Network.emulateNetworkConditions", SLOW_3G)
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": OLD_PHONE})
