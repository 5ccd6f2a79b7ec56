"""A component for tests that does what a broken one may do, on texts that ask for it; the fixture installs it."""

from __future__ import annotations

import os
import signal
import time

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("poison")
def create(nlp: Language, name: str) -> object:
    return _poison


def _poison(doc: Doc) -> Doc:
    text = doc.text
    if "KILLS" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "HANGS" in text:
        time.sleep(1000)
    if "FILLS" in text:
        bytearray(4_000_000_000)
    if "FAILS" in text:
        raise ValueError("poisoned")
    if "WAITS" in text:
        time.sleep(0.05)
    return doc
