"""A client's terms on the screen: each can be changed there, dated where money depends on it, every comment kept."""

from datetime import date
from decimal import Decimal

import pytest

from clepsydra.domain.agreement import ContractKind
from clepsydra.domain.rounding import Model
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.language.translator import translator
from clepsydra.settings.edit import check_edit
from clepsydra.settings.model import FormatName, Settings
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.present.client import BY_KEY
from clepsydra.tui.present.dated_terms import (
    NewRate,
    TermsTable,
    channel_changes,
    contract_changes,
    rate_changes,
    read_rate,
)
from clepsydra.tui.present.settings import to_write
from clepsydra.tui.screens.client import ClientScreen
from clepsydra.tui.screens.term_forms import ContractForm
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in

TODAY = date(2026, 11, 24)
EXAMPLES = {"active": "true", "language": "fr", "currency": "CHF", "time_zone": "Europe/Zurich", "country": "CH",
            "kind": "consumer", "siren": "404833048", "vat": "FR83404833048", "key": "y", "statement.tax": "8.1",
            "statement.terms": "45 days end of month", "statement.lines": "project", "statement.formats": "pdf, csv",
            "statement.show": "times", "invoice.minimum": "50", "invoice.discount": "2 % 10 jours",
            "contact.mail": "@acme.fr", "contact.phone": "+33 1 42 68 53 00", "contact.chat": "whatsapp:Marie",
            "calls.ignore_under": "30s", "touches.default": "6m", "touches.free_per_month": "4"}  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def on_client(desk, scenario, size=(80, 24)):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await scenario(pilot)
        await settled(pilot)
        return text_of(tui.screen)

    return watch(tui, work, size)


def test_a_new_rate_takes_six_keys_and_moves_no_history(desk):
    file = desk.home.client_file("acme")
    file.write_text("# my own words\n" + file.read_text())

    async def work(pilot):
        keys = ["C", "r", "1", "3", "0", "enter"]
        for key in keys[:-1]:
            await pilot.press(key)
        work.said = text_of(pilot.app.screen)
        await pilot.press(keys[-1])

    shown = on_client(desk, work)
    assert "€130.00 from Tuesday 24 November 2026 on" in work.said
    assert "€130.00 since 24 Nov 2026" in shown
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    rates = [client.rate(DEFAULT_PROJECT, Channel.WORK, date(2026, 11, day)) for day in (23, 24)]
    assert rates == [Decimal("120.00"), Decimal("130.00")]
    assert file.read_text().startswith("# my own words\n")


def test_a_rate_keeps_its_exceptions_and_one_of_the_same_day_is_mended(desk):
    acme = desk.ledger.client("acme")
    written = {"rates": [{"from": date(2026, 1, 1), "daily": "650.00", "day": "7h", "channel": {"call": "140.00"}}]}
    assert rate_changes(TermsTable(acme, "default", written), NewRate(Decimal("700.00"), TODAY)) == {
        "rates[+]": {"from": TODAY, "daily": "700.00", "day": "7h", "channel": {"call": "140.00"}}
    }
    assert rate_changes(TermsTable(acme, "default", written), NewRate(Decimal("700.00"), date(2026, 1, 1))) == {
        "rates[0].daily": "700.00"
    }
    assert rate_changes(TermsTable(acme, "default", {}), NewRate(Decimal("90.00"), TODAY)) == {
        "rates": [{"from": TODAY, "hourly": "90.00"}]
    }


@pytest.mark.parametrize(("text", "day"), [("15/12", date(2026, 12, 15)), ("1/11", date(2026, 11, 1))])
def test_a_rate_from_a_day_without_its_year_is_of_the_nearest(desk, text, day):
    new = read_rate(f"110 {text}", desk.ledger.client("acme"), TODAY, desk.ledger.now, translator("fr"))
    assert new == NewRate(Decimal(110), day)


def test_what_is_wrong_is_said_while_it_is_typed_and_nothing_is_written(desk):
    before = desk.home.client_file("acme").read_text()

    async def work(pilot):
        await pilot.press("C", "r")
        await type_in(pilot, "12x")
        work.said = text_of(pilot.app.screen)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Prompt)
        await pilot.press("escape", *["down"] * 13, "enter")
        await type_in(pilot, "france")
        work.country = text_of(pilot.app.screen)
        await pilot.press("enter", "escape")

    on_client(desk, work)
    assert "cannot be read" in work.said or "not an amount" in work.said
    assert "FR" in work.country
    assert desk.home.client_file("acme").read_text() == before


def test_an_agreement_a_rule_and_a_project_are_made_on_the_screen(desk):
    async def work(pilot):
        await pilot.press("C", "c", "right")
        assert isinstance(pilot.app.screen, ContractForm)
        await pilot.press("enter")
        work.missing = text_of(pilot.app.screen)
        await type_in(pilot, "20")
        await pilot.press("up")
        await type_in(pilot, "2000")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("n")
        await type_in(pilot, "New shop")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("a", "right", "tab", *["backspace"] * 5)
        await type_in(pilot, "6m")
        work.rule = text_of(pilot.app.screen)
        await pilot.press("enter")

    shown = on_client(desk, work, (120, 60))
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    contract = client.contract(DEFAULT_PROJECT, TODAY)
    assert (contract.kind, contract.fee, contract.included) == (ContractKind.RETAINER, Decimal(2000), 20 * 3600)
    assert client.project("new-shop").name == "New shop"
    rules = [client.rule(DEFAULT_PROJECT, Channel.WORK, date(2026, 11, day)) for day in (23, 24)]
    assert [(rule.model, rule.step) for rule in rules] == [(Model.UP, 900), (Model.NEAREST, 360)]
    assert "nearest tenth of an hour" in work.rule
    for words in ("20 h", "€2,000.00", "New shop"):
        assert words in shown


OLD = """# what we agreed
[contract]
type = "retainer"  # by the month
from = 2026-01-01
included = "20h"
fee = "2000.00"
carry = { cap = "5h" }
ends = 2026-12-31

# on paper
[statement]
"""
NEW = ("2027-01-01", "24", "2400", "")


def test_a_new_agreement_stands_beside_the_old_one_whose_words_stay(desk):
    file = desk.home.client_file("acme")
    file.write_text(file.read_text() + OLD)

    async def work(pilot):
        await pilot.press("C", "c")
        work.first = text_of(pilot.app.screen)
        for field, text in zip(("since", "hours", "fee", "ends"), NEW, strict=True):
            line = pilot.app.screen.query_one(f"#{field}")
            line.focus()
            line.value = text
        pilot.app.screen.query_one("#since").focus()
        await settled(pilot)
        work.said = text_of(pilot.app.screen)
        await pilot.press("enter")

    on_client(desk, work)
    assert "2026-01-01" in work.first
    assert "a new agreement from that day on" in work.said.lower()
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    old, new = (client.contract(DEFAULT_PROJECT, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (old.fee, old.included, old.ends) == (Decimal(2000), 20 * 3600, date(2026, 12, 31))
    assert (new.fee, new.included, new.ends, new.carry) == (Decimal(2400), 24 * 3600, None, old.carry)
    text = file.read_text()
    assert "# what we agreed\n[[contract]]\n" in text
    assert "# on paper\n[statement]" in text
    assert text.index("# by the month") < text.index("2400") < text.index("# on paper")


def test_the_agreement_of_the_same_day_is_mended_and_keys_without_use_go():
    written = {"contract": {"type": "retainer", "from": TODAY, "included": "20h", "carry": {"cap": "5h"}}}
    said = {"kind": "hourly", "since": str(TODAY), "fee": "", "hours": "", "cap": "900", "overage": "", "ends": ""}
    assert contract_changes(written, said) == {
        "contract.type": "hourly", "contract.from": TODAY, "contract.cap": "900", "contract.included": None,
        "contract.carry": None,
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_every_field_can_be_written(desk, key):
    change = {key: to_write(BY_KEY[key], EXAMPLES.get(key, "some words"))}
    assert check_edit(desk.home, "acme", change, Settings()) == ()


def fill(pilot, **texts):
    """Type over fields of the form in front."""
    for field, text in texts.items():
        pilot.app.screen.query_one(f"#{field}").value = text


def test_a_rate_by_channel_is_given_changed_and_taken_out(desk):
    file = desk.home.client_file("acme")
    file.write_text(file.read_text() + "\n# what they sell\n[statement]\n")

    async def work(pilot):
        await pilot.press("C", "h")
        fill(pilot, call="14x")
        await pilot.press("enter")
        work.wrong = text_of(pilot.app.screen)
        fill(pilot, call="140", travel="60")
        await pilot.press("enter")
        await settled(pilot)
        work.listed = text_of(pilot.app.screen)
        await pilot.press("h")
        fill(pilot, call="145", travel="")
        await pilot.press("enter")
        await settled(pilot)

    shown = on_client(desk, work, (80, 30))
    assert "not an amount" in work.wrong
    assert "call €140.00 · travel €60.00" in work.listed
    assert "call €145.00" in shown
    assert "travel" not in shown
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    rates = {(channel, day): client.rate(DEFAULT_PROJECT, Channel(channel), date(2026, 11, day))
             for channel in ("work", "call", "travel") for day in (23, 24)}  # fmt: skip
    assert rates == {("work", 23): 120, ("work", 24): 120, ("call", 23): 120, ("call", 24): 145,
                     ("travel", 23): 120, ("travel", 24): 120}  # fmt: skip
    assert "# what they sell\n[statement]" in file.read_text()


def test_a_project_has_terms_of_its_own_before_its_clients(desk):
    async def work(pilot):
        await pilot.press("C", "end", "up", "enter")
        await settled(pilot)
        work.inherited = text_of(pilot.app.screen)
        await pilot.press("r", *"90", "enter")
        await settled(pilot)
        await pilot.press("h")
        fill(pilot, call="95")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("a")
        fill(pilot, step="6m")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("c", "right")
        fill(pilot, fee="900", hours="10")
        await pilot.press("enter")
        await settled(pilot)
        work.own = text_of(pilot.app.screen)
        await pilot.press("escape")

    shown = on_client(desk, work, (100, 40))
    assert "as the client: €120.00" in work.inherited
    assert "Acme SARL · API rewrite" in work.own
    assert "own rate · own rounding · own agreement" in shown
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    rates = [client.rate(p, c, TODAY) for p in ("api", DEFAULT_PROJECT) for c in (Channel.WORK, Channel.CALL)]
    assert rates == [90, 95, 120, 120]
    assert [client.rule(p, Channel.WORK, TODAY).step for p in ("api", DEFAULT_PROJECT)] == [360, 900]
    assert client.contract("api", TODAY).fee == 900
    assert client.contract(DEFAULT_PROJECT, TODAY) is None


PILOT = """name = "Acme SARL"
currency = "EUR"

[[rates]]
from = 2020-01-01
hourly = "120.00"

[[projects]]
slug = "api"
name = "API rewrite"

# for the pilot phase
[[projects.rates]]
from = 2026-01-01
hourly = "90.00"

# end of it
[calls]
"""


def test_a_project_that_is_gone_from_the_file_closes_its_own_screen_and_no_dialog_over_it(desk):
    file = desk.home.client_file("acme")

    async def work(pilot):
        await pilot.press("C", "end", "up", "enter", "r")
        await settled(pilot)
        file.write_text(file.read_text().replace('"api"', '"web"'))
        desk.clock.now += 1
        pilot.app.tick()
        await settled(pilot)
        assert isinstance(pilot.app.screen, Prompt)
        await pilot.press(*"90", "enter", "escape")
        work.said = pilot.app.said
        pilot.app.reload_files()
        await settled(pilot)
        assert type(pilot.app.screen) is ClientScreen

    on_client(desk, work)
    assert "This project is no longer in the file" in work.said


def test_what_a_project_has_for_itself_is_taken_out_and_brought_back(desk):
    file = desk.home.client_file("acme")
    file.write_text(PILOT)
    before = file.read_bytes()

    async def work(pilot):
        await pilot.press("C", "end", "up", "enter")
        await settled(pilot)
        await pilot.press("delete")
        work.offered = text_of(pilot.app.screen)
        await pilot.press("enter")
        await settled(pilot)
        work.after, work.text = text_of(pilot.app.screen), file.read_text()
        work.said = [said.replace("\u00a0", " ") for said in pilot.app.said]
        await pilot.press("u")
        await settled(pilot)
        work.undone = file.read_bytes()
        await pilot.press("U")
        await settled(pilot)
        file.write_text(file.read_text() + "# by hand\n")
        await pilot.press("u")

    on_client(desk, work, (100, 30))
    assert "€90.00 since 1 Jan 2026" in work.offered
    assert any(said.startswith("Taken out: €90.00") and "undo brings it back" in said for said in work.said)
    assert "as the client: €120.00" in work.after
    assert "90.00" not in work.text
    assert "# for the pilot phase\n" in work.text
    assert "# end of it\n[calls]" in work.text
    assert work.undone == before
    assert file.read_text() == work.text + "# by hand\n"


def test_another_project_stands_beside_the_one_that_is_shown(desk):
    desk.home.client_file("acme").write_text(PILOT)

    async def work(pilot):
        await pilot.press("C", "end", "up", "enter")
        await settled(pilot)
        await pilot.press("n")
        await type_in(pilot, "New shop")
        await pilot.press("enter")
        await settled(pilot)

    on_client(desk, work, (100, 30))
    desk.ledger.catalogue.reload()
    client = desk.ledger.client("acme")
    assert {project.slug for project in client.projects} >= {"api", "new-shop"}


def test_a_project_without_a_name_is_asked_for_one(desk):
    before = desk.home.client_file("acme").read_text()

    async def work(pilot):
        await pilot.press("C", "n", "enter")

    assert "a project needs a name" in on_client(desk, work, (100, 30))
    assert desk.home.client_file("acme").read_text() == before


def test_a_project_goes_unless_the_log_needs_it(desk):
    async def work(pilot):
        await pilot.press("C", "n", *"Shop", "enter")
        await settled(pilot)
        await pilot.press("delete")  # the cursor is on what was added
        await settled(pilot)
        work.gone = desk.home.client_file("acme").read_text()
        await pilot.press("end", "up", "delete")
        await settled(pilot)

    desk.log("acme", "9:00", "10:00", project="api")
    on_client(desk, work)
    assert "Shop" not in work.gone
    assert "API rewrite" in desk.home.client_file("acme").read_text()


def test_a_rate_by_channel_of_a_project_begins_with_the_rate_of_its_client(desk):
    above = {"rates": [{"from": date(2026, 1, 1), "daily": "650.00", "day": "7h", "channel": {"travel": "60.00"}}]}
    project = TermsTable(desk.ledger.client("acme"), "api", {}, above)
    assert channel_changes(project, {"call": "140", "travel": ""}, TODAY) == {
        "rates": [{"from": TODAY, "daily": "650.00", "day": "7h", "channel": {"call": "140"}}]
    }


def test_the_form_names_every_format_of_a_statement():
    hint = BY_KEY["statement.formats"].hint_in(translator("en"))
    assert hint.split(": ")[1].split(", ") == list(FormatName)
