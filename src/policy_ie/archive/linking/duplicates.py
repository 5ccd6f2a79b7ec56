"""Near-duplicates: the same text on several sites, under other heads and feet.

Candidates come from MinHash signatures (rensa) of the text without boilerplate: documents that agree in all values of one
band. The bands lie in a Parquet file and DuckDB sorts them, so memory does not grow with the archive. A candidate counts when
the signatures agree well enough and both texts name the same places, persons and days: a round of grants, or weekly office
hours, gives texts that differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from policy_ie.archive.linking.groups import Groups
from policy_ie.archive.linking.sql import statement
from policy_ie.errors import MissingExtra

__all__ = ["find_duplicates", "kept_words"]

#: Bands of a signature, and values in each: texts with 75 % of their shingles in common meet in a band in 98 of 100 cases.
_BANDS, _ROWS = 21, 6

#: Agreement of two signatures (an estimate of the share of common shingles) from which on texts are the same, and that needed
#: where they name different sums: a corrected release agrees in all the rest, grants for two things in a town do not.
_SIMILAR, _SIMILAR_BUT_SUMS = 0.62, 0.85

#: Neighbours in a band, by date, that a document is compared with.
_NEIGHBOURS = 4

_SEED = 1
_KEPT = frozenset(["lead", "body", "list"])
_WORD = re.compile(r"\w+")

_BAND_ROWS = pa.schema([("document", pa.int64()), ("band", pa.int16()), ("hash", pa.int64())])
_PAIR_ROWS = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("similarity", pa.float64())])


def find_duplicates(connection: Any, texts: Iterable[Any], work: Path, documents: int) -> None:
    """Makes the table `duplicates`, and `alike`: pairs of texts in nearly the same words, and whether they are the same.

    Args:
        connection: DuckDB, with the tables of the archive and the macro `differ`.
        texts: batches with the columns `document`, `text`, `sections`.
        work: folder for what is needed on the way.
        documents: highest number of a document, plus one.
    """
    connection.execute(statement("duplicates", "facts"))
    paths = {name: work / f"{name}.parquet" for name in ("bands", "candidates", "similar", "confirmed", "members")}
    names = {name: str(path).replace("'", "''") for name, path in paths.items()}
    signatures: npt.NDArray[np.uint32] = np.lib.format.open_memmap(
        work / "signatures.npy", mode="w+", dtype=np.uint32, shape=(max(documents, 1), _BANDS * _ROWS)
    )
    with pq.ParquetWriter(paths["bands"], _BAND_ROWS) as writer:
        for numbers, digests in _signatures(texts):
            signatures[numbers] = digests
            writer.write_table(_bands(numbers, digests))
    leads = ", ".join(f"lead(document, {step}) OVER near" for step in range(1, _NEIGHBOURS + 1))
    connection.execute(statement("duplicates", "candidates", leads=leads, **names))
    with pq.ParquetFile(paths["candidates"]) as file, pq.ParquetWriter(paths["similar"], _PAIR_ROWS) as writer:
        for batch in file.iter_batches():
            a, b = (batch.column(name).to_numpy() for name in ("a", "b"))
            similarity = (signatures[a] == signatures[b]).mean(axis=1)
            kept = similarity >= _SIMILAR
            writer.write_table(pa.table([a[kept], b[kept], similarity[kept]], schema=_PAIR_ROWS))
    connection.execute(statement("duplicates", "confirmed", similar_but_sums=_SIMILAR_BUT_SUMS, **names))
    groups = Groups(documents)
    with pq.ParquetFile(paths["confirmed"]) as file:
        for batch in file.iter_batches():
            for a, b in zip(batch.column("a").to_pylist(), batch.column("b").to_pylist(), strict=True):
                groups.join(a, b)
    groups.write(paths["members"], "document", "text_group")
    connection.execute(statement("duplicates", "groups", **names))
    for path in (*paths.values(), work / "signatures.npy"):
        path.unlink()


def kept_words(text: str, sections: Iterable[dict[str, Any]]) -> list[str]:
    """Words of a release without headline, contact and boilerplate, in small letters.

    Example:
        >>> kept_words("Kita\\nDie Kita ist FERTIG.\\nImpressum", [{"kind": "body", "start": 5, "end": 25}])
        ['die', 'kita', 'ist', 'fertig']
    """
    kept = " ".join(text[s["start"] : s["end"]] for s in sections if s["kind"] in _KEPT)
    return _WORD.findall((kept if kept.strip() else text).casefold())


def _signatures(texts: Iterable[Any]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]]:
    """Numbers of documents, and their signatures; documents with fewer than three words have none."""
    try:
        from rensa import RMinHash
    except ImportError as error:
        raise MissingExtra("near-duplicates need rensa", remedy='pip install "policy-ie[archive]"') from error
    for batch in texts:
        numbers, sets = [], []
        rows = zip(*(batch.column(name).to_pylist() for name in ("document", "text", "sections")), strict=True)
        for number, text, sections in rows:
            words = kept_words(text, sections)
            if len(words) >= 3:
                numbers.append(number)
                sets.append([" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)])
        if numbers:
            digests = RMinHash.digests_from_token_sets(sets, _BANDS * _ROWS, _SEED)
            yield np.array(numbers, dtype=np.int64), np.array(digests, dtype=np.uint32)


def _bands(numbers: npt.NDArray[np.int64], digests: npt.NDArray[np.uint32]) -> Any:
    """One row per document and band, with a hash of the values in the band."""
    values = digests.reshape(len(numbers), _BANDS, _ROWS).astype(np.uint64)
    hashes = np.zeros(values.shape[:2], dtype=np.uint64)
    for row in range(_ROWS):
        hashes = (hashes ^ values[:, :, row]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    bands = np.tile(np.arange(_BANDS, dtype=np.int16), len(numbers))
    return pa.table([np.repeat(numbers, _BANDS), bands, hashes.ravel().view(np.int64)], schema=_BAND_ROWS)
