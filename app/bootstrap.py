"""Puts the parts together. The only place that knows concrete classes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from app.answering.ask import Assistant
from app.answering.ports import Writer
from app.domain.components import NONE, Component, Components
from app.domain.errors import SettingsError
from app.domain.library import Library
from app.generation.chat_model import LangChainModel
from app.generation.corpus_writer import CorpusWriter
from app.generation.llm_writer import LlmWriter
from app.ingestion.loading import load_library
from app.language.identify import Identifier
from app.language.replies import Replies
from app.privacy.names import ordinary_words
from app.privacy.redaction import Redactor
from app.retrieval.embeddings import load_embedder
from app.retrieval.index import Index, open_or_build
from app.retrieval.retriever import Retriever
from app.safety.boundaries import Boundaries
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
    settings: Settings


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
    embedder = load_embedder(settings.embeddings)
    # Beside the index that serves, which would be tidied away.
    folder = settings.data / ("index-for-measuring" if without else "index")
    index = open_or_build(folder, library, embedder, settings.embeddings, without)
    retriever = Retriever(index, settings.answer_threshold)
    redactor = build_redactor(library)
    boundaries = Boundaries(library, rules=Component.RULES not in without)
    assistant = Assistant(
        redactor=redactor,
        languages=Identifier(library.languages, model),
        retriever=retriever,
        triage=boundaries,
        scope=boundaries,
        writers=build_writers(settings),
        verifier=Verifier(),
        replies=replies,
        contacts=library.contacts,
        default_language=settings.default_language,
    )
    return Service(assistant, library, replies, retriever, redactor, index, settings)


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


def build_writers(settings: Settings) -> tuple[Writer, ...]:
    """Who may write an answer, first choice first; the corpus engine is always the last.

    Raises:
        SettingsError: the model's provider is not known.
    """
    vetted = CorpusWriter()
    if not settings.llm:
        return (vetted,)
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    model = LangChainModel(settings.llm, settings.llm_timeout, settings.llm_base_url, key)
    return (LlmWriter(model), vetted)
