"""Files on Telegram's side: what was uploaded, under which id and path it is found again."""

import base64
import hashlib
from dataclasses import dataclass, field

from bot.demo.images import dimensions, suffix
from bot.demo.refusals import Json, bad_request

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
_LONGEST_SIDES = 10_000
_STEEPEST = 20
_SMALL_SIDE = 320


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name, its type as the sender says, its bytes."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as Telegram keeps it; `size` in pixels where it is a photo."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload
    size: tuple[int, int] | None = None


@dataclass(slots=True)
class Files:
    """All files of one stand-in."""

    _by_id: dict[str, Stored] = field(default_factory=dict)
    _by_path: dict[str, Stored] = field(default_factory=dict)

    def keep_photo(self, upload: Upload) -> Stored:
        """Raises Refused where Telegram takes this for no photo, or for too large a one."""
        amount = len(upload.content)
        if amount > LARGEST_PHOTO:
            raise bad_request(
                f"File of size {amount} bytes is too big for a photo; "
                f"the maximum size is {LARGEST_PHOTO} bytes"
            )
        if not amount:
            raise bad_request("File must be non-empty")
        size = dimensions(upload.content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        steep = max(width, height) > _STEEPEST * min(width, height)
        if width + height > _LONGEST_SIDES or steep:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self.keep("photos", upload, suffix(upload.content), size)

    def keep(
        self, folder: str, upload: Upload, ending: str = "", size: tuple[int, int] | None = None
    ) -> Stored:
        if not upload.content:
            raise bad_request("File must be non-empty")
        number = len(self._by_id)
        unique = _word(upload.content, 12)
        ending = ending or upload.name.rpartition(".")[2] or "bin"
        stored = Stored(
            file_id=_word(upload.content + number.to_bytes(8, "big"), 48),
            unique_id=unique,
            path=f"{folder}/file_{number}.{ending}",
            upload=upload,
            size=size,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> Stored:
        """Raises Refused for an id that is not of this bot."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def find(self, file_id: str) -> Stored | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> Stored | None:
        return self._by_path.get(path)


def photo_sizes(stored: Stored) -> list[Json]:
    """A small one and the whole; both lead to the same bytes here."""
    width, height = stored.size or (1, 1)
    scale = min(1.0, _SMALL_SIDE / max(width, height))
    small = (max(1, round(width * scale)), max(1, round(height * scale)))
    sizes = [small, (width, height)] if scale < 1 else [(width, height)]
    return [
        {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id + ("s" if at < len(sizes) - 1 else ""),
            "width": w,
            "height": h,
            "file_size": len(stored.upload.content),
        }
        for at, (w, h) in enumerate(sizes)
    ]


def document(stored: Stored) -> Json:
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.upload.name,
        "mime_type": stored.upload.mime,
        "file_size": len(stored.upload.content),
    }


def _word(content: bytes, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha512(content).digest()).decode()[:length]
