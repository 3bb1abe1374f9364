"""A language model behind LangChain. With `app/retrieval/embeddings.py` the only module that knows LangChain."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Protocol

from app.domain.errors import ModelUnavailable, SettingsError


class ChatModel(Protocol):
    """Writes text, piece by piece."""

    def stream(self, instructions: str, request: str) -> AsyncIterator[str]:
        """Pieces of the model's text as they come.

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
            most_tokens: length of an answer.

        Raises:
            SettingsError: LangChain does not know the provider, or its package is not installed.
        """
        # Imported here: half a second that the corpus engine has no need to wait for.
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0, "max_tokens": most_tokens, "max_retries": 0}
        options |= {"base_url": base_url} if base_url else {}
        options |= {"api_key": api_key} if api_key else {}
        try:
            self._model = init_chat_model(name, timeout=timeout, **options)
        except (ImportError, ValueError) as error:
            raise SettingsError(f"LLM={name}: {error}") from error
        self._timeout = timeout

    async def stream(self, instructions: str, request: str) -> AsyncIterator[str]:
        """See `ChatModel`."""
        deadline = asyncio.get_running_loop().time() + self._timeout
        messages = [("system", instructions), ("human", request)]
        # No callbacks, no tags, no metadata: nothing that a tracer could pick up.
        pieces = self._model.astream(messages, config={"callbacks": []}).__aiter__()
        try:
            while True:
                left = deadline - asyncio.get_running_loop().time()
                try:
                    piece = await asyncio.wait_for(anext(pieces), max(left, 0))
                except StopAsyncIteration:
                    return
                # `text` leaves out the thinking of models that think aloud.
                yield str(piece.text)
        except TimeoutError as error:
            raise ModelUnavailable("out of time") from error
        except GeneratorExit:
            raise
        except Exception as error:  # noqa: BLE001 - every provider has its own exceptions; none may pass with its text
            raise ModelUnavailable(type(error).__name__) from None
        finally:
            await _close(pieces)


async def _close(pieces: AsyncIterator[Any]) -> None:
    close = getattr(pieces, "aclose", None)
    if close:
        await close()
