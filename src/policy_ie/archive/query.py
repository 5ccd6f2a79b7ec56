"""`query`: SQL over the tables of an archive, read in place by DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policy_ie.archive.links import Links
from policy_ie.archive.store import Store
from policy_ie.archive.tables import TABLES
from policy_ie.errors import ArchiveError, InvalidInput, MissingExtra

__all__ = ["connect", "query", "write_query"]


def connect(folder: str | Path) -> Any:
    """A DuckDB connection in memory with the tables of the archive as views; only finished shards are seen.

    The tables of `link` are among them where they fit the archive as it is.

    Raises:
        ArchiveError: where the folder is no archive, or no shard is finished.
        MissingExtra: where DuckDB is not installed.
    """
    store = Store(Path(folder))
    if not store.finished():
        raise ArchiveError("there is no finished shard", document=str(folder), remedy="run policy-ie batch first")
    connection = database()
    add_views(connection, store)
    for table, path in Links(store).tables().items():
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({_quoted(path)}, hive_partitioning = false)")
    return connection


def database(path: Path | None = None) -> Any:
    """A DuckDB database, in memory where no path is given.

    Raises:
        MissingExtra: where DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra("queries need DuckDB", remedy='pip install "policy-ie[archive]"') from error
    return duckdb.connect(":memory:" if path is None else str(path))


def failures() -> tuple[type[Exception], ...]:
    """What DuckDB raises where the disk or the memory is at its end."""
    import duckdb

    return duckdb.IOException, duckdb.OutOfMemoryException


def add_views(connection: Any, store: Store) -> None:
    """The tables of the finished shards as views."""
    shards = store.finished()
    for table in TABLES:
        # Views take no parameters.
        paths = ", ".join(_quoted(store.path(table, shard)) for shard in shards)
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{paths}], hive_partitioning = false)")


def _quoted(path: Path) -> str:
    """A path as a string of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def query(folder: str | Path, sql: str) -> Any:
    """The result of a SELECT over the tables of an archive, as an Arrow table.

    Raises:
        InvalidInput: where DuckDB does not understand the query.
    """
    with connect(folder) as connection:
        return _asked(connection, sql).to_arrow_table()


def write_query(folder: str | Path, sql: str, output: Path | None) -> str | None:
    """Writes the result to a file (.csv, .json, .parquet by its ending); without one, returns it as a table to look at."""
    if output is not None and output.suffix not in (".csv", ".json", ".parquet"):
        raise InvalidInput(f"no known ending: {output}", remedy="one of .csv .json .parquet")
    with connect(folder) as connection:
        relation = _asked(connection, sql)
        if output is None:
            return str(relation)
        relation.query("result", f"COPY (SELECT * FROM result) TO {_quoted(output)} (FORMAT {output.suffix[1:]})")
        return None


def _asked(connection: Any, sql: str) -> Any:
    import duckdb

    try:
        relation = connection.sql(sql)
    except duckdb.Error as error:
        views = [name for (name,) in connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
        further = "" if "happenings" in views else "; policy-ie link makes happenings and others"
        raise InvalidInput(f"the query fails: {error}", remedy=f"the tables are {', '.join(views)}{further}") from error
    if relation is None:
        raise InvalidInput("the query gives no rows", remedy="write a SELECT")
    return relation
