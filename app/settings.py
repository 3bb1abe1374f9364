"""Every setting, in one typed, frozen table, read once from the environment. Defaults are safe and need no key."""

import ipaddress
import re
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.errors import SettingsError
from app.domain.switches import Switch

ROOT = Path(__file__).resolve().parent.parent


def listed(value: str) -> tuple[str, ...]:
    """The members of a list written with commas."""
    return tuple(member.strip() for member in value.split(",") if member.strip())


class Settings(BaseSettings):
    """What an operator may set. A name here is the environment variable's, in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    corpus: Path = Field(ROOT / "corpus", description="Folder of the texts.")
    data: Path = Field(
        ROOT / "var",
        description="Folder of the search index, the switch file and hashes of staff keys. Nothing else is written.",
    )
    reviewed_only: bool = Field(
        default=False, description="Serve only texts that a lawyer has signed."
    )
    default_language: str = Field(
        "en", description="Language when neither question nor device tells."
    )
    embeddings: str = Field(
        "wordllama",
        description="`wordllama` (ships with the package), `onnx:` and the folder of a model, or `provider:model` for LangChain.",
    )
    embeddings_base_url: str | None = Field(
        None, description="Address of an OpenAI-compatible server of embeddings (`openai:…`)."
    )
    embeddings_api_key: SecretStr | None = Field(
        None, description="Key for it; a server of your own takes any."
    )
    llm: str | None = Field(
        None,
        description="`provider:model` for LangChain, e.g. `openai:llama-3.3-70b`. Unset: no model, the corpus answers.",
    )
    llm_base_url: str | None = Field(
        None, description="Address of an OpenAI-compatible server, best one of your own."
    )
    llm_api_key: SecretStr | None = Field(None, description="Key for it; a local server takes any.")
    llm_timeout: float = Field(
        12.0, gt=0, le=120, description="Seconds a model has for a whole answer."
    )
    llm_max_tokens: int = Field(
        700,
        ge=100,
        le=32_000,
        description="Longest text a model may write for an answer. Raise it for a model that thinks first.",
    )
    exam_pass_mark: float = Field(
        0.85,
        ge=0,
        le=1,
        description="Share of examination cases a model must pass in each language (`python -m app exam`).",
    )
    entailment: Path | None = Field(
        None,
        description="Folder of a local entailment model (`model.onnx`, `tokenizer.json`, `config.json`): a second check of a model's lines.",
    )
    entailment_threshold: float = Field(
        0.5, ge=0, le=1, description="Probability of entailment below which a line is dropped."
    )
    answer_threshold: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Probability below which we say that no text answers. Measured in `app/README.md`.",
    )
    rate_limit: str = Field(
        "30/minute", description="Questions one address may ask, in the words of `limits`."
    )
    redis_url: SecretStr | None = Field(
        None,
        description="Redis-protocol store in which several workers count together, `redis://…`. Unset: each in its memory.",
    )
    model_daily_answers: int = Field(
        2_000,
        ge=0,
        description="Answers of a model in a day, for everybody; then the corpus answers.",
    )
    model_daily_share: int = Field(
        40, ge=0, description="Of these, for one visitor; then the corpus answers them."
    )
    max_open: int = Field(
        100, ge=4, description="Questions open at a time; one more is refused at once with 503."
    )
    client_timeout: float = Field(
        10.0,
        gt=0,
        le=120,
        description="Seconds a client has to send a request, or to take an answer.",
    )
    allowed_hosts: str = Field(
        "*",
        description="Names this service goes by, separated by commas; `*.example.org` for all below.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of your own proxies, by commas. Only they may say whose request it is.",
    )
    behind_tls: bool = Field(
        default=False,
        description="Always say HSTS. A trusted proxy's X-Forwarded-Proto says it too.",
    )
    embed_hosts: str = Field(
        "", description="Sites that may show the page in a frame, `https://example.org`, by commas."
    )
    cors_origins: str = Field(
        "", description="Sites whose scripts may call the API, `https://example.org`, by commas."
    )
    staff_keys_file: Path | None = Field(
        None, description="Hashes of staff keys; `staff-keys.json` in DATA when unset."
    )
    staff_key_hashes: str = Field(
        "",
        description="SHA-256 of further staff keys, in hex, separated by commas.",
    )
    model_off: str = Field(
        "", description="A reason: the model is off from the start, until `python -m app on model`."
    )
    service_off: str = Field(
        "",
        description="A reason: the service is off from the start, until `python -m app on service`.",
    )
    log_level: str = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR. No level logs words of a question."
    )

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("allowed_hosts", "embed_hosts", "cors_origins")
    @classmethod
    def _safe_in_a_header(cls, value: str) -> str:
        if re.search(r"[\s;'\"]", value.replace(", ", ",").strip()):
            raise ValueError("must be names separated by commas")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        # `*` would let anybody name any address, and so escape every limit.
        for member in listed(value):
            ipaddress.ip_network(member)
        return value

    @property
    def staff_hashes(self) -> tuple[str, ...]:
        return listed(self.staff_key_hashes.lower())

    @property
    def staff_keys_path(self) -> Path:
        return self.staff_keys_file or self.data / "staff-keys.json"

    @property
    def off_at_start(self) -> dict[Switch, str]:
        """What is off from the start, with the reason."""
        reasons = {Switch.MODEL: self.model_off, Switch.SERVICE: self.service_off}
        return {switch: reason for switch, reason in reasons.items() if reason.strip()}

    @property
    def switch_file(self) -> Path:
        return self.data / "switches.json"

    @classmethod
    def read(cls) -> Self:
        """The settings of this process.

        Raises:
            SettingsError: one line a wrong setting, without its value.
        """
        try:
            return cls()
        except ValidationError as error:
            lines = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
            raise SettingsError("\n".join(lines)) from None
