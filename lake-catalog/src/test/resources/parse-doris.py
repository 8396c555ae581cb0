"""Parses statements by sqlglot's Doris dialect.

Reads a JSON list of statements from standard input; writes one JSON object for each: how it was parsed and as what.
  parsed    sqlglot has a tree of it
  partly    the same, after the properties of its indexes were taken out, which the dialect does not know
  fallback  the dialect knows no more than its first word
  refused   it cannot be parsed
"""

import json
import logging
import re
import sys

import sqlglot
from sqlglot import exp

logging.disable(logging.CRITICAL)
INDEX_PROPERTIES = re.compile(r"(USING (?:INVERTED|ANN)) PROPERTIES \([^)]*\)")


def parse(statement):
    without = INDEX_PROPERTIES.sub(r"\1", statement)
    try:
        trees = sqlglot.parse(without, read="doris")
    except sqlglot.errors.SqlglotError as error:
        return {"how": "refused", "what": re.sub(r"\x1b\[\d*m", "", str(error))}
    if len(trees) != 1:
        return {"how": "refused", "what": f"{len(trees)} statements in one"}
    if next(trees[0].find_all(exp.Command), None):
        return {"how": "fallback", "what": trees[0].name.upper()}
    return {"how": "parsed" if without == statement else "partly", "what": type(trees[0]).__name__}


for statement in json.load(sys.stdin):
    print(json.dumps(parse(statement)))
