"""Executes a notebook without a window and ends with 1 when a cell fails: run.py VENV NOTEBOOK [OUTPUT]

VENV is a folder that gets a virtual environment with requirements.txt, once. OUTPUT keeps the notebook with its results;
without it nothing is written.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def environment(folder: Path) -> Path:
    """@return the environment's Python, made when what is required changed"""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = (HERE / "requirements.txt").read_text()
    made_from = folder / "made-from.txt"
    if not made_from.is_file() or made_from.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [python, "-m", "pip", "--disable-pip-version-check", "install", "-q", "-r", HERE / "requirements.txt"],
            check=True)
        made_from.write_text(wanted)
    return python


def execute(notebook: Path, output: Path | None) -> int:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    cells = nbformat.read(notebook, as_version=4)
    failed = 0
    try:
        NotebookClient(cells, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    except CellExecutionError as error:
        print(f"{notebook}: {error}", file=sys.stderr)
        failed = 1
    if output:
        nbformat.write(cells, output)
    return failed


def main() -> int:
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    folder, notebook = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    if Path(sys.prefix).resolve() == folder:
        return execute(notebook, Path(sys.argv[3]).resolve() if len(sys.argv) == 4 else None)
    python = environment(folder)
    return subprocess.run([python, __file__, *map(str, [folder, notebook]), *sys.argv[3:]]).returncode


if __name__ == "__main__":
    sys.exit(main())
