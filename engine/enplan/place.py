"""Where an entry of a file stands, for problems to point at."""

from dataclasses import dataclass

from enplan.corpus import Where
from enplan.problems import Problem
from enplan.validate import dotted
from enplan.yamlfile import Document, Path_


@dataclass(frozen=True)
class Place:
    """Where a rule stands: its file, path and line, its act and layer."""

    document: Document
    path: Path_
    act: str
    layer: str = ""

    def where(self) -> Where:
        """The place without the text of its file."""
        return Where(self.document.file, self.document.line(self.path), self.act, self.layer)

    def problem(self, message: str, expected: str = "", near: str = "", at: Path_ = ()) -> Problem:
        """A problem at this rule, or at a path below it."""
        path = (*self.path, *at)
        return Problem(self.document.file, self.document.line(path), dotted(path), message, expected, near)
