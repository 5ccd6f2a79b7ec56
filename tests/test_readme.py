"""The README keeps its promises: the record it shows is the record that comes out.

`python tests/test_readme.py` writes the record anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from policy_ie import Extractor, PressRelease

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=<!-- record:begin -->\n).*?(?=<!-- record:end -->)", re.DOTALL)


def sample(record: PressRelease) -> str:
    """The first funding event of the example, and the entities that it points to."""
    event = next(e for e in record.events if e.type == "funding").model_dump(
        mode="json", exclude_none=True, exclude={"sentence", "why"}
    )
    wanted = set(re.findall(r'"entity": "(e\d+)"', json.dumps(event)))
    entities = [
        e.model_dump(mode="json", exclude_none=True, exclude={"mentions", "latitude", "longitude", "confidence"})
        for e in record.entities
        if e.id in wanted
    ]
    fields = [f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in event.items() if v not in ([], "")]
    lines = ["```json", "{", ",\n".join(fields), "}"]
    for entity in entities:
        lines.append(json.dumps({k: v for k, v in entity.items() if v not in ([], False)}, ensure_ascii=False))
    return "\n".join([*lines, "```", ""])


def shown(extractor: Extractor) -> str:
    return sample(extractor.extract((ROOT / "examples/foerderung.txt").read_text(encoding="utf-8"), id="foerderung"))


def test_the_record_in_the_readme_is_the_one_that_comes_out(default: Extractor) -> None:
    found = BLOCK.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found[0] == shown(default)


def test_the_readme_names_files_that_exist() -> None:
    text = README.read_text(encoding="utf-8")
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / path).exists(), path


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    block = shown(Extractor())
    README.write_text(BLOCK.sub(lambda _: block, text), encoding="utf-8")
