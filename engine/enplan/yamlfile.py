"""Safe YAML with positions: one document, text keys, no duplicate keys, few aliases, plain scalars only."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from enplan.problems import Problem

MAX_BYTES = 2_000_000
MAX_NODES = 200_000
MAX_DEPTH = 60
_LIMIT = f"at most {MAX_NODES:,} values and {MAX_DEPTH} levels, aliases counted in full"

_SCALARS = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
Path_ = tuple[str | int, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader without the YAML 1.1 surprises (0101 is text, NO is text, 12:30 is text)."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]{0,17})$", list("-0123456789")),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


@dataclass(frozen=True)
class Document:
    """The plain values of a file, and the line on which each path begins."""

    file: str
    value: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        """The line of the longest known prefix of `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Unreadable(Exception):
    """The text is not one safe YAML document."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def read(path: Path, name: str | None = None) -> Document:
    """Read one file.

    Raises:
        Unreadable: missing, too large, not UTF-8, not YAML, or outside the limits above.

    """
    shown = name or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable([Problem(shown, 0, "", "the file is too large", f"at most {MAX_BYTES:,} bytes")])
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable([Problem(shown, 0, "", f"cannot be read: {error.strerror or error}")]) from None
    return parse(raw, shown)


def parse(raw: bytes, name: str) -> Document:
    """Parse bytes as one YAML document. Raises Unreadable as `read` does."""
    if len(raw) > MAX_BYTES:
        raise Unreadable([Problem(name, 0, "", "the file is too large", f"at most {MAX_BYTES:,} bytes")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable([Problem(name, line, "", "the text is not UTF-8", "a file saved as UTF-8")]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable([Problem(name, line, "", "the text holds a NUL byte", "plain text")])
    _shallow(text, name)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Unreadable([Problem(name, 1, "", "the file is empty", "a mapping of keys and values")])
        builder = _Builder(name, loader)
        value = builder.build(node, (), 0)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said, line = getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 1
        if "nesting depth" in said:  # PyYAML's own limit, from 6.0.4
            raise Unreadable([Problem(name, line, "", "the file unfolds to too much", _LIMIT)]) from None
        raise Unreadable([Problem(name, line, "", f"not valid YAML: {said.splitlines()[0]}")]) from None
    except RecursionError:
        raise Unreadable([Problem(name, 1, "", "nested too deeply", f"at most {MAX_DEPTH} levels")]) from None
    finally:
        loader.dispose()
    if builder.problems:
        raise Unreadable(builder.problems)
    return Document(name, value, builder.lines)


def _shallow(text: str, name: str) -> None:
    """Refuse what nests too deeply before it is composed: the C parser composes recursively and would crash.

    Only a text with thousands of openings can do that (by indentation alone, 2 MB reach 2,000 levels).
    """
    if sum(map(text.count, "[{-?")) < 5_000:
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH + 1:
                    line = event.start_mark.line + 1 if event.start_mark else 1
                    raise Unreadable([Problem(name, line, "", "the file unfolds to too much", _LIMIT)])
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass  # told below


class _Builder:
    def __init__(self, name: str, loader: Any):
        self.name, self.loader = name, loader
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self.nodes = 0

    def fault(self, node: Any, path: Path_, message: str, expected: str = "") -> None:
        self.problems.append(Problem(self.name, node.start_mark.line + 1, ".".join(map(str, path)), message, expected))

    def build(self, node: Any, path: Path_, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise Unreadable([Problem(self.name, node.start_mark.line + 1, "", "the file unfolds to too much", _LIMIT)])
        self.lines[path] = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _COLLECTIONS:
            self.fault(node, path, f"the tag {node.tag!r} is not allowed", "plain values only")
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
                if not isinstance(key, str):
                    self.fault(key_node, path, "a key is not text", "a word")
                    continue
                if key in result:
                    self.fault(key_node, (*path, key), f"the key {key!r} stands twice", "each key once")
                    continue
                result[key] = self.build(value_node, (*path, key), depth + 1)
                self.lines[(*path, key)] = key_node.start_mark.line + 1
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        if node.tag in _SCALARS and node.tag == self.loader.resolve(yaml.ScalarNode, node.value, (True, False)):
            return self.loader.construct_object(node)
        if node.tag != "tag:yaml.org,2002:str":
            self.fault(node, path, f"the tag {node.tag!r} is not allowed", "plain values only")
        return node.value


def as_date(text: str) -> date | None:
    """The date that an ISO text names, or None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
