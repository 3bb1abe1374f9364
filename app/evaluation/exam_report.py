"""What an examination found: a table to read and a report to keep. Holds no question, no line and nothing of the machine."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.usage import NO_USAGE
from app.evaluation.exam import Sheet, Task
from app.evaluation.metrics import Share


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars for a million tokens."""

    tokens_in: float
    tokens_out: float


@dataclass(frozen=True)
class Marks:
    """What a model reached in one language."""

    sheets: tuple[Sheet, ...]

    @property
    def passed(self) -> Share:
        """Cases passed, all tasks together."""
        return Share(sum(sheet.passed for sheet in self.sheets), len(self.sheets))

    @property
    def tasks(self) -> dict[Task, Share]:
        """Cases passed, task by task."""
        held = {task: self._of(task) for task in Task}
        return {
            task: Share(sum(s.passed for s in sheets), len(sheets))
            for task, sheets in held.items()
            if sheets
        }

    def shares(self) -> dict[str, Share]:
        """Every measure by name. Names that begin with `wrongly` or `lines in` are to be low, all others high."""
        answers = self._of(Task.ANSWER)
        tasks = {f"  {task}": share for task, share in self.tasks.items()}
        claims = [sum(bool(x.quotes or x.unknown) for x in s.lines) for s in self.sheets]
        wanted = sum(len(sheet.case.wanted) for sheet in answers)
        lines = sum(len(sheet.lines) for sheet in self.sheets)
        return {
            "cases passed": self.passed,
            **tasks,
            "statements supported": Share(sum(len(s.supported) for s in self.sheets), sum(claims)),
            "short answers covered": Share(sum(len(s.covered) for s in answers), wanted),
            "wrongly refused": Share(sum(s.refused for s in answers), len(answers)),
            "wrongly given up": Share(sum(bool(s.failure) for s in self.sheets), len(self.sheets)),
            "lines in another language": Share(sum(s.foreign for s in self.sheets), lines),
        }

    @property
    def dropped(self) -> dict[str, int]:
        """Lines dropped, by rule, the commonest first."""
        rules = Counter(str(rule) for sheet in self.sheets for _, rule in sheet.dropped)
        return dict(rules.most_common())

    @property
    def failures(self) -> dict[str, int]:
        return dict(Counter(s.failure for s in self.sheets if s.failure).most_common())

    def numbers(self, prices: Prices | None = None) -> dict[str, float]:
        """Seconds at the median and the 95th percentile, tokens a question, dollars a thousand questions."""
        usage = sum((sheet.usage for sheet in self.sheets), NO_USAGE)
        count = len(self.sheets) or 1
        held = {
            **_percentiles("first statement, s", [s.first for s in self.sheets if s.first]),
            **_percentiles("whole, s", [sheet.seconds for sheet in self.sheets]),
            "tokens in": round(usage.tokens_in / count, 1),
            "tokens out": round(usage.tokens_out / count, 1),
        }
        if prices:
            spent = usage.tokens_in * prices.tokens_in + usage.tokens_out * prices.tokens_out
            held["dollars a thousand questions"] = round(spent / count / 1_000, 4)
        return held

    def _of(self, task: Task) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.case.task is task]


def marks(sheets: Sequence[Sheet]) -> dict[str, Marks]:
    """Marks by language of the answer."""
    languages = dict.fromkeys(sheet.case.asked.language for sheet in sheets)
    return {
        code: Marks(tuple(s for s in sheets if s.case.asked.language == code)) for code in languages
    }


def has_passed(held: Mapping[str, Marks], mark: float) -> bool:
    """Whether every language reaches the mark, and half of it in every task.

    Readers of one language are not paid for with those of another, nor a model that never says no with copied lines.
    """
    return bool(held) and all(
        reached.passed.share >= mark and all(s.share >= mark / 2 for s in reached.tasks.values())
        for reached in held.values()
    )


def table(held: Mapping[str, Marks], mark: float, prices: Prices | None = None) -> Iterator[str]:
    """The findings, line by line."""
    for code, reached in held.items():
        yield code
        for name, share in reached.shares().items():
            yield f"  {name:32} {share}"
        for rule, count in reached.dropped.items():
            yield f"  {f'dropped: {rule}':32} {count:6}"
        for reason, count in reached.failures.items():
            yield f"  {f'given up: {reason}':32} {count:6}"
        for name, number in reached.numbers(prices).items():
            yield f"  {name:32} {number:9.3f}"
    yield f"pass mark {mark:.0%} in every language: {'passed' if has_passed(held, mark) else 'FAILED'}"


def report(
    model: str, held: Mapping[str, Marks], mark: float, prices: Prices | None = None
) -> dict[str, object]:
    """The findings as data: the model's name as it was given, shares, counts, times."""
    return {
        "model": model,
        "pass_mark": mark,
        "passed": has_passed(held, mark),
        "languages": {code: _language(reached, prices) for code, reached in held.items()},
    }


def _language(reached: Marks, prices: Prices | None) -> dict[str, object]:
    return {
        "shares": {
            name.strip(): {"hits": share.hits, "of": share.cases, "share": round(share.share, 4)}
            for name, share in reached.shares().items()
        },
        "dropped": reached.dropped,
        "given_up": reached.failures,
        "numbers": reached.numbers(prices),
        "cases": [
            {
                "task": sheet.case.task,
                "section": sheet.case.passages[0].section.key,
                "passed": sheet.passed,
                "supported": len(sheet.supported),
                "dropped": len(sheet.dropped),
            }
            for sheet in reached.sheets
        ],
    }


def _percentiles(name: str, held: Sequence[float]) -> dict[str, float]:
    if not held:
        return {}
    ordered = sorted(held)
    return {
        f"{name}, p{share}": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 4)
        for share in (50, 95)
    }
