"""`imgsearch engine open` and `take-over`: an index that the recipe's own script made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imgsearch_desktop.cli.model_work import working
from imgsearch_desktop.cli.screen import printable
from imgsearch_desktop.cli.session import Session
from imgsearch_desktop.domain.counted import counted
from imgsearch_desktop.domain.errors import EngineError

if TYPE_CHECKING:
    from imgsearch_desktop.application.foreign_library import ForeignLibrary

SHOWN = 20
"""Missing photos that are named to people; JSON names all."""

IndexArgument = Annotated[
    str, typer.Argument(metavar="INDEX", help="Name on Elasticsearch, such as my-image-embeddings.")
]
BaseOption = Annotated[
    Path, typer.Option("--base", metavar="FOLDER", help="The folder that the paths in the index belong to.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="ID", help="The model that the index was made with.")
]


def open_index(
    session: Session,
    index: IndexArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What the photo shows, in any language.")
    ] = None,
    base: BaseOption = Path(),
    like: Annotated[
        Path | None, typer.Option("--like", metavar="IMAGE", help="Like this picture, instead of TEXT.")
    ] = None,
    model: ModelOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Hits at most.")] = 20,
) -> None:
    """Search an index that the recipe's script made, where it is. Nothing is changed, there or here.

    [bold]Examples[/bold]   imgsearch engine open my-image-embeddings "a dog" --base ~/Pictures

    imgsearch engine open my-image-embeddings --like dog.jpg --base ~/Pictures
    """
    text = " ".join(words or []).strip()
    if bool(text) == (like is not None):
        raise typer.BadParameter("give either TEXT or --like IMAGE.", param_hint="TEXT")
    library = _opened(session, index, base, model)
    hits = library.search_picture(_path(like), limit) if like else library.search_text(text, limit)
    shapes: list[dict[str, Any]] = [
        {"rank": rank, "path": os.fsdecode(hit.path), "score": round(hit.cosine, 4)}
        for rank, hit in enumerate(hits, 1)
    ]
    if session.screen.json:
        session.screen.result({"hits": shapes, "index": index})
        return
    for shape in shapes:
        session.screen.line(f"{shape['rank']:>3}  {shape['score']:.3f}  {printable(shape['path'])}")


def take_over(
    session: Session, index: IndexArgument, base: BaseOption = Path(), model: ModelOption = None
) -> None:
    """Add a folder with the embeddings of an index that the recipe's script made: nothing is encoded again.

    The index stays as it is. Photos are recognised by their path below the folder; those that are not there
    are listed. Ctrl-C keeps what is done; the same command goes on.

    [bold]Example[/bold]   imgsearch engine take-over my-image-embeddings --base ~/Pictures
    """
    from imgsearch_desktop.cli.index_display import told

    library = _opened(session, index, base, model)
    core = session.open_core()
    with working(session, told, "Stopped. The same command goes on from here.") as (control, report):
        taken = library.take_over(core.catalogue, core.index_with_starter(), control, report)
    screen = session.screen
    if screen.json:
        screen.result(
            {
                "model": library.model_id,
                "taken": taken.taken,
                "known": taken.known,
                "missing": sorted(taken.missing),
            }
        )
        return
    known = f", {taken.known:,} known already" if taken.known else ""
    screen.line(f"{counted(taken.taken, 'photo')} taken over{known}, {len(taken.missing):,} missing.")
    for path in sorted(taken.missing)[:SHOWN]:
        screen.note(f"Not there: {printable(path)}")
    if core.model.spec.model_id != library.model_id:
        screen.note(f"Search with them: imgsearch models use {library.model_id}")


def _opened(session: Session, index: str, base: Path, model: str | None) -> ForeignLibrary:
    from imgsearch_desktop.domain.embedding import ModelId

    core = session.open_core()
    if not core.engine.settings.place:
        raise EngineError(
            "No Elasticsearch is known. Say where the index is: --elasticsearch-url http://localhost:9200."
        )
    return core.foreign_library(index, _path(base), ModelId(model) if model else None)


def _path(path: Path) -> bytes:
    return os.fsencode(path.expanduser().absolute())
