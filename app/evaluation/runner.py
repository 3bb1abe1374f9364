"""Runs cases through the path and keeps what came of it in a folder."""

import asyncio
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.answering.ask import Assistant
from app.domain.question import Question
from app.domain.words import fold
from app.evaluation.cases import Case
from app.evaluation.metrics import Result, Share, misses, reliability
from app.evaluation.perturb import Way, perturbed
from app.ingestion.facts import Filler
from app.retrieval.retriever import Retriever


@dataclass(frozen=True)
class Runner:
    """Asks every case."""

    assistant: Assistant
    retriever: Retriever
    fillers: dict[str, Filler]
    """Language -> what tells a fact in it."""

    def run(self, cases: Iterable[Case], way: Way | None = None) -> Iterator[Result]:
        """Results in the order of the cases.

        Args:
            cases: what is asked.
            way: how the questions are written otherwise; as they are when left out.
        """
        for case in cases:
            yield asyncio.run(self._one(case, way))

    async def _one(self, case: Case, way: Way | None) -> Result:
        text = perturbed(case.text, way, case.language) if way else case.text
        began = time.perf_counter()
        answer = await self.assistant.ask(Question(text, history=case.turns))
        milliseconds = (time.perf_counter() - began) * 1_000
        asked = self.assistant.read(Question(text, case.language, history=case.turns))[0]
        ours = case.language in self.fillers
        found = self.retriever.found(self.retriever.recognise(asked)) if ours else None
        told = fold(" ".join(statement.text for statement in answer.statements))
        first = fold(" ".join(statement.text for statement in answer.statements[:2]))
        facts = {fact: fold(self._told(fact, case.language)) for fact in case.facts}
        return Result(
            case=case,
            outcome=answer.outcome,
            topic=answer.topic,
            language=answer.language,
            sections=tuple(p.section.key for p in found.passages) if found else (),
            cited=tuple(dict.fromkeys(c.section.key for c in answer.citations)),
            facts=tuple(fact for fact, words in facts.items() if words in told),
            facts_first=any(words in first for words in facts.values()),
            answerable=found.answerable if found else 0.0,
            milliseconds=milliseconds,
        )

    def _told(self, fact: str, language: str) -> str:
        return self.fillers[language].fill(f"{{{fact}}}")


def write_run(
    folder: Path,
    config: dict[str, str],
    results: Sequence[Result],
    shares: dict[str, dict[str, Share]],
) -> None:
    """Write a run: `config.json`, `summary.json`, `answers.jsonl` (every case with what came of it)."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "config.json", config)
    _write(
        folder / "summary.json",
        {
            language: {
                name: {
                    "share": round(share.share, 4),
                    "hits": share.hits,
                    "cases": share.cases,
                    "interval": [round(end, 4) for end in share.interval],
                }
                for name, share in named.items()
            }
            for language, named in shares.items()
        },
    )
    rows = [json.dumps(_row(result), ensure_ascii=False) for result in results]
    (folder / "answers.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


def last_run(folder: Path, config: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Shares of the newest run over the same cases, written the same way; nothing when there is none."""
    runs = [path.parent for path in sorted(folder.glob("*/summary.json"))]
    alike = [run for run in runs if _asked(_read(run / "config.json")) == _asked(config)]
    if not alike:
        return {}
    held = _read(alike[-1] / "summary.json")
    return {
        language: {name: entry["share"] for name, entry in named.items()}
        for language, named in held.items()
    }


def report(results: Sequence[Result], shares: dict[str, dict[str, Share]]) -> Iterator[str]:
    """The table, and how far the probability of an answer can be trusted."""
    for language, named in shares.items():
        yield f"{language}"
        for name, share in named.items():
            yield f"  {name:34} {share}"
        yield f"  {'probability that a text answers':34}  given   right"
        for bin in reliability([r for r in results if r.case.language == language]):
            yield f"  {f'{bin.low:.1f} to {bin.high:.1f}':34} {bin.mean:6.2f}  {bin.ours}"


def _asked(config: Mapping[str, str]) -> tuple[str | None, ...]:
    return tuple(config.get(key) for key in ("half", "language", "way"))


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _row(result: Result) -> dict[str, object]:
    return {
        "question": result.case.text,
        "language": result.case.language,
        "kind": result.case.kind,
        "wanted": result.case.topics,
        "outcome": result.outcome,
        "topic": result.topic,
        "sections": result.sections,
        "answerable": round(result.answerable, 3),
        "misses": misses(result),
    }
