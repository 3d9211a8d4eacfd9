"""What people who write English type."""

from clepsydra.language.typed.words.table import Words

WORDS = Words(
    hours="h|hrs?|hours?",
    minutes="m|mins?|minutes?",
    seconds="s|secs?|seconds?",
    days="d|days?",
    relative_days={"today": 0, "yesterday": -1, "day before yesterday": -2, "tomorrow": 1},
    weekdays="mon monday|tue tues tuesday|wed wednesday|thu thur thurs thursday|fri friday|sat saturday|sun sunday",
    months="jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
    "oct october|nov november|dec december",
    ordinals="st|nd|rd|th",
    on=("on ",),
    at="at",
    now=("now",),
    ago="{rest} ago",
    last_weekday="last {name}",
    units={"week": 0, "month": 1, "quarter": 3, "year": 12},
    this_unit="(?:this )?{name}",
    last_unit="(?:last|previous) {name}",
    recent="(?:last )?{count} ?(?:d|days?)",
    quarter="q",
    week="w",
    since="from",
    until="to|until",
    until_time="to|until|till",
    end_of_month="end of month",
    months_unit="months?",
    years_unit="years?",
    decimal_sign=".",
    examples={
        "duration": ("1h12", "1:12", "72m", "1.2h"),
        "time": ("9:30", "-10m", "yesterday 17:05", "mon 9:30", "24/11 9:30", "2026-11-24 09:30"),
        "day": ("yesterday", "mon", "2/11", "2026-11-02"),
        "period": ("month", "last month", "2026-11", "2026-Q4", "2/11..15/11"),
        "amount": ("1245.50", "1,245.50"),
        "line": (
            *("12h15 x120 API", "3d x650 Workshop", "1 x800 -10% Audit", "=92.73 Train @ticket.pdf"),
            *("d60 Filing fee", "-50 Discount", "-3% Discount", "min 250"),
        ),
    },
)
