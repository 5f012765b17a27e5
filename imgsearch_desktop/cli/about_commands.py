"""Commands about this installation: what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from imgsearch_desktop.cli.screen import printable
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.counted import counted

if TYPE_CHECKING:
    from imgsearch_desktop.bootstrap.doctor import Finding


def doctor(session: Session) -> None:
    """Look the installation and the library over: what is there, what is wrong, how to mend it.

    Exits 1 when something is broken.

    [bold]Example[/bold]   imgsearch doctor
    """
    from imgsearch_desktop.bootstrap.doctor import State, examine

    chosen = session.everywhere
    screen = session.screen
    signs = {
        State.OK: ("ok", "green"),
        State.WARNING: ("mind", "yellow"),
        State.BROKEN: ("BROKEN", "bold red"),
    }
    findings = []
    for finding in examine(session.paths, chosen.engine, chosen.elasticsearch_url):
        findings.append(finding)
        if not screen.json:
            _show(session, finding, *signs[finding.state])
    broken = sum(finding.state is State.BROKEN for finding in findings)
    if screen.json:
        screen.result(
            {
                "ok": not broken,
                "checks": [
                    {"name": f.name, "state": f.state.value, "detail": f.detail, "remedy": f.remedy}
                    for f in findings
                ],
            }
        )
    elif broken:
        screen.note(f"{counted(broken, 'thing is', 'things are')} broken.", style="bold red")
    else:
        screen.note("All is well.", style="green")
    if broken:
        raise typer.Exit(1)


def _show(session: Session, finding: Finding, sign: str, style: str) -> None:
    from rich.text import Text

    line = Text.assemble((f"{sign:<7}", style), (f"{finding.name:<14}", "bold"), printable(finding.detail))
    if finding.remedy:
        line.append(f"\n{'':21}-> {printable(finding.remedy)}")
    session.screen.results.print(line)
