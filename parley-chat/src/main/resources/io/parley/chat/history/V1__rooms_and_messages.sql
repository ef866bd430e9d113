CREATE TABLE room (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL,
    key  TEXT    NOT NULL UNIQUE,
    at   INTEGER NOT NULL
);

-- In the order in which pages are read: a page is one range of the table itself.
CREATE TABLE message (
    room_id   INTEGER NOT NULL REFERENCES room (id),
    id        INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    user_id   TEXT    NOT NULL,
    user_name TEXT    NOT NULL,
    guest     INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (room_id, id)
) WITHOUT ROWID;

-- A message that is sent again is found, not stored again.
CREATE UNIQUE INDEX message_key ON message (user_id, key);

CREATE TABLE person (
    id   TEXT    PRIMARY KEY,
    name TEXT    NOT NULL,
    seen INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE membership (
    user_id TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    room_id INTEGER NOT NULL REFERENCES room (id),
    read_id INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id)
) WITHOUT ROWID;

INSERT INTO room (id, name, key, at) VALUES (1, 'lobby', 'lobby', 0);

PRAGMA user_version = 1;
