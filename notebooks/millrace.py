"""Where the platform is, for the notebooks beside this file.

MILLRACE_SQL_HOST (127.0.0.1), MILLRACE_SQL_PORT (9030), MILLRACE_SQL_USER (millrace), MILLRACE_API
(http://127.0.0.1:8080) say where; MILLRACE_SQL_PASSWORD is read from data/secrets.env when it is not set.
"""

import os
from pathlib import Path

import pandas
import pymysql
import requests

API = os.environ.get("MILLRACE_API", "http://127.0.0.1:8080")
DATA = Path(os.environ.get("MILLRACE_DATA", Path(__file__).resolve().parent.parent / "data"))


def password() -> str:
    given = os.environ.get("MILLRACE_SQL_PASSWORD")
    if given:
        return given
    secrets = DATA / "secrets.env"
    if secrets.is_file():
        for line in secrets.read_text().splitlines():
            name, _, value = line.partition("=")
            if name == "MILLRACE_SQL_PASSWORD":
                return value
    raise SystemExit(f"no password for SQL: set MILLRACE_SQL_PASSWORD, or start the platform ({secrets} has none)")


def sql(query: str, *values) -> pandas.DataFrame:
    """The rows of a query over the lake; %s in it stands for a value."""
    connection = pymysql.connect(
        host=os.environ.get("MILLRACE_SQL_HOST", "127.0.0.1"),
        port=int(os.environ.get("MILLRACE_SQL_PORT", "9030")),
        user=os.environ.get("MILLRACE_SQL_USER", "millrace"),
        password=password())
    with connection, connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return pandas.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def get(path: str, **parameters) -> requests.Response:
    """An answer of the HTTP API; an error of the platform is raised with its own words."""
    try:
        answer = requests.get(API + path, params=parameters, timeout=60)
    except requests.ConnectionError:
        raise RuntimeError(f"nothing answers on {API}: start it with ./millrace up, or set MILLRACE_API") from None
    if not answer.ok:
        raise RuntimeError(f"{answer.status_code} {answer.url}: {answer.text[:500]}")
    return answer
