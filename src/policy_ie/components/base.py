"""What all components share: the policy layer of a `Doc` (`layer.py`), and the base class with its factory.

The policy layer (`doc._.policy`, a `PolicyLayer`) is where components write and read. It works on characters, since
names stand inside tokens ("NRW" in "NRW-Initiative"); `doc.spans["policy"]` mirrors it in whole tokens for users of
spaCy, and `span._.value` gives the typed value there.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from policy_ie.components.layer import SPANS_KEY, EventDraft, Filler, Mention, PolicyLayer, Quote
from policy_ie.errors import DataError

__all__ = ["SPANS_KEY", "Component", "EventDraft", "Filler", "Mention", "PolicyLayer", "Quote", "component", "policy_layer"]

_STATE = "policy_ie"


def policy_layer(doc: Doc, text: str | None = None) -> PolicyLayer:
    """The policy layer of a doc, made at the first call; who has the doc's text already passes it along.

    Example:
        >>> import spacy
        >>> policy_layer(spacy.blank("de")("Guten Tag")).text
        'Guten Tag'
    """
    layer: PolicyLayer | None = doc.user_data.get(_STATE)
    if layer is None:
        layer = doc.user_data[_STATE] = PolicyLayer(doc, text)
    elif layer._doc is not doc:
        # The doc was copied, or read from bytes.
        layer._doc = doc
    return layer


def _mentions_of_span(span: Span) -> Iterator[Mention]:
    """Mentions that the span mirrors: same kind, and inside it."""
    first, last = span[0], span[-1]
    for mention in policy_layer(span.doc).mentions:
        if (
            mention.kind == span.label_
            and span.start_char <= mention.start < first.idx + len(first)
            and last.idx < mention.end <= span.end_char
        ):
            yield mention


def _set_extensions() -> None:
    Doc.set_extension("policy", getter=policy_layer, force=True)
    Doc.set_extension("policy_events", getter=lambda doc: policy_layer(doc).events, force=True)
    Span.set_extension("mention", getter=lambda span: next(_mentions_of_span(span), None), force=True)
    Span.set_extension("value", getter=lambda span: getattr(next(_mentions_of_span(span), None), "value", None), force=True)


_set_extensions()


class Component:
    """Base of the pipeline components.

    A subclass is decorated with `component("policy_…")`, takes its settings as keyword-only arguments of `__init__`
    (spaCy's config and the factory defaults are derived from them, so a default stands once), and implements
    `annotate`. Everything heavy (automata, tables) is fetched from cached module functions, never kept per document
    and never pickled.
    """

    name: str
    settings: dict[str, Any]

    def __init__(self, nlp: Language | None, name: str = "") -> None:
        """A component without settings needs no `__init__` of its own."""

    def annotate(self, layer: PolicyLayer) -> None:
        """Reads the layer and writes what the component finds."""
        raise TypeError(f"{type(self).__name__} does not implement annotate")

    def __call__(self, doc: Doc) -> Doc:
        """Runs the component on a doc."""
        self.annotate(policy_layer(doc))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings, for spaCy's serialisation."""
        return json.dumps(self.settings, sort_keys=True, ensure_ascii=False).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Takes settings from `to_bytes`."""
        self._restore(json.loads(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the settings into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Reads the settings from the folder `path`."""
        file = Path(path) / "settings.json"
        try:
            return self.from_bytes(file.read_bytes())
        except (OSError, ValueError) as error:
            raise DataError(f"{file} holds no settings of {self.name}: {error}", remedy="save the pipeline again") from error

    def _restore(self, settings: dict[str, Any]) -> None:
        type(self).__init__(self, None, self.name, **settings)


C = TypeVar("C", bound=Component)


def component(factory: str) -> Callable[[type[C]], type[C]]:
    """Registers a component class as a spaCy factory; the defaults come from the keyword-only arguments of `__init__`.

    Example:
        >>> import spacy
        >>> @component("policy_nothing")
        ... class Nothing(Component):
        ...     def __init__(self, nlp, name="policy_nothing", *, loud: bool = False): ...
        ...     def annotate(self, layer): ...
        >>> spacy.blank("de").add_pipe("policy_nothing").settings
        {'loud': False}
    """

    def register(cls: type[C]) -> type[C]:
        original: Callable[..., None] = cls.__init__
        signature = inspect.signature(original)
        keywords = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
        defaults = {p.name: p.default for p in keywords}

        def init(self: C, nlp: Language | None, name: str = factory, **settings: Any) -> None:
            self.name = name
            self.settings = {**defaults, **settings}
            original(self, nlp, name, **settings)

        init.__doc__ = original.__doc__
        setattr(init, "__signature__", signature)  # noqa: B010
        setattr(cls, "__init__", init)  # noqa: B010

        def create(nlp: Language, name: str, **settings: Any) -> C:
            made: C = cast(Any, cls)(nlp, name, **settings)
            return made

        # confection reads the signature of the factory function to check a config.
        positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
        expected = [inspect.Parameter(n, positional, annotation=kind) for n, kind in (("nlp", Language), ("name", str))]
        expected += [p.replace(annotation=Any) for p in keywords]
        setattr(create, "__signature__", inspect.Signature(expected))  # noqa: B010
        if not Language.has_factory(factory):
            Language.factory(factory, default_config=defaults, func=create)
        return cls

    return register
