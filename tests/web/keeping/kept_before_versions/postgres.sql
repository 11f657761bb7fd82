SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.audit_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$;
CREATE FUNCTION public.live_log_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$;
CREATE FUNCTION public.risk_log_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.audit (
    id bigint NOT NULL,
    at_ms bigint NOT NULL,
    "user" character varying(64) NOT NULL,
    role character varying(16) NOT NULL,
    kind character varying(16) NOT NULL,
    what character varying(512) NOT NULL,
    study character varying(128) NOT NULL,
    status integer NOT NULL,
    address character varying(64) NOT NULL
);
CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;
CREATE TABLE public.live_keys (
    name character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    made_ms bigint NOT NULL
);
CREATE TABLE public.live_log (
    study character varying(128) NOT NULL,
    number bigint NOT NULL,
    source character varying(128) NOT NULL,
    event_id character varying(128) NOT NULL,
    sent_by character varying(128) NOT NULL,
    received_ms bigint NOT NULL,
    time_ms bigint NOT NULL,
    sequence bigint,
    kind character varying(32) NOT NULL,
    subject character varying(128) NOT NULL,
    body text NOT NULL,
    digest character varying(16) NOT NULL
);
CREATE TABLE public.risk_log (
    id bigint NOT NULL,
    study character varying(1000) NOT NULL,
    step integer NOT NULL,
    at_ms bigint NOT NULL,
    by character varying(64) NOT NULL,
    kind character varying(16) NOT NULL,
    role character varying(128) NOT NULL,
    number integer NOT NULL,
    name character varying(80) NOT NULL,
    account character varying(64) NOT NULL,
    event character varying(128) NOT NULL,
    alternative character varying(128) NOT NULL,
    likelihood_before integer,
    consequence_before integer,
    likelihood_after integer,
    consequence_after integer,
    knowledge character varying(16),
    measures character varying(500),
    until_step integer
);
CREATE SEQUENCE public.risk_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.risk_log_id_seq OWNED BY public.risk_log.id;
CREATE TABLE public.sessions (
    hash character varying(64) NOT NULL,
    user_id bigint NOT NULL,
    made_ms bigint NOT NULL,
    seen_ms bigint NOT NULL
);
CREATE TABLE public.users (
    id bigint NOT NULL,
    name character varying(64) NOT NULL,
    folded character varying(64) NOT NULL,
    role character varying(16) NOT NULL,
    password character varying(256) NOT NULL,
    made_ms bigint NOT NULL,
    password_ms bigint NOT NULL
);
CREATE SEQUENCE public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);
ALTER TABLE ONLY public.risk_log ALTER COLUMN id SET DEFAULT nextval('public.risk_log_id_seq'::regclass);
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
INSERT INTO public.audit VALUES (1, 1767600000000, 'Ida', 'admin', 'look', 'GET /api/studies/tiny/0', 'tiny', 200, '10.0.0.1');
INSERT INTO public.audit VALUES (2, 1767600001000, 'Ida', 'admin', 'look', 'GET /api/studies/tiny/1', 'tiny', 200, '10.0.0.1');
INSERT INTO public.audit VALUES (3, 1767600002000, 'Ida', 'admin', 'look', 'GET /api/studies/tiny/2', 'tiny', 200, '10.0.0.1');
INSERT INTO public.audit VALUES (4, 1767600003000, 'Ida', 'admin', 'look', 'GET /api/studies/tiny/3', 'tiny', 200, '10.0.0.1');
INSERT INTO public.audit VALUES (5, 1767600004000, 'Ida', 'admin', 'look', 'GET /api/studies/tiny/4', 'tiny', 200, '10.0.0.1');
INSERT INTO public.live_keys VALUES ('cad', 'ca672fa2d56e71d07a531d29afe22ca3dad5d332c4f6c1ae738d4a06afcd7544', 1795438793720);
INSERT INTO public.live_log VALUES ('tiny', 1, 'cad', 'x0', '', 1767603600000, 1767600002000, 2, 'incident_changed', 'i0', '{"urgency": "V"}', 'ebf24cc192a90ddf');
INSERT INTO public.live_log VALUES ('tiny', 2, 'cad', 'x1', '', 1767603600000, 1767600002000, NULL, 'unit_status', 'e-3', '{"status": "coffee"}', '33b569287b77926e');
INSERT INTO public.live_log VALUES ('tiny', 3, 'cad', 'x2', '', 1767603600000, 1767600002000, NULL, 'unit_position', 's-1', '{"position": {"lat": 59.82695, "lon": 10.45891}}', 'e7a8bea72e2330c7');
INSERT INTO public.live_log VALUES ('tiny', 4, 'avl', 'x3', '', 1767603600000, 1767600003000, 0, 'unit_position', 'e-2', '{"position": {"lat": 59.8771, "lon": 10.61007}}', '68e75596cb872b8f');
INSERT INTO public.live_log VALUES ('tiny', 5, 'avl', 'x4', '', 1767603600000, 1767600004000, 0, 'unit_position', 's-1', '{"position": {"lat": 59.92953, "lon": 10.66005}}', 'b14bd727de9b9114');
INSERT INTO public.live_log VALUES ('tiny', 6, 'avl', 'x5', '', 1767603600000, 1767600004000, 0, 'unit_status', 'e-1', '{"status": "to_hospital", "incident": "i0"}', '7268d56cc6904c33');
INSERT INTO public.live_log VALUES ('tiny', 7, 'cad', 'x6', '', 1767603600000, 1767600004000, NULL, 'unit_position', 'w-1', '{"position": {"lat": 59.86618, "lon": 10.59156}}', 'c99f8e078750773a');
INSERT INTO public.live_log VALUES ('tiny', 8, 'cad', 'x7', '', 1767603600000, 1767600005000, 2, 'unit_status', 'e-3', '{"status": "mobilising", "incident": "i0"}', '9a3481971eb462dd');
INSERT INTO public.live_log VALUES ('tiny', 9, 'cad', 'x8', '', 1767603600000, 1767600007000, 1, 'unit_status', 's-1', '{"status": "at_station", "incident": "i0"}', '02a44382cbb589e3');
INSERT INTO public.live_log VALUES ('tiny', 10, 'cad', 'x9', '', 1767603600000, 1767600007000, 2, 'unit_status', 's-1', '{"status": "mobilising"}', 'eb6584a1b5ad5b69');
INSERT INTO public.live_log VALUES ('tiny', 11, 'avl', 'x10', '', 1767603600000, 1767600007000, 0, 'unit_position', 'e-1', '{"position": {"lat": 59.905, "lon": 10.53224}}', 'bf873d3fd4cdd297');
INSERT INTO public.live_log VALUES ('tiny', 12, 'avl', 'x11', '', 1767603600000, 1767600007000, 2, 'unit_position', 'e-2', '{"position": {"lat": 59.82171, "lon": 10.54217}}', 'e26100ec29186661');
INSERT INTO public.live_log VALUES ('tiny', 13, 'cad', 'x12', '', 1767603600000, 1767600007000, NULL, 'incident_changed', 'i0', '{"urgency": "V"}', 'c4d21f8b0dbbe11a');
INSERT INTO public.live_log VALUES ('tiny', 14, 'avl', 'x13', '', 1767603600000, 1767600007000, NULL, 'unit_status', 's-1', '{"status": "mobilising", "incident": "i0"}', '876ea209482b3d98');
INSERT INTO public.live_log VALUES ('tiny', 15, 'avl', 'x14', '', 1767603600000, 1767600007000, 2, 'unit_position', 'e-3', '{"position": {"lat": 59.84622, "lon": 10.62614}}', 'f6f3afe168a6420a');
INSERT INTO public.live_log VALUES ('tiny', 16, 'cad', 'x15', '', 1767603600000, 1767600008000, 0, 'unit_position', 'e-1', '{"position": {"lat": 59.8339, "lon": 10.56982}}', '65a6108690018326');
INSERT INTO public.live_log VALUES ('tiny', 17, 'avl', 'x16', '', 1767603600000, 1767600008000, 2, 'unit_status', 'w-1', '{"status": "to_scene", "incident": "i0"}', 'b3b0586169004eea');
INSERT INTO public.live_log VALUES ('tiny', 18, 'cad', 'x17', '', 1767603600000, 1767600010000, NULL, 'roster_changed', 's-1', '{"day": "2026-01-05", "shifts": []}', '4c0b837d82361e44');
INSERT INTO public.live_log VALUES ('tiny', 19, 'cad', 'x18', '', 1767603600000, 1767600011000, NULL, 'roster_changed', 'e-1', '{"day": "2026-01-05", "shifts": [[1767600000000, 1767607200000]]}', 'df72efa3772b1d17');
INSERT INTO public.live_log VALUES ('tiny', 20, 'cad', 'x19', '', 1767603600000, 1767600011000, NULL, 'unit_position', 'e-3', '{"position": {"lat": 59.90107, "lon": 10.67505}}', '0d27e5c33b1e5921');
INSERT INTO public.live_log VALUES ('tiny', 21, 'avl', 'x20', '', 1767603600000, 1767600012000, NULL, 'unit_status', 'w-1', '{"status": "coffee"}', 'e83d7fe108420065');
INSERT INTO public.live_log VALUES ('tiny', 22, 'cad', 'x21', '', 1767603600000, 1767600014000, NULL, 'unit_status', 'e-1', '{"status": "returning", "incident": "i0"}', '27890e75002c2e55');
INSERT INTO public.live_log VALUES ('tiny', 23, 'cad', 'x22', '', 1767603600000, 1767600016000, 0, 'unit_position', 's-1', '{"position": {"lat": 59.82922, "lon": 10.63755}}', '7696f4d5ce995ea4');
INSERT INTO public.live_log VALUES ('tiny', 24, 'avl', 'x23', '', 1767603600000, 1767600016000, 0, 'unit_status', 'e-1', '{"status": "at_hospital", "incident": "i0"}', '09a1580fddf8ae3b');
INSERT INTO public.live_log VALUES ('tiny', 25, 'cad', 'x24', '', 1767603600000, 1767600016000, 2, 'unit_position', 'e-3', '{"position": {"lat": 59.8926, "lon": 10.56048}}', '4c9bd4583b8ee8ae');
INSERT INTO public.live_log VALUES ('tiny', 26, 'avl', 'x25', '', 1767603600000, 1767600016000, 0, 'unit_position', 'e-2', '{"position": {"lat": 59.91683, "lon": 10.5461}}', 'abff4010ddc70c87');
INSERT INTO public.live_log VALUES ('tiny', 27, 'avl', 'x26', '', 1767603600000, 1767600017000, NULL, 'incident_changed', 'i0', '{"urgency": "H"}', '76aa01c4479f3a00');
INSERT INTO public.live_log VALUES ('tiny', 28, 'avl', 'x27', '', 1767603600000, 1767600019000, NULL, 'unit_status', 'e-2', '{"status": "returning", "incident": "i0"}', '8e4def0caf7beccd');
INSERT INTO public.live_log VALUES ('tiny', 29, 'avl', 'x28', '', 1767603600000, 1767600019000, 2, 'unit_status', 's-1', '{"status": "at_scene", "incident": "i0"}', '474f079d81e050a3');
INSERT INTO public.live_log VALUES ('tiny', 30, 'cad', 'x29', '', 1767603600000, 1767600019000, NULL, 'unit_status', 'e-3', '{"status": "coffee", "incident": "i0"}', '2483ed0849b90fd8');
INSERT INTO public.live_log VALUES ('tiny', 31, 'cad', 'x30', '', 1767603600000, 1767600020000, NULL, 'incident_closed', 'i0', '{}', '4eb1deb047757325');
INSERT INTO public.live_log VALUES ('tiny', 32, 'cad', 'x31', '', 1767603600000, 1767600020000, 2, 'unit_status', 'e-3', '{"status": "to_scene", "incident": "i0"}', '3446abe1c652218e');
INSERT INTO public.live_log VALUES ('tiny', 33, 'cad', 'x32', '', 1767603600000, 1767600022000, 2, 'unit_status', 'w-1', '{"status": "coffee", "incident": "i0"}', '1428ce93ef7efecc');
INSERT INTO public.live_log VALUES ('tiny', 34, 'cad', 'x33', '', 1767603600000, 1767600022000, NULL, 'unit_status', 'e-1', '{"status": "at_hospital"}', '579457bbc0ab3dca');
INSERT INTO public.live_log VALUES ('tiny', 35, 'avl', 'x34', '', 1767603600000, 1767600022000, NULL, 'unit_status', 'e-1', '{"status": "mobilising", "incident": "i0"}', 'c93b89672bdd5bab');
INSERT INTO public.live_log VALUES ('tiny', 36, 'cad', 'x35', '', 1767603600000, 1767600022000, 2, 'unit_position', 'e-1', '{"position": {"lat": 59.83902, "lon": 10.53375}}', 'c88e4d09f8c300ce');
INSERT INTO public.live_log VALUES ('tiny', 37, 'avl', 'x36', '', 1767603600000, 1767600024000, NULL, 'unit_position', 'e-1', '{"position": {"lat": 59.90336, "lon": 10.55986}}', '0b7cf12df63bade6');
INSERT INTO public.live_log VALUES ('tiny', 38, 'cad', 'x37', '', 1767603600000, 1767600025000, 0, 'unit_status', 'w-1', '{"status": "coffee", "incident": "i0"}', '9b5220339d8ca0e3');
INSERT INTO public.live_log VALUES ('tiny', 39, 'cad', 'x38', '', 1767603600000, 1767600025000, NULL, 'unit_position', 's-1', '{"position": {"lat": 59.86147, "lon": 10.58458}}', 'fa0af2b42abe85ef');
INSERT INTO public.live_log VALUES ('tiny', 40, 'avl', 'x39', '', 1767603600000, 1767600025000, NULL, 'unit_position', 'e-2', '{"position": {"lat": 59.82725, "lon": 10.58468}}', 'cd8f3a96c1195c57');
INSERT INTO public.live_log VALUES ('tiny', 41, 'avl', 'x40', '', 1767603600000, 1767600026000, NULL, 'unit_status', 'w-1', '{"status": "to_hospital", "incident": "i0"}', '01cb1e01377cf57d');
INSERT INTO public.live_log VALUES ('tiny', 42, 'cad', 'x41', '', 1767603600000, 1767600026000, 0, 'incident_closed', 'i0', '{}', '846e5d7e8110b768');
INSERT INTO public.live_log VALUES ('tiny', 43, 'avl', 'x42', '', 1767603600000, 1767600027000, NULL, 'unit_status', 'e-3', '{"status": "at_hospital"}', '337c53edb7e930f6');
INSERT INTO public.live_log VALUES ('tiny', 44, 'cad', 'x43', '', 1767603600000, 1767600029000, NULL, 'unit_status', 'w-1', '{"status": "to_hospital"}', '8dcba2c227e086b6');
INSERT INTO public.live_log VALUES ('tiny', 45, 'avl', 'x44', '', 1767603600000, 1767600029000, NULL, 'unit_status', 'e-3', '{"status": "to_hospital"}', '2f247e651f56b7ec');
INSERT INTO public.live_log VALUES ('tiny', 46, 'cad', 'x45', '', 1767603600000, 1767600029000, 0, 'incident_closed', 'i0', '{}', '3cc34e4ee2792c75');
INSERT INTO public.live_log VALUES ('tiny', 47, 'cad', 'x46', '', 1767603600000, 1767600031000, 2, 'unit_position', 'e-2', '{"position": {"lat": 59.84207, "lon": 10.607}}', '8377ca535e4bdd2d');
INSERT INTO public.live_log VALUES ('tiny', 48, 'cad', 'x47', '', 1767603600000, 1767600032000, NULL, 'unit_status', 's-1', '{"status": "to_scene", "incident": "i0"}', '41d09a063bebe80d');
INSERT INTO public.live_log VALUES ('tiny', 49, 'cad', 'x48', '', 1767603600000, 1767600034000, NULL, 'unit_status', 'e-2', '{"status": "mobilising", "incident": "i0"}', '90113c817974c196');
INSERT INTO public.live_log VALUES ('tiny', 50, 'avl', 'x49', '', 1767603600000, 1767600036000, 2, 'unit_status', 'e-1', '{"status": "mobilising"}', '74354d5caa56fcb9');
INSERT INTO public.live_log VALUES ('tiny', 51, 'avl', 'x50', '', 1767603600000, 1767600036000, 0, 'incident_changed', 'i0', '{"urgency": "A"}', 'bd1abff34487f6ff');
INSERT INTO public.live_log VALUES ('tiny', 52, 'avl', 'x51', '', 1767603600000, 1767600036000, NULL, 'unit_status', 'e-1', '{"status": "returning"}', '21ed7ec6a2726007');
INSERT INTO public.live_log VALUES ('tiny', 53, 'avl', 'x52', '', 1767603600000, 1767600037000, 1, 'unit_status', 'e-1', '{"status": "at_station"}', '5ab3f45f1876e262');
INSERT INTO public.live_log VALUES ('tiny', 54, 'avl', 'x53', '', 1767603600000, 1767600039000, 1, 'unit_status', 'e-2', '{"status": "to_hospital", "incident": "i0"}', 'edad41b66096bcd1');
INSERT INTO public.live_log VALUES ('tiny', 55, 'avl', 'x54', '', 1767603600000, 1767600040000, NULL, 'unit_status', 'w-1', '{"status": "to_hospital"}', '4ddfb2ad8b0e5ae8');
INSERT INTO public.live_log VALUES ('tiny', 56, 'cad', 'x55', '', 1767603600000, 1767600042000, 1, 'roster_changed', 'e-1', '{"day": "2026-01-05", "shifts": []}', '5b3707cdcd54f320');
INSERT INTO public.live_log VALUES ('tiny', 57, 'avl', 'x56', '', 1767603600000, 1767600044000, NULL, 'unit_status', 'e-3', '{"status": "coffee"}', '7b5a5a47e7a126ff');
INSERT INTO public.live_log VALUES ('tiny', 58, 'avl', 'x57', '', 1767603600000, 1767600044000, 0, 'unit_position', 'e-1', '{"position": {"lat": 59.86251, "lon": 10.68465}}', '5f6265fc09ed63e3');
INSERT INTO public.live_log VALUES ('tiny', 59, 'avl', 'x58', '', 1767603600000, 1767600044000, 1, 'unit_position', 'w-1', '{"position": {"lat": 59.86628, "lon": 10.58169}}', '9a5922761cb60f96');
INSERT INTO public.live_log VALUES ('tiny', 60, 'cad', 'x59', '', 1767603600000, 1767600045000, 0, 'unit_position', 'e-3', '{"position": {"lat": 59.893, "lon": 10.63694}}', '5e65d996b7d3e6d1');
INSERT INTO public.risk_log VALUES (1, 'tiny', 1, 1767600000000, 'Ida', 'join', 'leader', 1, 'Leader 1', 'Ida', '', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.risk_log VALUES (2, 'tiny', 2, 1767600000000, 'Ida', 'answer', 'leader', 1, '', '', 'e1', 'a1', 3, 4, 2, 2, 'good', 'more staff', NULL);
INSERT INTO public.users VALUES (1, 'Ida', 'ida', 'admin', '$argon2id$v=19$m=64,t=1,p=1$8HIVY1fINMcwQ+1yq1mRVw$K0A1p6E4Mb+bsEVh74xMF1xjJOOn2T4EQz0EiDJ//8I', 1767600000000, 1767600000000);
INSERT INTO public.users VALUES (2, 'Åse', 'åse', 'reader', '$argon2id$v=19$m=64,t=1,p=1$pS5rkRnEsxfRGRBrdqySgA$d7Iv8I29QSPk6TezkwqAJaRZNifnOCQTT0fBUcqiEwc', 1767600000000, 1767600000000);
SELECT pg_catalog.setval('public.audit_id_seq', 5, true);
SELECT pg_catalog.setval('public.risk_log_id_seq', 2, true);
SELECT pg_catalog.setval('public.users_id_seq', 2, true);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.live_keys
    ADD CONSTRAINT live_keys_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.live_keys
    ADD CONSTRAINT live_keys_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.live_log
    ADD CONSTRAINT live_log_events UNIQUE (study, source, event_id);
ALTER TABLE ONLY public.live_log
    ADD CONSTRAINT live_log_numbers PRIMARY KEY (study, number);
ALTER TABLE ONLY public.risk_log
    ADD CONSTRAINT risk_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.risk_log
    ADD CONSTRAINT risk_log_steps UNIQUE (study, step);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_folded_key UNIQUE (folded);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX audit_at ON public.audit USING btree (at_ms);
CREATE INDEX ix_sessions_user_id ON public.sessions USING btree (user_id);
CREATE TRIGGER audit_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_stays();
CREATE TRIGGER live_log_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON public.live_log FOR EACH STATEMENT EXECUTE FUNCTION public.live_log_stays();
CREATE TRIGGER risk_log_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON public.risk_log FOR EACH STATEMENT EXECUTE FUNCTION public.risk_log_stays();
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
