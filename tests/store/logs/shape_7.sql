BEGIN TRANSACTION;
CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT);
INSERT INTO "_sqlite_migrations" VALUES(1,'clepsydra','one_shape','2026-11-29 09:28:52.462594+00:00');
CREATE TABLE absence (
    id TEXT PRIMARY KEY NOT NULL,
    started_at INTEGER NOT NULL CHECK (typeof(started_at) = 'integer'),
    ended_at INTEGER NOT NULL CHECK (typeof(ended_at) = 'integer' AND ended_at > started_at),
    reason TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    zone TEXT NOT NULL,
    logged_at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE allocation (
    id TEXT PRIMARY KEY NOT NULL,
    receipt TEXT REFERENCES receipt (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT REFERENCES document (id),
    statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('payment', 'deposit', 'credit', 'fee', 'fx', 'discount', 'withheld', 'writeoff', 'charges')),
    minor INTEGER NOT NULL,
    taken_minor INTEGER NOT NULL DEFAULT 0,
    detail TEXT NOT NULL DEFAULT '',
    proof_sha TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    CHECK ((document IS NULL) <> (statement IS NULL)),
    CHECK (CASE WHEN kind IN ('payment', 'deposit', 'credit') THEN receipt IS NOT NULL AND minor <> 0
        WHEN kind = 'fx' THEN receipt IS NOT NULL AND minor = 0
        WHEN kind = 'charges' THEN receipt IS NOT NULL AND minor = 0 AND taken_minor <> 0
        WHEN kind = 'fee' THEN (minor <> 0) <> (taken_minor <> 0)
        ELSE minor <> 0 AND taken_minor = 0 END)
);
CREATE TABLE bank_file (
    id TEXT PRIMARY KEY NOT NULL,
    imported_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    opening_minor INTEGER,
    closing_minor INTEGER,
    sequence TEXT NOT NULL DEFAULT '',
    lines TEXT NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE bank_line (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    day INTEGER NOT NULL,
    minor INTEGER NOT NULL CHECK (minor <> 0),
    currency TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    iban TEXT NOT NULL DEFAULT '',
    ref TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    bank_id TEXT NOT NULL DEFAULT '',
    text_key TEXT NOT NULL,
    twin INTEGER NOT NULL CHECK (twin >= 0),
    ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1)),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (account, currency, bank_id, day, minor, text_key, twin)
);
CREATE TABLE billed_fee (
    id TEXT PRIMARY KEY NOT NULL,
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    client TEXT NOT NULL,
    project TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('period', 'part', 'change', 'overage', 'cap', 'used')),
    item TEXT NOT NULL DEFAULT '',
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL CHECK (last_day >= first_day),
    seconds INTEGER NOT NULL DEFAULT 0,
    minor INTEGER NOT NULL DEFAULT 0,
    currency TEXT NOT NULL,
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE billed_group (
    id TEXT PRIMARY KEY NOT NULL,
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    client TEXT NOT NULL,
    day INTEGER NOT NULL,
    exact_seconds INTEGER NOT NULL,
    rule_seconds INTEGER NOT NULL,
    billed_seconds INTEGER NOT NULL,
    exact_minor INTEGER NOT NULL,
    rule_minor INTEGER NOT NULL,
    billed_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    body TEXT NOT NULL,
    device TEXT NOT NULL DEFAULT '',
    line TEXT AS (coalesce(json_extract(body, '$.line'), id)) VIRTUAL,
    hourly TEXT AS (json_extract(body, '$.hourly')) VIRTUAL,
    unit INTEGER AS (coalesce(json_extract(body, '$.unit'), 0)) VIRTUAL
);
INSERT INTO "billed_group" VALUES('01M8KA5KZGX5MWTZTBSDSNX6F4-g0000001','01M8KA5KZGX5MWTZTBSDSNX6F4','acme',739940,8400,9000,9000,21000,22500,22500,'EUR','{"agreed": false, "decision": null, "hourly": "90.00", "line": 0, "pieces": [["01M8KA5J108Y1PXA66E3N5GR0X", 1795161600, 1795168800, 739940], ["01M8KA5K08MVRB07KKYGSZCFM5", 1795179600, 1795180800, 739940]], "project": "default", "rule": {"model": "up", "scope": "day", "step": 900}, "scope": "in", "tax": "0"}','');
CREATE TABLE call_decision (
    id TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('assigned', 'personal', 'ignored', 'merged', 'unanswered')),
    client TEXT,
    sessions TEXT NOT NULL DEFAULT '[]',
    decided_at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE charge_note (
    id TEXT PRIMARY KEY NOT NULL,
    series TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_day INTEGER NOT NULL,
    fee_minor INTEGER NOT NULL CHECK (fee_minor >= 0),
    interest_minor INTEGER NOT NULL CHECK (interest_minor >= 0),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    UNIQUE (device, series, n),
    UNIQUE (device, number)
);
CREATE TABLE claim (
    id TEXT PRIMARY KEY NOT NULL,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('statement', 'expense', 'deposit')),
    ref TEXT NOT NULL,
    minor INTEGER NOT NULL DEFAULT 0,
    live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE day_close (
    id TEXT PRIMARY KEY NOT NULL,
    day INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    unknown_seconds INTEGER NOT NULL CHECK (unknown_seconds >= 0),
    began_at INTEGER,
    ended_at INTEGER,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (day, person, device)
);
CREATE TABLE deferral (
    id TEXT PRIMARY KEY NOT NULL,
    ref TEXT NOT NULL,
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    at INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    why TEXT NOT NULL,
    ended_at INTEGER,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE detected_call (
    id TEXT PRIMARY KEY NOT NULL,
    program TEXT NOT NULL,
    program_name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER CHECK (ended_at IS NULL OR ended_at >= started_at),
    evidence TEXT NOT NULL DEFAULT '[]',
    doubtful INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    client_hint TEXT NOT NULL DEFAULT '',
    rank TEXT NOT NULL DEFAULT 'certain' CHECK (rank IN ('certain', 'doubt', 'listening')),
    seams TEXT NOT NULL DEFAULT '[]',
    folded INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE dispute (
    id TEXT PRIMARY KEY NOT NULL,
    debt TEXT NOT NULL,
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    why TEXT NOT NULL,
    ended_at INTEGER,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE document (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invoice', 'deposit', 'credit')),
    series TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_day INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    payable_minor INTEGER NOT NULL,
    revenue_minor INTEGER NOT NULL,                -- net of what is turnover: disbursements are none
    preceding TEXT REFERENCES document (id),
    reason TEXT NOT NULL DEFAULT '' CHECK (reason IN ('', 'error', 'gesture', 'price', 'returned')),
    pdf_sha TEXT NOT NULL DEFAULT '',
    xml_sha TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL,                          -- SHA-256 of the body
    state TEXT NOT NULL DEFAULT 'issued' CHECK (state IN ('issued', 'annulled')),
    annulled_at INTEGER,
    annul_reason TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    CHECK (total_minor = net_minor + tax_minor),
    CHECK ((kind = 'credit') = (preceding IS NOT NULL)),
    UNIQUE (device, series, n),
    UNIQUE (device, number)
);
CREATE TABLE document_event (
    id TEXT PRIMARY KEY NOT NULL,
    document TEXT NOT NULL REFERENCES document (id),
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE document_line (
    id TEXT PRIMARY KEY NOT NULL,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    sort TEXT NOT NULL,
    text TEXT NOT NULL,
    quantity_e4 INTEGER NOT NULL,
    unit TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    price_base INTEGER NOT NULL,
    allowance_minor INTEGER NOT NULL,
    charge_minor INTEGER NOT NULL,
    tax TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE document_tax (
    id TEXT PRIMARY KEY NOT NULL,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    category TEXT NOT NULL,
    rate_e4 INTEGER NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    base_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE draft (
    id TEXT PRIMARY KEY NOT NULL,
    client TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE evidence_decision (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('taken', 'left')),
    rule TEXT NOT NULL DEFAULT '',
    sessions TEXT NOT NULL DEFAULT '[]',
    decided_at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE evidence_secret (
    id TEXT PRIMARY KEY NOT NULL,
    secret TEXT NOT NULL,
    device TEXT NOT NULL DEFAULT ''
);
INSERT INTO "evidence_secret" VALUES('4b31352a3a012a675bee','a144409504eefe6eb99c0b9f5b832ad9f1f925f712673c1c2abac87fd0ecdb80','');
CREATE TABLE evidence_span (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    program TEXT,
    program_name TEXT,
    family TEXT,
    began INTEGER NOT NULL,
    ended INTEGER CHECK (ended IS NULL OR ended >= began),
    pid INTEGER,
    already INTEGER NOT NULL DEFAULT 0,
    stream TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    corked INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT '',
    virtual INTEGER NOT NULL DEFAULT 0,
    mark TEXT NOT NULL DEFAULT '',
    sense TEXT NOT NULL DEFAULT '',
    lost INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT ''
);
CREATE TABLE expense (
    id TEXT PRIMARY KEY NOT NULL,
    client TEXT NOT NULL,
    day INTEGER NOT NULL,
    minor INTEGER NOT NULL CHECK (minor > 0),
    currency TEXT NOT NULL,
    text TEXT NOT NULL,
    tax TEXT NOT NULL DEFAULT '',
    disbursement INTEGER NOT NULL DEFAULT 0 CHECK (disbursement IN (0, 1)),
    percent TEXT NOT NULL DEFAULT '0',
    proof_sha TEXT NOT NULL DEFAULT '',
    proof_name TEXT NOT NULL DEFAULT '',
    bank_line TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE interrupted (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    session TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('pause', 'call')),
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (device, position)
);
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    n INTEGER NOT NULL CHECK (n > 0),
    at INTEGER NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change', 'undo', 'redo', 'carried')),
    target INTEGER,                                -- the number, on the same device, of what was undone or redone
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    redoable INTEGER NOT NULL DEFAULT 1 CHECK (redoable IN (0, 1)),
    digest TEXT,                                   -- NULL while the entry is open, and only then
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (device, n)
);
INSERT INTO "journal" VALUES(1,1,1795944532,'{"text": "add {client}", "values": {"client": "acme"}}','change',NULL,0,1,'b54a07cb8f8d58e109ae3d5a19f3480d','','');
INSERT INTO "journal" VALUES(2,2,1795944533,'{"text": "add {client}", "values": {"client": "acme"}}','change',NULL,0,1,'7a4a6d1e7a7af462b133177707f2a744','','');
INSERT INTO "journal" VALUES(3,3,1795944533,'{"text": "add {client}", "values": {"client": "fjord"}}','change',NULL,0,1,'25cbae67a76a393b8fd028529fd37f0e','','');
INSERT INTO "journal" VALUES(4,4,1795944534,'{"text": "issue the statement of {client}", "values": {"client": "acme"}}','change',NULL,0,1,'349642ba88e5b22de938b9f621c891ad','','');
INSERT INTO "journal" VALUES(5,5,1795944535,'{"text": "add {client}", "values": {"client": "acme"}}','change',NULL,0,1,'2797c02f783fb0ba0dfe68327558002b','','');
CREATE TABLE journal_before (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    target INTEGER,
    undone INTEGER NOT NULL,
    redoable INTEGER NOT NULL,
    digest TEXT,
    device TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (device, id)
);
CREATE TABLE journal_now (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER,
    restored INTEGER NOT NULL DEFAULT 0,
    shape INTEGER,
    forgotten INTEGER
);
INSERT INTO "journal_now" VALUES(1,NULL,0,337,NULL);
CREATE TABLE journal_row (
    id INTEGER PRIMARY KEY,
    entry INTEGER,
    tbl TEXT NOT NULL,
    before TEXT,
    after TEXT,
    key TEXT AS (json_extract(coalesce(after, before), '$.id')) VIRTUAL,
    device TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (device, entry) REFERENCES journal (device, n)
);
INSERT INTO "journal_row" VALUES(1,1,'session',NULL,'{"id":"01M8KA5J108Y1PXA66E3N5GR0X","client":"acme","project":"default","channel":"work","started_at":1795161600,"ended_at":1795168800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"review","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944532,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
INSERT INTO "journal_row" VALUES(2,2,'session',NULL,'{"id":"01M8KA5K08MVRB07KKYGSZCFM5","client":"acme","project":"default","channel":"call","started_at":1795179600,"ended_at":1795180800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"hotline","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944533,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
INSERT INTO "journal_row" VALUES(3,3,'session',NULL,'{"id":"01M8KA5K08RW1W0EWSFNNKT4H2","client":"fjord","project":"default","channel":"work","started_at":1795248000,"ended_at":1795252200,"zone":"Europe/Paris","day":739941,"scope":"in","decision":null,"note":"plan","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944533,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
INSERT INTO "journal_row" VALUES(4,4,'billed_group',NULL,'{"id":"01M8KA5KZGX5MWTZTBSDSNX6F4-g0000001","statement":"01M8KA5KZGX5MWTZTBSDSNX6F4","client":"acme","day":739940,"exact_seconds":8400,"rule_seconds":9000,"billed_seconds":9000,"exact_minor":21000,"rule_minor":22500,"billed_minor":22500,"currency":"EUR","body":"{\"agreed\": false, \"decision\": null, \"hourly\": \"90.00\", \"line\": 0, \"pieces\": [[\"01M8KA5J108Y1PXA66E3N5GR0X\", 1795161600, 1795168800, 739940], [\"01M8KA5K08MVRB07KKYGSZCFM5\", 1795179600, 1795180800, 739940]], \"project\": \"default\", \"rule\": {\"model\": \"up\", \"scope\": \"day\", \"step\": 900}, \"scope\": \"in\", \"tax\": \"0\"}","device":""}','');
INSERT INTO "journal_row" VALUES(5,4,'session','{"id":"01M8KA5J108Y1PXA66E3N5GR0X","client":"acme","project":"default","channel":"work","started_at":1795161600,"ended_at":1795168800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"review","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944532,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','{"id":"01M8KA5J108Y1PXA66E3N5GR0X","client":"acme","project":"default","channel":"work","started_at":1795161600,"ended_at":1795168800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"review","agreed_seconds":null,"write_off":null,"statement":"01M8KA5KZGX5MWTZTBSDSNX6F4","source":"manual","logged_at":1795944532,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
INSERT INTO "journal_row" VALUES(6,4,'session','{"id":"01M8KA5K08MVRB07KKYGSZCFM5","client":"acme","project":"default","channel":"call","started_at":1795179600,"ended_at":1795180800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"hotline","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944533,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','{"id":"01M8KA5K08MVRB07KKYGSZCFM5","client":"acme","project":"default","channel":"call","started_at":1795179600,"ended_at":1795180800,"zone":"Europe/Paris","day":739940,"scope":"in","decision":null,"note":"hotline","agreed_seconds":null,"write_off":null,"statement":"01M8KA5KZGX5MWTZTBSDSNX6F4","source":"manual","logged_at":1795944533,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
INSERT INTO "journal_row" VALUES(7,4,'statement',NULL,'{"id":"01M8KA5KZGX5MWTZTBSDSNX6F4","series":"2026","n":1,"number":"2026-0001","client":"acme","first_day":739940,"last_day":739940,"issued_at":1795944534,"due_on":739979,"currency":"EUR","net_minor":22500,"tax_minor":0,"state":"issued","void_reason":"","voided_at":null,"person":"","device":"","body":"{\"client\": \"acme\", \"client_address\": \"\", \"client_name\": \"Acme\", \"currency\": \"EUR\", \"digest\": \"b7fca12d15cde4a4b365259056c85eb0\", \"documents\": {\".csv\": \"535b9d3be6cc7ff267d28f8f2627869ff8e93b466f9a1150b2e935187c23a647\", \".pdf\": \"a1d14530d2137a4a024248ca5bf353c1b3a75c3b235a6fbc9b35bcaa8a789bb1\"}, \"due_on\": \"2026-12-29\", \"fee_minor\": 0, \"first_day\": \"2026-11-20\", \"issued_at\": 1795944534, \"issued_on\": \"2026-11-29\", \"language\": \"en\", \"last_day\": \"2026-11-20\", \"lines\": [{\"agreed\": false, \"channel\": null, \"day_sold\": null, \"decision\": null, \"fee_minor\": 0, \"figures\": {\"billed_minor\": 22500, \"billed_seconds\": 9000, \"exact_minor\": 21000, \"exact_seconds\": 8400, \"manual_gain_minor\": 0, \"manual_gain_seconds\": 0, \"manual_loss_minor\": 0, \"manual_loss_seconds\": 0, \"overbilled_minor\": 1500, \"overbilled_seconds\": 600, \"rule_gain_minor\": 1500, \"rule_gain_seconds\": 600, \"rule_loss_minor\": 0, \"rule_loss_seconds\": 0, \"underbilled_minor\": 0, \"underbilled_seconds\": 0, \"unit_gain_minor\": 0, \"unit_gain_seconds\": 0, \"unit_loss_minor\": 0, \"unit_loss_seconds\": 0}, \"first_day\": \"2026-11-20\", \"hourly\": \"90.00\", \"last_day\": \"2026-11-20\", \"note\": \"review · hotline\", \"other_rules\": [], \"project\": \"default\", \"project_name\": \"\", \"rule\": {\"model\": \"up\", \"scope\": \"day\", \"step\": 900}, \"scope\": \"in\", \"sessions\": [\"01M8KA5J108Y1PXA66E3N5GR0X\", \"01M8KA5K08MVRB07KKYGSZCFM5\"], \"sort\": \"time\", \"use\": null}], \"note\": \"\", \"number\": \"2026-0001\", \"order\": \"\", \"seller\": {\"account_name\": \"\", \"address\": \"\", \"bic\": \"\", \"capital\": \"\", \"city\": \"\", \"colour\": \"\", \"country\": \"\", \"email\": \"\", \"form\": \"\", \"iban\": \"\", \"logo\": \"\", \"mentions\": [], \"name\": \"\", \"phone\": \"\", \"postcode\": \"\", \"regime\": \"normal\", \"register\": \"\", \"routing\": \"\", \"siren\": \"\", \"siret\": \"\", \"street\": \"\", \"tax_id\": \"\", \"vat\": \"\", \"vat_on\": \"collection\"}, \"seller_zone\": \"Europe/Paris\", \"show\": [\"times\", \"notes\"], \"subject\": \"\", \"tax\": \"0\", \"tax_minor\": 0, \"totals\": {\"billed_minor\": 22500, \"billed_seconds\": 9000, \"exact_minor\": 21000, \"exact_seconds\": 8400, \"manual_gain_minor\": 0, \"manual_gain_seconds\": 0, \"manual_loss_minor\": 0, \"manual_loss_seconds\": 0, \"overbilled_minor\": 1500, \"overbilled_seconds\": 600, \"rule_gain_minor\": 1500, \"rule_gain_seconds\": 600, \"rule_loss_minor\": 0, \"rule_loss_seconds\": 0, \"underbilled_minor\": 0, \"underbilled_seconds\": 0, \"unit_gain_minor\": 0, \"unit_gain_seconds\": 0, \"unit_loss_minor\": 0, \"unit_loss_seconds\": 0}, \"zone\": \"Europe/Paris\"}"}','');
INSERT INTO "journal_row" VALUES(8,5,'session',NULL,'{"id":"01M8KA5MYRR31A6V5YF1N8EPH2","client":"acme","project":"default","channel":"work","started_at":1795334400,"ended_at":1795338000,"zone":"Europe/Paris","day":739942,"scope":"in","decision":null,"note":"more","agreed_seconds":null,"write_off":null,"statement":null,"source":"manual","logged_at":1795944535,"doubtful_from":null,"request":"","precision":null,"person":"","device":""}','');
CREATE TABLE journal_row_before (
    id INTEGER NOT NULL,
    entry INTEGER,
    tbl TEXT NOT NULL,
    before TEXT,
    after TEXT,
    device TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (device, id)
);
CREATE TABLE lease (
    name TEXT PRIMARY KEY NOT NULL,
    instance TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    seen_at INTEGER NOT NULL
);
CREATE TABLE listed_call (
    id TEXT PRIMARY KEY NOT NULL,
    call TEXT NOT NULL,
    source TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER CHECK (ended_at IS NULL OR ended_at >= started_at),
    precision TEXT CHECK (precision IN ('minute', 'minute-up')),   -- NULL: to the second
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE noted (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (subject, person, device)
);
CREATE TABLE plan_part (
    id TEXT PRIMARY KEY NOT NULL,
    document TEXT REFERENCES document (id),
    statement TEXT REFERENCES statement (id),
    position INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    minor INTEGER NOT NULL CHECK (minor > 0),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    CHECK ((document IS NULL) <> (statement IS NULL))
);
CREATE TABLE promise (
    id TEXT PRIMARY KEY NOT NULL,
    debt TEXT NOT NULL,
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    ended_at INTEGER,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE receipt (
    id TEXT PRIMARY KEY NOT NULL,
    client TEXT NOT NULL,
    day INTEGER NOT NULL,
    minor INTEGER NOT NULL CHECK (minor <> 0),
    currency TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT '',
    bank_line TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE reminder (
    id TEXT PRIMARY KEY NOT NULL,
    letter TEXT NOT NULL,
    debt TEXT NOT NULL,
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
    due_day INTEGER NOT NULL,
    drafted_at INTEGER NOT NULL,
    drafted_day INTEGER NOT NULL,
    sent_at INTEGER,
    sent_day INTEGER,
    currency TEXT NOT NULL,
    open_minor INTEGER NOT NULL CHECK (open_minor > 0),
    fee_minor INTEGER NOT NULL DEFAULT 0,
    penalty_minor INTEGER NOT NULL DEFAULT 0,
    file TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    CHECK ((sent_at IS NULL) = (sent_day IS NULL))
);
CREATE TABLE review (
    id TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stop', 'automate', 'delegate', 'price')),
    made_on INTEGER NOT NULL,
    review_on INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    worth_minor INTEGER,
    currency TEXT,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    client TEXT NOT NULL,
    project TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN
        ('work', 'call', 'meeting', 'message', 'fix', 'travel', 'prep', 'admin', 'sales')),
    started_at INTEGER NOT NULL CHECK (typeof(started_at) = 'integer'),
    ended_at INTEGER CHECK (ended_at IS NULL OR (typeof(ended_at) = 'integer' AND ended_at >= started_at)),
    zone TEXT NOT NULL,
    day INTEGER NOT NULL,
    scope TEXT NOT NULL DEFAULT 'in' CHECK (scope IN ('in', 'out', 'unsure')),
    decision TEXT CHECK (decision IN ('bill', 'absorb', 'pending')),
    note TEXT NOT NULL DEFAULT '',
    agreed_seconds INTEGER CHECK (agreed_seconds >= 0),
    write_off TEXT,
    statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL DEFAULT 'manual',
    logged_at INTEGER NOT NULL,
    doubtful_from INTEGER,
    request TEXT NOT NULL DEFAULT '',
    precision TEXT CHECK (precision IN ('minute', 'minute-up', 'tenth', 'hours', 'day')),   -- NULL: to the second
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    CHECK ((scope = 'out') = (decision IS NOT NULL))
);
INSERT INTO "session" VALUES('01M8KA5J108Y1PXA66E3N5GR0X','acme','default','work',1795161600,1795168800,'Europe/Paris',739940,'in',NULL,'review',NULL,NULL,'01M8KA5KZGX5MWTZTBSDSNX6F4','manual',1795944532,NULL,'',NULL,'','');
INSERT INTO "session" VALUES('01M8KA5K08MVRB07KKYGSZCFM5','acme','default','call',1795179600,1795180800,'Europe/Paris',739940,'in',NULL,'hotline',NULL,NULL,'01M8KA5KZGX5MWTZTBSDSNX6F4','manual',1795944533,NULL,'',NULL,'','');
INSERT INTO "session" VALUES('01M8KA5K08RW1W0EWSFNNKT4H2','fjord','default','work',1795248000,1795252200,'Europe/Paris',739941,'in',NULL,'plan',NULL,NULL,NULL,'manual',1795944533,NULL,'',NULL,'','');
INSERT INTO "session" VALUES('01M8KA5MYRR31A6V5YF1N8EPH2','acme','default','work',1795334400,1795338000,'Europe/Paris',739942,'in',NULL,'more',NULL,NULL,NULL,'manual',1795944535,NULL,'',NULL,'','');
CREATE TABLE statement (
    id TEXT PRIMARY KEY NOT NULL,
    series TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    number TEXT NOT NULL,
    client TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL CHECK (last_day >= first_day),
    issued_at INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    currency TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'issued' CHECK (state IN ('issued', 'void')),
    void_reason TEXT NOT NULL DEFAULT '',
    voided_at INTEGER,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    exact_seconds INTEGER AS (json_extract(body, '$.totals.exact_seconds')) VIRTUAL,
    billed_seconds INTEGER AS (json_extract(body, '$.totals.billed_seconds')) VIRTUAL,
    rule_loss_seconds INTEGER AS (json_extract(body, '$.totals.rule_loss_seconds')) VIRTUAL,
    rule_gain_seconds INTEGER AS (json_extract(body, '$.totals.rule_gain_seconds')) VIRTUAL,
    unit_loss_seconds INTEGER AS (coalesce(json_extract(body, '$.totals.unit_loss_seconds'), 0)) VIRTUAL,
    unit_gain_seconds INTEGER AS (coalesce(json_extract(body, '$.totals.unit_gain_seconds'), 0)) VIRTUAL,
    manual_loss_seconds INTEGER AS (json_extract(body, '$.totals.manual_loss_seconds')) VIRTUAL,
    manual_gain_seconds INTEGER AS (json_extract(body, '$.totals.manual_gain_seconds')) VIRTUAL,
    underbilled_seconds INTEGER AS (json_extract(body, '$.totals.underbilled_seconds')) VIRTUAL,
    overbilled_seconds INTEGER AS (json_extract(body, '$.totals.overbilled_seconds')) VIRTUAL,
    exact_minor INTEGER AS (json_extract(body, '$.totals.exact_minor')) VIRTUAL,
    billed_minor INTEGER AS (json_extract(body, '$.totals.billed_minor')) VIRTUAL,
    rule_loss_minor INTEGER AS (json_extract(body, '$.totals.rule_loss_minor')) VIRTUAL,
    rule_gain_minor INTEGER AS (json_extract(body, '$.totals.rule_gain_minor')) VIRTUAL,
    unit_loss_minor INTEGER AS (coalesce(json_extract(body, '$.totals.unit_loss_minor'), 0)) VIRTUAL,
    unit_gain_minor INTEGER AS (coalesce(json_extract(body, '$.totals.unit_gain_minor'), 0)) VIRTUAL,
    manual_loss_minor INTEGER AS (json_extract(body, '$.totals.manual_loss_minor')) VIRTUAL,
    manual_gain_minor INTEGER AS (json_extract(body, '$.totals.manual_gain_minor')) VIRTUAL,
    underbilled_minor INTEGER AS (json_extract(body, '$.totals.underbilled_minor')) VIRTUAL,
    overbilled_minor INTEGER AS (json_extract(body, '$.totals.overbilled_minor')) VIRTUAL,
    UNIQUE (device, series, n),
    UNIQUE (device, series, number)
);
INSERT INTO "statement" VALUES('01M8KA5KZGX5MWTZTBSDSNX6F4','2026',1,'2026-0001','acme',739940,739940,1795944534,739979,'EUR',22500,0,'issued','',NULL,'','','{"client": "acme", "client_address": "", "client_name": "Acme", "currency": "EUR", "digest": "b7fca12d15cde4a4b365259056c85eb0", "documents": {".csv": "535b9d3be6cc7ff267d28f8f2627869ff8e93b466f9a1150b2e935187c23a647", ".pdf": "a1d14530d2137a4a024248ca5bf353c1b3a75c3b235a6fbc9b35bcaa8a789bb1"}, "due_on": "2026-12-29", "fee_minor": 0, "first_day": "2026-11-20", "issued_at": 1795944534, "issued_on": "2026-11-29", "language": "en", "last_day": "2026-11-20", "lines": [{"agreed": false, "channel": null, "day_sold": null, "decision": null, "fee_minor": 0, "figures": {"billed_minor": 22500, "billed_seconds": 9000, "exact_minor": 21000, "exact_seconds": 8400, "manual_gain_minor": 0, "manual_gain_seconds": 0, "manual_loss_minor": 0, "manual_loss_seconds": 0, "overbilled_minor": 1500, "overbilled_seconds": 600, "rule_gain_minor": 1500, "rule_gain_seconds": 600, "rule_loss_minor": 0, "rule_loss_seconds": 0, "underbilled_minor": 0, "underbilled_seconds": 0, "unit_gain_minor": 0, "unit_gain_seconds": 0, "unit_loss_minor": 0, "unit_loss_seconds": 0}, "first_day": "2026-11-20", "hourly": "90.00", "last_day": "2026-11-20", "note": "review · hotline", "other_rules": [], "project": "default", "project_name": "", "rule": {"model": "up", "scope": "day", "step": 900}, "scope": "in", "sessions": ["01M8KA5J108Y1PXA66E3N5GR0X", "01M8KA5K08MVRB07KKYGSZCFM5"], "sort": "time", "use": null}], "note": "", "number": "2026-0001", "order": "", "seller": {"account_name": "", "address": "", "bic": "", "capital": "", "city": "", "colour": "", "country": "", "email": "", "form": "", "iban": "", "logo": "", "mentions": [], "name": "", "phone": "", "postcode": "", "regime": "normal", "register": "", "routing": "", "siren": "", "siret": "", "street": "", "tax_id": "", "vat": "", "vat_on": "collection"}, "seller_zone": "Europe/Paris", "show": ["times", "notes"], "subject": "", "tax": "0", "tax_minor": 0, "totals": {"billed_minor": 22500, "billed_seconds": 9000, "exact_minor": 21000, "exact_seconds": 8400, "manual_gain_minor": 0, "manual_gain_seconds": 0, "manual_loss_minor": 0, "manual_loss_seconds": 0, "overbilled_minor": 1500, "overbilled_seconds": 600, "rule_gain_minor": 1500, "rule_gain_seconds": 600, "rule_loss_minor": 0, "rule_loss_seconds": 0, "underbilled_minor": 0, "underbilled_seconds": 0, "unit_gain_minor": 0, "unit_gain_seconds": 0, "unit_loss_minor": 0, "unit_loss_seconds": 0}, "zone": "Europe/Paris"}');
CREATE TABLE touched (
    id TEXT PRIMARY KEY NOT NULL,
    session TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('message', 'fix')),
    at INTEGER NOT NULL,
    seconds INTEGER NOT NULL CHECK (seconds > 0),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE TABLE watcher (
    instance TEXT PRIMARY KEY NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
);
CREATE TRIGGER session_journal_insert AFTER INSERT ON session WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', NULL, json_object('id', new.id, 'client', new.client, 'project', new.project, 'channel', new.channel, 'started_at', new.started_at, 'ended_at', new.ended_at, 'zone', new.zone, 'day', new.day, 'scope', new.scope, 'decision', new.decision, 'note', new.note, 'agreed_seconds', new.agreed_seconds, 'write_off', new.write_off, 'statement', new.statement, 'source', new.source, 'logged_at', new.logged_at, 'doubtful_from', new.doubtful_from, 'request', new.request, 'precision', new.precision, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER session_journal_update AFTER UPDATE ON session WHEN (old.id IS NOT new.id OR old.client IS NOT new.client OR old.project IS NOT new.project OR old.channel IS NOT new.channel OR old.started_at IS NOT new.started_at OR old.ended_at IS NOT new.ended_at OR old.zone IS NOT new.zone OR old.day IS NOT new.day OR old.scope IS NOT new.scope OR old.decision IS NOT new.decision OR old.note IS NOT new.note OR old.agreed_seconds IS NOT new.agreed_seconds OR old.write_off IS NOT new.write_off OR old.statement IS NOT new.statement OR old.source IS NOT new.source OR old.logged_at IS NOT new.logged_at OR old.doubtful_from IS NOT new.doubtful_from OR old.request IS NOT new.request OR old.precision IS NOT new.precision OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', json_object('id', old.id, 'client', old.client, 'project', old.project, 'channel', old.channel, 'started_at', old.started_at, 'ended_at', old.ended_at, 'zone', old.zone, 'day', old.day, 'scope', old.scope, 'decision', old.decision, 'note', old.note, 'agreed_seconds', old.agreed_seconds, 'write_off', old.write_off, 'statement', old.statement, 'source', old.source, 'logged_at', old.logged_at, 'doubtful_from', old.doubtful_from, 'request', old.request, 'precision', old.precision, 'person', old.person, 'device', old.device), json_object('id', new.id, 'client', new.client, 'project', new.project, 'channel', new.channel, 'started_at', new.started_at, 'ended_at', new.ended_at, 'zone', new.zone, 'day', new.day, 'scope', new.scope, 'decision', new.decision, 'note', new.note, 'agreed_seconds', new.agreed_seconds, 'write_off', new.write_off, 'statement', new.statement, 'source', new.source, 'logged_at', new.logged_at, 'doubtful_from', new.doubtful_from, 'request', new.request, 'precision', new.precision, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER session_journal_delete AFTER DELETE ON session WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', json_object('id', old.id, 'client', old.client, 'project', old.project, 'channel', old.channel, 'started_at', old.started_at, 'ended_at', old.ended_at, 'zone', old.zone, 'day', old.day, 'scope', old.scope, 'decision', old.decision, 'note', old.note, 'agreed_seconds', old.agreed_seconds, 'write_off', old.write_off, 'statement', old.statement, 'source', old.source, 'logged_at', old.logged_at, 'doubtful_from', old.doubtful_from, 'request', old.request, 'precision', old.precision, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER statement_journal_insert AFTER INSERT ON statement WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', NULL, json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'first_day', new.first_day, 'last_day', new.last_day, 'issued_at', new.issued_at, 'due_on', new.due_on, 'currency', new.currency, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'state', new.state, 'void_reason', new.void_reason, 'voided_at', new.voided_at, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER statement_journal_update AFTER UPDATE ON statement WHEN (old.id IS NOT new.id OR old.series IS NOT new.series OR old.n IS NOT new.n OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.first_day IS NOT new.first_day OR old.last_day IS NOT new.last_day OR old.issued_at IS NOT new.issued_at OR old.due_on IS NOT new.due_on OR old.currency IS NOT new.currency OR old.net_minor IS NOT new.net_minor OR old.tax_minor IS NOT new.tax_minor OR old.state IS NOT new.state OR old.void_reason IS NOT new.void_reason OR old.voided_at IS NOT new.voided_at OR old.person IS NOT new.person OR old.device IS NOT new.device OR old.body IS NOT new.body) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'first_day', old.first_day, 'last_day', old.last_day, 'issued_at', old.issued_at, 'due_on', old.due_on, 'currency', old.currency, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'state', old.state, 'void_reason', old.void_reason, 'voided_at', old.voided_at, 'person', old.person, 'device', old.device, 'body', old.body), json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'first_day', new.first_day, 'last_day', new.last_day, 'issued_at', new.issued_at, 'due_on', new.due_on, 'currency', new.currency, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'state', new.state, 'void_reason', new.void_reason, 'voided_at', new.voided_at, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER statement_journal_delete AFTER DELETE ON statement WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'first_day', old.first_day, 'last_day', old.last_day, 'issued_at', old.issued_at, 'due_on', old.due_on, 'currency', old.currency, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'state', old.state, 'void_reason', old.void_reason, 'voided_at', old.voided_at, 'person', old.person, 'device', old.device, 'body', old.body), NULL); END;
CREATE TRIGGER billed_group_journal_insert AFTER INSERT ON billed_group WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_group', NULL, json_object('id', new.id, 'statement', new.statement, 'client', new.client, 'day', new.day, 'exact_seconds', new.exact_seconds, 'rule_seconds', new.rule_seconds, 'billed_seconds', new.billed_seconds, 'exact_minor', new.exact_minor, 'rule_minor', new.rule_minor, 'billed_minor', new.billed_minor, 'currency', new.currency, 'body', new.body, 'device', new.device)); END;
CREATE TRIGGER billed_group_journal_update AFTER UPDATE ON billed_group WHEN (old.id IS NOT new.id OR old.statement IS NOT new.statement OR old.client IS NOT new.client OR old.day IS NOT new.day OR old.exact_seconds IS NOT new.exact_seconds OR old.rule_seconds IS NOT new.rule_seconds OR old.billed_seconds IS NOT new.billed_seconds OR old.exact_minor IS NOT new.exact_minor OR old.rule_minor IS NOT new.rule_minor OR old.billed_minor IS NOT new.billed_minor OR old.currency IS NOT new.currency OR old.body IS NOT new.body OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_group', json_object('id', old.id, 'statement', old.statement, 'client', old.client, 'day', old.day, 'exact_seconds', old.exact_seconds, 'rule_seconds', old.rule_seconds, 'billed_seconds', old.billed_seconds, 'exact_minor', old.exact_minor, 'rule_minor', old.rule_minor, 'billed_minor', old.billed_minor, 'currency', old.currency, 'body', old.body, 'device', old.device), json_object('id', new.id, 'statement', new.statement, 'client', new.client, 'day', new.day, 'exact_seconds', new.exact_seconds, 'rule_seconds', new.rule_seconds, 'billed_seconds', new.billed_seconds, 'exact_minor', new.exact_minor, 'rule_minor', new.rule_minor, 'billed_minor', new.billed_minor, 'currency', new.currency, 'body', new.body, 'device', new.device)); END;
CREATE TRIGGER billed_group_journal_delete AFTER DELETE ON billed_group WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_group', json_object('id', old.id, 'statement', old.statement, 'client', old.client, 'day', old.day, 'exact_seconds', old.exact_seconds, 'rule_seconds', old.rule_seconds, 'billed_seconds', old.billed_seconds, 'exact_minor', old.exact_minor, 'rule_minor', old.rule_minor, 'billed_minor', old.billed_minor, 'currency', old.currency, 'body', old.body, 'device', old.device), NULL); END;
CREATE TRIGGER billed_fee_journal_insert AFTER INSERT ON billed_fee WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_fee', NULL, json_object('id', new.id, 'statement', new.statement, 'client', new.client, 'project', new.project, 'kind', new.kind, 'item', new.item, 'first_day', new.first_day, 'last_day', new.last_day, 'seconds', new.seconds, 'minor', new.minor, 'currency', new.currency, 'device', new.device)); END;
CREATE TRIGGER billed_fee_journal_update AFTER UPDATE ON billed_fee WHEN (old.id IS NOT new.id OR old.statement IS NOT new.statement OR old.client IS NOT new.client OR old.project IS NOT new.project OR old.kind IS NOT new.kind OR old.item IS NOT new.item OR old.first_day IS NOT new.first_day OR old.last_day IS NOT new.last_day OR old.seconds IS NOT new.seconds OR old.minor IS NOT new.minor OR old.currency IS NOT new.currency OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_fee', json_object('id', old.id, 'statement', old.statement, 'client', old.client, 'project', old.project, 'kind', old.kind, 'item', old.item, 'first_day', old.first_day, 'last_day', old.last_day, 'seconds', old.seconds, 'minor', old.minor, 'currency', old.currency, 'device', old.device), json_object('id', new.id, 'statement', new.statement, 'client', new.client, 'project', new.project, 'kind', new.kind, 'item', new.item, 'first_day', new.first_day, 'last_day', new.last_day, 'seconds', new.seconds, 'minor', new.minor, 'currency', new.currency, 'device', new.device)); END;
CREATE TRIGGER billed_fee_journal_delete AFTER DELETE ON billed_fee WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'billed_fee', json_object('id', old.id, 'statement', old.statement, 'client', old.client, 'project', old.project, 'kind', old.kind, 'item', old.item, 'first_day', old.first_day, 'last_day', old.last_day, 'seconds', old.seconds, 'minor', old.minor, 'currency', old.currency, 'device', old.device), NULL); END;
CREATE TRIGGER interrupted_journal_insert AFTER INSERT ON interrupted WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', NULL, json_object('id', new.id, 'position', new.position, 'session', new.session, 'why', new.why, 'device', new.device)); END;
CREATE TRIGGER interrupted_journal_update AFTER UPDATE ON interrupted WHEN (old.id IS NOT new.id OR old.position IS NOT new.position OR old.session IS NOT new.session OR old.why IS NOT new.why OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', json_object('id', old.id, 'position', old.position, 'session', old.session, 'why', old.why, 'device', old.device), json_object('id', new.id, 'position', new.position, 'session', new.session, 'why', new.why, 'device', new.device)); END;
CREATE TRIGGER interrupted_journal_delete AFTER DELETE ON interrupted WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', json_object('id', old.id, 'position', old.position, 'session', old.session, 'why', old.why, 'device', old.device), NULL); END;
CREATE TRIGGER absence_journal_insert AFTER INSERT ON absence WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'absence', NULL, json_object('id', new.id, 'started_at', new.started_at, 'ended_at', new.ended_at, 'reason', new.reason, 'note', new.note, 'zone', new.zone, 'logged_at', new.logged_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER absence_journal_update AFTER UPDATE ON absence WHEN (old.id IS NOT new.id OR old.started_at IS NOT new.started_at OR old.ended_at IS NOT new.ended_at OR old.reason IS NOT new.reason OR old.note IS NOT new.note OR old.zone IS NOT new.zone OR old.logged_at IS NOT new.logged_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'absence', json_object('id', old.id, 'started_at', old.started_at, 'ended_at', old.ended_at, 'reason', old.reason, 'note', old.note, 'zone', old.zone, 'logged_at', old.logged_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'started_at', new.started_at, 'ended_at', new.ended_at, 'reason', new.reason, 'note', new.note, 'zone', new.zone, 'logged_at', new.logged_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER absence_journal_delete AFTER DELETE ON absence WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'absence', json_object('id', old.id, 'started_at', old.started_at, 'ended_at', old.ended_at, 'reason', old.reason, 'note', old.note, 'zone', old.zone, 'logged_at', old.logged_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER day_close_journal_insert AFTER INSERT ON day_close WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'day_close', NULL, json_object('id', new.id, 'day', new.day, 'closed_at', new.closed_at, 'unknown_seconds', new.unknown_seconds, 'began_at', new.began_at, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER day_close_journal_update AFTER UPDATE ON day_close WHEN (old.id IS NOT new.id OR old.day IS NOT new.day OR old.closed_at IS NOT new.closed_at OR old.unknown_seconds IS NOT new.unknown_seconds OR old.began_at IS NOT new.began_at OR old.ended_at IS NOT new.ended_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'day_close', json_object('id', old.id, 'day', old.day, 'closed_at', old.closed_at, 'unknown_seconds', old.unknown_seconds, 'began_at', old.began_at, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'day', new.day, 'closed_at', new.closed_at, 'unknown_seconds', new.unknown_seconds, 'began_at', new.began_at, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER day_close_journal_delete AFTER DELETE ON day_close WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'day_close', json_object('id', old.id, 'day', old.day, 'closed_at', old.closed_at, 'unknown_seconds', old.unknown_seconds, 'began_at', old.began_at, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER noted_journal_insert AFTER INSERT ON noted WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'noted', NULL, json_object('id', new.id, 'subject', new.subject, 'kind', new.kind, 'at', new.at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER noted_journal_update AFTER UPDATE ON noted WHEN (old.id IS NOT new.id OR old.subject IS NOT new.subject OR old.kind IS NOT new.kind OR old.at IS NOT new.at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'noted', json_object('id', old.id, 'subject', old.subject, 'kind', old.kind, 'at', old.at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'subject', new.subject, 'kind', new.kind, 'at', new.at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER noted_journal_delete AFTER DELETE ON noted WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'noted', json_object('id', old.id, 'subject', old.subject, 'kind', old.kind, 'at', old.at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER review_journal_insert AFTER INSERT ON review WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'review', NULL, json_object('id', new.id, 'text', new.text, 'kind', new.kind, 'made_on', new.made_on, 'review_on', new.review_on, 'done', new.done, 'worth_minor', new.worth_minor, 'currency', new.currency, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER review_journal_update AFTER UPDATE ON review WHEN (old.id IS NOT new.id OR old.text IS NOT new.text OR old.kind IS NOT new.kind OR old.made_on IS NOT new.made_on OR old.review_on IS NOT new.review_on OR old.done IS NOT new.done OR old.worth_minor IS NOT new.worth_minor OR old.currency IS NOT new.currency OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'review', json_object('id', old.id, 'text', old.text, 'kind', old.kind, 'made_on', old.made_on, 'review_on', old.review_on, 'done', old.done, 'worth_minor', old.worth_minor, 'currency', old.currency, 'person', old.person, 'device', old.device), json_object('id', new.id, 'text', new.text, 'kind', new.kind, 'made_on', new.made_on, 'review_on', new.review_on, 'done', new.done, 'worth_minor', new.worth_minor, 'currency', new.currency, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER review_journal_delete AFTER DELETE ON review WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'review', json_object('id', old.id, 'text', old.text, 'kind', old.kind, 'made_on', old.made_on, 'review_on', old.review_on, 'done', old.done, 'worth_minor', old.worth_minor, 'currency', old.currency, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER call_decision_journal_insert AFTER INSERT ON call_decision WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'call_decision', NULL, json_object('id', new.id, 'state', new.state, 'client', new.client, 'sessions', new.sessions, 'decided_at', new.decided_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER call_decision_journal_update AFTER UPDATE ON call_decision WHEN (old.id IS NOT new.id OR old.state IS NOT new.state OR old.client IS NOT new.client OR old.sessions IS NOT new.sessions OR old.decided_at IS NOT new.decided_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'call_decision', json_object('id', old.id, 'state', old.state, 'client', old.client, 'sessions', old.sessions, 'decided_at', old.decided_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'state', new.state, 'client', new.client, 'sessions', new.sessions, 'decided_at', new.decided_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER call_decision_journal_delete AFTER DELETE ON call_decision WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'call_decision', json_object('id', old.id, 'state', old.state, 'client', old.client, 'sessions', old.sessions, 'decided_at', old.decided_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER document_journal_insert AFTER INSERT ON document WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document', NULL, json_object('id', new.id, 'kind', new.kind, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'currency', new.currency, 'issued_at', new.issued_at, 'issued_day', new.issued_day, 'due_day', new.due_day, 'first_day', new.first_day, 'last_day', new.last_day, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'total_minor', new.total_minor, 'payable_minor', new.payable_minor, 'revenue_minor', new.revenue_minor, 'preceding', new.preceding, 'reason', new.reason, 'pdf_sha', new.pdf_sha, 'xml_sha', new.xml_sha, 'digest', new.digest, 'state', new.state, 'annulled_at', new.annulled_at, 'annul_reason', new.annul_reason, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER document_journal_update AFTER UPDATE ON document WHEN (old.id IS NOT new.id OR old.kind IS NOT new.kind OR old.series IS NOT new.series OR old.n IS NOT new.n OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.currency IS NOT new.currency OR old.issued_at IS NOT new.issued_at OR old.issued_day IS NOT new.issued_day OR old.due_day IS NOT new.due_day OR old.first_day IS NOT new.first_day OR old.last_day IS NOT new.last_day OR old.net_minor IS NOT new.net_minor OR old.tax_minor IS NOT new.tax_minor OR old.total_minor IS NOT new.total_minor OR old.payable_minor IS NOT new.payable_minor OR old.revenue_minor IS NOT new.revenue_minor OR old.preceding IS NOT new.preceding OR old.reason IS NOT new.reason OR old.pdf_sha IS NOT new.pdf_sha OR old.xml_sha IS NOT new.xml_sha OR old.digest IS NOT new.digest OR old.state IS NOT new.state OR old.annulled_at IS NOT new.annulled_at OR old.annul_reason IS NOT new.annul_reason OR old.person IS NOT new.person OR old.device IS NOT new.device OR old.body IS NOT new.body) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document', json_object('id', old.id, 'kind', old.kind, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'currency', old.currency, 'issued_at', old.issued_at, 'issued_day', old.issued_day, 'due_day', old.due_day, 'first_day', old.first_day, 'last_day', old.last_day, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'total_minor', old.total_minor, 'payable_minor', old.payable_minor, 'revenue_minor', old.revenue_minor, 'preceding', old.preceding, 'reason', old.reason, 'pdf_sha', old.pdf_sha, 'xml_sha', old.xml_sha, 'digest', old.digest, 'state', old.state, 'annulled_at', old.annulled_at, 'annul_reason', old.annul_reason, 'person', old.person, 'device', old.device, 'body', old.body), json_object('id', new.id, 'kind', new.kind, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'currency', new.currency, 'issued_at', new.issued_at, 'issued_day', new.issued_day, 'due_day', new.due_day, 'first_day', new.first_day, 'last_day', new.last_day, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'total_minor', new.total_minor, 'payable_minor', new.payable_minor, 'revenue_minor', new.revenue_minor, 'preceding', new.preceding, 'reason', new.reason, 'pdf_sha', new.pdf_sha, 'xml_sha', new.xml_sha, 'digest', new.digest, 'state', new.state, 'annulled_at', new.annulled_at, 'annul_reason', new.annul_reason, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER document_journal_delete AFTER DELETE ON document WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document', json_object('id', old.id, 'kind', old.kind, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'currency', old.currency, 'issued_at', old.issued_at, 'issued_day', old.issued_day, 'due_day', old.due_day, 'first_day', old.first_day, 'last_day', old.last_day, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'total_minor', old.total_minor, 'payable_minor', old.payable_minor, 'revenue_minor', old.revenue_minor, 'preceding', old.preceding, 'reason', old.reason, 'pdf_sha', old.pdf_sha, 'xml_sha', old.xml_sha, 'digest', old.digest, 'state', old.state, 'annulled_at', old.annulled_at, 'annul_reason', old.annul_reason, 'person', old.person, 'device', old.device, 'body', old.body), NULL); END;
CREATE TRIGGER document_line_journal_insert AFTER INSERT ON document_line WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_line', NULL, json_object('id', new.id, 'document', new.document, 'position', new.position, 'sort', new.sort, 'text', new.text, 'quantity_e4', new.quantity_e4, 'unit', new.unit, 'price_minor', new.price_minor, 'price_base', new.price_base, 'allowance_minor', new.allowance_minor, 'charge_minor', new.charge_minor, 'tax', new.tax, 'net_minor', new.net_minor, 'source', new.source, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_line_journal_update AFTER UPDATE ON document_line WHEN (old.id IS NOT new.id OR old.document IS NOT new.document OR old.position IS NOT new.position OR old.sort IS NOT new.sort OR old.text IS NOT new.text OR old.quantity_e4 IS NOT new.quantity_e4 OR old.unit IS NOT new.unit OR old.price_minor IS NOT new.price_minor OR old.price_base IS NOT new.price_base OR old.allowance_minor IS NOT new.allowance_minor OR old.charge_minor IS NOT new.charge_minor OR old.tax IS NOT new.tax OR old.net_minor IS NOT new.net_minor OR old.source IS NOT new.source OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_line', json_object('id', old.id, 'document', old.document, 'position', old.position, 'sort', old.sort, 'text', old.text, 'quantity_e4', old.quantity_e4, 'unit', old.unit, 'price_minor', old.price_minor, 'price_base', old.price_base, 'allowance_minor', old.allowance_minor, 'charge_minor', old.charge_minor, 'tax', old.tax, 'net_minor', old.net_minor, 'source', old.source, 'person', old.person, 'device', old.device), json_object('id', new.id, 'document', new.document, 'position', new.position, 'sort', new.sort, 'text', new.text, 'quantity_e4', new.quantity_e4, 'unit', new.unit, 'price_minor', new.price_minor, 'price_base', new.price_base, 'allowance_minor', new.allowance_minor, 'charge_minor', new.charge_minor, 'tax', new.tax, 'net_minor', new.net_minor, 'source', new.source, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_line_journal_delete AFTER DELETE ON document_line WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_line', json_object('id', old.id, 'document', old.document, 'position', old.position, 'sort', old.sort, 'text', old.text, 'quantity_e4', old.quantity_e4, 'unit', old.unit, 'price_minor', old.price_minor, 'price_base', old.price_base, 'allowance_minor', old.allowance_minor, 'charge_minor', old.charge_minor, 'tax', old.tax, 'net_minor', old.net_minor, 'source', old.source, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER document_tax_journal_insert AFTER INSERT ON document_tax WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_tax', NULL, json_object('id', new.id, 'document', new.document, 'category', new.category, 'rate_e4', new.rate_e4, 'part', new.part, 'base_minor', new.base_minor, 'tax_minor', new.tax_minor, 'code', new.code, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_tax_journal_update AFTER UPDATE ON document_tax WHEN (old.id IS NOT new.id OR old.document IS NOT new.document OR old.category IS NOT new.category OR old.rate_e4 IS NOT new.rate_e4 OR old.part IS NOT new.part OR old.base_minor IS NOT new.base_minor OR old.tax_minor IS NOT new.tax_minor OR old.code IS NOT new.code OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_tax', json_object('id', old.id, 'document', old.document, 'category', old.category, 'rate_e4', old.rate_e4, 'part', old.part, 'base_minor', old.base_minor, 'tax_minor', old.tax_minor, 'code', old.code, 'person', old.person, 'device', old.device), json_object('id', new.id, 'document', new.document, 'category', new.category, 'rate_e4', new.rate_e4, 'part', new.part, 'base_minor', new.base_minor, 'tax_minor', new.tax_minor, 'code', new.code, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_tax_journal_delete AFTER DELETE ON document_tax WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_tax', json_object('id', old.id, 'document', old.document, 'category', old.category, 'rate_e4', old.rate_e4, 'part', old.part, 'base_minor', old.base_minor, 'tax_minor', old.tax_minor, 'code', old.code, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER claim_journal_insert AFTER INSERT ON claim WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'claim', NULL, json_object('id', new.id, 'document', new.document, 'kind', new.kind, 'ref', new.ref, 'minor', new.minor, 'live', new.live, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER claim_journal_update AFTER UPDATE ON claim WHEN (old.id IS NOT new.id OR old.document IS NOT new.document OR old.kind IS NOT new.kind OR old.ref IS NOT new.ref OR old.minor IS NOT new.minor OR old.live IS NOT new.live OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'claim', json_object('id', old.id, 'document', old.document, 'kind', old.kind, 'ref', old.ref, 'minor', old.minor, 'live', old.live, 'person', old.person, 'device', old.device), json_object('id', new.id, 'document', new.document, 'kind', new.kind, 'ref', new.ref, 'minor', new.minor, 'live', new.live, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER claim_journal_delete AFTER DELETE ON claim WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'claim', json_object('id', old.id, 'document', old.document, 'kind', old.kind, 'ref', old.ref, 'minor', old.minor, 'live', old.live, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER document_event_journal_insert AFTER INSERT ON document_event WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_event', NULL, json_object('id', new.id, 'document', new.document, 'at', new.at, 'day', new.day, 'what', new.what, 'detail', new.detail, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_event_journal_update AFTER UPDATE ON document_event WHEN (old.id IS NOT new.id OR old.document IS NOT new.document OR old.at IS NOT new.at OR old.day IS NOT new.day OR old.what IS NOT new.what OR old.detail IS NOT new.detail OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_event', json_object('id', old.id, 'document', old.document, 'at', old.at, 'day', old.day, 'what', old.what, 'detail', old.detail, 'person', old.person, 'device', old.device), json_object('id', new.id, 'document', new.document, 'at', new.at, 'day', new.day, 'what', new.what, 'detail', new.detail, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER document_event_journal_delete AFTER DELETE ON document_event WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'document_event', json_object('id', old.id, 'document', old.document, 'at', old.at, 'day', old.day, 'what', old.what, 'detail', old.detail, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER expense_journal_insert AFTER INSERT ON expense WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'expense', NULL, json_object('id', new.id, 'client', new.client, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'text', new.text, 'tax', new.tax, 'disbursement', new.disbursement, 'percent', new.percent, 'proof_sha', new.proof_sha, 'proof_name', new.proof_name, 'bank_line', new.bank_line, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER expense_journal_update AFTER UPDATE ON expense WHEN (old.id IS NOT new.id OR old.client IS NOT new.client OR old.day IS NOT new.day OR old.minor IS NOT new.minor OR old.currency IS NOT new.currency OR old.text IS NOT new.text OR old.tax IS NOT new.tax OR old.disbursement IS NOT new.disbursement OR old.percent IS NOT new.percent OR old.proof_sha IS NOT new.proof_sha OR old.proof_name IS NOT new.proof_name OR old.bank_line IS NOT new.bank_line OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'expense', json_object('id', old.id, 'client', old.client, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'text', old.text, 'tax', old.tax, 'disbursement', old.disbursement, 'percent', old.percent, 'proof_sha', old.proof_sha, 'proof_name', old.proof_name, 'bank_line', old.bank_line, 'person', old.person, 'device', old.device), json_object('id', new.id, 'client', new.client, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'text', new.text, 'tax', new.tax, 'disbursement', new.disbursement, 'percent', new.percent, 'proof_sha', new.proof_sha, 'proof_name', new.proof_name, 'bank_line', new.bank_line, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER expense_journal_delete AFTER DELETE ON expense WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'expense', json_object('id', old.id, 'client', old.client, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'text', old.text, 'tax', old.tax, 'disbursement', old.disbursement, 'percent', old.percent, 'proof_sha', old.proof_sha, 'proof_name', old.proof_name, 'bank_line', old.bank_line, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER draft_journal_insert AFTER INSERT ON draft WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'draft', NULL, json_object('id', new.id, 'client', new.client, 'changed_at', new.changed_at, 'body', new.body, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER draft_journal_update AFTER UPDATE ON draft WHEN (old.id IS NOT new.id OR old.client IS NOT new.client OR old.changed_at IS NOT new.changed_at OR old.body IS NOT new.body OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'draft', json_object('id', old.id, 'client', old.client, 'changed_at', old.changed_at, 'body', old.body, 'person', old.person, 'device', old.device), json_object('id', new.id, 'client', new.client, 'changed_at', new.changed_at, 'body', new.body, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER draft_journal_delete AFTER DELETE ON draft WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'draft', json_object('id', old.id, 'client', old.client, 'changed_at', old.changed_at, 'body', old.body, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER touched_journal_insert AFTER INSERT ON touched WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'touched', NULL, json_object('id', new.id, 'session', new.session, 'channel', new.channel, 'at', new.at, 'seconds', new.seconds, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER touched_journal_update AFTER UPDATE ON touched WHEN (old.id IS NOT new.id OR old.session IS NOT new.session OR old.channel IS NOT new.channel OR old.at IS NOT new.at OR old.seconds IS NOT new.seconds OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'touched', json_object('id', old.id, 'session', old.session, 'channel', old.channel, 'at', old.at, 'seconds', old.seconds, 'person', old.person, 'device', old.device), json_object('id', new.id, 'session', new.session, 'channel', new.channel, 'at', new.at, 'seconds', new.seconds, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER touched_journal_delete AFTER DELETE ON touched WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'touched', json_object('id', old.id, 'session', old.session, 'channel', old.channel, 'at', old.at, 'seconds', old.seconds, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER receipt_journal_insert AFTER INSERT ON receipt WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'receipt', NULL, json_object('id', new.id, 'client', new.client, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'method', new.method, 'bank_line', new.bank_line, 'note', new.note, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER receipt_journal_update AFTER UPDATE ON receipt WHEN (old.id IS NOT new.id OR old.client IS NOT new.client OR old.day IS NOT new.day OR old.minor IS NOT new.minor OR old.currency IS NOT new.currency OR old.method IS NOT new.method OR old.bank_line IS NOT new.bank_line OR old.note IS NOT new.note OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'receipt', json_object('id', old.id, 'client', old.client, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'method', old.method, 'bank_line', old.bank_line, 'note', old.note, 'person', old.person, 'device', old.device), json_object('id', new.id, 'client', new.client, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'method', new.method, 'bank_line', new.bank_line, 'note', new.note, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER receipt_journal_delete AFTER DELETE ON receipt WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'receipt', json_object('id', old.id, 'client', old.client, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'method', old.method, 'bank_line', old.bank_line, 'note', old.note, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER allocation_journal_insert AFTER INSERT ON allocation WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'allocation', NULL, json_object('id', new.id, 'receipt', new.receipt, 'document', new.document, 'statement', new.statement, 'day', new.day, 'kind', new.kind, 'minor', new.minor, 'taken_minor', new.taken_minor, 'detail', new.detail, 'proof_sha', new.proof_sha, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER allocation_journal_update AFTER UPDATE ON allocation WHEN (old.id IS NOT new.id OR old.receipt IS NOT new.receipt OR old.document IS NOT new.document OR old.statement IS NOT new.statement OR old.day IS NOT new.day OR old.kind IS NOT new.kind OR old.minor IS NOT new.minor OR old.taken_minor IS NOT new.taken_minor OR old.detail IS NOT new.detail OR old.proof_sha IS NOT new.proof_sha OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'allocation', json_object('id', old.id, 'receipt', old.receipt, 'document', old.document, 'statement', old.statement, 'day', old.day, 'kind', old.kind, 'minor', old.minor, 'taken_minor', old.taken_minor, 'detail', old.detail, 'proof_sha', old.proof_sha, 'person', old.person, 'device', old.device), json_object('id', new.id, 'receipt', new.receipt, 'document', new.document, 'statement', new.statement, 'day', new.day, 'kind', new.kind, 'minor', new.minor, 'taken_minor', new.taken_minor, 'detail', new.detail, 'proof_sha', new.proof_sha, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER allocation_journal_delete AFTER DELETE ON allocation WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'allocation', json_object('id', old.id, 'receipt', old.receipt, 'document', old.document, 'statement', old.statement, 'day', old.day, 'kind', old.kind, 'minor', old.minor, 'taken_minor', old.taken_minor, 'detail', old.detail, 'proof_sha', old.proof_sha, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER plan_part_journal_insert AFTER INSERT ON plan_part WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'plan_part', NULL, json_object('id', new.id, 'document', new.document, 'statement', new.statement, 'position', new.position, 'due_day', new.due_day, 'minor', new.minor, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER plan_part_journal_update AFTER UPDATE ON plan_part WHEN (old.id IS NOT new.id OR old.document IS NOT new.document OR old.statement IS NOT new.statement OR old.position IS NOT new.position OR old.due_day IS NOT new.due_day OR old.minor IS NOT new.minor OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'plan_part', json_object('id', old.id, 'document', old.document, 'statement', old.statement, 'position', old.position, 'due_day', old.due_day, 'minor', old.minor, 'person', old.person, 'device', old.device), json_object('id', new.id, 'document', new.document, 'statement', new.statement, 'position', new.position, 'due_day', new.due_day, 'minor', new.minor, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER plan_part_journal_delete AFTER DELETE ON plan_part WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'plan_part', json_object('id', old.id, 'document', old.document, 'statement', old.statement, 'position', old.position, 'due_day', old.due_day, 'minor', old.minor, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER evidence_decision_journal_insert AFTER INSERT ON evidence_decision WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'evidence_decision', NULL, json_object('id', new.id, 'kind', new.kind, 'at', new.at, 'verdict', new.verdict, 'rule', new.rule, 'sessions', new.sessions, 'decided_at', new.decided_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER evidence_decision_journal_update AFTER UPDATE ON evidence_decision WHEN (old.id IS NOT new.id OR old.kind IS NOT new.kind OR old.at IS NOT new.at OR old.verdict IS NOT new.verdict OR old.rule IS NOT new.rule OR old.sessions IS NOT new.sessions OR old.decided_at IS NOT new.decided_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'evidence_decision', json_object('id', old.id, 'kind', old.kind, 'at', old.at, 'verdict', old.verdict, 'rule', old.rule, 'sessions', old.sessions, 'decided_at', old.decided_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'kind', new.kind, 'at', new.at, 'verdict', new.verdict, 'rule', new.rule, 'sessions', new.sessions, 'decided_at', new.decided_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER evidence_decision_journal_delete AFTER DELETE ON evidence_decision WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'evidence_decision', json_object('id', old.id, 'kind', old.kind, 'at', old.at, 'verdict', old.verdict, 'rule', old.rule, 'sessions', old.sessions, 'decided_at', old.decided_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER listed_call_journal_insert AFTER INSERT ON listed_call WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'listed_call', NULL, json_object('id', new.id, 'call', new.call, 'source', new.source, 'started_at', new.started_at, 'ended_at', new.ended_at, 'precision', new.precision, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER listed_call_journal_update AFTER UPDATE ON listed_call WHEN (old.id IS NOT new.id OR old.call IS NOT new.call OR old.source IS NOT new.source OR old.started_at IS NOT new.started_at OR old.ended_at IS NOT new.ended_at OR old.precision IS NOT new.precision OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'listed_call', json_object('id', old.id, 'call', old.call, 'source', old.source, 'started_at', old.started_at, 'ended_at', old.ended_at, 'precision', old.precision, 'person', old.person, 'device', old.device), json_object('id', new.id, 'call', new.call, 'source', new.source, 'started_at', new.started_at, 'ended_at', new.ended_at, 'precision', new.precision, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER listed_call_journal_delete AFTER DELETE ON listed_call WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'listed_call', json_object('id', old.id, 'call', old.call, 'source', old.source, 'started_at', old.started_at, 'ended_at', old.ended_at, 'precision', old.precision, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER reminder_journal_insert AFTER INSERT ON reminder WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'reminder', NULL, json_object('id', new.id, 'letter', new.letter, 'debt', new.debt, 'number', new.number, 'client', new.client, 'level', new.level, 'due_day', new.due_day, 'drafted_at', new.drafted_at, 'drafted_day', new.drafted_day, 'sent_at', new.sent_at, 'sent_day', new.sent_day, 'currency', new.currency, 'open_minor', new.open_minor, 'fee_minor', new.fee_minor, 'penalty_minor', new.penalty_minor, 'file', new.file, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER reminder_journal_update AFTER UPDATE ON reminder WHEN (old.id IS NOT new.id OR old.letter IS NOT new.letter OR old.debt IS NOT new.debt OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.level IS NOT new.level OR old.due_day IS NOT new.due_day OR old.drafted_at IS NOT new.drafted_at OR old.drafted_day IS NOT new.drafted_day OR old.sent_at IS NOT new.sent_at OR old.sent_day IS NOT new.sent_day OR old.currency IS NOT new.currency OR old.open_minor IS NOT new.open_minor OR old.fee_minor IS NOT new.fee_minor OR old.penalty_minor IS NOT new.penalty_minor OR old.file IS NOT new.file OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'reminder', json_object('id', old.id, 'letter', old.letter, 'debt', old.debt, 'number', old.number, 'client', old.client, 'level', old.level, 'due_day', old.due_day, 'drafted_at', old.drafted_at, 'drafted_day', old.drafted_day, 'sent_at', old.sent_at, 'sent_day', old.sent_day, 'currency', old.currency, 'open_minor', old.open_minor, 'fee_minor', old.fee_minor, 'penalty_minor', old.penalty_minor, 'file', old.file, 'person', old.person, 'device', old.device), json_object('id', new.id, 'letter', new.letter, 'debt', new.debt, 'number', new.number, 'client', new.client, 'level', new.level, 'due_day', new.due_day, 'drafted_at', new.drafted_at, 'drafted_day', new.drafted_day, 'sent_at', new.sent_at, 'sent_day', new.sent_day, 'currency', new.currency, 'open_minor', new.open_minor, 'fee_minor', new.fee_minor, 'penalty_minor', new.penalty_minor, 'file', new.file, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER reminder_journal_delete AFTER DELETE ON reminder WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'reminder', json_object('id', old.id, 'letter', old.letter, 'debt', old.debt, 'number', old.number, 'client', old.client, 'level', old.level, 'due_day', old.due_day, 'drafted_at', old.drafted_at, 'drafted_day', old.drafted_day, 'sent_at', old.sent_at, 'sent_day', old.sent_day, 'currency', old.currency, 'open_minor', old.open_minor, 'fee_minor', old.fee_minor, 'penalty_minor', old.penalty_minor, 'file', old.file, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER promise_journal_insert AFTER INSERT ON promise WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'promise', NULL, json_object('id', new.id, 'debt', new.debt, 'number', new.number, 'client', new.client, 'at', new.at, 'day', new.day, 'until_day', new.until_day, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER promise_journal_update AFTER UPDATE ON promise WHEN (old.id IS NOT new.id OR old.debt IS NOT new.debt OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.at IS NOT new.at OR old.day IS NOT new.day OR old.until_day IS NOT new.until_day OR old.ended_at IS NOT new.ended_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'promise', json_object('id', old.id, 'debt', old.debt, 'number', old.number, 'client', old.client, 'at', old.at, 'day', old.day, 'until_day', old.until_day, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'debt', new.debt, 'number', new.number, 'client', new.client, 'at', new.at, 'day', new.day, 'until_day', new.until_day, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER promise_journal_delete AFTER DELETE ON promise WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'promise', json_object('id', old.id, 'debt', old.debt, 'number', old.number, 'client', old.client, 'at', old.at, 'day', old.day, 'until_day', old.until_day, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER dispute_journal_insert AFTER INSERT ON dispute WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'dispute', NULL, json_object('id', new.id, 'debt', new.debt, 'number', new.number, 'client', new.client, 'at', new.at, 'day', new.day, 'why', new.why, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER dispute_journal_update AFTER UPDATE ON dispute WHEN (old.id IS NOT new.id OR old.debt IS NOT new.debt OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.at IS NOT new.at OR old.day IS NOT new.day OR old.why IS NOT new.why OR old.ended_at IS NOT new.ended_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'dispute', json_object('id', old.id, 'debt', old.debt, 'number', old.number, 'client', old.client, 'at', old.at, 'day', old.day, 'why', old.why, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'debt', new.debt, 'number', new.number, 'client', new.client, 'at', new.at, 'day', new.day, 'why', new.why, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER dispute_journal_delete AFTER DELETE ON dispute WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'dispute', json_object('id', old.id, 'debt', old.debt, 'number', old.number, 'client', old.client, 'at', old.at, 'day', old.day, 'why', old.why, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER deferral_journal_insert AFTER INSERT ON deferral WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'deferral', NULL, json_object('id', new.id, 'ref', new.ref, 'number', new.number, 'client', new.client, 'at', new.at, 'until_day', new.until_day, 'why', new.why, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER deferral_journal_update AFTER UPDATE ON deferral WHEN (old.id IS NOT new.id OR old.ref IS NOT new.ref OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.at IS NOT new.at OR old.until_day IS NOT new.until_day OR old.why IS NOT new.why OR old.ended_at IS NOT new.ended_at OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'deferral', json_object('id', old.id, 'ref', old.ref, 'number', old.number, 'client', old.client, 'at', old.at, 'until_day', old.until_day, 'why', old.why, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), json_object('id', new.id, 'ref', new.ref, 'number', new.number, 'client', new.client, 'at', new.at, 'until_day', new.until_day, 'why', new.why, 'ended_at', new.ended_at, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER deferral_journal_delete AFTER DELETE ON deferral WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'deferral', json_object('id', old.id, 'ref', old.ref, 'number', old.number, 'client', old.client, 'at', old.at, 'until_day', old.until_day, 'why', old.why, 'ended_at', old.ended_at, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER charge_note_journal_insert AFTER INSERT ON charge_note WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'charge_note', NULL, json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'currency', new.currency, 'issued_at', new.issued_at, 'issued_day', new.issued_day, 'fee_minor', new.fee_minor, 'interest_minor', new.interest_minor, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER charge_note_journal_update AFTER UPDATE ON charge_note WHEN (old.id IS NOT new.id OR old.series IS NOT new.series OR old.n IS NOT new.n OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.currency IS NOT new.currency OR old.issued_at IS NOT new.issued_at OR old.issued_day IS NOT new.issued_day OR old.fee_minor IS NOT new.fee_minor OR old.interest_minor IS NOT new.interest_minor OR old.person IS NOT new.person OR old.device IS NOT new.device OR old.body IS NOT new.body) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'charge_note', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'currency', old.currency, 'issued_at', old.issued_at, 'issued_day', old.issued_day, 'fee_minor', old.fee_minor, 'interest_minor', old.interest_minor, 'person', old.person, 'device', old.device, 'body', old.body), json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'currency', new.currency, 'issued_at', new.issued_at, 'issued_day', new.issued_day, 'fee_minor', new.fee_minor, 'interest_minor', new.interest_minor, 'person', new.person, 'device', new.device, 'body', new.body)); END;
CREATE TRIGGER charge_note_journal_delete AFTER DELETE ON charge_note WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'charge_note', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'currency', old.currency, 'issued_at', old.issued_at, 'issued_day', old.issued_day, 'fee_minor', old.fee_minor, 'interest_minor', old.interest_minor, 'person', old.person, 'device', old.device, 'body', old.body), NULL); END;
CREATE TRIGGER bank_line_journal_insert AFTER INSERT ON bank_line WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_line', NULL, json_object('id', new.id, 'account', new.account, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'name', new.name, 'iban', new.iban, 'ref', new.ref, 'text', new.text, 'bank_id', new.bank_id, 'text_key', new.text_key, 'twin', new.twin, 'ignored', new.ignored, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER bank_line_journal_update AFTER UPDATE ON bank_line WHEN (old.id IS NOT new.id OR old.account IS NOT new.account OR old.day IS NOT new.day OR old.minor IS NOT new.minor OR old.currency IS NOT new.currency OR old.name IS NOT new.name OR old.iban IS NOT new.iban OR old.ref IS NOT new.ref OR old.text IS NOT new.text OR old.bank_id IS NOT new.bank_id OR old.text_key IS NOT new.text_key OR old.twin IS NOT new.twin OR old.ignored IS NOT new.ignored OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_line', json_object('id', old.id, 'account', old.account, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'name', old.name, 'iban', old.iban, 'ref', old.ref, 'text', old.text, 'bank_id', old.bank_id, 'text_key', old.text_key, 'twin', old.twin, 'ignored', old.ignored, 'person', old.person, 'device', old.device), json_object('id', new.id, 'account', new.account, 'day', new.day, 'minor', new.minor, 'currency', new.currency, 'name', new.name, 'iban', new.iban, 'ref', new.ref, 'text', new.text, 'bank_id', new.bank_id, 'text_key', new.text_key, 'twin', new.twin, 'ignored', new.ignored, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER bank_line_journal_delete AFTER DELETE ON bank_line WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_line', json_object('id', old.id, 'account', old.account, 'day', old.day, 'minor', old.minor, 'currency', old.currency, 'name', old.name, 'iban', old.iban, 'ref', old.ref, 'text', old.text, 'bank_id', old.bank_id, 'text_key', old.text_key, 'twin', old.twin, 'ignored', old.ignored, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER bank_file_journal_insert AFTER INSERT ON bank_file WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_file', NULL, json_object('id', new.id, 'imported_at', new.imported_at, 'name', new.name, 'format', new.format, 'account', new.account, 'currency', new.currency, 'first_day', new.first_day, 'last_day', new.last_day, 'opening_minor', new.opening_minor, 'closing_minor', new.closing_minor, 'sequence', new.sequence, 'lines', new.lines, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER bank_file_journal_update AFTER UPDATE ON bank_file WHEN (old.id IS NOT new.id OR old.imported_at IS NOT new.imported_at OR old.name IS NOT new.name OR old.format IS NOT new.format OR old.account IS NOT new.account OR old.currency IS NOT new.currency OR old.first_day IS NOT new.first_day OR old.last_day IS NOT new.last_day OR old.opening_minor IS NOT new.opening_minor OR old.closing_minor IS NOT new.closing_minor OR old.sequence IS NOT new.sequence OR old.lines IS NOT new.lines OR old.person IS NOT new.person OR old.device IS NOT new.device) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_file', json_object('id', old.id, 'imported_at', old.imported_at, 'name', old.name, 'format', old.format, 'account', old.account, 'currency', old.currency, 'first_day', old.first_day, 'last_day', old.last_day, 'opening_minor', old.opening_minor, 'closing_minor', old.closing_minor, 'sequence', old.sequence, 'lines', old.lines, 'person', old.person, 'device', old.device), json_object('id', new.id, 'imported_at', new.imported_at, 'name', new.name, 'format', new.format, 'account', new.account, 'currency', new.currency, 'first_day', new.first_day, 'last_day', new.last_day, 'opening_minor', new.opening_minor, 'closing_minor', new.closing_minor, 'sequence', new.sequence, 'lines', new.lines, 'person', new.person, 'device', new.device)); END;
CREATE TRIGGER bank_file_journal_delete AFTER DELETE ON bank_file WHEN (1) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'bank_file', json_object('id', old.id, 'imported_at', old.imported_at, 'name', old.name, 'format', old.format, 'account', old.account, 'currency', old.currency, 'first_day', old.first_day, 'last_day', old.last_day, 'opening_minor', old.opening_minor, 'closing_minor', old.closing_minor, 'sequence', old.sequence, 'lines', old.lines, 'person', old.person, 'device', old.device), NULL); END;
CREATE TRIGGER detected_call_journal_insert AFTER INSERT ON detected_call WHEN (new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL) AND (SELECT entry FROM journal_now) IS NOT NULL AND EXISTS (SELECT 1 FROM listed_call WHERE listed_call.call = new.id) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'detected_call', NULL, json_object('id', new.id, 'program', new.program, 'program_name', new.program_name, 'started_at', new.started_at, 'ended_at', new.ended_at, 'evidence', new.evidence, 'doubtful', new.doubtful, 'title', new.title, 'client_hint', new.client_hint, 'rank', new.rank, 'seams', new.seams, 'folded', new.folded, 'device', new.device)); END;
CREATE TRIGGER detected_call_journal_update AFTER UPDATE ON detected_call WHEN (old.id IS NOT new.id OR old.program IS NOT new.program OR old.program_name IS NOT new.program_name OR old.started_at IS NOT new.started_at OR old.ended_at IS NOT new.ended_at OR old.evidence IS NOT new.evidence OR old.doubtful IS NOT new.doubtful OR old.title IS NOT new.title OR old.client_hint IS NOT new.client_hint OR old.rank IS NOT new.rank OR old.seams IS NOT new.seams OR old.folded IS NOT new.folded OR old.device IS NOT new.device) AND (SELECT entry FROM journal_now) IS NOT NULL AND EXISTS (SELECT 1 FROM listed_call WHERE listed_call.call = new.id) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'detected_call', json_object('id', old.id, 'program', old.program, 'program_name', old.program_name, 'started_at', old.started_at, 'ended_at', old.ended_at, 'evidence', old.evidence, 'doubtful', old.doubtful, 'title', old.title, 'client_hint', old.client_hint, 'rank', old.rank, 'seams', old.seams, 'folded', old.folded, 'device', old.device), json_object('id', new.id, 'program', new.program, 'program_name', new.program_name, 'started_at', new.started_at, 'ended_at', new.ended_at, 'evidence', new.evidence, 'doubtful', new.doubtful, 'title', new.title, 'client_hint', new.client_hint, 'rank', new.rank, 'seams', new.seams, 'folded', new.folded, 'device', new.device)); END;
CREATE TRIGGER detected_call_journal_delete AFTER DELETE ON detected_call WHEN (1) AND (SELECT entry FROM journal_now) IS NOT NULL AND EXISTS (SELECT 1 FROM listed_call WHERE listed_call.call = old.id) BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'detected_call', json_object('id', old.id, 'program', old.program, 'program_name', old.program_name, 'started_at', old.started_at, 'ended_at', old.ended_at, 'evidence', old.evidence, 'doubtful', old.doubtful, 'title', old.title, 'client_hint', old.client_hint, 'rank', old.rank, 'seams', old.seams, 'folded', old.folded, 'device', old.device), NULL); END;
CREATE INDEX journal_open ON journal (device, n) WHERE kind = 'change' AND undone = 0;
CREATE INDEX journal_undone ON journal (device, n) WHERE undone = 1 AND redoable = 1;
CREATE INDEX journal_at ON journal (at);
CREATE INDEX journal_row_entry ON journal_row (device, entry);
CREATE INDEX journal_row_key ON journal_row (tbl, key);
CREATE INDEX journal_row_before_entry ON journal_row_before (device, entry);
CREATE TRIGGER journal_sealed BEFORE UPDATE ON journal
WHEN old.digest IS NOT NULL AND NOT (new.id IS old.id AND new.n IS old.n AND new.at IS old.at AND new.label IS old.label
    AND new.kind IS old.kind AND new.target IS old.target AND new.digest IS old.digest AND new.person IS old.person
    AND new.device IS old.device)
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal WHEN old.digest IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_row_frozen BEFORE UPDATE ON journal_row
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_row_kept BEFORE DELETE ON journal_row
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_before_frozen BEFORE UPDATE ON journal_before
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_before_kept BEFORE DELETE ON journal_before
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_row_before_frozen BEFORE UPDATE ON journal_row_before
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_row_before_kept BEFORE DELETE ON journal_row_before
BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE VIEW journal_readable AS
SELECT journal.id, journal.device, n, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, label, kind, undone, tbl,
    before, after
FROM journal LEFT JOIN journal_row ON journal_row.device = journal.device AND journal_row.entry = journal.n;
CREATE INDEX session_began ON session (started_at, id);
CREATE INDEX session_client_day ON session (client, day);
CREATE INDEX session_client_began ON session (client, started_at, id);
CREATE INDEX session_day ON session (day);
CREATE INDEX session_long ON session (started_at) WHERE ended_at - started_at > 86400;
CREATE INDEX session_open ON session (started_at) WHERE ended_at IS NULL;
CREATE INDEX session_doubtful ON session (started_at) WHERE doubtful_from IS NOT NULL;
CREATE INDEX session_unbilled ON session (client, day, project, channel, scope, decision, started_at, ended_at,
    agreed_seconds, doubtful_from, id) WHERE statement IS NULL AND write_off IS NULL;
CREATE INDEX session_own_began ON session (started_at) WHERE source <> 'import';
CREATE INDEX session_statement ON session (statement) WHERE statement IS NOT NULL;
CREATE TRIGGER session_locked_update BEFORE UPDATE ON session
WHEN old.statement IS NOT NULL AND (SELECT state FROM statement WHERE id = old.statement) = 'issued'
BEGIN SELECT RAISE(ABORT, 'locked: the session is on an issued statement'); END;
CREATE TRIGGER session_locked_delete BEFORE DELETE ON session
WHEN old.statement IS NOT NULL AND (SELECT state FROM statement WHERE id = old.statement) = 'issued'
BEGIN SELECT RAISE(ABORT, 'locked: the session is on an issued statement'); END;
CREATE TRIGGER session_joins_sealed BEFORE UPDATE OF statement ON session
WHEN new.statement IS NOT NULL AND (SELECT state FROM statement WHERE id = new.statement) = 'issued'
BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more sessions'); END;
CREATE TRIGGER session_cannot_be_billed BEFORE UPDATE OF statement ON session
WHEN new.statement IS NOT NULL AND old.statement IS NULL AND (new.ended_at IS NULL OR new.write_off IS NOT NULL
    OR new.doubtful_from IS NOT NULL OR new.client = 'own' OR (new.scope = 'out' AND new.decision <> 'bill'))
BEGIN SELECT RAISE(ABORT, 'refused: this session cannot be on a statement'); END;
CREATE TRIGGER session_born_billed BEFORE INSERT ON session
WHEN new.statement IS NOT NULL AND (new.device = '' OR EXISTS (SELECT 1 FROM statement WHERE id = new.statement))
BEGIN SELECT RAISE(ABORT, 'refused: a session is billed by a statement, not by hand'); END;
CREATE VIEW sessions_readable AS
SELECT session.id, session.client, project, channel,
    strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
    zone, date('1970-01-01', (day - 719163) || ' days') AS civil_day,
    round((ended_at - started_at) / 3600.0, 4) AS hours, scope, decision, note,
    agreed_seconds, write_off, statement.number AS statement, source,
    strftime('%Y-%m-%dT%H:%M:%SZ', logged_at, 'unixepoch') AS logged_at,
    coalesce(precision, 'second') AS precision, session.person, session.device
FROM session LEFT JOIN statement ON statement.id = session.statement;
CREATE INDEX statement_number ON statement (number);
CREATE INDEX statement_series ON statement (series, n);
CREATE INDEX statement_client ON statement (client, first_day);
CREATE INDEX statement_state ON statement (state);
CREATE INDEX statement_issued ON statement (issued_at, series, n);
CREATE INDEX statement_sums ON statement (client, state, currency, series, first_day, last_day, exact_seconds,
    billed_seconds, rule_loss_seconds, rule_gain_seconds, unit_loss_seconds, unit_gain_seconds, manual_loss_seconds,
    manual_gain_seconds, underbilled_seconds, overbilled_seconds, exact_minor, billed_minor, rule_loss_minor,
    rule_gain_minor, unit_loss_minor, unit_gain_minor, manual_loss_minor, manual_gain_minor, underbilled_minor,
    overbilled_minor);
CREATE TRIGGER statement_frozen BEFORE UPDATE ON statement
WHEN old.id <> new.id OR old.series <> new.series OR old.n <> new.n OR old.number <> new.number
    OR old.client <> new.client OR old.first_day <> new.first_day OR old.last_day <> new.last_day
    OR old.issued_at <> new.issued_at OR old.due_on <> new.due_on OR old.currency <> new.currency
    OR old.net_minor <> new.net_minor OR old.tax_minor <> new.tax_minor OR old.body <> new.body
    OR old.person <> new.person OR old.device <> new.device
BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement WHEN old.series NOT LIKE 'elsewhere:%'
BEGIN SELECT RAISE(ABORT, 'locked: a statement is voided, never deleted'); END;
CREATE TRIGGER statement_follows BEFORE INSERT ON statement
WHEN new.device = '' AND new.n <> 1 + (SELECT coalesce(max(n), 0) FROM statement WHERE series = new.series)
    + coalesce(json_array_length(new.body, '$.skipped'), 0)
BEGIN SELECT RAISE(ABORT, 'refused: statement numbers leave no gap'); END;
CREATE TRIGGER statement_paid_not_void BEFORE UPDATE OF state ON statement
WHEN new.state = 'void' AND (SELECT coalesce(sum(minor), 0) FROM allocation WHERE statement = new.id) <> 0
BEGIN SELECT RAISE(ABORT, 'refused: a paid statement cannot be voided'); END;
CREATE VIEW statements_readable AS
SELECT number, statement.client, date('1970-01-01', (first_day - 719163) || ' days') AS first_day,
    date('1970-01-01', (last_day - 719163) || ' days') AS last_day,
    strftime('%Y-%m-%dT%H:%M:%SZ', issued_at, 'unixepoch') AS issued_at,
    date('1970-01-01', (due_on - 719163) || ' days') AS due_on, currency, net_minor, tax_minor,
    net_minor + tax_minor AS total_minor,
    (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.statement = statement.id) AS paid_minor,
    state, void_reason, person, device
FROM statement;
CREATE INDEX billed_group_statement ON billed_group (statement);
CREATE INDEX billed_group_sums ON billed_group (client, day, statement, currency, line, hourly, unit, exact_seconds,
    rule_seconds, billed_seconds);
CREATE TRIGGER statement_whole_new BEFORE INSERT ON statement
WHEN new.state = 'issued' AND EXISTS (
    SELECT 1 FROM billed_group, json_each(billed_group.body, '$.pieces') AS piece
    LEFT JOIN session ON session.id = json_extract(piece.value, '$[0]')
    WHERE billed_group.statement = new.id AND session.statement IS NOT new.id
)
BEGIN SELECT RAISE(ABORT, 'refused: a session of this statement is not on it'); END;
CREATE TRIGGER statement_whole_again BEFORE UPDATE OF state ON statement
WHEN new.state = 'issued' AND EXISTS (
    SELECT 1 FROM billed_group, json_each(billed_group.body, '$.pieces') AS piece
    LEFT JOIN session ON session.id = json_extract(piece.value, '$[0]')
    WHERE billed_group.statement = new.id AND session.statement IS NOT new.id
)
BEGIN SELECT RAISE(ABORT, 'refused: a session of this statement is not on it'); END;
CREATE INDEX billed_fee_client ON billed_fee (client, first_day);
CREATE INDEX billed_fee_statement ON billed_fee (statement);
CREATE VIEW fees_readable AS
SELECT statement.number AS statement, statement.state, billed_fee.client, billed_fee.project, kind, item,
    date('1970-01-01', (billed_fee.first_day - 719163) || ' days') AS first_day,
    date('1970-01-01', (billed_fee.last_day - 719163) || ' days') AS last_day,
    round(seconds / 3600.0, 4) AS hours, minor, billed_fee.currency
FROM billed_fee JOIN statement ON statement.id = billed_fee.statement;
CREATE INDEX document_number ON document (number);
CREATE INDEX document_series ON document (series, n);
CREATE INDEX document_client ON document (client, issued_day);
CREATE INDEX document_preceding ON document (preceding) WHERE preceding IS NOT NULL;
CREATE INDEX document_owed ON document (state, kind, client, payable_minor, id);
CREATE INDEX document_sums ON document (issued_day, state, kind, client, currency, net_minor, tax_minor, revenue_minor,
    reason);
CREATE TRIGGER document_frozen BEFORE UPDATE ON document
WHEN old.id <> new.id OR old.kind <> new.kind OR old.series <> new.series OR old.n <> new.n OR old.number <> new.number
    OR old.client <> new.client OR old.currency <> new.currency OR old.issued_at <> new.issued_at
    OR old.issued_day <> new.issued_day OR old.due_day <> new.due_day OR old.first_day <> new.first_day
    OR old.last_day <> new.last_day OR old.net_minor <> new.net_minor OR old.tax_minor <> new.tax_minor
    OR old.total_minor <> new.total_minor OR old.payable_minor <> new.payable_minor
    OR old.revenue_minor <> new.revenue_minor OR old.preceding IS NOT new.preceding OR old.reason <> new.reason
    OR old.pdf_sha <> new.pdf_sha OR old.xml_sha <> new.xml_sha OR old.digest <> new.digest OR old.body <> new.body
    OR old.person <> new.person OR old.device <> new.device OR (old.state = 'annulled' AND new.state <> 'annulled')
BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'locked: an issued document is never deleted'); END;
CREATE TRIGGER document_follows BEFORE INSERT ON document
WHEN new.device = '' AND EXISTS (SELECT 1 FROM document WHERE series = new.series AND device = '')
    AND new.n <> 1 + (SELECT max(n) FROM document WHERE series = new.series)
        + coalesce(json_array_length(new.body, '$.skipped'), 0)
BEGIN SELECT RAISE(ABORT, 'refused: document numbers leave no gap'); END;
CREATE TRIGGER document_in_order BEFORE INSERT ON document
WHEN new.device = '' AND new.issued_day < (SELECT issued_day FROM document WHERE series = new.series ORDER BY n DESC)
BEGIN SELECT RAISE(ABORT, 'refused: the dates of a series do not go back'); END;
CREATE TRIGGER document_credits_within BEFORE INSERT ON document
WHEN new.kind = 'credit' AND new.total_minor + (SELECT coalesce(sum(total_minor), 0) FROM document
        WHERE preceding = new.preceding AND state = 'issued')
    > (SELECT total_minor FROM document WHERE id = new.preceding AND kind <> 'credit')
BEGIN SELECT RAISE(ABORT, 'refused: credits never exceed their invoice'); END;
CREATE TRIGGER document_annulled_last BEFORE UPDATE OF state ON document
WHEN new.state = 'annulled' AND old.state = 'issued' AND (
    new.n < (SELECT max(n) FROM document WHERE series = new.series AND device = new.device)
    OR EXISTS (SELECT 1 FROM document WHERE preceding = new.id AND state = 'issued'))
BEGIN SELECT RAISE(ABORT, 'refused: only the last of a series is annulled, and none that was credited'); END;
CREATE INDEX document_line_document ON document_line (document);
CREATE INDEX document_tax_document ON document_tax (document);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_ref ON claim (kind, ref) WHERE live = 1;
CREATE TRIGGER claim_once BEFORE INSERT ON claim
WHEN new.live = 1 AND new.kind <> 'deposit'
    AND EXISTS (SELECT 1 FROM claim WHERE kind = new.kind AND ref = new.ref AND live = 1)
BEGIN SELECT RAISE(ABORT, 'locked: that is on a live document'); END;
CREATE TRIGGER claim_of_deposit BEFORE INSERT ON claim
WHEN new.kind = 'deposit' AND new.minor
    + (SELECT coalesce(sum(minor), 0) FROM claim WHERE kind = 'deposit' AND ref = new.ref AND live = 1)
    + (SELECT coalesce(sum(total_minor), 0) FROM document WHERE preceding = new.ref AND state = 'issued')
    > (SELECT total_minor FROM document WHERE id = new.ref AND kind = 'deposit' AND state = 'issued')
BEGIN SELECT RAISE(ABORT, 'refused: a deposit is deducted once'); END;
CREATE TRIGGER claim_frozen BEFORE UPDATE ON claim
WHEN old.document <> new.document OR old.kind <> new.kind OR old.ref <> new.ref OR old.minor <> new.minor
    OR old.live < new.live
BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER claim_kept BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER claim_of_statement BEFORE INSERT ON claim
WHEN new.kind = 'statement' AND new.device = '' AND (
    (SELECT state FROM statement WHERE id = new.ref) IS NOT 'issued'
    OR (SELECT coalesce(sum(minor), 0) FROM allocation WHERE statement = new.ref) <> 0)
BEGIN SELECT RAISE(ABORT, 'refused: only an issued statement without payments is invoiced'); END;
CREATE TRIGGER statement_invoiced_not_void BEFORE UPDATE OF state ON statement
WHEN new.state = 'void' AND EXISTS (SELECT 1 FROM claim WHERE kind = 'statement' AND ref = new.id AND live = 1)
BEGIN SELECT RAISE(ABORT, 'refused: the statement is on an invoice'); END;
CREATE INDEX document_event_document ON document_event (document, at);
CREATE INDEX expense_bank_line ON expense (bank_line) WHERE bank_line <> '';
CREATE INDEX expense_client ON expense (client, day);
CREATE TRIGGER expense_invoiced_kept BEFORE DELETE ON expense
WHEN EXISTS (SELECT 1 FROM claim WHERE kind = 'expense' AND ref = old.id)
BEGIN SELECT RAISE(ABORT, 'locked: the expense is on a document'); END;
CREATE TRIGGER expense_invoiced_frozen BEFORE UPDATE ON expense
WHEN EXISTS (SELECT 1 FROM claim WHERE kind = 'expense' AND ref = old.id)
BEGIN SELECT RAISE(ABORT, 'locked: the expense is on a document'); END;
CREATE VIEW documents_readable AS
SELECT number, kind, document.client, date('1970-01-01', (issued_day - 719163) || ' days') AS issued_on,
    date('1970-01-01', (due_day - 719163) || ' days') AS due_on, currency, net_minor, tax_minor, total_minor,
    payable_minor, state, reason,
    (SELECT number FROM document AS invoice WHERE invoice.id = document.preceding) AS credits, pdf_sha, xml_sha
FROM document;
CREATE INDEX receipt_client ON receipt (client, currency);
CREATE INDEX receipt_day ON receipt (day);
CREATE INDEX receipt_bank_line ON receipt (bank_line) WHERE bank_line <> '';
CREATE INDEX allocation_document ON allocation (document, kind, minor) WHERE document IS NOT NULL;
CREATE INDEX allocation_statement ON allocation (statement, kind, minor) WHERE statement IS NOT NULL;
CREATE INDEX allocation_receipt ON allocation (receipt, taken_minor) WHERE receipt IS NOT NULL;
CREATE INDEX allocation_day ON allocation (day);
CREATE VIEW document_paid_wrongly AS
SELECT id, number FROM document WHERE kind = 'credit' OR state <> 'issued'
    OR (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.document = document.id) NOT BETWEEN 0
        AND max(0, payable_minor - (SELECT coalesce(sum(credit.payable_minor), 0) FROM document AS credit
            WHERE credit.preceding = document.id AND credit.state = 'issued'));
CREATE VIEW statement_paid_wrongly AS
SELECT id, number FROM statement WHERE state <> 'issued'
    OR EXISTS (SELECT 1 FROM claim WHERE kind = 'statement' AND ref = statement.id AND live = 1)
    OR (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.statement = statement.id)
        NOT BETWEEN 0 AND max(0, net_minor + tax_minor);
CREATE VIEW allocation_crosses AS
SELECT allocation.id, allocation.receipt FROM allocation JOIN receipt ON receipt.id = allocation.receipt
LEFT JOIN document ON document.id = allocation.document LEFT JOIN statement ON statement.id = allocation.statement
WHERE allocation.kind IN ('payment', 'deposit', 'credit') AND CASE
    WHEN coalesce(document.currency, statement.currency) = receipt.currency
        THEN allocation.minor <> allocation.taken_minor
    ELSE NOT EXISTS (SELECT 1 FROM allocation AS fx WHERE fx.receipt = allocation.receipt AND fx.kind = 'fx'
        AND fx.document IS allocation.document AND fx.statement IS allocation.statement) END;
CREATE VIEW receipt_left AS
SELECT id, client, currency, day, minor,
    minor - (SELECT coalesce(sum(taken_minor), 0) FROM allocation WHERE receipt = receipt.id) AS left_minor
FROM receipt;
CREATE TRIGGER receipt_whole AFTER INSERT ON receipt
WHEN new.device = '' AND (
    (SELECT left_minor FROM receipt_left WHERE id = new.id) NOT BETWEEN min(0, new.minor) AND max(0, new.minor)
    OR (SELECT sum(left_minor) FROM receipt_left WHERE client = new.client AND currency = new.currency) < 0)
BEGIN SELECT RAISE(ABORT, 'refused: a receipt is what it pays and what is left of it'); END;
CREATE TRIGGER receipt_within AFTER INSERT ON receipt
WHEN new.device = '' AND (
    EXISTS (SELECT 1 FROM allocation JOIN document_paid_wrongly AS w ON w.id = document WHERE receipt = new.id)
    OR EXISTS (SELECT 1 FROM allocation JOIN statement_paid_wrongly AS w ON w.id = statement WHERE receipt = new.id))
BEGIN SELECT RAISE(ABORT, 'refused: nothing pays more than what is asked'); END;
CREATE TRIGGER receipt_crosses AFTER INSERT ON receipt
WHEN new.device = '' AND EXISTS (SELECT 1 FROM allocation_crosses WHERE receipt = new.id)
BEGIN SELECT RAISE(ABORT, 'refused: money of another currency comes with its exchange'); END;
CREATE TRIGGER receipt_frozen BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'refused: a receipt is taken back, never changed'); END;
CREATE TRIGGER receipt_used BEFORE DELETE ON receipt
WHEN (SELECT sum(left_minor) FROM receipt_left WHERE client = old.client AND currency = old.currency)
    < (SELECT max(0, left_minor) FROM receipt_left WHERE id = old.id)
BEGIN SELECT RAISE(ABORT, 'refused: what was left of the receipt went back to the client'); END;
CREATE TRIGGER allocation_within_insert AFTER INSERT ON allocation
WHEN new.device = '' AND (new.receipt IS NULL OR EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt))
    AND (EXISTS (SELECT 1 FROM document_paid_wrongly WHERE id = new.document)
        OR EXISTS (SELECT 1 FROM statement_paid_wrongly WHERE id = new.statement))
BEGIN SELECT RAISE(ABORT, 'refused: nothing pays more than what is asked'); END;
CREATE TRIGGER allocation_whole AFTER INSERT ON allocation
WHEN new.device = '' AND new.minor > 0 AND EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt) AND (
    (SELECT left_minor NOT BETWEEN min(0, minor) AND max(0, minor) FROM receipt_left WHERE id = new.receipt)
    OR (SELECT sum(left_minor) FROM receipt_left JOIN receipt USING (id) WHERE (receipt.client, receipt.currency)
        = (SELECT client, currency FROM receipt WHERE id = new.receipt)) < 0)
BEGIN SELECT RAISE(ABORT, 'refused: a receipt is what it pays and what is left of it'); END;
CREATE TRIGGER allocation_given_back AFTER INSERT ON allocation
WHEN new.device = '' AND new.minor < 0 AND EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt)
    AND (SELECT sum(minor) FROM allocation WHERE receipt = new.receipt AND document IS new.document
        AND statement IS new.statement) < 0
BEGIN SELECT RAISE(ABORT, 'refused: no more is given back of a receipt than it paid'); END;
CREATE TRIGGER allocation_exchanged AFTER INSERT ON allocation
WHEN new.device = '' AND EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt)
    AND EXISTS (SELECT 1 FROM allocation_crosses WHERE receipt = new.receipt)
BEGIN SELECT RAISE(ABORT, 'refused: money of another currency comes with its exchange'); END;
CREATE TRIGGER allocation_within_delete AFTER DELETE ON allocation
WHEN (old.receipt IS NULL OR EXISTS (SELECT 1 FROM receipt WHERE id = old.receipt))
    AND (EXISTS (SELECT 1 FROM document_paid_wrongly WHERE id = old.document)
        OR EXISTS (SELECT 1 FROM statement_paid_wrongly WHERE id = old.statement))
BEGIN SELECT RAISE(ABORT, 'refused: nothing pays more than what is asked'); END;
CREATE TRIGGER allocation_frozen BEFORE UPDATE ON allocation
BEGIN SELECT RAISE(ABORT, 'refused: a receipt is taken back, never changed'); END;
CREATE TRIGGER document_credit_of_paid AFTER INSERT ON document
WHEN new.kind = 'credit' AND new.device = '' AND
    EXISTS (SELECT 1 FROM document_paid_wrongly AS wrong WHERE wrong.id = new.preceding
        AND EXISTS (SELECT 1 FROM allocation WHERE allocation.document = wrong.id))
BEGIN SELECT RAISE(ABORT, 'refused: what a credit note takes back of a paid document is the client''s'); END;
CREATE INDEX plan_part_document ON plan_part (document, position) WHERE document IS NOT NULL;
CREATE INDEX plan_part_statement ON plan_part (statement, position) WHERE statement IS NOT NULL;
CREATE VIEW receipts_readable AS
SELECT receipt.id, date('1970-01-01', (receipt.day - 719163) || ' days') AS day, receipt.client, receipt.minor,
    receipt.currency, method, coalesce(document.number, statement.number) AS number, kind,
    allocation.minor AS closes_minor, taken_minor, detail, note
FROM receipt LEFT JOIN allocation ON allocation.receipt = receipt.id
LEFT JOIN statement ON statement.id = allocation.statement
LEFT JOIN (SELECT id, number FROM document) AS document ON document.id = allocation.document;
CREATE INDEX bank_line_day ON bank_line (day);
CREATE TRIGGER bank_line_frozen BEFORE UPDATE OF account, day, minor, currency, name, iban, ref, text, bank_id, text_key,
    twin ON bank_line
BEGIN SELECT RAISE(ABORT, 'refused: a line of a bank stays as the bank told it'); END;
CREATE TRIGGER bank_line_kept BEFORE DELETE ON bank_line
WHEN EXISTS (SELECT 1 FROM receipt WHERE bank_line = old.id) OR EXISTS (SELECT 1 FROM expense WHERE bank_line = old.id)
BEGIN SELECT RAISE(ABORT, 'locked: money was booked from that line of the bank'); END;
CREATE TRIGGER receipt_of_bank_line AFTER INSERT ON receipt
WHEN new.device = '' AND new.bank_line <> '' AND (SELECT coalesce(sum(minor), 0) FROM receipt WHERE bank_line = new.bank_line)
    > (SELECT max(0, minor) FROM bank_line WHERE id = new.bank_line)
BEGIN SELECT RAISE(ABORT, 'refused: more would be booked from that line of the bank than it brought'); END;
CREATE INDEX bank_file_account ON bank_file (account, currency, last_day);
CREATE TRIGGER bank_file_frozen BEFORE UPDATE ON bank_file
BEGIN SELECT RAISE(ABORT, 'refused: a file of a bank stays as it was brought in'); END;
CREATE VIEW bank_lines_readable AS
SELECT id, account, date('1970-01-01', (day - 719163) || ' days') AS day, minor, currency, name, iban, ref, text,
    CASE WHEN ignored = 1 OR minor < 0 THEN 'ignored'
        WHEN (SELECT coalesce(sum(minor), 0) FROM receipt WHERE bank_line = bank_line.id) >= minor THEN 'matched'
        ELSE 'open' END AS state
FROM bank_line;
CREATE INDEX reminder_client ON reminder (client, sent_day);
CREATE INDEX reminder_debt ON reminder (debt, sent_day);
CREATE INDEX promise_debt ON promise (debt, at);
CREATE INDEX dispute_debt ON dispute (debt, at);
CREATE INDEX deferral_ref ON deferral (ref, at);
CREATE TRIGGER charge_note_frozen BEFORE UPDATE ON charge_note
BEGIN SELECT RAISE(ABORT, 'locked: a note of charges does not change'); END;
CREATE TRIGGER charge_note_kept BEFORE DELETE ON charge_note
BEGIN SELECT RAISE(ABORT, 'locked: a note of charges is never deleted'); END;
CREATE INDEX absence_began ON absence (started_at);
CREATE VIEW absences_readable AS
SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at, reason, note, zone
FROM absence;
CREATE INDEX touched_session ON touched (session);
CREATE INDEX noted_kind ON noted (kind);
CREATE INDEX evidence_span_began ON evidence_span (began);
CREATE INDEX detected_call_began ON detected_call (started_at);
CREATE INDEX listed_call_of ON listed_call (call);
CREATE VIEW calls_readable AS
SELECT detected_call.id, program_name AS program,
    strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
    CASE state WHEN 'ignored' THEN 'dismissed' ELSE coalesce(state, 'inbox') END AS state, client, sessions, evidence
FROM detected_call LEFT JOIN call_decision ON call_decision.id = detected_call.id;
CREATE INDEX evidence_decision_at ON evidence_decision (at);
CREATE TRIGGER session_not_replaced BEFORE INSERT ON session WHEN EXISTS (SELECT 1 FROM session WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER statement_not_replaced BEFORE INSERT ON statement WHEN EXISTS (SELECT 1 FROM statement WHERE (device = new.device AND series = new.series AND n = new.n) OR (device = new.device AND series = new.series AND number = new.number) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER billed_group_not_replaced BEFORE INSERT ON billed_group WHEN EXISTS (SELECT 1 FROM billed_group WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER billed_fee_not_replaced BEFORE INSERT ON billed_fee WHEN EXISTS (SELECT 1 FROM billed_fee WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER interrupted_not_replaced BEFORE INSERT ON interrupted WHEN EXISTS (SELECT 1 FROM interrupted WHERE (device = new.device AND position = new.position) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER absence_not_replaced BEFORE INSERT ON absence WHEN EXISTS (SELECT 1 FROM absence WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER day_close_not_replaced BEFORE INSERT ON day_close WHEN EXISTS (SELECT 1 FROM day_close WHERE (day = new.day AND person = new.person AND device = new.device) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER noted_not_replaced BEFORE INSERT ON noted WHEN EXISTS (SELECT 1 FROM noted WHERE (id = new.id) OR (subject = new.subject AND person = new.person AND device = new.device)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER review_not_replaced BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER call_decision_not_replaced BEFORE INSERT ON call_decision WHEN EXISTS (SELECT 1 FROM call_decision WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER document_not_replaced BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM document WHERE (device = new.device AND number = new.number) OR (device = new.device AND series = new.series AND n = new.n) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER document_line_not_replaced BEFORE INSERT ON document_line WHEN EXISTS (SELECT 1 FROM document_line WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER document_tax_not_replaced BEFORE INSERT ON document_tax WHEN EXISTS (SELECT 1 FROM document_tax WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER claim_not_replaced BEFORE INSERT ON claim WHEN EXISTS (SELECT 1 FROM claim WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER document_event_not_replaced BEFORE INSERT ON document_event WHEN EXISTS (SELECT 1 FROM document_event WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER expense_not_replaced BEFORE INSERT ON expense WHEN EXISTS (SELECT 1 FROM expense WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER draft_not_replaced BEFORE INSERT ON draft WHEN EXISTS (SELECT 1 FROM draft WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER touched_not_replaced BEFORE INSERT ON touched WHEN EXISTS (SELECT 1 FROM touched WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER receipt_not_replaced BEFORE INSERT ON receipt WHEN EXISTS (SELECT 1 FROM receipt WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER allocation_not_replaced BEFORE INSERT ON allocation WHEN EXISTS (SELECT 1 FROM allocation WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER plan_part_not_replaced BEFORE INSERT ON plan_part WHEN EXISTS (SELECT 1 FROM plan_part WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER evidence_decision_not_replaced BEFORE INSERT ON evidence_decision WHEN EXISTS (SELECT 1 FROM evidence_decision WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER listed_call_not_replaced BEFORE INSERT ON listed_call WHEN EXISTS (SELECT 1 FROM listed_call WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER reminder_not_replaced BEFORE INSERT ON reminder WHEN EXISTS (SELECT 1 FROM reminder WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER promise_not_replaced BEFORE INSERT ON promise WHEN EXISTS (SELECT 1 FROM promise WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER dispute_not_replaced BEFORE INSERT ON dispute WHEN EXISTS (SELECT 1 FROM dispute WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER deferral_not_replaced BEFORE INSERT ON deferral WHEN EXISTS (SELECT 1 FROM deferral WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER charge_note_not_replaced BEFORE INSERT ON charge_note WHEN EXISTS (SELECT 1 FROM charge_note WHERE (device = new.device AND number = new.number) OR (device = new.device AND series = new.series AND n = new.n) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER bank_line_not_replaced BEFORE INSERT ON bank_line WHEN EXISTS (SELECT 1 FROM bank_line WHERE (account = new.account AND currency = new.currency AND bank_id = new.bank_id AND day = new.day AND minor = new.minor AND text_key = new.text_key AND twin = new.twin) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER bank_file_not_replaced BEFORE INSERT ON bank_file WHEN EXISTS (SELECT 1 FROM bank_file WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER journal_not_replaced BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE (device = new.device AND n = new.n) OR (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER journal_row_not_replaced BEFORE INSERT ON journal_row WHEN EXISTS (SELECT 1 FROM journal_row WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER journal_before_not_replaced BEFORE INSERT ON journal_before WHEN EXISTS (SELECT 1 FROM journal_before WHERE (device = new.device AND id = new.id) OR (id = new.id AND device = new.device)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER journal_row_before_not_replaced BEFORE INSERT ON journal_row_before WHEN EXISTS (SELECT 1 FROM journal_row_before WHERE (device = new.device AND id = new.id) OR (id = new.id AND device = new.device)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER session_keeps_key BEFORE UPDATE OF id ON session WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER statement_keeps_key BEFORE UPDATE OF id ON statement WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER billed_group_keeps_key BEFORE UPDATE OF id ON billed_group WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER billed_fee_keeps_key BEFORE UPDATE OF id ON billed_fee WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER interrupted_keeps_key BEFORE UPDATE OF id ON interrupted WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER absence_keeps_key BEFORE UPDATE OF id ON absence WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER day_close_keeps_key BEFORE UPDATE OF id ON day_close WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER noted_keeps_key BEFORE UPDATE OF id ON noted WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER review_keeps_key BEFORE UPDATE OF id ON review WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER call_decision_keeps_key BEFORE UPDATE OF id ON call_decision WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER document_keeps_key BEFORE UPDATE OF id ON document WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER document_line_keeps_key BEFORE UPDATE OF id ON document_line WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER document_tax_keeps_key BEFORE UPDATE OF id ON document_tax WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER claim_keeps_key BEFORE UPDATE OF id ON claim WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER document_event_keeps_key BEFORE UPDATE OF id ON document_event WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER expense_keeps_key BEFORE UPDATE OF id ON expense WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER draft_keeps_key BEFORE UPDATE OF id ON draft WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER touched_keeps_key BEFORE UPDATE OF id ON touched WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER receipt_keeps_key BEFORE UPDATE OF id ON receipt WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER allocation_keeps_key BEFORE UPDATE OF id ON allocation WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER plan_part_keeps_key BEFORE UPDATE OF id ON plan_part WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER evidence_decision_keeps_key BEFORE UPDATE OF id ON evidence_decision WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER listed_call_keeps_key BEFORE UPDATE OF id ON listed_call WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER reminder_keeps_key BEFORE UPDATE OF id ON reminder WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER promise_keeps_key BEFORE UPDATE OF id ON promise WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER dispute_keeps_key BEFORE UPDATE OF id ON dispute WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER deferral_keeps_key BEFORE UPDATE OF id ON deferral WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER charge_note_keeps_key BEFORE UPDATE OF id ON charge_note WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER bank_line_keeps_key BEFORE UPDATE OF id ON bank_line WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER bank_file_keeps_key BEFORE UPDATE OF id ON bank_file WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER billed_group_sealed BEFORE INSERT ON billed_group WHEN EXISTS (SELECT 1 FROM statement WHERE id = new.statement) BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more lines'); END;
CREATE TRIGGER billed_group_frozen BEFORE UPDATE ON billed_group BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER billed_group_kept BEFORE DELETE ON billed_group BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER billed_fee_sealed BEFORE INSERT ON billed_fee WHEN EXISTS (SELECT 1 FROM statement WHERE id = new.statement) BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more lines'); END;
CREATE TRIGGER billed_fee_frozen BEFORE UPDATE ON billed_fee BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER billed_fee_kept BEFORE DELETE ON billed_fee BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER document_line_sealed BEFORE INSERT ON document_line WHEN EXISTS (SELECT 1 FROM document WHERE id = new.document) BEGIN SELECT RAISE(ABORT, 'locked: an issued document takes no more lines'); END;
CREATE TRIGGER document_line_frozen BEFORE UPDATE ON document_line BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER document_line_kept BEFORE DELETE ON document_line BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER document_tax_sealed BEFORE INSERT ON document_tax WHEN EXISTS (SELECT 1 FROM document WHERE id = new.document) BEGIN SELECT RAISE(ABORT, 'locked: an issued document takes no more lines'); END;
CREATE TRIGGER document_tax_frozen BEFORE UPDATE ON document_tax BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE TRIGGER document_tax_kept BEFORE DELETE ON document_tax BEGIN SELECT RAISE(ABORT, 'locked: an issued document does not change'); END;
CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name ON _sqlite_migrations (migration_set, name);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',5);
COMMIT;
PRAGMA user_version = 7;
