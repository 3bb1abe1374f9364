"""JSON of OpenAI's chat completions, as far as this service speaks it.

Source: OpenAI's API reference for `/v1/chat/completions` and `/v1/models`. Fields that steer a model's style
(`temperature`, `max_tokens`, `stop`, `seed`, `user` …) are accepted, not read and not kept: the words come from vetted texts.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.api.schemas import AnswerOut

_UNSET = (None, False)


def _offered(*allowed: object) -> BeforeValidator:
    """Refuses what would change the meaning of an answer, such as tools or a second choice."""

    def check(value: object) -> object:
        if value not in allowed:
            raise PydanticCustomError("not_offered", "not offered")
        return value

    return BeforeValidator(check)


def _text_alone(value: object) -> object:
    parts = value if isinstance(value, list) else []
    if any(isinstance(part, dict) and part.get("type") != "text" for part in parts):
        raise PydanticCustomError("not_text", "only text")
    return value


class TextPart(BaseModel):
    """One piece of a message."""

    type: Literal["text"]
    text: str


class ChatMessage(BaseModel):
    """One message. `system` and `developer` ones are not read: nothing that is sent becomes an instruction."""

    role: Literal["system", "developer", "user", "assistant"]
    content: Annotated[str | list[TextPart] | None, BeforeValidator(_text_alone)] = None

    @property
    def text(self) -> str:
        """The message as one text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """How a stream is told."""

    include_usage: bool = False


class ChatIn(BaseModel):
    """A conversation whose last user message is the question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": "rights",
                    "messages": [
                        {"role": "user", "content": "Can ICE get my address from the IRS?"}
                    ],
                },
                {
                    "model": "rights-es",
                    "messages": [{"role": "user", "content": "¿Cuándo vence mi ITIN?"}],
                    "stream": True,
                    "stream_options": {"include_usage": True},
                },
            ]
        }
    )

    model: Annotated[str, Field(max_length=100, description="An id from `GET /v1/models`.")]
    messages: Annotated[
        list[ChatMessage],
        Field(
            min_length=1,
            description="The last message of the role `user` is the question, 1 to 2,000 characters. Of the user and "
            "assistant messages before it the last twelve are read, 4,000 characters each. The server keeps none.",
        ),
    ]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[Literal[1] | None, _offered(None, 1)] = None
    tools: Annotated[list[Any] | None, _offered(None, [])] = None
    functions: Annotated[list[Any] | None, _offered(None, [])] = None
    response_format: Annotated[dict[str, Any] | None, _offered(None, {"type": "text"})] = None
    modalities: Annotated[list[str] | None, _offered(None, ["text"])] = None
    audio: Annotated[None, _offered(None)] = None
    logprobs: Annotated[bool | None, _offered(*_UNSET)] = None


class Usage(BaseModel):
    """Words, not tokens, since no language model may have been asked: words of the question, and of the answer as told.

    A word is a run of letters or digits; in Chinese, 1.7 characters count as one. Rounded up.
    """

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatReply(BaseModel):
    """The answer as text: statements with `[n]`, steps, contacts, the sources that `[n]` points to, the notice."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one answer there is."""

    index: Literal[0] = 0
    message: ChatReply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatOut(BaseModel):
    """A whole answer. `rights` is what `POST /api/ask` gives."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    rights: AnswerOut


class Delta(BaseModel):
    """What a chunk adds."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """A piece of the one answer there is."""

    index: Literal[0] = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class ChatChunk(BaseModel):
    """One event of a stream: the role first, then statement by statement, each after it has passed verification.

    The chunk with the `finish_reason` carries `rights`; one with `usage` follows if it was asked for; `[DONE]` ends it.
    """

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    rights: AnswerOut | None = None

    def data(self) -> str:
        """As JSON. What is not there is left out, but for `finish_reason`, which clients look for in every choice."""
        held = self.model_dump(mode="json", exclude_none=True, exclude={"rights"})
        for choice in held["choices"]:
            choice.setdefault("finish_reason", None)
        if self.rights:
            held["rights"] = self.rights.model_dump(mode="json")
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


class ModelOut(BaseModel):
    """A name to ask for: `rights` answers in the language of the question, `rights-es` in Spanish."""

    id: str
    object: Literal["model"] = "model"
    created: Annotated[int, Field(description="Day of the youngest text behind it, Unix time.")]
    owned_by: str = "this server"


class ModelsOut(BaseModel):
    """All names there are."""

    object: Literal["list"] = "list"
    data: list[ModelOut]
