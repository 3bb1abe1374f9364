"""Examine a language model before readers meet it."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from app.bootstrap import Service, with_model
from app.cli.base import service, settings, stop
from app.domain.errors import RightsError
from app.evaluation.exam import Examination
from app.evaluation.exam_cases import CaseMaker, read_attacks
from app.evaluation.exam_report import Prices, has_passed, marks, report, table
from app.evaluation.overhead import PacedModel, event_times, prompt_tokens, questions
from app.generation.chat_model import LangChainModel
from app.main import create_app
from app.privacy.logs import set_up_logging
from app.settings import ROOT, Settings

_ATTACKS = ROOT / "tests/evals/attacks.jsonl"
_MOST_QUESTIONS = 200
"""Whose prompts are counted, in each language."""
_MOST_ASKED = 12
"""Questions put to the paced model, in each language."""


def exam(
    model: Annotated[
        str | None, typer.Option(help="`provider:model`; left out: measures only our own part.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="An OpenAI-compatible server.")] = None,
    cases: Annotated[int, typer.Option(min=10, help="Cases in each language.")] = 50,
    language: Annotated[list[str] | None, typer.Option(help="Only this language.")] = None,
    price_in: Annotated[float | None, typer.Option(help="Dollars a million tokens in.")] = None,
    price_out: Annotated[float | None, typer.Option(help="Dollars a million tokens out.")] = None,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write the findings here, as JSON.")
    ] = None,
) -> None:
    """Examine a candidate model. The key is `LLM_API_KEY`; exit status 1 below `EXAM_PASS_MARK`."""
    held = settings()
    set_up_logging("ERROR")
    ready = service(held.model_copy(update={"llm": None}))
    languages = language or list(ready.library.languages)
    if unknown := set(languages) - set(ready.library.languages):
        stop(f"no such language: {', '.join(sorted(unknown))}")
    if model is None:
        _measure_our_part(ready, languages)
        return
    prices = Prices(price_in, price_out or 0.0) if price_in is not None else None
    try:
        candidate = _candidate(held, model, base_url)
        attacks = read_attacks(_ATTACKS)
    except RightsError as error:
        stop(str(error))
    asked = [
        case
        for code in languages
        for case in CaseMaker(ready.library, ready.retriever, code, attacks).cases(cases)
    ]
    examination = Examination(
        candidate,
        ready.assistant.verifier.broken,
        ready.assistant.languages.identify,
        held.llm_timeout,
    )
    with typer.progressbar(examination.run(asked), len(asked), label="examining") as running:
        found = marks(list(running))
    for line in table(found, held.exam_pass_mark, prices):
        typer.echo(line)
    if report_file:
        kept = report(model, found, held.exam_pass_mark, prices)
        report_file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if not has_passed(found, held.exam_pass_mark):
        raise typer.Exit(1)


def _candidate(held: Settings, model: str, base_url: str | None) -> LangChainModel:
    key = held.llm_api_key.get_secret_value() if held.llm_api_key else None
    address = base_url or held.llm_base_url
    return LangChainModel(model, held.llm_timeout, address, key, held.llm_max_tokens)


def _measure_our_part(ready: Service, languages: list[str]) -> None:
    for code in languages:
        texts = questions(ready.library, code, _MOST_QUESTIONS)
        lengths = prompt_tokens(ready.retriever, code, texts)
        if lengths:
            middle, late = lengths[len(lengths) // 2], lengths[len(lengths) * 95 // 100]
            typer.echo(
                f"{code}: tokens of {len(lengths)} prompts, from above: half below {middle}, 95 % below {late}, none over {lengths[-1]}"
            )
    delays = sorted(asyncio.run(_delays(ready, languages)))
    typer.echo(
        f"end of a model's line to the reader's event, {len(delays)} lines: median {delays[len(delays) // 2]:.1f} ms, "
        f"p95 {delays[len(delays) * 95 // 100]:.1f} ms"
    )


async def _delays(ready: Service, languages: list[str]) -> list[float]:
    """Milliseconds for every line that a model ended, with model, service and reader on this machine."""
    import uvicorn

    found: list[float] = []
    paced = PacedModel()
    async with paced.serving() as address:
        app_settings = ready.settings.model_copy(
            update={
                "llm": "openai:paced",
                "llm_base_url": address,
                "llm_api_key": SecretStr("none"),
                "rate_limit": "100000/minute",
            }
        )
        asking = with_model(ready, app_settings)
        config = uvicorn.Config(
            create_app(service=asking), host="127.0.0.1", port=0, log_config=None
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        for code in languages:
            for text in questions(ready.library, code, _MOST_ASKED):
                paced.ended.clear()
                told = await event_times(port, text, code)
                if len(told) == len(paced.ended):  # else one was not shown, and which is unknown
                    found += [1_000 * (t - e) for e, t in zip(paced.ended, told, strict=True)]
        server.should_exit = True
        await serving
    return found
