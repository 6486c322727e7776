"""The corpus that comes with the package, and its cache.

Once the shipped corpus has been found valid it is kept in the user's cache folder, under the hash of its files and of this
package: reading it back is what makes a cold start quick. A missing, foreign or broken cache is never an error.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from enplan import __version__, data
from enplan.corpus import Corpus
from enplan.dates import public_holidays, remember_holidays


def shipped() -> Corpus:
    """The corpus that comes with the package, from the cache when its files have not changed."""
    legislation, rules = data.folder("legislation"), data.folder("rules")
    kept = _cache_file(legislation, rules)
    if kept is not None and kept.is_file():
        with suppress(Exception):  # whatever is wrong with a cache, the files themselves are the truth
            corpus, holidays = _kept(kept)
            if isinstance(corpus, Corpus):
                remember_holidays(holidays)
                return corpus
    from enplan.build import build  # only here: the cross-checks and their graphs are not needed for a kept corpus

    corpus = build(legislation, rules)
    corpus.changes_by_requirement  # noqa: B018  (computed once, kept with the rest)
    if kept is not None:
        _keep(kept, corpus)
    return corpus


def _kept(path: Path) -> Any:
    """Read without the garbage collector, and let it leave alone what stays for the life of the process."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(path.read_bytes())
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _cache_file(*folders: Path) -> Path | None:
    if os.environ.get("ENPLAN_CACHE") == "off":
        return None
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    base = Path(root) if root else Path.home() / ".cache"
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for folder in (*folders, Path(__file__).parent):
        for path in sorted((*folder.rglob("*.yaml"), *folder.glob("**/*.py"))):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return base / "enplan" / f"corpus-{digest.hexdigest()[:32]}.pickle"


def _keep(target: Path, corpus: Corpus) -> None:
    """Write whole or not at all; older copies go."""
    with suppress(OSError, pickle.PicklingError):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump((corpus, public_holidays()), file, pickle.HIGHEST_PROTOCOL)
        os.replace(name, target)
        for old in target.parent.glob("corpus-*.pickle"):
            if old != target:
                old.unlink(missing_ok=True)
