"""Vectors in embedded Chroma: a collection of sections and one of questions a language, since a metadata filter costs
several times the query.

The only module that knows Chroma.
"""

from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError

from app.domain.errors import IndexUnavailable
from app.retrieval.embeddings import Vectors

_BATCH = 2_000
# Exact enough that the same question finds the same neighbours on every machine.
_SPACE: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}
}


class ChromaIndex:
    """Nearest neighbours by cosine in a named collection."""

    def __init__(self, folder: Path) -> None:
        """
        Args:
            folder: where Chroma keeps its files; made when missing.

        Raises:
            IndexUnavailable: Chroma cannot use the folder.
        """
        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        try:
            self._client: ClientAPI = chromadb.PersistentClient(str(folder), settings)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexUnavailable(f"Chroma cannot open {folder.name}") from error

    def build(self, name: str, vectors: Vectors) -> None:
        """Store vectors; a vector's row is its id."""
        collection = self._client.create_collection(
            name, configuration=_SPACE, embedding_function=None
        )
        for start in range(0, len(vectors), _BATCH):
            rows = range(start, min(start + _BATCH, len(vectors)))
            collection.add(
                ids=[str(row) for row in rows], embeddings=vectors[rows.start : rows.stop]
            )

    def nearest(self, name: str, vector: Vectors, count: int) -> Sequence[tuple[int, float]]:
        """`(row, cosine)` of the nearest texts, nearest first.

        Raises:
            IndexUnavailable: there is no such collection.
        """
        try:
            collection = self._client.get_collection(name, embedding_function=None)
            found = collection.query(
                query_embeddings=np.atleast_2d(vector), n_results=count, include=["distances"]
            )
        except ChromaError as error:
            raise IndexUnavailable(f"no vectors {name}") from error
        distances = (found["distances"] or [[]])[0]
        return [(int(id), 1.0 - float(d)) for id, d in zip(found["ids"][0], distances, strict=True)]
