"""From clients/<slug>.toml to `Client`."""

from typing import TYPE_CHECKING

from clepsydra.domain.records import replace
from clepsydra.domain.session import OWN
from clepsydra.domain.statement_terms import LedesKeys, LineKind, PaymentTerms, StatementPart, StatementTerms
from clepsydra.domain.terms import BankHints, CallHints, Client, Context, Project, Touches
from clepsydra.settings import times, values
from clepsydra.settings.agreement import read_contracts
from clepsydra.settings.chasing import read_chase
from clepsydra.settings.evidence import read_contact
from clepsydra.settings.invoicing import iban, read_buyer, read_invoice_terms, read_surcharges, tax_of
from clepsydra.settings.model import FormatName, Settings
from clepsydra.settings.pricing import read_rates, read_rounding
from clepsydra.settings.problems import ProblemKind
from clepsydra.settings.toml_document import TomlTable, shown

if TYPE_CHECKING:
    from clepsydra.domain.evidence_rules import EvidenceRule


def own_client(settings: Settings) -> Client:
    """The reserved client of own work, as it is without a file; its name is the translator's business."""
    return Client(
        slug=OWN,
        name="",
        currency=settings.currency,
        zone=settings.time_zone,
        language=settings.language,
    )


def read_client(root: TomlTable, slug: str, settings: Settings) -> Client:
    """The client of a file; a wrong value is noted and stands at its default, or at the settings' value."""
    if slug == OWN:
        root.unused(frozenset({"rates", "rounding", "contract", "statement", "invoice", "chase"}), other=OWN)
    calls = _calls(root.table("calls"), CallHints())
    touches = replace(_touches(root.table("touches"), Touches()), shared=False)
    statement, tax = _statement(root.table("statement"), settings)
    client = Client(
        slug=slug,
        name=root.take("name", values.filled, "", required=slug != OWN),
        currency=root.take("currency", values.currency, settings.currency),
        zone=root.take("time_zone", times.zone, settings.time_zone),
        language=root.take("language", values.language, settings.language),
        key=root.take("key", values.keystroke, None),
        rates=read_rates(root),
        rounding=read_rounding(root),
        contracts=read_contracts(root),
        touches=touches,
        calls=calls,
        statement=statement,
        projects=_projects(root, calls, touches),
        context=_context(root.table("context")),
        contact=read_contact(root.table("contact")),
        bank=_bank(root.table("bank")),
        address=root.take("address", values.text, ""),
        active=root.take("active", values.yes_no, True),
        buyer=read_buyer(root),
        invoice=read_invoice_terms(root.table("invoice"), tax),
        surcharges=read_surcharges(root),
        decide=_decide(root),
        chase=read_chase(root, settings.chase),
    )
    root.done()
    return client


def _decide(root: TomlTable) -> "tuple[EvidenceRule, ...]":
    """The rules about evidence; most files have none, and a timer need not wait for their reader."""
    if "decide" not in root:
        root.take("decide", values.text, None)
        return ()
    from clepsydra.settings.evidence_rules import read_decide

    return read_decide(root)


def _calls(table: TomlTable, default: CallHints) -> CallHints:
    calls = CallHints(
        apps=table.take("apps", values.list_of(values.filled), default.apps),
        titles=table.take("titles", values.list_of(values.filled), default.titles),
        ignore_under=table.take("ignore_under", times.duration, default.ignore_under),
        store_titles=table.take("store_titles", values.yes_no, default.store_titles),
    )
    table.done()
    return calls


def _touches(table: TomlTable, default: Touches) -> Touches:
    touches = Touches(
        default=table.take("default", times.above_zero, default.default),
        free_per_month=table.take("free_per_month", values.whole, default.free_per_month),
        shared="free_per_month" not in table,
    )
    table.done()
    return touches


def _statement(table: TomlTable, settings: Settings) -> tuple[StatementTerms, str]:
    """What statements look like, and the tax key that was named instead of a percentage."""
    default = StatementTerms()
    percent, key = table.take("tax", tax_of(settings), (default.tax, ""))
    formats = table.take("formats", values.list_of(values.one_of(FormatName)), None)
    statement = StatementTerms(
        formats=default.formats if formats is None else tuple(map(str, formats)),
        show=tuple(table.take("show", values.list_of(values.one_of(StatementPart)), default.show)),
        subject=table.take("subject", values.text, ""),
        note=table.take("note", values.text, ""),
        lines=table.take("lines", values.one_of(LineKind), default.lines),
        terms=table.take("terms", times.payment_terms, PaymentTerms()),
        tax=percent,
        ledes=_ledes(table.table("ledes")),
    )
    table.done()
    return statement, key


def _ledes(table: TomlTable) -> LedesKeys:
    names = {**{name: name for name in LedesKeys._fields}, "level": "class"}
    found = LedesKeys(**{field: table.take(name, values.text, "") for field, name in names.items()})
    table.done()
    return found


def _bank(table: TomlTable) -> BankHints:
    hints = BankHints(
        names=table.take("names", values.list_of(values.filled), ()),
        ibans=table.take("ibans", values.list_of(iban), ()),
    )
    table.done()
    return hints


def _context(table: TomlTable) -> Context:
    context = Context(
        decides=table.take("decides", values.text, ""),
        promised=table.take("promised", values.text, ""),
        repositories=table.take("repositories", values.list_of(values.filled), ()),
    )
    table.done()
    return context


def _projects(root: TomlTable, calls: CallHints, touches: Touches) -> tuple[Project, ...]:
    """The projects; what their calls and touches leave out is the client's."""
    projects: list[Project] = []
    for entry in root.tables("projects"):
        slug = entry.take("slug", values.slug, "", required=True)
        project = Project(
            slug=slug,
            name=entry.take("name", values.filled, slug),
            rates=read_rates(entry),
            rounding=read_rounding(entry),
            contracts=read_contracts(entry),
            touches=_touches(entry.table("touches"), touches) if "touches" in entry else None,
            calls=_calls(entry.table("calls"), calls) if "calls" in entry else None,
            contact=read_contact(entry.table("contact")),
        )
        entry.done()
        if slug and any(slug == other.slug for other in projects):
            entry.note(ProblemKind.DUPLICATE, "slug", found=shown(slug), other="[[projects]]")
        projects.append(project)
    return tuple(projects)
