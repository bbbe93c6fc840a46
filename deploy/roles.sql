-- Two harmless roles: `owner` migrates, `app` serves. Neither is a superuser, and neither gets round row-level security.
\set ON_ERROR_STOP on
\getenv app_password APP_PASSWORD
\getenv owner_password OWNER_PASSWORD
CREATE ROLE owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
ALTER DATABASE voorspraak OWNER TO owner;
ALTER SCHEMA public OWNER TO owner;
