"""Errors and warnings of the library.

Every error that leaves the package is a `PolicyIEError`. Its message names the document (where there is one)
and a remedy, so that a line in a log file is enough to act on.
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveMismatch",
    "DataError",
    "DocumentTooLong",
    "EmptyDocument",
    "InvalidInput",
    "KnowledgeError",
    "MissingExtra",
    "ModelNotInstalled",
    "PolicyIEError",
    "PolicyWarning",
    "ProcessingError",
]


class PolicyIEError(Exception):
    """Base of all errors of the library.

    Example:
        >>> str(PolicyIEError("no text", document="a.txt", remedy="pass the release as a str"))
        'a.txt: no text (remedy: pass the release as a str)'
    """

    def __init__(self, message: str, *, document: str | None = None, remedy: str | None = None) -> None:
        self.message = message
        self.document = document
        self.remedy = remedy
        super().__init__(message)

    @property
    def explanation(self) -> str:
        """What is wrong and what to do, the same for every document."""
        return f"{self.message} (remedy: {self.remedy})" if self.remedy else self.message

    def __str__(self) -> str:
        return f"{self.document}: {self.explanation}" if self.document else self.explanation


class InvalidInput(PolicyIEError, ValueError):
    """The input is no text that could be read: wrong type, binary data, lone surrogates."""


class EmptyDocument(InvalidInput):
    """The input holds no characters, or white space only."""


class DocumentTooLong(InvalidInput):
    """The input is longer than the limit of the pipeline in use."""


class ModelNotInstalled(PolicyIEError, ImportError):
    """The base pipeline asked for is not installed here."""


class MissingExtra(PolicyIEError, ImportError):
    """An optional dependency is needed for what was asked."""


class KnowledgeError(PolicyIEError, LookupError):
    """The knowledge base is missing, damaged, or holds no such key."""


class DataError(PolicyIEError, ValueError):
    """A data file (frame, pattern, knowledge table) does not follow its documented format."""


class ArchiveError(PolicyIEError, RuntimeError):
    """A run over an archive cannot go on; what is finished is kept, and the same command goes on from there."""


class ArchiveLocked(ArchiveError):
    """Another run works on the same output."""


class ArchiveMismatch(ArchiveError):
    """The output was made from other sources, with other settings or by another version, or a source has changed since."""


class ProcessingError(PolicyIEError, RuntimeError):
    """A component failed on a document; `component` names it and `__cause__` holds the original error."""

    def __init__(self, message: str, *, component: str, document: str | None = None, remedy: str | None = None) -> None:
        self.component = component
        super().__init__(message, document=document, remedy=remedy)


class PolicyWarning(UserWarning):
    """Something worth knowing about the installation or a setting; never about one document (see `Warning` records)."""
