"""From settings.toml to `Settings`."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from clepsydra.domain.chase_terms import ChaseTerms
from clepsydra.language.translator import ENGLISH, language_of
from clepsydra.settings import times, values
from clepsydra.settings.cash import read_cash
from clepsydra.settings.chasing import read_chase
from clepsydra.settings.evidence import read_phone
from clepsydra.settings.foreign import expanded
from clepsydra.settings.invoicing import read_invoice_settings, read_seller, read_taxes
from clepsydra.settings.machine import Mnemonic
from clepsydra.settings.model import (
    CallSettings,
    Cost,
    DaySettings,
    Goal,
    Goals,
    Reminders,
    Settings,
    Warn,
)
from clepsydra.settings.named_sources import MailSettings
from clepsydra.settings.problems import Expected
from clepsydra.settings.section import read_section
from clepsydra.settings.system import system_zone
from clepsydra.settings.toml_document import TomlTable
from clepsydra.settings.week import hours_of_week

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[\w-]+(\.[\w-]+)*")


def read_settings(root: TomlTable, environment: Mapping[str, str], folder: Path) -> Settings:
    """The settings of a file; a wrong value is noted and stands at its default.

    Relative paths start at `folder`; what is empty follows the environment.
    """
    cost = root.table("cost")
    return read_section(
        root,
        Settings,
        language=_language(root, environment),
        time_zone=_zone(root, environment),
        currency=root.take("currency", values.currency, "EUR"),
        day_starts_at=root.take("day_starts_at", times.time_of_day, time(0)),
        working_hours=hours_of_week(root.table("working_hours")),
        theme=root.take("theme", values.filled, "clepsydra"),
        **_day_and_warn(root.table("day"), root.table("warn")),
        calls=_calls(root.table("calls")),
        phone=read_phone(root.table("phone"), folder),
        reminders=_reminders(root.table("reminders")),
        goals=_goals(root.table("goals")),
        cost=_cost(cost) if cost.values else None,
        keys=_keys(root.table("keys")),
        mnemonic=root.table("keys").take("mnemonic", values.one_of(Mnemonic), Mnemonic.ENGLISH),
        filters=_filters(root.table("filters")),
        seller=read_seller(root.table("seller")),
        taxes=read_taxes(root),
        invoice=read_invoice_settings(root.table("invoice")),
        cash=read_cash(root.table("cash")),
        chase=read_chase(root, ChaseTerms()),
        calendars=tuple(folder / expanded(each) for each in _texts(root, "calendars")),
        mail=_mail(root.table("mail"), folder),
    )


def _language(root: TomlTable, environment: Mapping[str, str]) -> str:
    if root.values.get("language", "") == "":
        root.take("language", values.text, "")
        return language_of("", environment)
    return root.take("language", values.language, ENGLISH)


def _zone(root: TomlTable, environment: Mapping[str, str]) -> ZoneInfo:
    if root.values.get("time_zone", "") == "":
        root.take("time_zone", values.text, "")
        return system_zone(environment)
    return root.take("time_zone", times.zone, None) or system_zone(environment)


def _texts(table: TomlTable, key: str) -> tuple[str, ...]:
    return table.take(key, values.list_of(values.filled), ())


def _day_and_warn(day: TomlTable, warn: TomlTable) -> dict[str, object]:
    """What is asked about a day, and when to warn; older files say `gap_over` among the warnings."""
    older = warn.take("gap_over", times.above_zero, DaySettings().gap_under)
    gap_under = day.take("gap_under", times.duration, older)
    return {"day": read_section(day, DaySettings, gap_under=gap_under), "warn": read_section(warn, Warn)}


def _calls(table: TomlTable) -> CallSettings:
    constants = table.table("constants")
    return read_section(
        table,
        CallSettings,
        office_hours=hours_of_week(table.table("office_hours")),
        constants={name: constants.take(name, times.constant, 0.0) for name in constants.values},
    )


def _mail(table: TomlTable, folder: Path) -> MailSettings:
    def folders(key: str) -> tuple[Path, ...]:
        return tuple(folder / expanded(each) for each in _texts(table, key))

    me = table.take("me", values.list_of(_address), ())
    return read_section(table, MailSettings, me=me, sent=folders("sent"), received=folders("received"))


def _address(raw: object) -> str:
    """One mail address of the person."""
    text = values.filled(raw).strip()
    if not _ADDRESS.fullmatch(text):
        raise values.wrong(Expected.MAIL_ADDRESS, raw)
    return text.lower()


def _reminders(table: TomlTable) -> Reminders:
    empty = table.values.get("close_day_at") == ""
    at = table.take("close_day_at", values.text if empty else times.time_of_day, None)
    return read_section(table, Reminders, close_day_at=at if isinstance(at, time) else None)


def _goals(table: TomlTable) -> Goals:
    return read_section(table, Goals, **{key: table.take(key, _goal, None) for key in ("day", "week", "month")})


def _goal(raw: object) -> Goal | None:
    """A length with its unit, or an amount in the person's currency; empty for no goal."""
    if raw == "":
        return None
    try:
        return Goal(amount=values.money(raw))
    except values.Wrong:
        pass
    try:
        return Goal(seconds=times.hours_of_work(raw))
    except values.Wrong:
        raise values.wrong(Expected.GOAL, raw) from None


def _cost(table: TomlTable) -> Cost:
    default = Cost()
    return read_section(
        table,
        Cost,
        working_days=table.take("working_days", _days_of_year, default.working_days),
    )


def _days_of_year(raw: object) -> int:
    days = values.whole(raw)
    if not 1 <= days <= 366:
        raise values.Wrong(values.Fault(Expected.POSITIVE, (), "", raw))
    return days


def _keys(table: TomlTable) -> dict[str, tuple[str, ...]]:
    return {action: table.take(action, values.keystrokes, ()) for action in table.values if action != "mnemonic"}


def _filters(table: TomlTable) -> dict[str, str]:
    return {name: table.take(name, values.text, "") for name in table.values}
