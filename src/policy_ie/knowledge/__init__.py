"""The knowledge base: territories, organisations, programmes and persons with keys, names and validity in time.

>>> from policy_ie.knowledge import knowledge_base
>>> knowledge_base().lookup("Leverkusen")[0].entry.ags
'05316000'
"""

from policy_ie.knowledge.base import KnowledgeBase, knowledge_base
from policy_ie.knowledge.entries import Entry, EntryKind, OrganisationEntry, PersonEntry, ProgrammeEntry, Term, TerritoryEntry
from policy_ie.knowledge.lookup import Candidate
from policy_ie.knowledge.matcher import NameHit

__all__ = [
    "Candidate",
    "Entry",
    "EntryKind",
    "KnowledgeBase",
    "NameHit",
    "OrganisationEntry",
    "PersonEntry",
    "ProgrammeEntry",
    "Term",
    "TerritoryEntry",
    "knowledge_base",
]
