"""Turns telemetry and dumps off, whatever the environment says. Called before anything that could call home is imported."""

import os
import resource

SILENCED = {
    # LangChain and LangSmith send whole prompts when one of these is on, and print them when they are to be talkative.
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGCHAIN_TRACING_SAMPLING_RATE": "0",
    "LANGCHAIN_VERBOSE": "false",
    "LANGCHAIN_DEBUG": "false",
    "LANGGRAPH_DEBUG": "false",
    # Chroma's product analytics.
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    # OpenTelemetry, which FastAPI speaks by itself since 0.16x: its log records would hold validation errors with their input.
    "OTEL_SDK_DISABLED": "true",
    "OTEL_TRACES_EXPORTER": "none",
    "OTEL_METRICS_EXPORTER": "none",
    "OTEL_LOGS_EXPORTER": "none",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
    # Hugging Face libraries come along with WordLlama's tokenizer.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    # asyncio's debug mode writes what a slow task holds.
    "PYTHONASYNCIODEBUG": "",
    # The tokenizer's threads gain nothing on one short sentence and complain after a fork.
    "TOKENIZERS_PARALLELISM": "false",
}
REMOVED = (
    "LANGSMITH_API_KEY",
    "LANGCHAIN_API_KEY",
    "LANGSMITH_ENDPOINT",
    "LANGCHAIN_ENDPOINT",
    "LANGSMITH_RUNS_ENDPOINTS",
    "LANGCHAIN_HANDLER",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    "OTEL_EXPORTER_OTLP_HEADERS",
    # Prints every request, prompt included, on a handler of its own.
    "OPENAI_LOG",
    "ANTHROPIC_LOG",
    "HF_TOKEN",
    "SENTRY_DSN",
    # Would write the keys of every TLS connection into a file.
    "SSLKEYLOGFILE",
)
"""Asked for by their presence alone."""


def silence() -> None:
    """Force every switch off in this process and in those it starts."""
    os.environ.update(SILENCED)
    for name in REMOVED:
        os.environ.pop(name, None)


def no_core_dumps() -> None:
    """A crash leaves no image of the memory behind, which would hold the questions under way. Holds for child processes too."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
