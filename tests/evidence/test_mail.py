"""Mail that was sent: who counts, which words are one's own, and that nothing of a folder changes."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.contacts import ContactPatterns
from clepsydra.domain.interval import Interval
from clepsydra.evidence.mail import mbox as mboxes
from clepsydra.evidence.mail.folders import is_sent, propose
from clepsydra.evidence.mail.reading import sent_within
from clepsydra.evidence.mail.words import own_lines, own_words
from clepsydra.language.translator import translator
from clepsydra.ledger import editing
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.outside import look_outside
from clepsydra.ledger.day.wording import about
from clepsydra.ledger.days import day_of
from clepsydra.ledger.timers import Work
from clepsydra.settings.named_sources import MailSettings
from tests.evidence.mailbox import SENT, instant, mail, maildir, mbox, put
from tests.ledger.workbench import Desk

DAY_SPAN = Interval(int(instant("00:00:00").timestamp()), int(instant("00:00:00", "2026-11-27").timestamp()))
MINE = ("Moi@Conseil.fr",)
TRUTH = [
    ("08:40:00", ("jeanne@acme.fr",), 57),
    ("08:52:00", ("jeanne@acme.fr", "luc@brel.be"), 30),
    ("09:20:00", ("jeanne@acme.fr",), 12),
    ("10:40:00", ("paul@support.acme.fr",), 190),
    ("14:30:00", ("jeanne.martin@gmail.com",), 95),
    ("15:00:00", ("contact@notacme.fr",), 80),
    ("16:20:00", ("luc@brel.be",), 33),
    ("23:59:30", ("luc@brel.be",), 25),
]
"""When, to whom, own words; the automatic answer, the note to oneself, the draft, the list and the bounce are none."""


def told(found):
    assert found.problems == ()
    return [(each.head.at, each.to, each.words) for each in found.mails]


def expected(truth=TRUTH, more=0):
    return [(int(instant(clock).timestamp()), to, words + more) for clock, to, words in truth]


def test_a_folder_of_files_tells_what_was_sent_and_no_more(tmp_path):
    assert told(sent_within([maildir(tmp_path)], MINE, DAY_SPAN)) == expected()


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("chunk", [97, mboxes.CHUNK])
def test_one_file_read_backwards_tells_the_same(tmp_path, monkeypatch, line_end, chunk):
    monkeypatch.setattr(mboxes, "CHUNK", chunk)
    found = sent_within([mbox(tmp_path / "Sent", line_end)], MINE, DAY_SPAN)
    # Where nothing is cut off above, the sentence that looks like a mail's first line has words of its own.
    cut = {"16:20:00"}
    assert told(found) == [
        (at, to, words if clock in cut else words + len(["From", "now", "on", "it", "is", "quoted"]))
        for (clock, *_), (at, to, words) in zip(TRUTH, expected(), strict=True)
    ]


def test_a_mail_that_lies_in_two_folders_is_one_mail(tmp_path):
    folders = [maildir(tmp_path), mbox(tmp_path / "Sent.mbox"), tmp_path / "Sent"]
    assert len(sent_within(folders, MINE, DAY_SPAN).mails) == len(TRUTH)


def test_a_copied_folder_is_as_old_as_the_names_in_it(tmp_path):
    sent = instant("12:00:00")
    put(tmp_path, f"{int(sent.timestamp())}.1_1.here:2,S", mail("12:00:00", "x@acme.fr", "", "mot", {}), "12:00:00")
    (tmp_path / "one").write_bytes(b"From - x\n" + mail("13:00:00", "x@acme.fr", "", "mot", {}))
    for file in (tmp_path / "one", *(tmp_path / "cur").iterdir()):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    assert len(sent_within([tmp_path, tmp_path / "one"], (), DAY_SPAN).mails) == len(["in a file", "in one file"])


def test_a_hidden_copy_is_nobodys_unless_it_is_all_there_is(tmp_path):
    for clock, to in (("09:00:00", "x@acme.fr"), ("10:00:00", "moi@conseil.fr")):
        put(tmp_path, clock, mail(clock, to, "", "mot", {"Bcc": "y@brel.be"}), clock)
    assert [each.to for each in sent_within([tmp_path], MINE, DAY_SPAN).mails] == [("x@acme.fr",), ("y@brel.be",)]


def test_a_day_that_is_over_needs_no_file_that_came_before_it(tmp_path):
    folder = maildir(tmp_path)
    for name, day in (("old", "2026-11-20"), ("late", "2026-11-27")):
        put(folder, f"{name}:2,S", mail("12:00:00", "x@acme.fr", "", "mot", {"X": name}), "12:00:00", day)
    # By its file the first came before the day; by its head it was sent in it: such a clock is nobody's.
    found = sent_within([folder], MINE, DAY_SPAN).mails
    assert [each.to for each in found].count(("x@acme.fr",)) == 1


def test_without_an_own_address_all_that_was_sent_counts_but_notes_to_oneself(tmp_path):
    assert told(sent_within([maildir(tmp_path)], (), DAY_SPAN)) == expected()


def test_a_folder_that_is_none_is_said_in_one_line_and_stops_no_other(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    folders = [tmp_path / "gone", tmp_path, tmp_path / "pipe", maildir(tmp_path / "mail")]
    found = sent_within(folders, MINE, DAY_SPAN)
    assert len(found.mails) == len(TRUTH)
    assert [str(each).partition(":")[0] for each in found.problems] == [str(each) for each in folders[:3]]


def test_of_more_than_a_day_no_body_is_opened(tmp_path):
    weeks = Interval(DAY_SPAN.started_at - 27 * 86_400, DAY_SPAN.ended_at)
    found = sent_within([maildir(tmp_path)], MINE, weeks).mails
    assert [(mail.head.at, mail.words) for mail in found] == [(at, None) for at, _, _ in expected()]


def test_one_mail_that_nobody_can_read_stops_no_folder(tmp_path):
    folder = maildir(tmp_path)
    hostile = b"Date: Thu, 26 Nov 2026 11:00:00 +0100\nFrom: moi@conseil.fr\nTo: " + b"(" * 3000 + b" a@acme.fr\n\nx"
    put(folder, "9:2,S", hostile, "11:00:00")
    found = sent_within([folder], MINE, DAY_SPAN)
    assert (len(found.mails), found.problems) == (len(TRUTH), ())


def test_reading_changes_nothing_in_a_folder(tmp_path):
    maildir(tmp_path)
    mbox(tmp_path / "one")

    def state():
        files = sorted(each for each in tmp_path.rglob("*") if each.is_file())
        return [
            (str(each), each.stat().st_mtime_ns, each.stat().st_mode, hashlib.sha256(each.read_bytes()).digest())
            for each in files
        ]

    before = state()
    sent_within([tmp_path / "Sent", tmp_path / "one"], MINE, DAY_SPAN)
    assert state() == before


SAYINGS = {
    "________________________________\nDe : Luc <l@brel.be>\nEnvoyé : mercredi\nÀ : Moi\n\nmot": "outlook's line",
    "-----BEGIN PGP SIGNATURE-----\niQEzBAEBCAAd mot\n-----END PGP SIGNATURE-----": "a signature of a key",
    "Le mer. 25 nov. 2026 à 18:02,\nJeanne Martin <jeanne@acme.fr> a\nécrit :\n> mot\n": "french, broken",
    "On Wed, Nov 25, 2026 at 6:02 PM Jeanne <j@acme.fr>\nwrote:\n\n> mot mot\n": "english, broken",
    "-- \nMoi\nConseil\n": "a signature",
    "-----Message d'origine-----\nDe : Luc\nmot": "outlook's rule",
    "---------- Forwarded message ---------\nFrom: Luc\nmot": "forwarded",
    "From: Luc <l@brel.be>\nSent: Wednesday\nTo: Moi\nSubject: mot\n\nmot mot": "outlook's block",
    "Envoyé de mon iPhone\n": "a telephone's line",
    "Am 25.11.2026 um 18:02 schrieb Luc Brel:\n> mot\n": "german",
    "Il giorno mer 25 nov 2026 alle ore 18:02 Luc <l@brel.be>\nha scritto:\n> mot\n": "italian",
    "Op wo 25 nov 2026 om 18:02 schreef Luc <l@brel.be>:\n> mot\n": "dutch",
    "Da: Luc\nInviato: mercoledì\nA: Io\nOggetto: mot\n\nmot mot": "outlook's block, italian",
    "De: Luc\nEnviado el: miércoles\nPara: Yo\nAsunto: mot\n\nmot mot": "outlook's block, spanish",
    "Von meinem iPhone gesendet\n": "a telephone's line, german",
}


@pytest.mark.parametrize("below", SAYINGS, ids=SAYINGS.values())
def test_what_stands_below_is_not_ones_own(below):
    plain = b"Content-Type: text/plain; charset=utf-8\n\n"
    assert own_words(plain + ("un deux trois\n\n" + below).encode()) == len(["un", "deux", "trois"])


def test_answers_between_and_below_quotations_are_ones_own():
    text = "Le 25/11 Luc a écrit :\n> un\noui\n> deux\nnon merci\n\nPaul wrote:\nla suite\nDe : là\nvient tout\n"
    own = [each for each in own_lines(text) if each.strip()]
    assert own == ["oui", "non merci", "Paul wrote:", "la suite", "De : là", "vient tout"]


HTML = (
    "<html><head><style>p {color: red}</style></head><body><p>Bonjour&nbsp;Luc,</p><div>c'est <b>fait</b>.<br>Oui</div>"
    '<div class="gmail_signature">Moi Conseil</div><div class="gmail_quote"><div>Le mer. 25 nov. 2026 à 18:02, Luc a '
    "écrit :</div><blockquote><p>mot mot<blockquote>mot</blockquote>mot</blockquote></div><p>Au bas</p></body></html>"
)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_in_html_has_the_words_that_are_seen(encoding):
    from email.message import EmailMessage

    message = EmailMessage()
    message.set_content(HTML, subtype="html", cte=encoding)
    message.add_attachment("pas un mot", filename="note.txt")
    assert own_words(message.as_bytes()) == len(["Bonjour", "Luc,", "c'est", "fait.", "Oui", "Au", "bas"])


def test_a_character_set_that_is_no_name_costs_no_words():
    head = b'Content-Type: text/plain; charset="a\x00b"\nContent-Transfer-Encoding: 8bit\n\n'
    assert own_words(head + "trois mots là".encode()) == 3


KINDS = ("multipart/mixed; boundary=x", "text/html; charset=nobodys", "message/rfc822", "text/plain", '"')


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([each[3] for each in SENT]), st.integers(0, 900), st.sampled_from(KINDS)
)
def test_no_bytes_stop_a_folder(tmp_path_factory, noise, body, at, kind):
    whole = mail("12:00:00", "x@acme.fr", "é", body, {}).replace(b'text/plain; charset="utf-8"', kind.encode())
    folder = Path(tmp_path_factory.mktemp("mail"))
    put(folder, "1", whole[:at] + noise + whole[at:], "12:00:00")
    (folder / "one").write_bytes(b"From x\n" + whole[:at] + noise + whole[at:])
    found = sent_within([folder, folder / "one"], (), DAY_SPAN)
    assert found.problems == ()
    assert all(DAY_SPAN.started_at <= each.head.at < DAY_SPAN.ended_at for each in found.mails)


def test_folders_are_proposed_by_their_program_else_by_their_mails(tmp_path):
    sent = maildir(tmp_path / "Mail" / "conseil")
    other = tmp_path / "Mail" / "Envoy&AOk-s"
    put(other, "1", mail("09:00:00", "moi@conseil.fr", "", "mot", {}, "jeanne@acme.fr"), "09:00:00")
    profile = tmp_path / ".thunderbird" / "a.default"
    (profile / "Mail" / "there").mkdir(parents=True)
    mbox(profile / "Mail" / "there" / "Sent")
    (profile / "prefs.js").write_text(
        'user_pref("mail.identity.id1.fcc_folder", "imap://moi%40conseil.fr@imap.conseil.fr/Sent");\n'
        'user_pref("mail.server.server2.hostname", "imap.conseil.fr");\n'
        'user_pref("mail.server.server2.userName", "moi@conseil.fr");\n'
        'user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/there");\n'
    )
    found = propose(tmp_path, MINE)
    # The folder of sent mail holds a bounce beside the person's own: they are more than nine in ten.
    assert [(each.path, each.program) for each in found] == [
        (profile / "Mail" / "there" / "Sent", "Thunderbird"), (sent, ""),
    ]  # fmt: skip
    names = ("INBOX.Sent", ".Sent", "&AMk-l&AOk-ments envoy&AOk-s", "Absent")
    assert [is_sent(name) for name in names] == [True, True, True, False]


def test_received_mail_is_a_hint_in_a_gap_and_nothing_else(tmp_path):
    desk = Desk.at(now=int(instant("20:00:00").timestamp()))
    desk.terms.clients["acme"] = replace(desk.terms.clients["acme"], contact=ContactPatterns(mail=("@acme.fr",)))
    for clock, to in (("08:00", "09:00"), ("11:00", "12:00")):
        begin, end = (int(instant(f"{each}:00").timestamp()) for each in (clock, to))
        editing.add(desk.ledger, Work("acme", note="x"), begin, end)
    inbox = tmp_path / "INBOX"
    for clock, sender in (("09:30:00", "jeanne@acme.fr"), ("10:10:00", "paul@acme.fr"), ("10:20:00", "x@notacme.fr")):
        put(inbox, clock, mail(clock, "moi@conseil.fr", "Re: API", "mot", {}, sender), clock)
    put(inbox, "news", mail("10:00:00", "moi@conseil.fr", "", "mot", {"List-Id": "<n>"}, "n@acme.fr"), "10:00:00")
    desk.set(mail=MailSettings(me=("moi@conseil.fr",), received=(inbox,)))
    day = day_of(desk.ledger, instant("00:00:00").date())
    outside = look_outside(desk.terms.settings, (), day.bounds)
    (gap,) = open_items(desk.ledger, day, outside)
    assert about(desk.ledger, gap, translator("en")) == "2 mails from Acme"
    assert outside.found.happenings == ()
    assert gap.suggestion is None or gap.suggestion.answer.parts[0].work is None
