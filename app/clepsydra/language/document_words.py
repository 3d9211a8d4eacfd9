"""Kinds and states of documents in words."""

from clepsydra.domain.document import DocumentKind, DocumentState
from clepsydra.language.translator import Translator, mark_p

_KINDS = {
    DocumentKind.INVOICE: mark_p("document kind", "invoice"),
    DocumentKind.DEPOSIT: mark_p("document kind", "deposit invoice"),
    DocumentKind.CREDIT: mark_p("document kind", "credit note"),
    DocumentKind.PRO_FORMA: mark_p("document kind", "pro forma"),
}

_STATES = {
    DocumentState.DRAFT: mark_p("document state", "draft"),
    DocumentState.ISSUED: mark_p("document state", "open"),
    DocumentState.PARTLY_PAID: mark_p("document state", "partly paid"),
    DocumentState.OVERDUE: mark_p("document state", "overdue"),
    DocumentState.SETTLED: mark_p("document state", "settled"),
    DocumentState.WRITTEN_OFF: mark_p("document state", "written off"),
    DocumentState.CREDITED: mark_p("document state", "credited"),
    DocumentState.APPLIED: mark_p("document state", "issued"),
    DocumentState.ANNULLED: mark_p("document state", "annulled"),
}


def document_kind(kind: DocumentKind, tr: Translator) -> str:
    """What a document is."""
    return tr.p(*_KINDS[kind])


def document_state(state: DocumentState, tr: Translator) -> str:
    """Where a document stands."""
    return tr.p(*_STATES[state])
