"""How English is written."""

from clepsydra.language.shown.table import NBSP, Shown, Spreadsheet

SHOWN = Shown(
    name="English",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_weekday="{}",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    first_of_month="1",
    # In ISO form, because both orders of figures are in use.
    short_date="%Y-%m-%d",
    decimal_sign=".",
    thousands=",",
    before_percent="",
    symbol_behind=False,
    hours_minutes=f"{{hours}}h{NBSP}{{minutes:02d}}m",
    seconds="{}s",
    day_letter="d",
    symbols={
        "AUD": "A$",
        "BRL": "R$",
        "CAD": "CA$",
        "CNY": "CN¥",
        "EUR": "€",
        "GBP": "£",
        "HKD": "HK$",
        "ILS": "₪",
        "INR": "₹",
        "JPY": "¥",
        "KRW": "₩",
        "MXN": "MX$",
        "NZD": "NZ$",
        "PHP": "₱",
        "TWD": "NT$",
        "USD": "$",
        "VND": "₫",
        "XAF": "FCFA",
        "XCD": "EC$",
        "XCG": "Cg.",
        "XOF": "F\u202fCFA",
        "XPF": "CFPF",
    },
    spreadsheet=Spreadsheet(",", "%Y-%m-%d", "utf-8", "\n"),
)
