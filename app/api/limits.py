"""Fair shares: how many questions one visitor may ask, and how many of a model's answers they may use. No address is kept anywhere."""

import hashlib
import hmac
import ipaddress
from datetime import date

from limits import RateLimitItem, RateLimitItemPerDay, parse
from starlette.requests import HTTPConnection

from app.api.counting import Counter, MemoryCounter
from app.domain.errors import TooManyQuestions

_EVERYBODY = "everybody"


class Shares:
    """Counts by a keyed hash of the address. The key is random, changes every day and cannot be asked for.

    A visitor over the share is first refused in full: the question has been read, the words are in their language. One who goes on
    all the same (`spent`) is refused before a byte of the body is read.
    """

    def __init__(
        self,
        rate: str,
        counter: Counter | None = None,
        model_answers: int | None = None,
        model_share: int = 1,
    ) -> None:
        """
        Args:
            rate: questions of one visitor, in the words of the `limits` library, `30/minute`.
            counter: where uses are counted; in this process when left out.
            model_answers: answers of a model in a day, for everybody together; `None` for no bound.
            model_share: of these, for one visitor.

        Raises:
            ValueError: the rate cannot be read.
        """
        self._rate = parse(rate)
        # The same rate under another name: how often one may knock after the share is used up.
        self._knocks = type(self._rate)(self._rate.amount, self._rate.multiples, namespace="KNOCKS")
        self._counter = counter or MemoryCounter()
        self._model_all = _per_day(model_answers, "MODEL_ALL") if model_answers else None
        self._model_one = _per_day(model_share, "MODEL_ONE") if model_share else None
        self._model_bounded = model_answers is not None

    async def take(self, request: HTTPConnection) -> None:
        """Count one question.

        Raises:
            TooManyQuestions: the share is used up.
        """
        visitor = await self.visitor(request)
        if not await self._counter.hit(self._rate, visitor):
            await self._counter.hit(self._knocks, visitor)
            raise TooManyQuestions(await self._counter.wait(self._rate, visitor))

    async def spent(self, visitor: str, crowded: bool = False) -> int:
        """Seconds that a visitor has to wait who went on asking over the share; zero for anybody else.

        Args:
            visitor: the name counted under.
            crowded: be short already with those whose share is used up.
        """
        rate = self._rate if crowded else self._knocks
        if await self._counter.free(rate, visitor):
            return 0
        return await self._counter.wait(rate, visitor)

    async def model_granted(self, request: HTTPConnection) -> bool:
        """Count one answer of a model; false when the day's answers, or this visitor's share of them, are used up."""
        if not self._model_bounded:
            return True
        if not self._model_all or not self._model_one:
            return False
        visitor = await self.visitor(request)
        # The visitor's own share first: whoever is over it takes nothing from the others.
        return await self._counter.hit(self._model_one, visitor) and await self._counter.hit(
            self._model_all, _EVERYBODY
        )

    async def close(self) -> None:
        """Let go of what counting holds open."""
        await self._counter.close()

    async def visitor(self, request: HTTPConnection) -> str:
        """The name that a visitor is counted under today."""
        key = await self._counter.key(date.today())
        host = request.client.host if request.client else ""
        return hmac.new(key, _network(host).encode(), hashlib.sha256).hexdigest()


def _per_day(amount: int, namespace: str) -> RateLimitItem:
    return RateLimitItemPerDay(amount, namespace=namespace)


def _network(host: str) -> str:
    """An IPv6 customer holds a whole /64 (RFC 6177); counting single addresses would count nothing."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(
        ipaddress.ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False)
    )
