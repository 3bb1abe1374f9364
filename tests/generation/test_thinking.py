"""What a model thinks aloud is never part of what it says."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.generation.thinking import spoken

ANSWER = "The IRS keeps it private. [1]\nThere are exceptions. [2]"


def heard(text: str, size: int) -> str:
    async def pieces() -> AsyncIterator[str]:
        for start in range(0, len(text), size):
            yield text[start : start + size]

    async def gather() -> str:
        return "".join([piece async for piece in spoken(pieces())])

    return asyncio.run(gather())


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    "thought",
    [
        "<think>The person is afraid. [1]</think>",
        "<THINKING>\nStatement [1] says so.\n</THINKING>\n",
        "<reasoning>a < b and [2]</reasoning>",
        "[THINK]Hm. [1][/THINK]",
        "◁think▷Hm.◁/think▷",
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>",
        "<think></think>\n\n",
    ],
)
def test_thinking_before_the_answer_is_cut_out(thought: str, size: int) -> None:
    assert heard(thought + ANSWER, size).strip() == ANSWER


def test_thinking_in_the_middle_is_cut_out() -> None:
    assert heard("One. [1]\n<think>hm</think>Two. [2]", 4) == "One. [1]\nTwo. [2]"


def test_thinking_that_never_ends_hides_all_that_follows() -> None:
    assert heard("One. [1]\n<think>The person [2] is", 5) == "One. [1]\n"


def test_a_closing_tag_alone_parts_the_thought_from_the_answer() -> None:
    lines = heard(f"so I should say yes</think>{ANSWER}", 1000).split("\n")

    assert lines[-2:] == ANSWER.split("\n")
    assert "say yes" not in "".join(lines)


def test_a_finished_line_is_not_held_back_by_its_citation() -> None:
    async def first() -> str:
        async def pieces() -> AsyncIterator[str]:
            yield "One. [1]\n"
            raise AssertionError("asked for more before the first line was handed over")

        return await anext(spoken(pieces()))

    assert asyncio.run(first()) == "One. [1]\n"


@given(st.text(alphabet="ab[]<>/|1 \n", max_size=60), st.integers(1, 9))
def test_text_without_tags_passes_unchanged_however_it_is_torn(text: str, size: int) -> None:
    assert heard(text, size) == text
