"""`backup [DIR]`: a copy of the register, read back before it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zlib import crc32

import typer

from danvan.cli.options import whole
from danvan.cli.telling import tell
from danvan.errors import Invalid, given_for
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.texts import checked
from danvan.places import at
from danvan.session import Session
from danvan.store.file import copies, disk
from danvan.store.file.opening import RegisterFile

Folder = Annotated[str | None, typer.Argument(metavar="[DIR]", help="option.backup_dir", show_default=False)]
Keep = Annotated[str | None, typer.Option("--keep", metavar="N", help="option.backup_keep")]


def backup(session: Session, folder: Folder, keep: Keep) -> None:
    """Copy the register while nobody writes to it, and remove older copies if asked to."""
    most = whole(keep, "--keep", 1) if keep is not None else None
    file = session.register.file
    path = file.resolved()
    place = read_path(folder, "DIR") if folder is not None else None
    if place and (place.suffix or folder == "-") and not place.is_dir():
        raise Invalid("backup_folder", value=str(folder), where="DIR")
    with file.held() as source:
        is_sound = _is_sound(file, source)
        made = copies.copy(source, path, copies.BACKUP, place)
    removed = copies.thin_out(made, path, most) if most else []
    if not is_sound:
        session.notice("backup_unsound")
    if session.json:
        about = {"path": str(made.path), "bytes": made.size, "crc32": f"{made.crc:08x}", "sound": is_sound}
        typer.echo(as_json({"version": VERSION, "backup": about, "removed": [str(path) for path in removed]}))
        return
    say = session.language.say
    tell(say("backup.done", path=made.path, size=made.size, checksum=f"{made.crc:08x}"))
    for old in removed:
        tell(say("backup.removed", path=old))


def read_path(text: str, where: str) -> Path:
    """A place on the disk from the command line.

    Raises:
        Invalid: the text is no name.
    """
    if not text.strip():
        raise Invalid("path_blank", where=where)
    with given_for(where):
        return at(checked(text))


def _is_sound(file: RegisterFile, source: disk.Source) -> bool:
    """Whether the register is as danvan left it, by its own checksum."""
    image = file.look(source)
    if image is None:
        return False
    crc, offset = 0, 0
    while piece := disk.read_at(source, offset, min(disk.PIECE, image.state.end - offset)):
        crc, offset = crc32(piece, crc), offset + len(piece)
    return crc == image.state.crc
