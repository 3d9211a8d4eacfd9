"""The actions of the screen of reminders, as rows for the one table: id, keys, label, help, what each needs, rank."""

from clepsydra.language.translator import mark

REMINDERS = (
    ("reminders.draft", "enter w", mark("write"), mark("Write the letter as a mail that waits to be sent"), "debt", 1),
    ("reminders.paper", "L", mark("letter"), mark("Write the letter as a PDF too, to be printed"), "debt", 2),
    ("reminders.sent", "n", mark("sent"), mark("Keep that you sent the letter today"), "debt", 3),
    ("reminders.promise", "p", mark("promise"), mark("Keep the day for which it was promised, or take that back"),
     "debt", 4),
    ("reminders.dispute", "d", mark("dispute"), mark("Keep that it is disputed and why, or that this is over"),
     "debt", 5),
    ("reminders.charges", "c", mark("charges"),
     mark("Say what late payment may cost, write a note of charges, or say nothing of it"), "debt", 6),
    ("reminders.drop", "delete", mark("drop"), mark("Throw the drafted letter away"), "debt", 0),
    ("reminders.letter", "tab", mark("scroll"), mark("Go to the letter and back, to read all of it"), "nothing", 0),
)  # fmt: skip
