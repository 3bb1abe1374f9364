"""The clients that people use against a real server: OpenAI's own for Python, and LangChain's."""

from collections.abc import Iterator

import pytest
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, BadRequestError, NotFoundError, OpenAI, RateLimitError
from pydantic import SecretStr

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings
from tests.loopback import served

ADDRESS = "Can ICE get my address from the IRS?"
RENEW = "¿Cuándo se vence mi ITIN?"


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    """Where the service listens."""
    # Sixteen at once from one address: a tenth of the places must be more than that.
    with served(create_app(Settings(rate_limit="100000/minute", max_open=400), service)) as url:
        yield f"{url}/v1"


@pytest.fixture(scope="module")
def openai(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=address, api_key="any", max_retries=0) as client:
        yield client


@pytest.fixture
def langchain(address: str) -> ChatOpenAI:
    return ChatOpenAI(model="rights", base_url=address, api_key=SecretStr("any"), stream_usage=True)


def test_openais_client_gets_an_answer_with_footnotes_and_the_answer_as_data(
    openai: OpenAI,
) -> None:
    completion = openai.chat.completions.create(
        model="rights",
        messages=[{"role": "system", "content": "Sing."}, {"role": "user", "content": ADDRESS}],
        temperature=0.2,
        user="somebody",
    )

    extra = completion.model_extra or {}
    assert extra["rights"]["outcome"] == "answered"
    assert "[1]" in (completion.choices[0].message.content or "")
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.prompt_tokens == 8


def test_openais_client_streams_role_statements_end_and_usage(openai: OpenAI) -> None:
    stream = openai.chat.completions.create(
        model="rights-es",
        messages=[{"role": "user", "content": [{"type": "text", "text": RENEW}]}],
        stream=True,
        stream_options={"include_usage": True},
    )

    first, *middle, end, usage = list(stream)

    assert first.choices[0].delta.role == "assistant"
    assert len(middle) > 2
    assert all(chunk.choices[0].delta.content for chunk in middle)
    assert end.choices[0].finish_reason == "stop"
    assert (end.model_extra or {})["rights"]["language"] == "es"
    assert usage.usage is not None
    assert usage.usage.total_tokens > usage.usage.prompt_tokens


def test_openais_client_lists_the_models(openai: OpenAI) -> None:
    assert {"rights", "rights-en", "rights-es"} <= {model.id for model in openai.models.list()}
    assert openai.models.retrieve("rights-es").owned_by == "this server"


def test_openais_client_raises_its_own_errors(openai: OpenAI) -> None:
    with pytest.raises(BadRequestError) as refused:
        openai.chat.completions.create(
            model="rights", messages=[{"role": "user", "content": ADDRESS}], n=2
        )
    with pytest.raises(NotFoundError) as unknown:
        openai.chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": ADDRESS}]
        )

    assert refused.value.param == "n"
    assert unknown.value.code == "model_not_found"


def test_openais_client_hears_of_too_many_questions(service: Service) -> None:
    app = create_app(Settings(rate_limit="1/minute"), service)

    with served(app) as url, OpenAI(base_url=f"{url}/v1", api_key="x", max_retries=0) as client:
        client.chat.completions.create(model="rights", messages=[{"role": "user", "content": "Hi"}])
        with pytest.raises(RateLimitError) as refused:
            client.chat.completions.create(
                model="rights", messages=[{"role": "user", "content": "Hi"}]
            )

    assert refused.value.code == "rate_limit_exceeded"
    assert int(refused.value.response.headers["retry-after"]) >= 1


def test_langchain_gets_an_answer_and_its_usage(langchain: ChatOpenAI) -> None:
    message = langchain.invoke([("system", "Sing."), ("human", ADDRESS)])

    assert "[1]" in str(message.text)
    assert message.response_metadata["finish_reason"] == "stop"
    assert message.usage_metadata is not None
    assert message.usage_metadata["input_tokens"] == 8


def test_langchain_streams_what_it_would_get_whole(langchain: ChatOpenAI) -> None:
    whole = langchain.invoke(ADDRESS)

    pieces = list(langchain.stream(ADDRESS))

    assert "".join(str(piece.text) for piece in pieces) == whole.text
    assert len(pieces) > 4
    assert [p.usage_metadata for p in pieces if p.usage_metadata] == [whole.usage_metadata]


def test_langchain_carries_a_conversation(langchain: ChatOpenAI) -> None:
    first = langchain.invoke("When does my ITIN expire?")

    second = langchain.invoke(
        [
            ("human", "When does my ITIN expire?"),
            ("ai", str(first.text)),
            ("human", "and how do I renew it?"),
        ]
    )

    assert "W-7" in str(second.text)


@pytest.mark.parametrize("question", [ADDRESS])
def test_many_at_once_each_get_their_own_answer(address: str, question: str) -> None:
    import asyncio

    async def all_of_them() -> list[str]:
        async with AsyncOpenAI(base_url=address, api_key="x", max_retries=0) as client:
            asked = (
                client.chat.completions.create(
                    model=model, messages=[{"role": "user", "content": question}]
                )
                for model in ["rights-en", "rights-es"] * 8
            )
            return [
                (c.model_extra or {})["rights"]["language"] for c in await asyncio.gather(*asked)
            ]

    assert asyncio.run(all_of_them()) == ["en", "es"] * 8
