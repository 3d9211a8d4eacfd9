"""The yardstick of the commands: what a script on the standard library's sqlite3 needs for the same question.

python -m tests.bench.yardstick is slower than: python tests/bench/yardstick.py LOG status|start|stop
"""

import sqlite3
import sys
import time


def main(log: str, verb: str) -> None:
    """Start or stop the running session of a log made by `make_log`, or say what runs and how long today was."""
    db, now = sqlite3.connect(log, isolation_level=None), int(time.time())
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if verb == "start":
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE session SET ended_at = ? WHERE ended_at IS NULL", (now,))
        db.execute("INSERT INTO session (client, started_at) VALUES ('acme', ?)", (now,))
        db.execute("COMMIT")
        print("acme runs since", time.strftime("%H:%M"))
    elif verb == "stop":
        db.execute("UPDATE session SET ended_at = ? WHERE ended_at IS NULL", (now,))
        print("stopped", time.strftime("%H:%M"))
    else:
        for client, began in db.execute("SELECT client, started_at FROM session WHERE ended_at IS NULL"):
            print(client, now - began, "s since", time.strftime("%H:%M", time.localtime(began)))
        day = now - now % 86_400
        query = "SELECT coalesce(sum(ifnull(ended_at, ?) - started_at), 0) FROM session WHERE started_at >= ?"
        print("today:", db.execute(query, (now, day)).fetchone()[0], "s")
    db.close()


def make_log(log: str, count: int) -> None:
    """A log of so many finished sessions, an hour apart."""
    db = sqlite3.connect(log)
    db.execute("CREATE TABLE session (id INTEGER PRIMARY KEY, client TEXT, started_at INTEGER, ended_at INTEGER)")
    db.execute("CREATE INDEX session_began ON session (started_at)")
    db.execute("CREATE INDEX session_open ON session (started_at) WHERE ended_at IS NULL")
    begin = int(time.time()) - count * 3600
    rows = (("acme", begin + n * 3600, begin + n * 3600 + 1800) for n in range(count))
    db.executemany("INSERT INTO session (client, started_at, ended_at) VALUES (?, ?, ?)", rows)
    db.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
