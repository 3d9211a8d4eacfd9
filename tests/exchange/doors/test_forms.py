"""Other forms of the same files: settings, languages and versions of a program that the samples do not show."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.shape import Answers, DoorSource, Found, LeftOut, RowProblem
from clepsydra.exchange.problems import RowReason


def read(name: str, text: str, file: str = "file", **answers):
    source = DoorSource(file, text.encode())
    found = [door.name for door in registry.recognise(source)]
    assert found == [name]
    (door,) = registry.recognise(source)
    return list(door.read(source, Answers(**{"zone": ZoneInfo("Europe/Paris")} | answers)))


def told(found: Found) -> tuple[str, str, str, str, str, str]:
    def stamp(at: int | None) -> str:
        return datetime.fromtimestamp(at, UTC).strftime("%m-%dT%H:%M:%S") if at is not None else str(found.day)

    return (stamp(found.begin), stamp(found.end), found.client, found.project, found.note, found.precision.value)


MORNING = ("11-23T08:02:00", "11-23T09:14:00")
EXACT = ("11-23T08:02:11", "11-23T09:14:55")

FORMS = {
    "a French sheet": (
        "generic", "Date;Client;Début;Fin;Note\n23/11/2026;Acme;9h02;10h14;Réunion\n",
        (*MORNING, "Acme", "", "Réunion", "minute"),
    ),
    "date and time in one cell": (
        "generic", "Start;End;Client;Description\n23/11/2026 09:02;23/11/2026 10:14;Acme;x\n",
        (*MORNING, "Acme", "", "x", "minute"),
    ),
    "a chain of projects": (
        "generic", "Day,Project,Title,Start Date,End Date\n,Acme ▸ API,x,2026-11-23 09:02:11,2026-11-23 10:14:55\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "Toggl's newer columns, without a client": (
        "toggl", "Description,Duration,Email,Project,Tags,Start date,Start time,Stop date,Stop time\n"
        "x,1:12:44,m@x,Acme,,2026-11-23,09:02:11,2026-11-23,10:14:55\n",
        (*EXACT, "Acme", "", "x", "second"),
    ),
    "Clockify in twelve hours, to the minute": (
        "clockify", '"Project","Client","Description","Start Date","Start Time","End Date","End Time","Duration (h)"\n'
        '"API","Acme","x","11/23/2026","9:02 AM","11/23/2026","10:14 AM","1:12"\n',
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Kimai in German": (
        "kimai", "Datum,Von,Bis,Dauer,Kunde,Projekt,Tätigkeit,Beschreibung,Abrechenbar\n"
        "23.11.2026,09:02,10:14,1:12,Acme,API,Dev,x,Ja\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Harvest where timers kept their times": (
        "harvest", "Date,Client,Project,Task,Notes,Hours,Billable?,Started At,Ended At\n"
        "11/23/2026,Acme,API,Dev,x,1.2,Yes,9:02am,10:14am\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Hamster's TSV": (
        "hamster", "activity\tstart time\tend time\tduration minutes\tcategory\tdescription\ttags\n"
        "API\t2026-11-23 09:02:00\t2026-11-23 10:14:00\t72.0\tAcme\tx\ta\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Toggl's classic durations": (
        "toggl", "Client,Project,Description,Start date,Start time,Duration\n"
        "Acme,API,x,2026-11-23,09:02:11,72:44 min\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "Kimai's duration in seconds beside clock times": (
        "kimai", "Date,Begin,End,Duration,Customer,Project,Activity,Description\n"
        "2026-11-23,09:02,10:14,4320,Acme,API,Dev,x\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Kimai's break in the middle": (
        "kimai", '[{"activity": {"name": "Work"}, "project": {"name": "API", "customer": {"name": "Acme"}}, "id": 4,'
        '"begin": "2026-11-23T09:02:11+0100", "end": "2026-11-23T10:24:55+0100", "break": 600, "description": "x"}]',
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "TimeTagger's export of all records": (
        "timetagger", "key\tstart\tstop\ttags\tdescription\n"
        "abc\t2026-11-23T08:02:11Z\t2026-11-23T09:14:55Z\t#acme #api\tx #acme #api\n",
        (*EXACT, "", "", "x", "second"),
    ),
    "TimeTagger's report with rounded durations": (
        "timetagger", "subtotals,tag groups,duration,date,start,stop,description,user,tags\n"
        ",,1:15,2026-11-23,09:02,10:14,x #acme,me,#acme\n",
        (*MORNING, "", "", "x", "minute"),
    ),
    "Timetrap's JSON": (
        "timetrap", '[{"id":1,"note":"x","start":"2026-11-23 09:02:11 +0100","end":"2026-11-23 10:14:55 +0100",'
        '"sheet":"Acme.API"}]',
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "a timeclock's description before its comment": (
        "timeclock", "i 2026-11-23 09:02:11 Acme:API  x ; y, tag:z\no 2026-11-23 10:14:55\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "a heading of Org with a link and a comment's mark": (
        "org", "* Acme\n** COMMENT API\n*** TODO [[https://x.test/1][x]]\n"
        "CLOCK: [2026-11-23 lun. 09:02]--[2026-11-23 lun. 10:14] =>  1:12\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "Clockify in German": (
        "generic", '"Projekt","Kunde","Beschreibung","Startdatum","Startzeit","Enddatum","Endzeit","Dauer (h)"\n'
        '"API","Acme","x","23.11.2026","09:02:11","23.11.2026","10:14:55","01:12:44"\n',
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "Toggl in Spanish": (
        "generic", "Cliente,Proyecto,Descripción,Fecha de inicio,Hora de inicio,Fecha final,Hora final,Duración\n"
        "Acme,API,x,2026-11-23,09:02:11,2026-11-23,10:14:55,01:12:44\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "seconds since 1970": (
        "generic", "client,start,end,description\nAcme,1795420931,1795425295000,x\n",
        (*EXACT, "Acme", "", "x", "second"),
    ),
    "minutes of a day, by the name of its month": (
        "generic", "Date,Client,Minutes,Note\nMon 23 Nov 2026,Acme,72,x\nTotal,,72,\n",
        ("2026-11-23", "2026-11-23", "Acme", "", "x", "hours"),
    ),
    "Timetrap's CSV": (
        "timetrap", "start,end,note,sheet\n2026-11-23 09:02:11,2026-11-23 10:14:55,x,Acme.API\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "solidtime's report": (
        "solidtime", "Description,Task,Project,Client,User,Start,End,Duration,Billable,Tags\n"
        "x,,API,Acme,Me,2026-11-23 09:02:11,2026-11-23 10:14:55,1:12:44,Yes,\n",
        (*EXACT, "Acme", "API", "x", "second"),
    ),
    "Org in French, with a priority and a count": (
        "org", "* TODO [#A] Acme [1/3] :x:\n** API\n*** x\n"
        "CLOCK: [2026-11-23 lun. 09:02]--[2026-11-23 lun. 10:14] => 1:12\n",
        (*MORNING, "Acme", "API", "x", "minute"),
    ),
    "a record of klog with the record's client": (
        "klog", "2026/11/23 (7h30m!)\nAt home #client=Acme\n  9:02-10:14 x #project=API\n",
        (*MORNING, "Acme", "API", "At home — x", "minute"),
    ),
    "a timedot entry": (
        "timedot", "2026-11-23\nAcme:API  .... .\n", ("2026-11-23", "2026-11-23", "Acme", "API", "", "day"),
    ),
    "Timewarrior with an annotation alone": (
        "timewarrior", 'inc 20261123T080211Z - 20261123T091455Z # # "x"\nexc monday\n', (*EXACT, "", "", "x", "second"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_the_same_file(form):
    name, text, wanted = FORMS[form]
    (found,) = [each for each in read(name, text) if isinstance(each, Found)]
    assert told(found) == wanted


def test_clocks_of_several_accounts_may_be_open_at_once():
    text = (
        "i 2026-11-23 09:00:00 acme\ni 2026-11-23 09:30:00 brel  y\no 2026-11-23 10:00:00 acme\no 2026-11-23 11:00:00\n"
    )
    found = read("timeclock", text)
    assert [(each.client, each.end - each.begin) for each in found] == [("acme", 3600), ("brel", 5400)]


def test_a_summary_has_no_times_and_is_refused_by_its_name():
    (found,) = read("toggl", "Project,Client,Title,Duration\nAPI,Acme,x,1:00:00\n")
    assert isinstance(found, RowProblem)
    assert (found.reason, found.found) == (RowReason.NOT_THIS_FORM, "Toggl summary report")


def test_gtimelog_days_end_at_two_in_the_morning():
    found = read("gtimelog", "2026-11-23 22:00: arrived\n2026-11-24 01:00: Acme: x\n\n2026-11-24 09:00: arrived\n"
                             "2026-11-24 10:00: tea **\n")  # fmt: skip
    assert [type(each) for each in found] == [Found, LeftOut]


def test_what_a_watson_log_prints_is_refused_in_any_spacing():
    (problem,) = read("watson", '[{"project":"acme","start":"2026-11-23T09:02:11+01:00","stop":"2026-11-23T10:14:55"}]')
    assert (problem.reason, problem.allowed) == (RowReason.NOT_THIS_FORM, "frames")


def test_a_clock_of_org_without_its_times_is_named_and_not_lost():
    (problem,) = read("org", "* Acme\n  CLOCK: =>  1:30\n", "work.org")
    assert (problem.reason, problem.line) == (RowReason.NOT_READABLE, 2)


def test_letters_of_a_timedot_are_told_apart():
    found = read("timedot", "2026-11-23\nacme  aabbc\nacme  .\n")
    assert [(each.seconds, each.tags) for each in found] == [(1800, ("a",)), (1800, ("b",)), (900, ("c",)), (900, ())]


def test_a_super_productivity_of_old_is_known_by_its_projects():
    many = '"advancedCfg": {"worklogExportSettings": {"cols": [' + '"DATE",' * 2000 + '"DATE"]}}'
    task = '{"id": "t", "title": "x", "projectId": "p", "timeSpentOnDay": {"2026-11-23": 4364000}}'
    project = f'{{"id": "p", "title": "Acme", {many}}}'
    text = f'{{"project": {{"entities": {{"p": {project}}}}}, "task": {{"entities": {{"t": {task}}}}}}}'
    assert [each.seconds for each in read("superproductivity", text)] == [4364]


@pytest.mark.parametrize(
    "cell", ["lun. 23/11/2026", "23 novembre 2026", "Nov 23, 2026", "23. Nov 2026", "lundi 23 nov. 2026"]
)
def test_days_by_name_are_read_in_the_order_of_the_others(cell):
    other = "mar. 24/11/2026" if "/" in cell else "2026-11-24"
    found = read("generic", f"Date;Client;Seconds\n{other};acme;1\n{cell};acme;4364\n")
    assert [(str(each.day), each.seconds) for each in found][1:] == [("2026-11-23", 4364)]


def test_timesheets_of_kimai_without_names_are_refused_with_the_form_to_fetch():
    (problem,) = read(
        "kimai", '[{"activity": 1, "project": 2, "id": 7, "begin": "2026-11-23T09:02:11+0100", "end": ""}]'
    )
    assert (problem.reason, problem.allowed) == (RowReason.NOT_THIS_FORM, "/api/timesheets?full=true")


@pytest.mark.parametrize("line", ["* a{}x", "2026-11-23\na{}x", "* TODO [#A] a{}[1/2]x"])
def test_a_line_of_many_blanks_is_known_for_what_it_is_at_once(line):
    source = DoorSource("file.org", line.format(" " * 100_000).encode())
    registry.recognise(source)
    org = registry.own("org")
    assert list(org.read(source, Answers(zone=ZoneInfo("Europe/Paris")))) == []
