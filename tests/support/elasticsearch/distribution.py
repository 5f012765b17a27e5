"""The Elasticsearch server as it lies on the disk: fetched once, arranged once, shared by all nodes.

``python -m tests.support.elasticsearch.distribution`` makes it ready (`make setup-elasticsearch`), so that
tests need no network.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
RECIPE = ROOT / "packaging" / "elasticsearch"
CACHE = ROOT / ".cache" / "elasticsearch"

VERSION = "9.2.0"
TRANSPORT = "transport-netty4"
COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"

LOGGING = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:es.logs.base_path}${sys:file.separator}node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d][%p][%c{1}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
"""

MAVEN_MISSING = 3
"""Exit status of `maven.sh` where Maven cannot be installed."""


class MavenMissingError(Exception):
    """There is no Maven here and it cannot be installed; the text says what to type."""


def provide_distribution() -> Path:
    """The home directory of Elasticsearch, fetched when it is not there yet; processes wait for each other.

    Returns:
        A folder with `lib` (class path), `modules`, `native` and `config`, to be read only.

    Raises:
        MavenMissingError: Maven is missing and cannot be installed.
        RuntimeError: the jars cannot be fetched or are not what they should be.
    """
    home = CACHE / f"server-{VERSION}-{_key()}"
    if not home.is_dir():
        with _sole_builder():
            if not home.is_dir():
                _build(home)
    return home


def _key() -> str:
    """Changes with whatever decides over what lies in the folder."""
    parts = (RECIPE / "pom.xml", RECIPE / "jars.sha256", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]


@contextmanager
def _sole_builder() -> Iterator[None]:
    import fcntl  # not on Windows, where these tests are skipped

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(home: Path) -> None:
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=".building-") as scratch:
        jars, arranged = Path(scratch, "jars"), Path(scratch, "server")
        _fetch(jars)
        _check(jars)
        _arrange(jars, arranged)
        arranged.rename(home)


def _fetch(jars: Path) -> None:
    maven = subprocess.run(["sh", RECIPE / "maven.sh"], check=False, stderr=subprocess.PIPE, text=True)
    if maven.returncode == MAVEN_MISSING:
        raise MavenMissingError(maven.stderr.strip())
    command = [
        "mvn",
        "--batch-mode",
        "--strict-checksums",
        "--file",
        str(RECIPE / "pom.xml"),
        COPY_DEPENDENCIES,
    ]
    fetched = subprocess.run(
        [*command, f"-DoutputDirectory={jars}"], check=False, capture_output=True, text=True
    )
    if fetched.returncode:
        raise RuntimeError(f"Maven could not fetch Elasticsearch:\n{fetched.stdout[-2000:]}")


def _check(jars: Path) -> None:
    """Every file that was agreed on, and no other."""
    lines = (RECIPE / "jars.sha256").read_text(encoding="utf-8").splitlines()
    wanted = {name: digest for digest, name in (line.split() for line in lines)}
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars.iterdir()}
    if wrong := sorted(name for name, _ in wanted.items() ^ found.items()):
        raise RuntimeError(f"Maven brought other files than jars.sha256 names: {', '.join(wrong)}")


def _arrange(jars: Path, home: Path) -> None:
    """Lay the files out as Elasticsearch expects them: netty is a module with a class loader of its own."""
    module, library = home / "modules" / TRANSPORT, home / "lib"
    for folder in (module, library, home / "config", home / "plugins", home / "native"):
        folder.mkdir(parents=True)
    for jar in jars.iterdir():
        jar.rename((module if jar.name.startswith(("netty-", TRANSPORT)) else library) / jar.name)
    _describe_module(module)
    (home / "config" / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
    if zstandard := _system_zstandard():
        (home / "native" / f"libzstd{zstandard.suffixes[0]}").symlink_to(zstandard)


def _describe_module(module: Path) -> None:
    """Write the plug-in's description beside its jars, less the line that asks for Java modules.

    A node started by hand keeps its class path outside the module layer, where such a plug-in finds nothing.
    """
    inside = f"META-INF/es-plugins/{TRANSPORT}/"
    with zipfile.ZipFile(next(module.glob(f"{TRANSPORT}-*.jar"))) as jar:
        descriptor = jar.read(f"{inside}plugin-descriptor.properties").decode()
        policy = jar.read(f"{inside}entitlement-policy.yaml")
    kept = [line for line in descriptor.splitlines() if not line.startswith("modulename")]
    (module / "plugin-descriptor.properties").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (module / "entitlement-policy.yaml").write_bytes(policy)


def _system_zstandard() -> Path | None:
    """The system's libzstd, which compresses stored fields; dpkg itself needs it, so Debian always has it."""
    places = (
        "/usr/lib/*/libzstd.so.1",
        "/lib/*/libzstd.so.1",
        "/usr/lib*/libzstd.so.1",
        "/opt/homebrew/lib/libzstd.dylib",
    )
    found = (path for place in places for path in Path("/").glob(place.removeprefix("/")))
    return next(found, None)


def main() -> int:
    """Make the server ready; without Maven the tests that need it are skipped, which is no failure."""
    try:
        provide_distribution()
    except MavenMissingError as missing:
        sys.stderr.write(f"{missing}\nUntil then the tests on Elasticsearch are skipped.\n")
    except RuntimeError as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
