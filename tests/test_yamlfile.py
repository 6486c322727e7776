"""What a file may not be, with the error in full; and the surprises of YAML 1.1 that are not in the language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enplan.yamlfile import Unreadable, as_date, parse, read


def refused(raw: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        parse(raw, "f.yaml")
    return str(error.value)


def bomb() -> bytes:
    """Nine levels of ten aliases each: a thousand million values in a few hundred bytes."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, below in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{one}: &{one} [{', '.join([f'*{below}'] * 10)}]")
    return "\n".join(lines).encode()


UNFOLDS = "the file unfolds to too much; expected at most 200,000 values and 60 levels, aliases counted in full"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "f.yaml:1: the file is empty; expected a mapping of keys and values"),
        (b"# nothing but a remark\n", "f.yaml:1: the file is empty; expected a mapping of keys and values"),
        (b"a: [1, 2", "f.yaml:2: not valid YAML: did not find expected ',' or ']'"),
        (b"a: {b: c", "f.yaml:2: not valid YAML: did not find expected ',' or '}'"),
        (b'a: "b', "f.yaml:1: not valid YAML: found unexpected end of stream"),
        (b"a: 1\nb: c: d", "f.yaml:2: not valid YAML: mapping values are not allowed in this context"),
        (b"a:\n  b\n\tc: d", "f.yaml:3: not valid YAML: found a tab character that violates indentation"),
        (b"a: 1\n---\nb: 2", "f.yaml:2: not valid YAML: but found another document"),
        (b"a: *nobody", "f.yaml:1: not valid YAML: found undefined alias"),
        (b"a: 1\nb: 2\na: 3", "f.yaml:3: a: the key 'a' stands twice; expected each key once"),
        (b"a: {b: 1, c: {d: 1, d: 2}}", "f.yaml:1: a.c.d: the key 'd' stands twice; expected each key once"),
        (b"'a': 1\n\"a\": 2", "f.yaml:2: a: the key 'a' stands twice; expected each key once"),
        (b"a: 1\nb: \x00", "f.yaml:2: the text holds a NUL byte; expected plain text"),
        ("a: 1\nb: 2\nc: blåbær".encode("latin-1"), "f.yaml:3: the text is not UTF-8; expected a file saved as UTF-8"),
        ("a: 1".encode("utf-16"), "f.yaml:1: the text is not UTF-8; expected a file saved as UTF-8"),
        (b"a: \x01", "f.yaml:1: not valid YAML: unacceptable character #x0001: control characters are not allowed"),
        (b"[a]: b", "f.yaml:1: a key is not text; expected a word"),
        (b"a:\n  {b: c}: d", "f.yaml:2: a: a key is not text; expected a word"),
        (b"a: !!timestamp 2018-03-05", "f.yaml:1: a: the tag 'tag:yaml.org,2002:timestamp' is not allowed; expected plain values only"),
        (b"a: !!binary aGVq", "f.yaml:1: a: the tag 'tag:yaml.org,2002:binary' is not allowed; expected plain values only"),
        (b"a: !!int abc", "f.yaml:1: a: the tag 'tag:yaml.org,2002:int' is not allowed; expected plain values only"),
        (b"a: !!int 0101", "f.yaml:1: a: the tag 'tag:yaml.org,2002:int' is not allowed; expected plain values only"),
        (b"a: !!bool maybe", "f.yaml:1: a: the tag 'tag:yaml.org,2002:bool' is not allowed; expected plain values only"),
        (b"a: !!float x", "f.yaml:1: a: the tag 'tag:yaml.org,2002:float' is not allowed; expected plain values only"),
        (b"a: !!set {b, c}", "f.yaml:1: a: the tag 'tag:yaml.org,2002:set' is not allowed; expected plain values only"),
        (b"a: !own {b: c}", "f.yaml:1: a: the tag '!own' is not allowed; expected plain values only"),
        (b"a: [1, !own x]", "f.yaml:1: a.1: the tag '!own' is not allowed; expected plain values only"),
        (
            b"a: !!python/object/apply:os.system ls",
            "f.yaml:1: a: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed; expected plain values only",
        ),
        (b"[" * 62 + b"]" * 62, f"f.yaml:1: {UNFOLDS}"),
        (b"a: &a\n  - *a", f"f.yaml:1: {UNFOLDS}"),
        (bomb(), f"f.yaml:1: {UNFOLDS}"),
    ],
    ids=lambda value: value[:24].decode("latin-1").replace("\0", "NUL") if isinstance(value, bytes) else "",
)  # fmt: skip
def test_a_faulty_text_is_refused_with_its_line(raw: bytes, expected: str) -> None:
    assert refused(raw) == expected


def test_sixty_levels_are_not_too_deep() -> None:
    assert str(parse(b"[" * 61 + b"]" * 61, "f.yaml").value) == "[" * 61 + "]" * 61


def test_two_million_open_brackets_do_not_crash_the_process() -> None:
    code = "from enplan.yamlfile import parse; parse(b'[' * 1_900_000, 'f.yaml')"
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=place)
    assert found.returncode == 1  # an exception; a crash of the C parser is -11
    assert found.stderr.splitlines()[-1].endswith(UNFOLDS)


def test_two_hundred_thousand_values_are_the_most() -> None:
    allowed = b"[" + b"1," * 199_999 + b"]"
    assert len(parse(allowed, "f.yaml").value) == 199_999
    assert refused(b"[" + b"1," * 200_000 + b"]") == f"f.yaml:1: {UNFOLDS}"


def test_every_fault_of_one_text_is_told() -> None:
    assert refused(b"a: 1\na: 2\nb: !own x\n[c]: d").splitlines() == [
        "f.yaml:2: a: the key 'a' stands twice; expected each key once",
        "f.yaml:3: b: the tag '!own' is not allowed; expected plain values only",
        "f.yaml:4: a key is not text; expected a word",
    ]


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Unreadable) as error:
        read(path, "big.yaml")
    assert str(error.value) == "big.yaml: the file is too large; expected at most 2,000,000 bytes"


def test_two_million_bytes_are_the_most() -> None:
    text = b"a: " + b"x" * 1_999_997
    assert len(parse(text, "f.yaml").value["a"]) == 1_999_997
    assert refused(text + b"x") == "f.yaml: the file is too large; expected at most 2,000,000 bytes"


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.yaml", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(Unreadable) as error:
            read(path, "f.yaml")
        assert str(error.value) == f"f.yaml: cannot be read: {reason}"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-7", -7), ("12", 12),
        ("1.5", 1.5), ("-0.25", -0.25), ("190", 190), ("æøå", "æøå"),
        ("0101", "0101"), ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("True", "True"), ("FALSE", "FALSE"),
        ("Null", "Null"), ("12:30", "12:30"), ("1_000", "1_000"), ("0x1F", "0x1F"), ("0o17", "0o17"), ("1e5", "1e5"), ("+1", "+1"),
        (".5", ".5"), (".inf", ".inf"), (".nan", ".nan"), ("2018-03-05", "2018-03-05"),
        ("2018-03-05T14:30", "2018-03-05T14:30"), ("'1'", "1"),
        ('"true"', "true"),
    ],
)  # fmt: skip
def test_only_plain_numbers_true_false_and_null_are_not_text(written: str, value: object) -> None:
    found = parse(f"a: {written}".encode(), "f.yaml").value["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text() -> None:
    assert parse(b"1: a\ntrue: b\n0101: c", "f.yaml").value == {"1": "a", "true": "b", "0101": "c"}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert parse(b"a: &a {b: 1}\nc: {<<: *a}", "f.yaml").value == {"a": {"b": 1}, "c": {"<<": {"b": 1}}}


def test_an_alias_is_the_same_value_again() -> None:
    assert parse(b"a: &x [1, 2]\nb: *x", "f.yaml").value == {"a": [1, 2], "b": [1, 2]}


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    assert parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f.yaml").value == {"a": 1, "b": 2}


def test_every_path_has_its_line() -> None:
    document = parse(b"a: 1\nb:\n  - c: 2\n    d: 3\n  - e", "f.yaml")
    places = [(), ("a",), ("b",), ("b", 0), ("b", 0, "d"), ("b", 1), ("b", 0, "missing", "below"), ("nowhere",)]
    assert [document.line(path) for path in places] == [1, 1, 2, 3, 4, 5, 3, 1]


@pytest.mark.parametrize(
    "text", ["20180305", "2018-W10-1", "2018-3-5", "2018-02-30", "2018-03-05T10:00", " 2018-03-05", ""]
)
def test_only_a_day_that_exists_is_a_day(text: str) -> None:
    assert as_date(text) is None


def test_a_day_is_read() -> None:
    assert str(as_date("2024-02-29")) == "2024-02-29"
