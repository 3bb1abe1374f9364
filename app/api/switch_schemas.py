"""JSON of the off switches."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from app.domain import switches as domain
from app.safety.switches import ReaderWords, Reason


class SwitchIn(BaseModel):
    """What to turn off or on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"switch": "model", "off": True, "reason": "drops too many lines"},
                {
                    "switch": "service",
                    "off": True,
                    "reason": "texts are being corrected",
                    "words": {"en": "Back on Monday.", "es": "Volvemos el lunes."},
                },
                {"switch": "service", "off": False},
            ]
        },
    )

    switch: Annotated[
        domain.Switch,
        Field(description="`model`: the corpus answers. `service`: readers get the hotlines."),
    ]
    off: bool
    reason: Annotated[
        Reason | None,
        Field(description="For operators, in the log and in `GET /readyz`. Needed to turn off."),
    ] = None
    words: Annotated[
        dict[str, ReaderWords],
        Field(description="For readers, by language; shown under the standing words."),
    ] = {}


class OffOut(BaseModel):
    """Why something is off, and since when; `null` when a setting had it off from the start."""

    reason: str
    since: datetime | None = None

    @classmethod
    def of(cls, off: domain.Off) -> Self:
        return cls(reason=off.reason, since=off.since)


class SwitchesOut(BaseModel):
    """All that is off."""

    off: dict[domain.Switch, OffOut]
