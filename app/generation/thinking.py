"""What a model thinks aloud is not what it says: reasoning between tags is cut out of the stream."""

import re
from collections.abc import AsyncIterator

_NAMES = r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|analysis|reflection|scratchpad)"
# As models write them: <think> (DeepSeek, Qwen), [THINK] (Mistral), ◁think▷ (Kimi), and the channels of gpt-oss.
_OPEN = re.compile(
    rf"[<\[◁]{_NAMES}[>\]▷]|<\|channel\|>(?:analysis|commentary)[^<]{{0,40}}<\|message\|>",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    rf"[<\[◁]/{_NAMES}[>\]▷]|<\|channel\|>final[^<]{{0,40}}<\|message\|>", re.IGNORECASE
)
_EITHER = re.compile(f"{_CLOSE.pattern}|{_OPEN.pattern}", re.IGNORECASE)
# The end of what has come so far may be the beginning of a tag. A citation, `[3]`, never is.
_BEGUN = re.compile(
    r"(?:<\|channel\|>[^<]{0,60})?(?:<\|?/?[\w|]{0,24})?\Z|[\[◁]/?[a-z]{0,12}\Z", re.IGNORECASE
)


async def spoken(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """The text without reasoning, as it comes; tags torn apart between pieces count as whole.

    Reasoning that never ends hides all that follows. A closing tag alone, whose opening one stood in the model's own template,
    ends the line before it; what had already been said is for the verifier to judge.
    """
    rest, hidden = "", False
    async for piece in pieces:
        rest += piece
        while found := (_CLOSE if hidden else _EITHER).search(rest):
            if not hidden and _CLOSE.fullmatch(found[0]):
                yield "\n"  # only now do we know that the words before it were no answer
            elif not hidden:
                yield rest[: found.start()]
                hidden = True
            else:
                hidden = False
            rest = rest[found.end() :]
        begun = _BEGUN.search(rest)
        cut = begun.start() if begun else len(rest)
        if not hidden and cut:
            yield rest[:cut]
        rest = rest[cut:]
    if not hidden and rest:
        yield rest
