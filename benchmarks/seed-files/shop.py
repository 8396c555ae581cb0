"""Rows of the shop as its seed makes them: loaded into an empty database, read, rolled back."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SEED = Path(__file__).resolve().parents[2] / "apps/shop/seed"

ORDERS = """
SELECT json_build_object('id', o.order_id, 'status', o.status, 'total', o.total,
  'day', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'time', to_char(o.placed_at AT TIME ZONE 'UTC', 'HH24:MI'),
  'customer_id', c.customer_id, 'name', c.name, 'email', c.email, 'country', c.country,
  'lines', (SELECT json_agg(json_build_object('name', p.name, 'sku', p.sku, 'quantity', i.quantity, 'price', i.unit_price)
                            ORDER BY i.line_no)
            FROM order_items i JOIN products p USING (product_id) WHERE i.order_id = o.order_id))
FROM orders o JOIN customers c USING (customer_id) ORDER BY o.order_id
"""


@dataclass(frozen=True)
class Line:
    name: str
    sku: str
    quantity: int
    price: float

    @property
    def amount(self) -> str:
        return money(self.quantity * self.price)


@dataclass(frozen=True)
class Order:
    id: int
    status: str
    total: float
    day: str
    time: str
    customer_id: int
    name: str
    email: str
    country: str
    lines: tuple[Line, ...]


def money(value: float) -> str:
    return f"{value:.2f}"


def orders() -> dict[int, Order]:
    """All orders by number. The database is the one psql finds by PGHOST, PGPORT, PGUSER and PGDATABASE."""
    script = ["BEGIN;"]
    for file in sorted(SEED.glob("[0-9]*_*")):
        if file.suffix == ".sql":
            script.append(f"\\i '{file}'")
        elif file.suffix == ".csv":
            table = file.stem.split("_", 1)[1]
            columns = file.read_text(encoding="utf-8").split("\n", 1)[0]
            script.append(f"\\copy {table} ({columns}) FROM '{file}' WITH (FORMAT csv, HEADER true)")
    script += ["\\echo rows", ORDERS.strip() + ";", "ROLLBACK;"]
    done = subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
        input="\n".join(script), text=True, check=True, capture_output=True, env={**os.environ, "PGTZ": "UTC"})
    rows = done.stdout.split("rows\n", 1)[1].splitlines()
    return {order.id: order for order in map(order_of, rows)}


def order_of(row: str) -> Order:
    fields = json.loads(row)
    return Order(**{**fields, "lines": tuple(Line(**line) for line in fields["lines"])})
