"""From plain values to frozen words, with every fault as a Problem at its line; and the names a word refers to."""

import typing
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import Tag, ValidationError

from enplan.language.words import Names, Word
from enplan.problems import Problem, nearest
from enplan.yamlfile import Document, Path_

Model = TypeVar("Model", bound=Word)


def validate(document: Document, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Validate a document as `model`; returns the value, or None with all problems."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, _problems(document, model, error)


def _problems(document: Document, model: type[Word], error: ValidationError) -> list[Problem]:
    found: dict[Path_, list[tuple[str, str, str, str]]] = {}
    for item in error.errors(include_url=False):
        path, value = _locate(document.value, item)
        found.setdefault(path, []).append((item["type"], *_explain(document, model, path, value, item)))
    problems = []
    for path, items in found.items():
        value = _at(document.value, path)
        # A union gives an error for each of its parts: where one of them went on below this place, it was meant.
        if isinstance(value, dict | list) and any(other[: len(path)] == path != other for other in found):
            items = [i for i in items if i[0] in ("value_error", "missing", "extra_forbidden")]
        # A word that may be a plain name or a mapping gives one error for each: keep the one that fits the file.
        preferred = [i for i in items if (i[0] == "unknown_word") == isinstance(value, dict | list)] or items
        said: dict[tuple[str, str], dict[str, None]] = {}  # one value that fits none of several forms is one fault
        for _type, message, expected, near in preferred:
            said.setdefault((message, near), {})[expected] = None
        for (message, near), forms in said.items():
            expected = " or ".join(form for form in forms if form != "a whole number" or "a number" not in forms)
            problems.append(Problem(document.file, document.line(path), dotted(path), message, expected, near))
    return problems


def dotted(path: Path_) -> str:
    """A path as text: `requirements.3.window.closes`."""
    return ".".join(map(str, path))


def _at(value: Any, path: Path_) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _locate(value: Any, item: Any) -> tuple[Path_, Any]:
    """Where in the file an error lies. A step of its `loc` may be a key of the file or the tag of a union, or both."""
    loc, key = item["loc"], ()
    if item["type"] == "missing":  # the input is then the mapping that lacks the key
        loc, key = loc[:-1], loc[-1:]
    places = list(_places(value, loc))
    if item["type"] == "extra_forbidden":
        places = [place for place in places if place[0][-1:] == loc[-1:]]
    path, found = next((place for place in places if place[1] is item["input"]), places[0])
    return ((*path, *key), None) if key else (path, found)


def _places(value: Any, loc: tuple[Any, ...]) -> Iterator[tuple[Path_, Any]]:
    if not loc:
        yield (), value
        return
    if _has(value, loc[0]):
        for path, found in _places(value[loc[0]], loc[1:]):
            yield (loc[0], *path), found
    yield from _places(value, loc[1:])


def _has(value: Any, step: int | str) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _explain(document: Document, model: type[Word], path: Path_, value: Any, item: Any) -> tuple[str, str, str]:
    kind, context = item["type"], item.get("ctx") or {}
    if kind == "extra_forbidden":
        key = str(path[-1])
        word = _word_at(model, item["loc"][:-1])
        keys = _keys(word) if word else _keys_of(_at(document.value, path[:-1]), key)
        return f"unknown key {key!r}", f"one of {', '.join(keys)}", nearest(key, keys)
    if kind == "missing":
        return f"the key {str(path[-1])!r} is missing", "a value", ""
    if kind == "unknown_word":
        message, _, expected = item["msg"].partition("; expected ")
        words = expected.partition("one of: ")[2].split(", ")
        keys = list(value) if isinstance(value, dict) else [str(value)]
        near = next((close for key in keys if (close := nearest(str(key), words))), "")
        return f"{message}: {_short(value)}", expected, near
    if kind in ("literal_error", "enum"):
        allowed = [part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")]
        return f"unknown value {_short(value)}", f"one of {', '.join(allowed)}", nearest(str(value), allowed)
    if kind in ("value_error", "date", "span"):
        message = item["msg"].removeprefix("Value error, ")
        message, _, expected = message.partition("; expected ")
        return message, expected, ""
    if kind == "string_pattern_mismatch":
        return f"unexpected form {_short(value)}", f"text of the form {context['pattern']}", ""
    if kind == "model_type" and (word := _word_at(model, item["loc"])):
        return f"unexpected value {_short(value)}", f"a mapping of {', '.join(_keys(word))}", ""
    return f"unexpected value {_short(value)}", _FORMS.get(kind, "a value of another form").format(**context), ""


_FORMS = {  # in our own words: what a value of the wrong form should have been
    "string_type": "a text", "string_unicode": "a text", "dict_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values", "tuple_type": "a list", "bool_type": "true or false",
    "bool_parsing": "true or false", "int_type": "a whole number", "int_parsing": "a whole number",
    "int_from_float": "a whole number", "float_type": "a number", "float_parsing": "a number",
    "greater_than_equal": "{ge} or more", "less_than_equal": "{le} or less", "too_short": "a list of {min_length} or more",
}  # fmt: skip


def _word_at(annotation: Any, loc: tuple[Any, ...]) -> type[Word] | None:
    """The word that an annotation comes to, step by step along an error's `loc`."""
    while get_origin(annotation) is Annotated:
        annotation = annotation.__origin__
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        tagged = [
            p for p in parts if any(isinstance(m, Tag) and loc[:1] == (m.tag,) for m in getattr(p, "__metadata__", ()))
        ]
        named = [p for p in parts if loc[:1] == (getattr(p, "__name__", None),)]
        if tagged or named:
            return _word_at((tagged or named)[0], loc[1:])
        return next((word for part in parts if (word := _word_at(part, loc))), None)
    if isinstance(annotation, type) and issubclass(annotation, Word):
        if not loc:
            return annotation
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        return _word_at(fields[loc[0]], loc[1:]) if loc[0] in fields else None
    if parts and loc:
        return _word_at(parts[0] if isinstance(loc[0], int) else parts[-1], loc[1:])
    return None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


@cache
def _all_words() -> tuple[type[Word], ...]:
    def below(cls: type[Word]) -> Iterator[type[Word]]:
        for sub in cls.__subclasses__():
            yield sub
            yield from below(sub)

    return tuple(below(Word))


def _keys(model: type[Word]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _keys_of(mapping: Any, bad: str) -> list[str]:
    """The keys of the word that a mapping most looks like."""
    present = set(mapping) - {bad} if isinstance(mapping, dict) else set()

    def likeness(model: type[Word]) -> tuple[int, bool, int]:
        keys = _keys(model)
        return len(present & set(keys)), bool(nearest(bad, keys)), -len(keys)

    return _keys(max(_all_words(), key=likeness))


def _names(annotation: Any) -> list[str]:
    """The kinds of name that an annotation marks, but for those of mapping values' own words."""
    found: list[str] = []
    if get_origin(annotation) is Annotated:
        found += [meta.kind for meta in annotation.__metadata__ if isinstance(meta, Names)]
        found += _names(annotation.__origin__)
    elif isinstance(annotation, typing.TypeAliasType) if hasattr(typing, "TypeAliasType") else False:
        found += _names(annotation.__value__)
    elif get_origin(annotation) is not None and not _is_mapping(annotation):
        for part in get_args(annotation):
            if not (isinstance(part, type) and issubclass(part, Word)):
                found += _names(part)
    return found


def _is_mapping(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)


@cache
def _fields(model: type[Word]) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """For each field: attribute, key in the file, kinds of its names, kinds of its mapping keys."""
    result = []
    for name, field in model.model_fields.items():
        kinds = [meta.kind for meta in field.metadata if isinstance(meta, Names)] + _names(field.annotation)
        annotation = field.annotation
        while get_origin(annotation) is Annotated:
            annotation = annotation.__origin__  # type: ignore[union-attr]
        keys = _names(get_args(annotation)[0]) if _is_mapping(annotation) else []
        result.append((name, field.alias or name, tuple(kinds), tuple(keys)))
    return tuple(result)


def references(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str, str]]:
    """Every name that a word refers to: where it stands, what kind it must be, the name."""
    if isinstance(value, Word):
        for name, key, kinds, key_kinds in _fields(type(value)):
            part = getattr(value, name)
            if part is None or part == ():
                continue
            at = (*path, key)
            if isinstance(part, str) and kinds:
                yield at, kinds[0], part
            elif isinstance(part, tuple) and kinds and all(isinstance(item, str) for item in part):
                for item in part:
                    yield at, kinds[0], item
            elif isinstance(part, Mapping):
                for item, inner in part.items():
                    for kind in key_kinds:
                        yield (*at, item), kind, item
                    yield from references(inner, (*at, item))
            else:
                yield from references(part, at)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from references(item, (*path, index))


def words_in(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Word]]:
    """Every word within a word, itself included, with its path."""
    if isinstance(value, Word):
        yield path, value
        for name, key, _, _ in _fields(type(value)):
            yield from words_in(getattr(value, name), (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from words_in(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from words_in(item, (*path, key))
