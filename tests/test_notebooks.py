"""The notebooks run from the first cell to the last and show what they say they show.

`python tests/test_notebooks.py` writes their outputs anew.
"""

from __future__ import annotations

import ast
import io
import json
import pprint
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def run(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells with their outputs, as Jupyter would make them."""
    names: dict[str, Any] = {"__name__": "__notebook__"}
    found, count = [], 0
    for cell in cells:
        if cell["cell_type"] != "code":
            found.append(cell)
            continue
        count += 1
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        printed, value = io.StringIO(), None
        with redirect_stdout(printed):
            exec(compile(ast.Module(body, []), f"<cell {count}>", "exec"), names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), f"<cell {count}>", "eval"), names)
        outputs: list[dict[str, Any]] = []
        if printed.getvalue():
            outputs.append({"name": "stdout", "output_type": "stream", "text": lines(printed.getvalue())})
        if value is not None:
            data = {"text/plain": lines(pprint.pformat(value))}
            if hasattr(value, "_repr_svg_"):
                data["image/svg+xml"] = lines(value._repr_svg_())
            outputs.append({"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"})
        found.append({**cell, "execution_count": count, "outputs": outputs})
    return found


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_its_outputs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(sys, "path", [*sys.path])
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for shown, made in zip(cells, run(cells), strict=True):
        assert shown == made, "python tests/test_notebooks.py writes the outputs anew"


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 4


if __name__ == "__main__":
    for notebook in NOTEBOOKS:
        document = json.loads(notebook.read_text(encoding="utf-8"))
        document["cells"] = run(document["cells"])
        notebook.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
