"""Turns telemetry off, whatever the environment says. Called before anything that could call home is imported."""

import os

SILENCED = {
    # LangChain and LangSmith send whole prompts when one of these is on.
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    # Chroma's product analytics.
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    # OpenTelemetry, which FastAPI speaks by itself since 0.16x: its log records would hold validation errors with their input.
    "OTEL_SDK_DISABLED": "true",
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
    # Hugging Face libraries come along with WordLlama's tokenizer.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    # The tokenizer's threads gain nothing on one short sentence and complain after a fork.
    "TOKENIZERS_PARALLELISM": "false",
}
REMOVED = ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY", "LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT")


def silence() -> None:
    """Force every switch off in this process and in those it starts."""
    os.environ.update(SILENCED)
    for name in REMOVED:
        os.environ.pop(name, None)
