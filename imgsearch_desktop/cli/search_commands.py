"""Commands that find photos: what they take. What they do is loaded when it is done."""

from __future__ import annotations

from typing import Annotated

import typer

from imgsearch_desktop.cli.session import Session

FILTERS = "Filters"

LimitOption = Annotated[
    int, typer.Option("--limit", "-n", min=1, max=100_000, metavar="N", help="Hits at most.")
]
WeakOption = Annotated[bool, typer.Option("--weak", help="Also those beyond the drop of the score.")]
FolderOption = Annotated[
    list[str] | None,
    typer.Option("--folder", metavar="DIR", help="Below this folder (repeatable).", rich_help_panel=FILTERS),
]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", metavar="DATE", help="Taken on this day or later.", rich_help_panel=FILTERS),
]
BeforeOption = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="Taken on this day or earlier.", rich_help_panel=FILTERS),
]
CameraOption = Annotated[
    list[str] | None,
    typer.Option("--camera", metavar="NAME", help="Taken with it (repeatable).", rich_help_panel=FILTERS),
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="jpeg, heic, raw ... (repeatable).", rich_help_panel=FILTERS),
]


def search(
    session: Session,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What the photo shows, in any language.")
    ] = None,
    like: Annotated[
        list[str] | None, typer.Option("--like", metavar="IMAGE", help="Like this picture (repeatable).")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--not", metavar="TEXT", help="Not showing this (repeatable).")
    ] = None,
    folder: FolderOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    camera: CameraOption = None,
    type: TypeOption = None,
    limit: LimitOption = 20,
    weak: WeakOption = False,
) -> None:
    """Find photos by what they show. Without TEXT and --like: the newest photos.

    "Quoted words" must occur in the name, folder, keywords, title, description or camera; -word excludes.
    A DATE is 2023-05-01, 2023-05 or 2023.

    [bold]Examples[/bold]

    imgsearch search "sunset over the sea" --after 2023-06 --before 2023-08

    imgsearch search Hund --not Katze --limit 5

    imgsearch search "in the snow" --like dog.jpg --json
    """
    from imgsearch_desktop.cli.searching import Asked, answer

    asked = Asked(
        words or [], like or [], without or [], folder or [], after, before, camera or [], type or []
    )
    answer(session, asked.into_query, limit, weak)


def similar(
    session: Session,
    image: Annotated[
        str, typer.Argument(metavar="IMAGE", help="A photo of the library or any other picture file.")
    ],
    limit: LimitOption = 20,
    weak: WeakOption = False,
) -> None:
    """Find photos like a picture. A picture that is not in the library is searched without being added.

    [bold]Example[/bold]   imgsearch similar ~/Downloads/cat.jpg --limit 5
    """
    from imgsearch_desktop.cli.searching import Asked, answer

    answer(session, Asked(like=[image]).into_query, limit, weak)
