"""Archives: many documents to tables on disk, and questions to the tables."""

from policy_ie.errors import MissingExtra

try:
    import filelock  # noqa: F401
    import pyarrow.compute  # noqa: F401
except ImportError as error:
    raise MissingExtra("archives need pyarrow and filelock", remedy='pip install "policy-ie[archive]"') from error

from policy_ie.archive.engines import BatchExtractor, flat, nested_schema, with_ray, with_spark
from policy_ie.archive.linking import LinkSummary, link, link_schemas
from policy_ie.archive.query import connect, query
from policy_ie.archive.runner import Summary, run
from policy_ie.archive.tables import TABLES, schemas

__all__ = [
    "TABLES",
    "BatchExtractor",
    "LinkSummary",
    "Summary",
    "connect",
    "flat",
    "link",
    "link_schemas",
    "nested_schema",
    "query",
    "run",
    "schemas",
    "with_ray",
    "with_spark",
]
