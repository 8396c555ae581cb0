-- The user of the serving API, the agents' tools and every SQL client: it reads, and may ask the gateway.
CREATE USER IF NOT EXISTS '${env:MILLRACE_SQL_USER}'@'%' IDENTIFIED BY '${env:MILLRACE_SQL_PASSWORD}';
ALTER USER '${env:MILLRACE_SQL_USER}'@'%' IDENTIFIED BY '${env:MILLRACE_SQL_PASSWORD}';
GRANT SELECT_PRIV ON lake.*.* TO '${env:MILLRACE_SQL_USER}'@'%';
GRANT SELECT_PRIV ON internal.shop.* TO '${env:MILLRACE_SQL_USER}'@'%';
GRANT USAGE_PRIV ON RESOURCE 'gateway' TO '${env:MILLRACE_SQL_USER}'@'%';
