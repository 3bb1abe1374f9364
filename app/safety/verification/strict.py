"""Languages without word tables: a line keeps so close to what it cites that little can go wrong.

Every number, Latin word and word that turns a sentence must be the statements' own, and four in five pairs of
characters must stand there.
"""

import re

from app.domain.words import fold
from app.safety.verification.rules import Rule

_LEAST_SHARED = 0.8
_TURNING = (
    "不必 不用 不需 不能 不得 不可 没有 无需 必须 应该 应当 可以 可能 只有 只能 所有 全部 一定 总是 从不 永远 有些 部分 通常 一般 据报道 报道 至少 至多 最多"
    " 以上 以下 以前 以后 之前 之后 除非 如果 不 没 未 无 非 别 勿 必 须 应 可 只 仅 都 每 全 前 后 多 少"
).split()
_DIGITS = re.compile(r"[\d一二三四五六七八九十百千万亿两半]+(?:[.,/-]\d+)*")
_LATIN = re.compile(r"[A-Za-z][\w-]*")


def broken(text: str, cited: str) -> Rule | None:
    """The rule that a line breaks in a language of which only the characters are known."""
    if not set(_DIGITS.findall(text)) <= set(_DIGITS.findall(cited)):
        return Rule.FACT
    if not set(_LATIN.findall(fold(text))) <= set(_LATIN.findall(fold(cited))):
        return Rule.FACT
    if _turns(text) - _turns(cited):
        return Rule.FORCE
    ours, theirs = _pairs(text), _pairs(cited)
    if not ours or len(ours & theirs) / len(ours) < _LEAST_SHARED:
        return Rule.MEANING
    return Rule.FORCE if _left_out(text, cited) else None


def _turns(text: str) -> set[str]:
    return {word for word in _TURNING if word in text}


def _left_out(text: str, cited: str) -> bool:
    """A turning word is gone from the midst of words that were kept."""
    for word in _turns(cited) - _turns(text):
        for found in re.finditer(re.escape(word), cited):
            before, after = (
                cited[max(0, found.start() - 1) : found.start()],
                cited[found.end() :][:1],
            )
            if before and after and before + after in text:
                return True
    return False


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W_]+", "", fold(text))
    return {plain[n : n + 2] for n in range(len(plain) - 1)}
