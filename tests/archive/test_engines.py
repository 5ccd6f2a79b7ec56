"""Ray Data and Spark, the real ones, against the local runner: the same rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policy_ie.archive import TABLES, BatchExtractor, flat, run, with_ray, with_spark
from policy_ie.archive.store import Store
from policy_ie.errors import InvalidInput

from .conftest import release

#: Documents of the comparison; the 7th of each 100 is empty, the 8th no text.
DOCUMENTS = 2000


def documents(number: int) -> list[dict[str, Any]]:
    broken = {7: "", 8: "   "}
    return [{"document": i, "id": f"d{i}", "body": broken.get(i % 100, release(i)), "source": f"s/{i}"} for i in range(number)]


def ordered(table: Any) -> list[dict[str, Any]]:
    """Rows of a table by document; within a document in the order they came."""
    return sorted(table.to_pylist(), key=lambda row: row["document"])


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Rows of a local run over the documents."""
    folder = tmp_path_factory.mktemp("engines")
    pq.write_table(pa.Table.from_pylist(documents(DOCUMENTS)).drop_columns("document"), folder / "in.parquet")
    run([folder / "in.parquet"], folder / "out", profile="rules", columns={"text": "body"})
    store = Store(folder / "out")
    return {t: ordered(pa.concat_tables(pq.read_table(store.path(t, s)) for s in store.finished())) for t in TABLES}


def test_a_batch_gives_the_rows_of_each_table() -> None:
    rows = BatchExtractor({"text": "body"}, profile="rules")(pa.Table.from_pylist(documents(40)))
    assert rows.num_rows == 40
    assert rows["documents"].combine_chunks().value_lengths().to_pylist() == [int(i not in (7, 8)) for i in range(40)]
    errors = flat(rows, "errors").to_pylist()
    assert [(row["document"], row["id"], row["error"]) for row in errors] == [
        (7, "d7", "EmptyDocument"),
        (8, "d8", "EmptyDocument"),
    ]
    amounts = [row for row in flat(rows, "entities").to_pylist() if row["kind"] == "money"]
    assert [row["document"] for row in amounts] == [i for i in range(40) if i not in (7, 8)]
    assert int(amounts[-1]["amount"]) == 40_000


def test_numbers_are_made_where_there_are_none() -> None:
    texts = pa.table({"text": [release(1), release(2), release(1)]})
    extract = BatchExtractor(profile="rules")
    numbers = extract(texts)["document"].to_pylist()
    assert numbers[0] == numbers[2] != numbers[1]
    assert min(numbers) >= 0
    assert extract(texts)["document"].to_pylist() == numbers


def test_wrong_names_are_typed_errors() -> None:
    with pytest.raises(InvalidInput, match="no column holds the text"):
        BatchExtractor(profile="rules")(pa.table({"content": ["x"]}))
    with pytest.raises(InvalidInput, match="no table"):
        flat(BatchExtractor(profile="rules")(pa.table({"text": ["Der Landtag tagt."]})), "event")


@pytest.fixture
def ray() -> Iterator[Any]:
    module = pytest.importorskip("ray", reason='pip install "policy-ie[ray]"')
    data = pytest.importorskip("ray.data")
    module.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield data
    module.shutdown()


# Engines open sockets and files that they leave to the end of the process.
@pytest.mark.filterwarnings("ignore")
def test_ray_gives_the_rows_of_a_local_run(ray: Any, local: dict[str, list[dict[str, Any]]]) -> None:
    dataset = ray.from_arrow(pa.Table.from_pylist(documents(DOCUMENTS)))
    rows = pa.concat_tables(with_ray(dataset, columns={"text": "body"}, profile="rules").iter_batches(batch_format="pyarrow"))
    for table in TABLES:
        assert ordered(flat(rows, table)) == local[table], table


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason='pip install "policy-ie[spark]"')
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.warehouse.dir", str(tmp_path)).config("spark.log.level", "ERROR")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(
    not os.environ.get("JAVA_HOME") and not any((Path(p) / "java").exists() for p in os.get_exec_path()), reason="no Java"
)
def test_spark_gives_the_rows_of_a_local_run(spark: Any, local: dict[str, list[dict[str, Any]]]) -> None:
    frame = spark.createDataFrame(pa.Table.from_pylist(documents(DOCUMENTS)).to_pandas())
    rows = with_spark(frame.repartition(4), columns={"text": "body"}, profile="rules").cache()
    for table in TABLES:
        assert ordered(rows.selectExpr(f"inline({table})").toArrow()) == local[table], table
