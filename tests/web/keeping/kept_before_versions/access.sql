BEGIN TRANSACTION;
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at_ms BIGINT NOT NULL, 
	user VARCHAR(64) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	what VARCHAR(512) NOT NULL, 
	study VARCHAR(128) NOT NULL, 
	status INTEGER NOT NULL, 
	address VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,1767600000000,'Ida','admin','look','GET /api/studies/tiny/0','tiny',200,'10.0.0.1');
INSERT INTO "audit" VALUES(2,1767600001000,'Ida','admin','look','GET /api/studies/tiny/1','tiny',200,'10.0.0.1');
INSERT INTO "audit" VALUES(3,1767600002000,'Ida','admin','look','GET /api/studies/tiny/2','tiny',200,'10.0.0.1');
INSERT INTO "audit" VALUES(4,1767600003000,'Ida','admin','look','GET /api/studies/tiny/3','tiny',200,'10.0.0.1');
INSERT INTO "audit" VALUES(5,1767600004000,'Ida','admin','look','GET /api/studies/tiny/4','tiny',200,'10.0.0.1');
CREATE TABLE sessions (
	hash VARCHAR(64) NOT NULL, 
	user_id INTEGER NOT NULL, 
	made_ms BIGINT NOT NULL, 
	seen_ms BIGINT NOT NULL, 
	PRIMARY KEY (hash), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE users (
	id INTEGER NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	folded VARCHAR(64) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	password VARCHAR(256) NOT NULL, 
	made_ms BIGINT NOT NULL, 
	password_ms BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (folded)
);
INSERT INTO "users" VALUES(1,'Ida','ida','admin','$argon2id$v=19$m=64,t=1,p=1$HP/rn56IT8ZCbhyMc/Cq/A$6paNqYRqZMEYkUhB6l5IEZVt6XYfKMYwg3w6kTs0b5I',1767600000000,1767600000000);
INSERT INTO "users" VALUES(2,'Åse','åse','reader','$argon2id$v=19$m=64,t=1,p=1$rQyKa0dplUMJFrVrDbOuCg$S3KlLIiKW9X4ScClyH2XgIofZd65QcKiAkWcGOjM21A',1767600000000,1767600000000);
CREATE INDEX audit_at ON audit (at_ms);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
COMMIT;
