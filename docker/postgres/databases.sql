-- Beside POSTGRES_DB (shopdb) the server holds the inference gateway's ledger.
CREATE DATABASE ledger;
