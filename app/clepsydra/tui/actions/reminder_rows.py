"""The actions of reminders, as rows for the one table: id, keys, label, help, screen, what each needs, rank."""

from clepsydra.language.translator import mark

REMINDERS = (
    ("day.money", "M", mark("money"), mark("What money wants done: reminders, promises, invoices to send"), "day",
     "nothing", 11),
    ("money.remind", "r", mark("remind"), mark("Who is to be reminded, and what money wants done"), "money", "nothing",
     3),
    ("money.promise", "p", mark("promise"), mark("Keep the day for which it was promised, or take that back"), "money",
     "debt", 0),
    ("money.dispute", "d", mark("dispute"), mark("Keep that it is disputed and why, or that this is over"), "money",
     "debt", 0),
    ("reminders.draft", "enter w", mark("write"), mark("Write the letter as a mail that waits to be sent"),
     "reminders", "debt", 1),
    ("reminders.paper", "L", mark("letter"), mark("Write the letter as a PDF too, to be printed"),
     "reminders", "debt", 2),
    ("reminders.sent", "n", mark("sent"), mark("Keep that you sent the letter today"), "reminders", "debt", 3),
    ("reminders.promise", "p", mark("promise"), mark("Keep the day for which it was promised, or take that back"),
     "reminders", "debt", 4),
    ("reminders.dispute", "d", mark("dispute"), mark("Keep that it is disputed and why, or that this is over"),
     "reminders", "debt", 5),
    ("reminders.charges", "c", mark("charges"),
     mark("Say what late payment may cost, write a note of charges, or say nothing of it"), "reminders", "debt", 6),
    ("reminders.drop", "delete", mark("drop"), mark("Throw the drafted letter away"), "reminders", "debt", 0),
    ("reminders.letter", "tab", mark("scroll"), mark("Go to the letter and back, to read all of it"),
     "reminders", "nothing", 0),
)  # fmt: skip
