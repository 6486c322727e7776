"""What is wrong with a file, as product text: where, what was found, what was expected, the nearest valid value."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file. `line` is 1-based; 0 means the file as a whole."""

    file: str
    line: int
    path: str
    message: str
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.nearest:
            parts.append(f"did you mean {self.nearest!r}?")
        return "; ".join(parts)


class Invalid(Exception):
    """A file, or a set of files, that cannot be used. Carries every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class InvalidCase(Invalid):
    """A case or scenario file is at fault (exit code 3)."""


class InvalidRules(Invalid):
    """A file of legislation or rules is at fault (exit code 4)."""


def nearest(word: str, valid: Iterable[str]) -> str:
    """The closest valid word, or '' when none is close."""
    matches = get_close_matches(word, list(valid), n=1, cutoff=0.6)
    return matches[0] if matches else ""
