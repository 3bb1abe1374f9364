"""`GET /livez` and `GET /readyz`."""

from fastapi import APIRouter, Response

from app.api.schemas import Health, Readiness
from app.api.switches import off_now
from app.domain.answer import Engine
from app.domain.switches import Switch
from app.safety.switches import Switches


class ReadyState:
    """Filled while the service starts; read by `readyz`."""

    def __init__(self) -> None:
        self.now = Readiness(ready=False, missing=["index"])


def health_router(state: ReadyState, switches: Switches) -> APIRouter:
    """Whether the process lives, and whether it can answer."""
    router = APIRouter(tags=["health"])

    @router.get("/livez", summary="The process lives")
    async def livez() -> Health:
        return Health()

    @router.get(
        "/readyz",
        summary="Questions can be answered",
        responses={503: {"model": Readiness, "description": "Not yet; `missing` says what is."}},
    )
    async def readyz(response: Response) -> Readiness:
        """200 only when the index is loaded and matches the corpus. `off` says what an operator has turned off."""
        response.status_code = 200 if state.now.ready else 503
        off = off_now(switches)
        now = state.now.model_copy(update={"off": off})
        return now.model_copy(update={"engine": Engine.CORPUS}) if Switch.MODEL in off else now

    return router
