-- The log: every table, index, view and lock, to be read from top to bottom.
--
-- Tables hold integers that machines add: instants are UTC seconds (evidence of calls: milliseconds), days proleptic
-- ordinals, amounts minor units of a currency. Views beside them show the same with ISO times and names.
--
-- A row that is made by a person has an id of 26 characters, sortable by the time it was made and unique on every
-- machine, and says who made it and where: an empty `person` is me, an empty `device` is here. So the rows of another
-- log can be put in by plain INSERTs once these two are filled in. What `schema.py` lists is journalled: it adds the
-- triggers that write every change of a row beside the entry it belongs to, and that keep keys and sealed rows.

-- == The journal ====================================================================================================

-- One change. `id` is the order of arrival in this file and stands in no digest; `n` counts the entries of one device,
-- without gaps. `label` is JSON. `carried`: what was brought over from a log of an earlier shape.
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
CREATE INDEX journal_open ON journal (device, n) WHERE kind = 'change' AND undone = 0;
CREATE INDEX journal_undone ON journal (device, n) WHERE undone = 1 AND redoable = 1;
CREATE INDEX journal_at ON journal (at);

-- What an entry did to one row; `entry` is the number of the entry on its device, NULL for what another program wrote.
-- Contents are JSON; in them too an empty person or device is the entry's own.
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
CREATE INDEX journal_row_entry ON journal_row (device, entry);
CREATE INDEX journal_row_key ON journal_row (tbl, key);

-- What is true of this file alone: the entry that rows being written now belong to, NULL while nobody has opened one;
-- how often a backup was restored, which takes the journal back to places it has seen before; SQLite's own count of
-- changes of the schema, as it was when every trigger was last known to be there; the instant, in milliseconds, from
-- before which evidence of calls may have been forgotten.
CREATE TABLE journal_now (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER,
    restored INTEGER NOT NULL DEFAULT 0,
    shape INTEGER,
    forgotten INTEGER
);
INSERT INTO journal_now (one) VALUES (1);

-- The journal of a log of an earlier shape, as it was: the first digest of `journal` continues its last.
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
CREATE TABLE journal_row_before (
    id INTEGER NOT NULL,
    entry INTEGER,
    tbl TEXT NOT NULL,
    before TEXT,
    after TEXT,
    device TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (device, id)
);
CREATE INDEX journal_row_before_entry ON journal_row_before (device, entry);

-- Undo and redo marks are all that changes of an entry once it is sealed; rows of the journal are never changed.
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

-- == Sessions =======================================================================================================

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
-- Tells the ends too, so that days and gaps are laid out without reading a row.
CREATE INDEX session_began ON session (started_at, id, ended_at, precision);
-- Holds all that the work of some days is reckoned from, whatever became of it, so that its rows need not be read.
CREATE INDEX session_client_day ON session (client, day, project, channel, scope, decision, started_at, ended_at,
    agreed_seconds, write_off, doubtful_from);
CREATE INDEX session_client_began ON session (client, started_at, id);
CREATE INDEX session_day ON session (day);
CREATE INDEX session_long ON session (started_at) WHERE ended_at - started_at > 86400;
CREATE INDEX session_open ON session (started_at) WHERE ended_at IS NULL;
CREATE INDEX session_doubtful ON session (started_at) WHERE doubtful_from IS NOT NULL;
-- Holds all that open work is reckoned from, in the order in which it is put together, so that its rows need not be
-- read and nothing is sorted.
CREATE INDEX session_unbilled ON session (client, project, channel, scope, decision, day, started_at, ended_at,
    agreed_seconds, doubtful_from, id) WHERE statement IS NULL AND write_off IS NULL;
CREATE INDEX session_given ON session (client, day) WHERE statement IS NULL AND write_off IS NOT NULL;
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
-- What another device billed comes in before its statement, which then finds it.
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

-- What a pause or a call put aside, to be resumed from the top.
CREATE TABLE interrupted (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    session TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('pause', 'call')),
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (device, position)
);

-- == Statements =====================================================================================================

-- A series of numbers belongs to one device; `elsewhere:*` are the series of work that was billed by other programs.
-- The long body comes late: whoever asks for the state, as every lock does, need not read past it. What it totals is
-- there as numbers too, worked out from it.
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
CREATE INDEX statement_number ON statement (number);
CREATE INDEX statement_series ON statement (series, n);
CREATE INDEX statement_client ON statement (client, first_day);
-- Tells of every statement what it asks and of whom, beside a body of any size.
CREATE INDEX statement_state ON statement (state, series, client, net_minor, tax_minor, id);
CREATE INDEX statement_issued ON statement (issued_at, series, n);
-- Holds all that sums over years need, so that they read no bodies; those of late are found by their last day.
CREATE INDEX statement_sums ON statement (client, state, last_day, first_day, currency, series, exact_seconds,
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
-- What was billed elsewhere is no document of ours: undoing its import takes it away.
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

-- A billing group as a statement froze it. Written before the statement, which seals it. Groups of one `line` were priced
-- together (older ones alone): money is the seconds of the line at its rate, and a group keeps its part of it.
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
    unit INTEGER AS (coalesce(json_extract(body, '$.unit'), 0)) VIRTUAL,
    project TEXT AS (json_extract(body, '$.project')) VIRTUAL,
    channel TEXT AS (json_extract(body, '$.channel')) VIRTUAL,    -- of a group of whole sessions; '' of several
    sessions INTEGER AS (json_array_length(body, '$.pieces')) VIRTUAL
);
-- Holds what work earned by project and channel, so that a year of it is summed without a session or a body.
CREATE INDEX billed_group_statement ON billed_group (statement, project, channel, hourly, day, sessions, exact_seconds,
    billed_minor);
-- Holds all that sums over years need, so that they read no bodies.
CREATE INDEX billed_group_sums ON billed_group (client, day, statement, currency, line, hourly, unit, exact_seconds,
    rule_seconds, billed_seconds);

-- A statement comes to life with all its sessions or not at all, also when its voiding is taken back.
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

-- What a statement bills beside hours. A fee has no session behind it that could be locked, so the row itself says
-- which period, deliverable or cap was taken; rows of a void statement count no more.
-- kind: 'period' (a retainer's fee), 'part' (a deliverable, or a whole fixed fee), 'change' (what a change order earned
-- so far), 'overage' (seconds beyond what a period includes), 'cap' (what a cap took off, below zero), 'used' (what the
-- statement's work of a day took of an agreement: seconds, and what it came to by the hour; bills nothing).
-- Days are ordinals, both included, of the period, or the day on which a part fell due. Of a fee that was raised since,
-- another statement takes the rest.
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
CREATE INDEX billed_fee_client ON billed_fee (client, first_day);
CREATE INDEX billed_fee_statement ON billed_fee (statement);

CREATE VIEW fees_readable AS
SELECT statement.number AS statement, statement.state, billed_fee.client, billed_fee.project, kind, item,
    date('1970-01-01', (billed_fee.first_day - 719163) || ' days') AS first_day,
    date('1970-01-01', (billed_fee.last_day - 719163) || ' days') AS last_day,
    round(seconds / 3600.0, 4) AS hours, minor, billed_fee.currency
FROM billed_fee JOIN statement ON statement.id = billed_fee.statement;

-- == Documents ======================================================================================================

-- Invoices, deposit invoices and credit notes as they were issued. What may still happen to one is not here: what is
-- open, paid, overdue is worked out. `preceding` is the invoice that a credit note credits. The long body, with all
-- that prints, comes last.
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
CREATE INDEX document_number ON document (number);
CREATE INDEX document_series ON document (series, n);
CREATE INDEX document_client ON document (client, issued_day);
CREATE INDEX document_preceding ON document (preceding) WHERE preceding IS NOT NULL;
-- Hold all that the sums of a period, and the question what is open, need, so that they read no bodies.
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
-- The first of a series may go on from another tool; from then on there is no gap, and no day goes back.
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

-- A line as it was frozen: quantity in ten-thousandths, price in minor units for `price_base` of the unit.
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
CREATE INDEX document_line_document ON document_line (document);

-- What a document owes of one part of one tax; the rate in ten-thousandths of a percent.
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
CREATE INDEX document_tax_document ON document_tax (document);

-- What a document has taken: a whole statement, an expense, so many minor units of a deposit invoice. Each statement
-- and expense is on one live document at most; a credit for an error, and annulment, set it free.
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

-- What happened to a document after its issue: exported, sent, what a platform answered. `detail` is the person's.
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
CREATE INDEX document_event_document ON document_event (document, at);

-- Money laid out for a client: passed on before tax, or a disbursement in the client's name. `proof_sha` names the file
-- kept in the home's proofs, `proof_name` what it was called.
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
CREATE INDEX expense_bank_line ON expense (bank_line) WHERE bank_line <> '';
CREATE INDEX expense_client ON expense (client, day);
CREATE TRIGGER expense_invoiced_kept BEFORE DELETE ON expense
WHEN EXISTS (SELECT 1 FROM claim WHERE kind = 'expense' AND ref = old.id)
BEGIN SELECT RAISE(ABORT, 'locked: the expense is on a document'); END;
CREATE TRIGGER expense_invoiced_frozen BEFORE UPDATE ON expense
WHEN EXISTS (SELECT 1 FROM claim WHERE kind = 'expense' AND ref = old.id)
BEGIN SELECT RAISE(ABORT, 'locked: the expense is on a document'); END;

-- A document that is being prepared: what was asked for, as JSON. It has no number and claims nothing.
CREATE TABLE draft (
    id TEXT PRIMARY KEY NOT NULL,
    client TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);

CREATE VIEW documents_readable AS
SELECT number, kind, document.client, date('1970-01-01', (issued_day - 719163) || ' days') AS issued_on,
    date('1970-01-01', (due_day - 719163) || ' days') AS due_on, currency, net_minor, tax_minor, total_minor,
    payable_minor, state, reason,
    (SELECT number FROM document AS invoice WHERE invoice.id = document.preceding) AS credits, pdf_sha, xml_sha
FROM document;

-- == Money received ==================================================================================================

-- A movement of money in, or, below zero, back out. What of it no allocation takes is the client's credit. It is
-- written after the allocations it comes with, and then stands whole; it is taken back, never changed.
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
CREATE INDEX receipt_client ON receipt (client, currency);
CREATE INDEX receipt_day ON receipt (day);
CREATE INDEX receipt_bank_line ON receipt (bank_line) WHERE bank_line <> '';

-- What closes a part of a document, or of a statement that is on none: `minor` of its debt in its own currency, by
-- `taken_minor` of the receipt in the receipt's. Money: 'payment', 'deposit' (money for a deposit invoice), 'credit'
-- (what the client had left). Everything else that closes a debt says what it is; 'fx' is what a rate made of it, and,
-- as a fee in another currency, closes nothing. Below zero it takes back an earlier one, as a credit note does of what
-- was paid.
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
CREATE INDEX allocation_document ON allocation (document, kind, minor) WHERE document IS NOT NULL;
CREATE INDEX allocation_statement ON allocation (statement, kind, minor) WHERE statement IS NOT NULL;
CREATE INDEX allocation_receipt ON allocation (receipt, taken_minor) WHERE receipt IS NOT NULL;
CREATE INDEX allocation_day ON allocation (day);

-- Debts that allocations go against: more is closed than is asked less credits, or less than nothing; or money would be
-- on a credit note, on a void statement, or on one whose invoice takes it.
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
-- Allocations whose money is of another currency than what it closes, without the exchange being told.
CREATE VIEW allocation_crosses AS
SELECT allocation.id, allocation.receipt FROM allocation JOIN receipt ON receipt.id = allocation.receipt
LEFT JOIN document ON document.id = allocation.document LEFT JOIN statement ON statement.id = allocation.statement
WHERE allocation.kind IN ('payment', 'deposit', 'credit') AND CASE
    WHEN coalesce(document.currency, statement.currency) = receipt.currency
        THEN allocation.minor <> allocation.taken_minor
    ELSE NOT EXISTS (SELECT 1 FROM allocation AS fx WHERE fx.receipt = allocation.receipt AND fx.kind = 'fx'
        AND fx.document IS allocation.document AND fx.statement IS allocation.statement) END;
-- What is left of each receipt: the client's credit; below zero what went back to the client.
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
-- What comes with a receipt is looked at when the receipt is written, and goes with it.
CREATE TRIGGER allocation_within_insert AFTER INSERT ON allocation
WHEN new.device = '' AND (new.receipt IS NULL OR EXISTS (SELECT 1 FROM receipt WHERE id = new.receipt))
    AND (EXISTS (SELECT 1 FROM document_paid_wrongly WHERE id = new.document)
        OR EXISTS (SELECT 1 FROM statement_paid_wrongly WHERE id = new.statement))
BEGIN SELECT RAISE(ABORT, 'refused: nothing pays more than what is asked'); END;
-- Giving back money of another currency takes several rows, of which none is whole before the last.
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

-- The parts a debt is to be paid in, each on its own day.
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
CREATE INDEX plan_part_document ON plan_part (document, position) WHERE document IS NOT NULL;
CREATE INDEX plan_part_statement ON plan_part (statement, position) WHERE statement IS NOT NULL;

CREATE VIEW receipts_readable AS
SELECT receipt.id, date('1970-01-01', (receipt.day - 719163) || ' days') AS day, receipt.client, receipt.minor,
    receipt.currency, method, coalesce(document.number, statement.number) AS number, kind,
    allocation.minor AS closes_minor, taken_minor, detail, note
FROM receipt LEFT JOIN allocation ON allocation.receipt = receipt.id
LEFT JOIN statement ON statement.id = allocation.statement
LEFT JOIN (SELECT id, number FROM document) AS document ON document.id = allocation.document;

-- A movement on an account, as a file of the bank told it. Its id is made of what it is: the account, the bank's own
-- mark or none, the day, the amount, the folded text and its place among equal ones of one file; so the same line of
-- another file is the same row. What went out is kept and pays nothing. Whether a line is matched is said by receipts.
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

-- What a file told of one account: its days, its balances (NULL where it says none), the bank's number of it, and the
-- ids of all its lines as JSON, those that were known already among them.
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
CREATE INDEX bank_file_account ON bank_file (account, currency, last_day);
CREATE TRIGGER bank_file_frozen BEFORE UPDATE ON bank_file
BEGIN SELECT RAISE(ABORT, 'refused: a file of a bank stays as it was brought in'); END;

CREATE VIEW bank_lines_readable AS
SELECT id, account, date('1970-01-01', (day - 719163) || ' days') AS day, minor, currency, name, iban, ref, text,
    CASE WHEN ignored = 1 OR minor < 0 THEN 'ignored'
        WHEN (SELECT coalesce(sum(minor), 0) FROM receipt WHERE bank_line = bank_line.id) >= minor THEN 'matched'
        ELSE 'open' END AS state
FROM bank_line;

-- == Chasing ========================================================================================================

-- A letter about a debt (a document, or a statement that is on none): written, then sent once the person says so. One
-- letter may be about several debts; the level is each debt's own, counted from `due_day`, the original due day or that
-- of an instalment. Amounts are those of the letter.
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
CREATE INDEX reminder_client ON reminder (client, sent_day);
CREATE INDEX reminder_debt ON reminder (debt, sent_day);

-- A day on which a client said that a debt will be paid; `ended_at` is when the promise was taken back.
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
CREATE INDEX promise_debt ON promise (debt, at);

-- A debt that its client disputes, and why; `ended_at` is when that was settled or taken back.
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
CREATE INDEX dispute_debt ON dispute (debt, at);

-- A draft or a statement that is not to be invoiced before a day, and why.
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
CREATE INDEX deferral_ref ON deferral (ref, at);

-- What late payment costs beside the documents: a note with a number of its own, never added to an invoice.
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
CREATE TRIGGER charge_note_frozen BEFORE UPDATE ON charge_note
BEGIN SELECT RAISE(ABORT, 'locked: a note of charges does not change'); END;
CREATE TRIGGER charge_note_kept BEFORE DELETE ON charge_note
BEGIN SELECT RAISE(ABORT, 'locked: a note of charges is never deleted'); END;

-- == Days ===========================================================================================================

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
CREATE INDEX absence_began ON absence (started_at);

CREATE VIEW absences_readable AS
SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at, reason, note, zone
FROM absence;

-- A civil day affirmed to be complete, with when it began and ended by the zone and the settings of then (NULL: not
-- known); what stayed unexplained was named as unknown.
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

-- Things seen and left as they are: an overlap kept, a long session confirmed, an alert acknowledged.
-- A short exchange inside other work of its client: no session of its own, but counted for the allowance.
CREATE TABLE touched (
    id TEXT PRIMARY KEY NOT NULL,
    session TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('message', 'fix')),
    at INTEGER NOT NULL,
    seconds INTEGER NOT NULL CHECK (seconds > 0),
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);
CREATE INDEX touched_session ON touched (session);

CREATE TABLE noted (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (subject, person, device)
);
CREATE INDEX noted_kind ON noted (kind);

-- What the person means to stop, automate or delegate, to be looked at again.
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

-- == Calls ==========================================================================================================

-- Evidence and detected calls are the machine's own and can be derived again, so they are not journalled; what a
-- person decided about them is, like everything a person decides, and so is what a list that they took in tells.

-- One stretch of evidence, in milliseconds; open while `ended` is NULL. Its `device` is the one of the sound.
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
CREATE INDEX evidence_span_began ON evidence_span (began);

-- One call as the detector sees it, in seconds; `evidence` is JSON for people to read.
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
CREATE INDEX detected_call_began ON detected_call (started_at);
CREATE INDEX detected_call_under_way ON detected_call (started_at, id) WHERE ended_at IS NULL;

-- What a person made of a call, under the call's own id; `sessions` is a JSON list of ids. A call without a row waits
-- in the inbox.
CREATE TABLE call_decision (
    id TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('assigned', 'personal', 'ignored', 'merged', 'unanswered')),
    client TEXT,
    sessions TEXT NOT NULL DEFAULT '[]',
    decided_at INTEGER NOT NULL,
    person TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
);

-- Who tells a call that came in a list: a row for each, under its mark; it is the call's proof, in seconds. A mark is a
-- keyed digest of source, number and begin: nobody reads a number back, and the same call in another list is known.
-- It is written before the call that it tells, whose own change is journalled for it.
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
CREATE INDEX listed_call_of ON listed_call (call);

-- A dismissed call is said as the command says it.
CREATE VIEW calls_readable AS
SELECT detected_call.id, program_name AS program,
    strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
    CASE state WHEN 'ignored' THEN 'dismissed' ELSE coalesce(state, 'inbox') END AS state, client, sessions, evidence
FROM detected_call LEFT JOIN call_decision ON call_decision.id = detected_call.id;

-- == What happened outside the microphone ============================================================================

-- The keys of the marks. A log has its own from the beginning; the rows of another log bring theirs.
CREATE TABLE evidence_secret (
    id TEXT PRIMARY KEY NOT NULL,
    secret TEXT NOT NULL,
    device TEXT NOT NULL DEFAULT ''
);
INSERT INTO evidence_secret (id, secret) VALUES (lower(hex(randomblob(10))), lower(hex(randomblob(32))));

-- What a person, or a rule of theirs, made of a call, a mail, a message; its id is the mark of what one source told.
-- `sessions` is a JSON list of ids; `rule` is the text of the rule that decided.
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
CREATE INDEX evidence_decision_at ON evidence_decision (at);

-- == Instances of the program, of this machine alone ================================================================

-- Who watches the clock: a row per open instance, refreshed while it lives, removed when it leaves.
CREATE TABLE watcher (
    instance TEXT PRIMARY KEY NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
);

-- Who alone may do something now: the holder's row is taken over when it stops leaving signs of life.
CREATE TABLE lease (
    name TEXT PRIMARY KEY NOT NULL,
    instance TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    seen_at INTEGER NOT NULL
);
