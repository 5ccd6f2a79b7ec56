"""Across documents: near-duplicates, happenings that several releases report, programmes and persons of the whole archive."""

from policy_ie.archive.linking.run import LinkSummary, link
from policy_ie.archive.linking.schema import link_schemas

__all__ = ["LinkSummary", "link", "link_schemas"]
