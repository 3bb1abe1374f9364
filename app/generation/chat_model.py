"""A language model behind LangChain. With `app/retrieval/embeddings.py` the only module that knows LangChain."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from app.domain.errors import ModelUnavailable, OutOfTime, SettingsError
from app.domain.usage import Usage

Piece = str | Usage
"""Some of a model's text, or tokens that its provider counted since the last count."""


class ChatModel(Protocol):
    """Writes text, piece by piece."""

    def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        """Pieces of the model's text as they come, and counts of tokens where the provider tells them.

        Args:
            instructions: what it is to do; the same for every question.
            request: what it is to do that with.
            seconds: for the whole answer, where that is less than the model's own limit.

        Raises:
            ModelUnavailable: no connection, an error, a refusal, or out of time.
        """
        ...


class LangChainModel:
    """Any model that `init_chat_model` can name, such as `openai:llama-3.3` at an operator's own address."""

    def __init__(
        self,
        name: str,
        timeout: float,
        base_url: str | None = None,
        api_key: str | None = None,
        most_tokens: int = 700,
    ) -> None:
        """
        Args:
            name: `provider:model`.
            timeout: seconds for the whole answer.
            base_url: of an OpenAI-compatible endpoint.
            api_key: for it; a local server takes any.
            most_tokens: length of an answer, thinking included.

        Raises:
            SettingsError: LangChain does not know the provider, or its package is not installed.
        """
        # Imported here: half a second that the corpus engine has no need to wait for.
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0, "max_tokens": most_tokens, "max_retries": 0}
        options |= {"base_url": base_url} if base_url else {}
        options |= {"api_key": api_key} if api_key else {}
        # Servers of one's own tell their count only when asked; other providers tell it anyway.
        options |= {"stream_usage": True} if name.startswith("openai:") else {}
        try:
            self._model = init_chat_model(name, timeout=timeout, **options)
        except (ImportError, ValueError) as error:
            raise SettingsError(f"LLM={name}: {error}") from error
        self._timeout = timeout

    async def stream(
        self, instructions: str, request: str, seconds: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        """See `ChatModel`."""
        left = self._timeout if seconds is None else min(seconds, self._timeout)
        deadline = asyncio.get_running_loop().time() + left
        messages = [("system", instructions), ("human", request)]
        # No callbacks, no tags, no metadata: nothing that a tracer could pick up.
        chunks: Any = self._model.astream(messages, config={"callbacks": []})
        try:
            async with aclosing(chunks):
                while (chunk := await _next(chunks, deadline)) is not None:
                    if counted := chunk.usage_metadata:
                        yield Usage(counted["input_tokens"], counted["output_tokens"])
                    # `text` leaves out the thinking that a provider hands over as such.
                    if text := str(chunk.text):
                        yield text
        except TimeoutError:
            raise OutOfTime from None
        except Exception as error:  # noqa: BLE001 - every provider has its own exceptions; none may pass with its text
            raise ModelUnavailable(_reason(error), _retry_after(error)) from None


async def _next(chunks: AsyncIterator[Any], deadline: float) -> Any:
    """The next chunk; `None` after the last one."""
    async with asyncio.timeout_at(deadline):
        return await anext(chunks, None)


def _reason(error: Exception) -> str:
    """What failed, in words that hold nothing of the request."""
    status = getattr(error, "status_code", None)
    return f"status {status}" if isinstance(status, int) else type(error).__name__


def _retry_after(error: Exception) -> float | None:
    """Seconds to stay away, as a response's `Retry-After` says it: a number, or a day and time (RFC 9110, 10.2.3)."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = str(headers.get("retry-after", ""))
    try:
        return max(float(told), 0.0)
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max((then - datetime.now(UTC)).total_seconds(), 0.0) if then.tzinfo else None
