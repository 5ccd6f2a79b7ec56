"""The German base pipeline that ships with the package: tags, morphology, lemmas, sentences, names.

It was trained in `models/` (card, licences and figures there). Code is MIT, the trained weights are CC BY-SA 4.0.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from policy_ie.errors import ModelNotInstalled

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["base_path", "load_base"]

_FOLDER = "de_policy_md"


def base_path() -> Path:
    """Folder of the trained pipeline inside the package, in spaCy's own format.

    Raises:
        ModelNotInstalled: where the folder is missing from the installation.

    Example:
        >>> (base_path() / "config.cfg").is_file()
        True
    """
    path = Path(__file__).parent / _FOLDER
    if not (path / "config.cfg").is_file():
        raise ModelNotInstalled(f"{path} is missing", remedy="install the package again: its wheel holds this folder")
    # spaCy finds the factories by entry point; a source tree on the path has none
    import_module("policy_ie.base.tagger")
    import_module("policy_ie.base.lemmatizer")
    return path


def load_base(exclude: tuple[str, ...] = ()) -> Language:
    """Loads the trained pipeline alone, without the components of this library.

    Args:
        exclude: names of pipes to leave out, `policy_lemmatizer` for one.

    Example:
        >>> doc = load_base()("Ministerin Anna Berger besuchte am 3. Mai die Stadt Köln.")
        >>> [(e.text, e.label_) for e in doc.ents]
        [('Anna Berger', 'PER'), ('Köln', 'LOC')]
    """
    import spacy

    return spacy.load(base_path(), exclude=list(exclude))
