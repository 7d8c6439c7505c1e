"""Which law of time this machine knows: a mark for each zone, which changes with its rules."""

from importlib.resources import files
from pathlib import Path
from zlib import crc32
from zoneinfo import TZPATH, available_timezones


def marks() -> dict[str, str]:
    """From the files that zoneinfo reads: the system's first, else those of the tzdata package."""
    return {zone: f"{crc32(_rules(zone)):08x}" for zone in sorted(available_timezones())}


def _rules(zone: str) -> bytes:
    for folder in TZPATH:
        file = Path(folder, *zone.split("/"))
        if file.is_file():
            return file.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
