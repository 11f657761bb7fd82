"""Databases as the first version of Beredt made them: its own statements, and a few rows of each."""

from __future__ import annotations

from sqlalchemy import Connection, text

TABLES = {
    "access": """
CREATE TABLE users (
    id {key}, name VARCHAR(64) NOT NULL, folded VARCHAR(64) NOT NULL UNIQUE, role VARCHAR(16) NOT NULL,
    password VARCHAR(256) NOT NULL, made_ms BIGINT NOT NULL, password_ms BIGINT NOT NULL);
CREATE TABLE sessions (
    hash VARCHAR(64) PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    made_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE TABLE audit (
    id {key}, at_ms BIGINT NOT NULL, "user" VARCHAR(64) NOT NULL, role VARCHAR(16) NOT NULL, kind VARCHAR(16) NOT NULL,
    what VARCHAR(512) NOT NULL, study VARCHAR(128) NOT NULL, status INTEGER NOT NULL, address VARCHAR(64) NOT NULL);
CREATE INDEX audit_at ON audit (at_ms);
INSERT INTO users VALUES (1, 'Ida', 'ida', 'admin', '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$x', 1, 1);
INSERT INTO sessions VALUES ('abc', 1, 1, 1);
INSERT INTO audit VALUES (1, 1000, 'Ida', 'admin', 'change', 'PUT /api/x', 'tiny', 204, '10.0.0.1');
INSERT INTO audit VALUES (2, 2000, 'Ida', 'admin', 'look', 'GET /api/y', '', 200, '10.0.0.1')""",
    "risk": """
CREATE TABLE risk_log (
    id {key}, study VARCHAR(1000) NOT NULL, step INTEGER NOT NULL, at_ms BIGINT NOT NULL, by VARCHAR(64) NOT NULL,
    kind VARCHAR(16) NOT NULL, role VARCHAR(128) NOT NULL, number INTEGER NOT NULL, name VARCHAR(80) NOT NULL,
    account VARCHAR(64) NOT NULL, event VARCHAR(128) NOT NULL, alternative VARCHAR(128) NOT NULL,
    likelihood_before INTEGER, consequence_before INTEGER, likelihood_after INTEGER, consequence_after INTEGER,
    knowledge VARCHAR(16), measures VARCHAR(1000), until_step INTEGER, CONSTRAINT risk_log_steps UNIQUE (study, step));
INSERT INTO risk_log VALUES (1, 'tiny', 1, 5, 'Ida', 'join', 'desk', 1, 'Ida', '', '', '', NULL, NULL, NULL, NULL, NULL,
    NULL, NULL)""",
    "live": """
CREATE TABLE live_log (
    study VARCHAR(128) NOT NULL, number BIGINT NOT NULL, source VARCHAR(128) NOT NULL, event_id VARCHAR(128) NOT NULL,
    sent_by VARCHAR(128) NOT NULL, received_ms BIGINT NOT NULL, time_ms BIGINT NOT NULL, sequence BIGINT,
    kind VARCHAR(32) NOT NULL, subject VARCHAR(128) NOT NULL, body TEXT NOT NULL, digest VARCHAR(16) NOT NULL,
    CONSTRAINT live_log_numbers PRIMARY KEY (study, number),
    CONSTRAINT live_log_events UNIQUE (study, source, event_id));
CREATE TABLE live_keys (name VARCHAR(64) PRIMARY KEY, hash VARCHAR(64) NOT NULL UNIQUE, made_ms BIGINT NOT NULL);
INSERT INTO live_log VALUES ('tiny', 1, 'cad', 's1', 'key cad', 1, 1, 1, 'unit_status', 'e-1',
    '{{"status": "free"}}', '0123456789abcdef');
INSERT INTO live_keys VALUES ('cad', '{hash}', 1)""",
}
"""By part."""

KEYS = {"sqlite": "INTEGER NOT NULL PRIMARY KEY", "postgresql": "BIGSERIAL PRIMARY KEY"}


def make_old_tables(connection: Connection, part: str) -> None:
    """Make the tables of a part with a few rows."""
    for statement in TABLES[part].format(key=KEYS[connection.dialect.name], hash="f" * 64).split(";"):
        connection.execute(text(statement.replace(":", r"\:")))
    if connection.dialect.name == "postgresql":  # which would have counted them itself
        for table in (name for name in ("users", "audit", "risk_log") if f"CREATE TABLE {name} " in TABLES[part]):
            count_on = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            connection.execute(text(count_on))
