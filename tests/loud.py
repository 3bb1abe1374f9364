"""An environment in which every switch asks for tracing, telemetry and talk."""

from app.privacy.silence import REMOVED, SILENCED

COLLECTOR = "https://collector.example.org"

LOUD = (
    dict.fromkeys(SILENCED, "true")
    | dict.fromkeys(REMOVED, COLLECTOR)
    | dict.fromkeys(("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"), "0")
    | dict.fromkeys(("HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"), "0")
    | dict.fromkeys(("OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER"), "otlp")
    | {
        "OTEL_SDK_DISABLED": "false",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": COLLECTOR,
        "OPENAI_LOG": "debug",
        "LANGCHAIN_TRACING_SAMPLING_RATE": "1",
        "SSLKEYLOGFILE": "keys",
    }
)
