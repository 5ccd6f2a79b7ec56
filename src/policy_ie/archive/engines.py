"""Ray Data and Spark: the same rows as a local run, on engines for many machines.

An engine moves batches of documents and has one schema for what comes back. So a document gives one row with one column per
table, each a list of the rows that the document has in that table; `flat` makes the tables of them, in Spark `inline` does.
The engine also plans, retries and stores: shards, time limits and resuming are its own here.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from policy_ie.archive.sources import Reading, Unit, unit_of_row
from policy_ie.archive.tables import TABLES, Rows, schemas
from policy_ie.archive.worker import extracted
from policy_ie.errors import InvalidInput, MissingExtra
from policy_ie.records import Failure

if TYPE_CHECKING:
    from policy_ie.api import Extractor

__all__ = ["BatchExtractor", "flat", "nested_schema", "with_ray", "with_spark"]

#: Documents that are extracted at once, however large the batches of the engine are.
_DOCUMENTS = 32


@cache
def nested_schema() -> Any:
    """Arrow schema of the rows that come back: one column per table.

    Example:
        >>> nested_schema().names
        ['document', 'documents', 'entities', 'mentions', 'events', 'arguments', 'errors']
    """
    lists = [(name, pa.list_(pa.struct(list(schema)))) for name, schema in schemas().items()]
    return pa.schema([("document", pa.int64()), *lists])


def flat(rows: Any, name: str) -> Any:
    """One table of an archive, from rows as `nested_schema` describes them (an Arrow table or record batch).

    Example:
        >>> row = BatchExtractor(profile="rules")(pa.table({"text": ["Soest, 3. Mai 2021. Der Landrat tagt."]}))
        >>> flat(row, "entities").select(["kind", "name"]).to_pylist()[0]
        {'kind': 'territory', 'name': 'Soest'}

    Raises:
        InvalidInput: where there is no such table.
    """
    if name not in TABLES:
        raise InvalidInput(f"there is no table {name!r}", remedy=f"one of {', '.join(TABLES)}")
    things = pc.list_flatten(rows[name])
    batch = things.combine_chunks() if isinstance(things, pa.ChunkedArray) else things
    return pa.Table.from_arrays([batch.field(i) for i in range(batch.type.num_fields)], schema=schemas()[name])


class BatchExtractor:
    """Extracts batches of documents; the pipeline is loaded at the first, once in a process.

    Args:
        columns: names of the columns by field (`{"text": "body"}`), as in `policy_ie.archive.run`; a column `document` holds
            the number of each document, the key of all tables. Where there is none, it is made from the document's fields.
        options: arguments of `Extractor`.
    """

    def __init__(self, columns: Mapping[str, str] | None = None, **options: Any) -> None:
        self._reading = Reading(dict(columns or {}))
        self._options = options
        self._extractor: Extractor | None = None

    def __call__(self, batch: Any) -> Any:
        """Rows as `nested_schema` describes them for an Arrow table or record batch of documents."""
        return pa.Table.from_batches(self.stream([batch]), nested_schema())

    def stream(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Record batches of rows for record batches of documents."""
        for batch in batches:
            columns = self._reading.names(batch.schema.names)
            wanted = {*columns.values(), "document"}.intersection(batch.schema.names)
            for start in range(0, batch.num_rows, _DOCUMENTS):
                yield self._extracted(batch.slice(start, _DOCUMENTS).select(sorted(wanted)).to_pylist(), columns)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_extractor": None}

    def _extracted(self, documents: list[dict[str, Any]], columns: Mapping[str, str]) -> Any:
        if self._extractor is None:
            from policy_ie.api import Extractor

            self._extractor = Extractor(**self._options)
        numbered = [_numbered(row, columns) for row in documents]
        rows = Rows()
        chunk = [(position, unit) for position, (_, unit) in enumerate(numbered)]
        for position, result in extracted(self._extractor, self._reading, chunk):
            if isinstance(result, Failure):
                rows.fail(position, result)
            else:
                rows.add(position, result)
        return _nested([number for number, _ in numbered], rows.tables())


def with_ray(
    dataset: Any, *, columns: Mapping[str, str] | None = None, concurrency: int | tuple[int, int] = 1, **options: Any
) -> Any:
    """A Ray Dataset of extracted rows, for a Ray Dataset of documents.

    Args:
        dataset: one row per document, with columns as `BatchExtractor` takes them.
        columns: names of the columns by field.
        concurrency: number of actors, or the smallest and the largest number.
        options: arguments of `Extractor`.

    Raises:
        MissingExtra: where Ray is not installed.
    """
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise MissingExtra("this needs Ray Data", remedy='pip install "policy-ie[ray]"') from error
    return dataset.map_batches(
        BatchExtractor,
        fn_constructor_kwargs={"columns": columns, **options},
        batch_format="pyarrow",
        batch_size=256,
        concurrency=concurrency,
    )


def with_spark(frame: Any, *, columns: Mapping[str, str] | None = None, **options: Any) -> Any:
    """A Spark DataFrame of extracted rows, for a Spark DataFrame of documents; see `with_ray` for the arguments.

    A table is `frame.selectExpr("inline(events)")`.

    Raises:
        MissingExtra: where PySpark is not installed.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError as error:
        raise MissingExtra("this needs PySpark", remedy='pip install "policy-ie[spark]"') from error
    return frame.mapInArrow(_Spark(columns, options), from_arrow_schema(nested_schema()))


class _Spark:
    """The function that Spark sends to its Python processes, which keep the pipeline from one partition to the next."""

    def __init__(self, columns: Mapping[str, str] | None, options: dict[str, Any]) -> None:
        self._columns, self._options = columns, options

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        key = repr((self._columns, sorted(self._options.items())))
        extractor = _KEPT.get(key)
        if extractor is None:
            _KEPT.clear()  # one pipeline in a process is enough
            extractor = _KEPT[key] = BatchExtractor(self._columns, **self._options)
        yield from extractor.stream(batches)


_KEPT: dict[str, BatchExtractor] = {}


def _numbered(row: dict[str, Any], columns: Mapping[str, str]) -> tuple[int, Unit]:
    number = row.get("document")
    if number is None:
        said = repr([row[column] for column in columns.values()])
        number = int.from_bytes(hashlib.blake2b(said.encode(errors="surrogatepass"), digest_size=8).digest()) >> 1
    return number, unit_of_row(row, columns, "row", "row", number)


def _nested(numbers: list[int], tables: Mapping[str, Any]) -> Any:
    """One row per document, from tables ordered by the position of the document in the batch."""
    keys = pa.array(numbers, pa.int64())
    columns: list[Any] = [keys]
    for table in tables.values():
        table = table.combine_chunks()
        positions = table["document"]
        counts = dict.fromkeys(range(len(numbers)), 0)
        counts.update((entry["values"], entry["counts"]) for entry in pc.value_counts(positions).to_pylist())
        offsets = pa.array([0, *itertools.accumulate(counts.values())], pa.int32())
        things = table.set_column(0, table.field(0), pc.take(keys, positions)).to_struct_array().combine_chunks()
        columns.append(pa.ListArray.from_arrays(offsets, things))
    return pa.RecordBatch.from_arrays(columns, schema=nested_schema())
