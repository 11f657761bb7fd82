BEGIN TRANSACTION;
CREATE TABLE risk_log (
	id INTEGER NOT NULL, 
	study VARCHAR(1000) NOT NULL, 
	step INTEGER NOT NULL, 
	at_ms BIGINT NOT NULL, 
	"by" VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	role VARCHAR(128) NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	account VARCHAR(64) NOT NULL, 
	event VARCHAR(128) NOT NULL, 
	alternative VARCHAR(128) NOT NULL, 
	likelihood_before INTEGER, 
	consequence_before INTEGER, 
	likelihood_after INTEGER, 
	consequence_after INTEGER, 
	knowledge VARCHAR(16), 
	measures VARCHAR(500), 
	until_step INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT risk_log_steps UNIQUE (study, step)
);
INSERT INTO "risk_log" VALUES(1,'tiny',1,1767600000000,'Ida','join','leader',1,'Leader 1','Ida','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "risk_log" VALUES(2,'tiny',2,1767600000000,'Ida','answer','leader',1,'','','e1','a1',3,4,2,2,'good','more staff',NULL);
CREATE TRIGGER risk_log_no_update BEFORE UPDATE ON risk_log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER risk_log_no_delete BEFORE DELETE ON risk_log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
COMMIT;
