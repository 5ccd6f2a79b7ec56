"""Groups of numbers, joined pair by pair."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["Groups"]

_ROWS = 100_000


class Groups:
    """Union-find over the numbers below `size`, in eight bytes each.

    Example:
        >>> groups = Groups(5)
        >>> groups.join(3, 1), groups.join(4, 3)
        (True, True)
        >>> [groups.of(n) for n in range(5)]
        [0, 1, 2, 1, 1]
    """

    def __init__(self, size: int) -> None:
        self._parent = np.arange(size, dtype=np.int64)

    def of(self, number: int) -> int:
        """The smallest number of the group."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return int(number)

    def join(self, one: int, other: int) -> bool:
        """Makes one group of two; False where they are one already."""
        one, other = self.of(one), self.of(other)
        self._parent[max(one, other)] = min(one, other)
        return one != other

    def write(self, path: Path, number: str, group: str) -> None:
        """Writes the numbers of groups of two and more to a Parquet file with two columns."""
        while (self._parent != self._parent[self._parent]).any():
            self._parent = self._parent[self._parent]
        sizes = np.bincount(self._parent, minlength=len(self._parent)) if len(self._parent) else self._parent
        numbers = np.flatnonzero(sizes[self._parent] > 1)
        schema = pa.schema([(number, pa.int64()), (group, pa.int64())])
        with pq.ParquetWriter(path, schema) as writer:
            for start in range(0, len(numbers), _ROWS):
                part = numbers[start : start + _ROWS]
                writer.write_table(pa.table([part, self._parent[part]], schema=schema))
