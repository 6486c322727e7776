"""Where the three data folders are: inside an installed wheel, or beside the checkout."""

from importlib.resources import files
from pathlib import Path

FOLDERS = ("legislation", "rules", "scenarios")


def folder(name: str) -> Path:
    """Return the path of a data folder.

    Raises:
        ValueError: the name is not one of FOLDERS.
        FileNotFoundError: the installation carries no such data.

    """
    if name not in FOLDERS:
        raise ValueError(f"unknown data folder {name!r}")
    packed = Path(str(files("enplan"))) / "_data" / name
    checkout = Path(__file__).resolve().parents[2] / name
    for place in (packed, checkout):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no {name} data in the package or next to it")
