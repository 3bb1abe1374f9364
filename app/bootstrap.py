"""Puts the parts together. The only place that knows concrete classes."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date

from app.answering.ask import Assistant
from app.answering.ports import Rewriter, Writer
from app.domain.components import NONE, Component, Components
from app.domain.errors import SettingsError
from app.domain.library import Library
from app.domain.switches import Switch
from app.generation.breaker import Breaker
from app.generation.chat_model import ChatModel, LangChainModel
from app.generation.corpus_writer import CorpusWriter
from app.generation.guarded_model import GuardedModel
from app.generation.llm_rewriter import LlmRewriter
from app.generation.llm_writer import LlmWriter
from app.generation.switched_model import SwitchedModel
from app.ingestion.loading import load_library
from app.language.identify import Identifier
from app.language.replies import Replies
from app.privacy.names import ordinary_words
from app.privacy.redaction import Redactor
from app.retrieval.embeddings import load_embedder
from app.retrieval.index import Index, open_or_build
from app.retrieval.retriever import Retriever
from app.safety.boundaries import Boundaries
from app.safety.entailment import load_entailment
from app.safety.switches import Switches
from app.safety.verification.forbidden import claims
from app.safety.verifier import Verifier
from app.settings import Settings


@dataclass(frozen=True)
class Service:
    """Everything a door needs: web page, API, command line."""

    assistant: Assistant
    library: Library
    replies: Replies
    retriever: Retriever
    redactor: Redactor
    index: Index
    switches: Switches
    settings: Settings
    model_counts: Counter[str] = field(default_factory=Counter)
    """What became of the calls to the model: `answered`, `resting`, `abandoned`, `failed: <reason>`. Counts only."""


def build_service(
    settings: Settings, today: date | None = None, without: Components = NONE
) -> Service:
    """The service as the settings want it. Builds the index if it is not there.

    Args:
        settings: what the operator set.
        today: decides what is in force; the real day when left out.
        without: components left out, to measure what they are worth.

    Raises:
        CorpusError: a text breaks its format.
        IndexUnavailable: the index can neither be read nor built.
        SettingsError: a setting cannot work.
    """
    day = today or date.today()
    with ThreadPoolExecutor(1) as aside:
        # Unpacking the language model takes half a second that the loading of the texts can share.
        identifying = aside.submit(Identifier.ready)
        library = load_library(settings.corpus, day, settings.reviewed_only).with_texts()
        model = identifying.result()
    if not library.languages:
        raise SettingsError(
            "REVIEWED_ONLY: no text is signed yet; sign one, or serve unsigned ones"
        )
    if settings.default_language not in library.languages:
        raise SettingsError(f"DEFAULT_LANGUAGE: {settings.default_language} has no texts")
    replies = Replies(library.replies, day)
    key = settings.embeddings_api_key
    embedder = load_embedder(
        settings.embeddings,
        settings.embeddings_base_url,
        key.get_secret_value() if key else None,
    )
    # Beside the index that serves, which would be tidied away.
    folder = settings.data / ("index-for-measuring" if without else "index")
    index = open_or_build(folder, library, embedder, embedder.name, without)
    retriever = Retriever(index, settings.answer_threshold)
    redactor = build_redactor(library)
    boundaries = Boundaries(library, rules=Component.RULES not in without)
    switches = Switches(settings.switch_file, settings.off_at_start)
    counts: Counter[str] = Counter()
    chat = build_model(settings, counts, switches)
    assistant = Assistant(
        redactor=redactor,
        languages=Identifier(library.languages, model),
        retriever=retriever,
        triage=boundaries,
        scope=boundaries,
        writers=build_writers(settings, chat),
        verifier=build_verifier(settings, library),
        replies=replies,
        contacts=library.contacts,
        default_language=settings.default_language,
        rewriter=build_rewriter(settings, chat),
    )
    return Service(
        assistant, library, replies, retriever, redactor, index, switches, settings, counts
    )


def build_redactor(library: Library) -> Redactor:
    """A redactor that knows the helplines and offices of the corpus, and its words, which are nobody's name."""
    contacts = [contact for held in library.contacts.values() for contact in held.values()]
    sections = [section for language in library.languages for section in library.sections(language)]
    texts = [text for s in sections for text in (*s.asked, *(told.text for told in s.statements))]
    return Redactor(
        [contact.phone for contact in contacts if contact.phone],
        [contact.address for contact in contacts if contact.address],
        ordinary_words(texts),
    )


def build_verifier(settings: Settings, library: Library) -> Verifier:
    """What stands between a model's line and a reader; it knows what each page forbids to say.

    Raises:
        SettingsError: the further checker that is set cannot be loaded.
    """
    checker = None
    if settings.entailment:
        checker = load_entailment(settings.entailment, settings.entailment_threshold)
    return Verifier(claims(library), checker)


def with_model(
    service: Service, settings: Settings, clock: Callable[[], float] = time.monotonic
) -> Service:
    """The same service, asking the model of other settings, with counts of its own.

    Raises:
        SettingsError: the model's provider is not known.
    """
    counts: Counter[str] = Counter()
    model = build_model(settings, counts, service.switches, clock)
    assistant = replace(
        service.assistant,
        writers=build_writers(settings, model),
        rewriter=build_rewriter(settings, model),
    )
    return replace(service, assistant=assistant, settings=settings, model_counts=counts)


def build_model(
    settings: Settings,
    counts: Counter[str],
    switches: Switches,
    clock: Callable[[], float] = time.monotonic,
) -> ChatModel | None:
    """The language model that the settings name, behind its switch and its circuit breaker; `None` when they name none.

    Args:
        settings: name the model, if there is one.
        counts: told what became of each call.
        switches: asked again for every piece of its text whether an operator has turned it off.
        clock: seconds, for the breaker.

    Raises:
        SettingsError: the model's provider is not known.
    """
    if not settings.llm:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    model = LangChainModel(
        settings.llm, settings.llm_timeout, settings.llm_base_url, key, settings.llm_max_tokens
    )
    guarded = GuardedModel(
        model, Breaker(clock), settings.llm_timeout, lambda ended: counts.update((ended,))
    )
    return SwitchedModel(guarded, lambda: switches.off(Switch.MODEL) is not None)


def build_writers(settings: Settings, model: ChatModel | None) -> tuple[Writer, ...]:
    """Who may write an answer, first choice first; the corpus engine is always the last."""
    vetted = CorpusWriter()
    return (LlmWriter(model, settings.llm_timeout), vetted) if model else (vetted,)


def build_rewriter(settings: Settings, model: ChatModel | None) -> Rewriter | None:
    """What makes follow-ups stand alone. It has a quarter of the model's time; writing has the rest."""
    return LlmRewriter(model, settings.llm_timeout / 4) if model else None
