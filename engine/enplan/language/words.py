"""The common words of every file: texts, validity, amounts, names that must be known."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from enplan.dates import Span, Unit, parse_span
from enplan.yamlfile import as_date


class Word(BaseModel):
    """A frozen piece of a file. Unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


@dataclass(frozen=True)
class Names:
    """Marks a field whose value must be a name that exists: a term of this kind, a requirement, a role ..."""

    kind: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        """The kind goes into the JSON Schema, where the names of a corpus are filled in."""
        return {**handler(core), NAMES: self.kind}


NAMES = "x-names"


def _to_date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and (day := as_date(value)):
        return day
    raise PydanticCustomError(
        "date", "not a day: {value}; expected YYYY-MM-DD, a day that exists", {"value": repr(value)}
    )


def _to_span(value: Any) -> Any:
    if isinstance(value, Span):
        return value
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and (span := parse_span(text)):
        return span
    expected = "2018-03-05, 2018-03-05T14:30, 2018-03, 2018, ca. 2018-03-05 or 2018-03-01/2018-03-20"
    raise PydanticCustomError(
        "span", "not a date: {value}; expected one of {expected}", {"value": repr(value), "expected": expected}
    )


def _to_tuple(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


Day = Annotated[date, BeforeValidator(_to_date), WithJsonSchema({"type": "string", "format": "date"})]
When = Annotated[Span, PlainValidator(_to_span), PlainSerializer(str), WithJsonSchema({"type": ["string", "integer"]})]
Scalar = bool | int | float | str
Scalars = Annotated[tuple[Scalar, ...], BeforeValidator(_to_tuple), WithJsonSchema({})]


def _several(inner: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [inner, {"type": "array", "items": inner}]})


Terms = Annotated[tuple[str, ...], BeforeValidator(_to_tuple), _several({"type": "string"})]
Role = Annotated[str, Names("role")]
Roles = Annotated[Terms, Names("role")]
Provision = Annotated[str, Names("provision"), Field(pattern=r"^[A-ZÆØÅ0-9-]+ (?:\d+/\d{4} )?§+ .+$")]
RequirementId = Annotated[str, Names("requirement")]
RequirementIds = Annotated[Terms, Names("requirement")]


class Text(Word):
    """A text in Danish and English."""

    da: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.da if lang == "da" else self.en


class Validity(Word):
    """Days in force, both inclusive; `by` is the enacting instrument (ELI), whose date of issue made it known."""

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    by: Annotated[str, Names("instrument")] | None = None
    inferred: bool = False  # the dates were not read in a commencement clause

    @model_validator(mode="after")
    def _in_order(self) -> "Validity":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"ends on {self.to}, before it begins on {self.from_}; expected days in order")
        return self

    def covers(self, day: date) -> bool:
        """Whether the day lies within."""
        first, last = self.from_, self.to
        return (first is None or first <= day) and (last is None or day <= last)

    def overlaps(self, other: "Validity") -> bool:
        """Whether some day lies within both."""
        first = max(self.from_ or date.min, other.from_ or date.min)
        return first <= min(self.to or date.max, other.to or date.max)


class Amount(Word):
    """A length of time."""

    amount: Annotated[int, Field(ge=0)]
    unit: Unit


Confidence = Literal["high", "medium", "low"]


def word_of(what: str, words: tuple[str, ...]) -> Discriminator:
    """A discriminator by the one key that says which word is meant; errors name the nearest word."""

    def choose(value: Any) -> Hashable:
        if isinstance(value, BaseModel):
            present = value.model_fields_set | {
                field.alias or name
                for name, field in type(value).model_fields.items()
                if name in value.model_fields_set
            }
        else:
            present = set(value) if isinstance(value, dict) else set()
        for word in words:
            if word in present:
                return word
        return None

    chooser: Callable[[Any], Hashable] = choose
    return Discriminator(
        chooser,
        custom_error_type="unknown_word",
        custom_error_message=f"not {what}; expected a mapping with one of: {', '.join(words)}",
    )
