BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'log','create_the_log','2026-11-28 18:12:47.092369+00:00');
CREATE TABLE billed_group (
        id INTEGER PRIMARY KEY,
        statement INTEGER NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
        client TEXT NOT NULL,
        day INTEGER NOT NULL,
        exact_seconds INTEGER NOT NULL,
        rule_seconds INTEGER NOT NULL,
        billed_seconds INTEGER NOT NULL,
        exact_minor INTEGER NOT NULL,
        rule_minor INTEGER NOT NULL,
        billed_minor INTEGER NOT NULL,
        currency TEXT NOT NULL,
        body TEXT NOT NULL
    );
CREATE TABLE interrupted (
        position INTEGER PRIMARY KEY,
        session TEXT NOT NULL,
        why TEXT NOT NULL CHECK (why IN ('pause', 'call'))
    );
CREATE TABLE journal (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change', 'undo', 'redo')),
        target INTEGER REFERENCES journal (id),
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        redoable INTEGER NOT NULL DEFAULT 1 CHECK (redoable IN (0, 1))
    );
INSERT INTO "journal" VALUES(1,1795000001,'{"text": "made", "values": {}}','change',NULL,0,1);
INSERT INTO "journal" VALUES(2,1795000002,'{"text": "made", "values": {}}','change',NULL,0,1);
CREATE TABLE journal_now (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        entry INTEGER,
        restored INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_now" VALUES(1,NULL,0);
CREATE TABLE journal_row (
        id INTEGER PRIMARY KEY,
        entry INTEGER REFERENCES journal (id),
        tbl TEXT NOT NULL,
        before TEXT,
        after TEXT
    );
INSERT INTO "journal_row" VALUES(1,1,'session',NULL,'{"id":"01SESSION000000000000000001","client":"acme","project":"default","channel":"work","started_at":1795420000,"ended_at":1795423600,"zone":"Europe/Paris","day":739943,"scope":"in","decision":null,"note":"","agreed_seconds":null,"write_off":null,"statement":null,"source":"timer","logged_at":1795423600,"doubtful_from":null,"request":""}');
INSERT INTO "journal_row" VALUES(2,1,'session',NULL,'{"id":"01SESSION000000000000000002","client":"acme","project":"default","channel":"work","started_at":1795430000,"ended_at":1795433600,"zone":"Europe/Paris","day":739943,"scope":"in","decision":null,"note":"","agreed_seconds":null,"write_off":null,"statement":null,"source":"timer","logged_at":1795433600,"doubtful_from":null,"request":""}');
INSERT INTO "journal_row" VALUES(3,2,'session','{"id":"01SESSION000000000000000002","client":"acme","project":"default","channel":"work","started_at":1795430000,"ended_at":1795433600,"zone":"Europe/Paris","day":739943,"scope":"in","decision":null,"note":"","agreed_seconds":null,"write_off":null,"statement":null,"source":"timer","logged_at":1795433600,"doubtful_from":null,"request":""}','{"id":"01SESSION000000000000000002","client":"acme","project":"default","channel":"work","started_at":1795430000,"ended_at":1795433600,"zone":"Europe/Paris","day":739943,"scope":"in","decision":null,"note":"edited","agreed_seconds":null,"write_off":null,"statement":null,"source":"timer","logged_at":1795433600,"doubtful_from":null,"request":""}');
CREATE TABLE payment (
        id INTEGER PRIMARY KEY,
        statement INTEGER NOT NULL REFERENCES statement (id),
        minor INTEGER NOT NULL CHECK (minor <> 0),
        day INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT ''
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
        statement INTEGER REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
        source TEXT NOT NULL DEFAULT 'manual',
        logged_at INTEGER NOT NULL,
        doubtful_from INTEGER,
        request TEXT NOT NULL DEFAULT '',
        CHECK ((scope = 'out') = (decision IS NOT NULL))
    );
INSERT INTO "session" VALUES('01SESSION000000000000000001','acme','default','work',1795420000,1795423600,'Europe/Paris',739943,'in',NULL,'',NULL,NULL,NULL,'timer',1795423600,NULL,'');
INSERT INTO "session" VALUES('01SESSION000000000000000002','acme','default','work',1795430000,1795433600,'Europe/Paris',739943,'in',NULL,'edited',NULL,NULL,NULL,'timer',1795433600,NULL,'');
CREATE TABLE statement (
        id INTEGER PRIMARY KEY,
        series TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n > 0),
        number TEXT NOT NULL UNIQUE,
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
        body TEXT NOT NULL,
        UNIQUE (series, n)
    );
CREATE TABLE tally (
        client TEXT PRIMARY KEY NOT NULL,
        as_of INTEGER NOT NULL,
        terms TEXT NOT NULL,
        body TEXT NOT NULL,
        days TEXT NOT NULL
    );
CREATE TABLE watcher (
        instance TEXT PRIMARY KEY NOT NULL,
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        since INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
    );
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX journal_row_entry ON journal_row (entry);
CREATE INDEX journal_open ON journal (id) WHERE kind = 'change' AND undone = 0;
CREATE INDEX journal_undone ON journal (id) WHERE undone = 1 AND redoable = 1;
CREATE INDEX session_began ON session (started_at, id);
CREATE INDEX session_client_day ON session (client, day);
CREATE INDEX session_client_began ON session (client, started_at, id);
CREATE INDEX session_day ON session (day);
CREATE INDEX session_long ON session (started_at) WHERE ended_at - started_at > 86400;
CREATE INDEX session_open ON session (started_at) WHERE ended_at IS NULL;
CREATE INDEX session_doubtful ON session (started_at) WHERE doubtful_from IS NOT NULL;
CREATE INDEX session_unbilled ON session (client, day) WHERE statement IS NULL AND write_off IS NULL;
CREATE INDEX session_statement ON session (statement) WHERE statement IS NOT NULL;
CREATE INDEX statement_client ON statement (client, first_day);
CREATE INDEX statement_state ON statement (state);
CREATE INDEX billed_group_statement ON billed_group (statement);
CREATE INDEX billed_group_sums ON billed_group (client, day, statement, currency, exact_seconds, rule_seconds,
        billed_seconds, exact_minor, rule_minor, billed_minor)
    ;
CREATE INDEX payment_statement ON payment (statement);
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
        OR new.doubtful_from IS NOT NULL OR new.client = 'own'
        OR (new.scope = 'out' AND new.decision <> 'bill'))
    BEGIN SELECT RAISE(ABORT, 'refused: this session cannot be on a statement'); END;
CREATE TRIGGER session_born_billed BEFORE INSERT ON session
    WHEN new.statement IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'refused: a session is billed by a statement, not by hand'); END;
CREATE TRIGGER statement_frozen BEFORE UPDATE ON statement
    WHEN old.id <> new.id OR old.series <> new.series OR old.n <> new.n OR old.number <> new.number
        OR old.client <> new.client OR old.first_day <> new.first_day OR old.last_day <> new.last_day
        OR old.issued_at <> new.issued_at OR old.due_on <> new.due_on OR old.currency <> new.currency
        OR old.net_minor <> new.net_minor OR old.tax_minor <> new.tax_minor OR old.body <> new.body
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement
    BEGIN SELECT RAISE(ABORT, 'locked: a statement is voided, never deleted'); END;
CREATE TRIGGER statement_follows BEFORE INSERT ON statement
    WHEN new.n <> 1 + (SELECT coalesce(max(n), 0) FROM statement WHERE series = new.series)
    BEGIN SELECT RAISE(ABORT, 'refused: statement numbers leave no gap'); END;
CREATE TRIGGER statement_paid_not_void BEFORE UPDATE OF state ON statement
    WHEN new.state = 'void' AND (SELECT coalesce(sum(minor), 0) FROM payment WHERE statement = new.id) <> 0
    BEGIN SELECT RAISE(ABORT, 'refused: a paid statement cannot be voided'); END;
CREATE TRIGGER billed_group_sealed BEFORE INSERT ON billed_group
    WHEN EXISTS (SELECT 1 FROM statement WHERE id = new.statement)
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement takes no more lines'); END;
CREATE TRIGGER billed_group_frozen BEFORE UPDATE ON billed_group
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
CREATE TRIGGER billed_group_kept BEFORE DELETE ON billed_group
    BEGIN SELECT RAISE(ABORT, 'locked: an issued statement does not change'); END;
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
CREATE TRIGGER payment_of_live BEFORE INSERT ON payment
    WHEN (SELECT state FROM statement WHERE id = new.statement) <> 'issued'
    BEGIN SELECT RAISE(ABORT, 'refused: a void statement takes no payment'); END;
CREATE TRIGGER session_not_replaced BEFORE INSERT ON session WHEN EXISTS (SELECT 1 FROM session WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER statement_not_replaced BEFORE INSERT ON statement WHEN EXISTS (SELECT 1 FROM statement WHERE (id = new.id) OR (number = new.number) OR (series = new.series AND n = new.n)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER billed_group_not_replaced BEFORE INSERT ON billed_group WHEN EXISTS (SELECT 1 FROM billed_group WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER payment_not_replaced BEFORE INSERT ON payment WHEN EXISTS (SELECT 1 FROM payment WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER interrupted_not_replaced BEFORE INSERT ON interrupted WHEN EXISTS (SELECT 1 FROM interrupted WHERE (position = new.position)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER journal_row_not_replaced BEFORE INSERT ON journal_row WHEN EXISTS (SELECT 1 FROM journal_row WHERE (id = new.id)) BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END;
CREATE TRIGGER session_keeps_key BEFORE UPDATE OF id ON session WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER statement_keeps_key BEFORE UPDATE OF id ON statement WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER payment_keeps_key BEFORE UPDATE OF id ON payment WHEN new.id IS NOT old.id BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER interrupted_keeps_key BEFORE UPDATE OF position ON interrupted WHEN new.position IS NOT old.position BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END;
CREATE TRIGGER journal_row_update BEFORE UPDATE ON journal_row BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER journal_row_delete BEFORE DELETE ON journal_row BEGIN SELECT RAISE(ABORT, 'refused: the journal is never changed'); END;
CREATE TRIGGER session_journal_insert AFTER INSERT ON session  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', NULL, json_object('id', new.id, 'client', new.client, 'project', new.project, 'channel', new.channel, 'started_at', new.started_at, 'ended_at', new.ended_at, 'zone', new.zone, 'day', new.day, 'scope', new.scope, 'decision', new.decision, 'note', new.note, 'agreed_seconds', new.agreed_seconds, 'write_off', new.write_off, 'statement', new.statement, 'source', new.source, 'logged_at', new.logged_at, 'doubtful_from', new.doubtful_from, 'request', new.request)); END;
CREATE TRIGGER session_journal_update AFTER UPDATE ON session WHEN old.id IS NOT new.id OR old.client IS NOT new.client OR old.project IS NOT new.project OR old.channel IS NOT new.channel OR old.started_at IS NOT new.started_at OR old.ended_at IS NOT new.ended_at OR old.zone IS NOT new.zone OR old.day IS NOT new.day OR old.scope IS NOT new.scope OR old.decision IS NOT new.decision OR old.note IS NOT new.note OR old.agreed_seconds IS NOT new.agreed_seconds OR old.write_off IS NOT new.write_off OR old.statement IS NOT new.statement OR old.source IS NOT new.source OR old.logged_at IS NOT new.logged_at OR old.doubtful_from IS NOT new.doubtful_from OR old.request IS NOT new.request BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', json_object('id', old.id, 'client', old.client, 'project', old.project, 'channel', old.channel, 'started_at', old.started_at, 'ended_at', old.ended_at, 'zone', old.zone, 'day', old.day, 'scope', old.scope, 'decision', old.decision, 'note', old.note, 'agreed_seconds', old.agreed_seconds, 'write_off', old.write_off, 'statement', old.statement, 'source', old.source, 'logged_at', old.logged_at, 'doubtful_from', old.doubtful_from, 'request', old.request), json_object('id', new.id, 'client', new.client, 'project', new.project, 'channel', new.channel, 'started_at', new.started_at, 'ended_at', new.ended_at, 'zone', new.zone, 'day', new.day, 'scope', new.scope, 'decision', new.decision, 'note', new.note, 'agreed_seconds', new.agreed_seconds, 'write_off', new.write_off, 'statement', new.statement, 'source', new.source, 'logged_at', new.logged_at, 'doubtful_from', new.doubtful_from, 'request', new.request)); END;
CREATE TRIGGER session_journal_delete AFTER DELETE ON session  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'session', json_object('id', old.id, 'client', old.client, 'project', old.project, 'channel', old.channel, 'started_at', old.started_at, 'ended_at', old.ended_at, 'zone', old.zone, 'day', old.day, 'scope', old.scope, 'decision', old.decision, 'note', old.note, 'agreed_seconds', old.agreed_seconds, 'write_off', old.write_off, 'statement', old.statement, 'source', old.source, 'logged_at', old.logged_at, 'doubtful_from', old.doubtful_from, 'request', old.request), NULL); END;
CREATE TRIGGER statement_journal_insert AFTER INSERT ON statement  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', NULL, json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'first_day', new.first_day, 'last_day', new.last_day, 'issued_at', new.issued_at, 'due_on', new.due_on, 'currency', new.currency, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'body', new.body, 'state', new.state, 'void_reason', new.void_reason, 'voided_at', new.voided_at)); END;
CREATE TRIGGER statement_journal_update AFTER UPDATE ON statement WHEN old.id IS NOT new.id OR old.series IS NOT new.series OR old.n IS NOT new.n OR old.number IS NOT new.number OR old.client IS NOT new.client OR old.first_day IS NOT new.first_day OR old.last_day IS NOT new.last_day OR old.issued_at IS NOT new.issued_at OR old.due_on IS NOT new.due_on OR old.currency IS NOT new.currency OR old.net_minor IS NOT new.net_minor OR old.tax_minor IS NOT new.tax_minor OR old.body IS NOT new.body OR old.state IS NOT new.state OR old.void_reason IS NOT new.void_reason OR old.voided_at IS NOT new.voided_at BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'first_day', old.first_day, 'last_day', old.last_day, 'issued_at', old.issued_at, 'due_on', old.due_on, 'currency', old.currency, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'body', old.body, 'state', old.state, 'void_reason', old.void_reason, 'voided_at', old.voided_at), json_object('id', new.id, 'series', new.series, 'n', new.n, 'number', new.number, 'client', new.client, 'first_day', new.first_day, 'last_day', new.last_day, 'issued_at', new.issued_at, 'due_on', new.due_on, 'currency', new.currency, 'net_minor', new.net_minor, 'tax_minor', new.tax_minor, 'body', new.body, 'state', new.state, 'void_reason', new.void_reason, 'voided_at', new.voided_at)); END;
CREATE TRIGGER statement_journal_delete AFTER DELETE ON statement  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'statement', json_object('id', old.id, 'series', old.series, 'n', old.n, 'number', old.number, 'client', old.client, 'first_day', old.first_day, 'last_day', old.last_day, 'issued_at', old.issued_at, 'due_on', old.due_on, 'currency', old.currency, 'net_minor', old.net_minor, 'tax_minor', old.tax_minor, 'body', old.body, 'state', old.state, 'void_reason', old.void_reason, 'voided_at', old.voided_at), NULL); END;
CREATE TRIGGER payment_journal_insert AFTER INSERT ON payment  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'payment', NULL, json_object('id', new.id, 'statement', new.statement, 'minor', new.minor, 'day', new.day, 'note', new.note)); END;
CREATE TRIGGER payment_journal_update AFTER UPDATE ON payment WHEN old.id IS NOT new.id OR old.statement IS NOT new.statement OR old.minor IS NOT new.minor OR old.day IS NOT new.day OR old.note IS NOT new.note BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'payment', json_object('id', old.id, 'statement', old.statement, 'minor', old.minor, 'day', old.day, 'note', old.note), json_object('id', new.id, 'statement', new.statement, 'minor', new.minor, 'day', new.day, 'note', new.note)); END;
CREATE TRIGGER payment_journal_delete AFTER DELETE ON payment  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'payment', json_object('id', old.id, 'statement', old.statement, 'minor', old.minor, 'day', old.day, 'note', old.note), NULL); END;
CREATE TRIGGER interrupted_journal_insert AFTER INSERT ON interrupted  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', NULL, json_object('position', new.position, 'session', new.session, 'why', new.why)); END;
CREATE TRIGGER interrupted_journal_update AFTER UPDATE ON interrupted WHEN old.position IS NOT new.position OR old.session IS NOT new.session OR old.why IS NOT new.why BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', json_object('position', old.position, 'session', old.session, 'why', old.why), json_object('position', new.position, 'session', new.session, 'why', new.why)); END;
CREATE TRIGGER interrupted_journal_delete AFTER DELETE ON interrupted  BEGIN INSERT INTO journal_row (entry, tbl, before, after) VALUES ((SELECT entry FROM journal_now), 'interrupted', json_object('position', old.position, 'session', old.session, 'why', old.why), NULL); END;
CREATE VIEW sessions_readable AS
    SELECT id, client, project, channel,
        strftime('%Y-%m-%dT%H:%M:%SZ', started_at, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS ended_at,
        zone, date('1970-01-01', (day - 719163) || ' days') AS civil_day,
        round((ended_at - started_at) / 3600.0, 4) AS hours, scope, decision, note,
        agreed_seconds, write_off, s.number AS statement, source,
        strftime('%Y-%m-%dT%H:%M:%SZ', logged_at, 'unixepoch') AS logged_at
    FROM session LEFT JOIN (SELECT id AS statement_id, number FROM statement) s ON s.statement_id = session.statement;
CREATE VIEW statements_readable AS
    SELECT number, statement.client, date('1970-01-01', (first_day - 719163) || ' days') AS first_day,
        date('1970-01-01', (last_day - 719163) || ' days') AS last_day,
        strftime('%Y-%m-%dT%H:%M:%SZ', issued_at, 'unixepoch') AS issued_at,
        date('1970-01-01', (due_on - 719163) || ' days') AS due_on, currency, net_minor, tax_minor,
        net_minor + tax_minor AS total_minor,
        (SELECT coalesce(sum(minor), 0) FROM payment WHERE payment.statement = statement.id) AS paid_minor,
        state, void_reason
    FROM statement;
CREATE VIEW journal_readable AS
    SELECT journal.id, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, label, kind, undone, tbl, before, after
    FROM journal LEFT JOIN journal_row ON journal_row.entry = journal.id;
COMMIT;
PRAGMA user_version = 1;
