"""Short versions of all configs, to run the whole chain in minutes: does every step take what the one before it wrote?

Usage: shorten.py CONFIGS OUT
"""

import shutil
import sys
from pathlib import Path

from thinc.api import Config

SHORT = {"epochs": 1, "words": 12_000, "raw_words": 3_000, "frequent": 3_000, "rare": 5_000, "centre": 2_000}
CORPORA = ("germeval-dev", "uner-pud", "templates", "mope-dev", "gsd-dev", "raw", "varied")


def shorten(section):
    """Sizes cut down, corpora left to the small ones, shares to a twentieth."""
    for key, value in list(section.items()):
        if key == "share":
            section[key] = {name: 0.05 for name in value if name in CORPORA}
        elif isinstance(value, dict):
            shorten(value)
        elif key in ("corpora", "again"):
            section[key] = [name for name in value if name in CORPORA]
        elif key in SHORT:
            section[key] = SHORT[key]


def main(configs, out):
    Path(out).mkdir(parents=True, exist_ok=True)
    for path in Path(configs).glob("*.cfg"):
        config = Config().from_disk(path)
        shorten(config)
        config.to_disk(Path(out) / path.name)
    shutil.copy(Path(configs) / "templates.toml", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
