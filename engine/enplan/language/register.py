"""The register of terms, the municipality profiles, and the layers and regimes."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from enplan.language.words import Amount, Day, Names, Scalar, Text, Validity, Word

TermKind = Literal[
    "event", "document", "measure", "status", "question", "consent", "relation", "detail", "form", "part", "actor",
    "role", "family", "local-limit", "setting", "wording", "organisation", "network", "trial", "sector",
]  # fmt: skip


class Term(Word):
    """A term of art: its titles, owner act, definition, aliases; a status has values.

    `doing` and `said` are how sentences speak of it where its title alone does not read.
    """

    da: str
    en: str
    doing: Text | None = None  # doing it, as an infinitive, where the verb of an act does not go with the title
    said: Mapping[str, Text] = Field(default_factory=dict)  # values as said of a person (`er på barsel`), or as clauses
    act: Annotated[str, Names("act")] | None = None
    meaning: Text | None = None
    aliases: tuple[str, ...] = ()
    sector: Literal["employment", "children", "social", "health", "cross"] | None = None
    values: Mapping[str, Text] = Field(default_factory=dict)
    number: bool = False  # a status whose value is a number
    free: bool = False  # a status or detail whose values are not listed
    episodes: bool = False  # a status: no record means none, as far as the log of its sector is complete
    symmetric: bool = False  # a relation
    decided_by: Annotated[str, Names("event")] | None = None  # the decision that grants a measure of this kind
    outside: bool = False  # an actor with records of its own: the municipality's file does not show all that it does


class TermsFile(Word):
    """Terms by kind."""

    terms: Mapping[TermKind, Mapping[str, Term]]


class Adoption(Word):
    """A trial entered in the municipality's vedtægt, from when to when, and where that is known from."""

    trial: Annotated[str, Names("trial")]
    in_force: Validity
    source: str


class Approval(Word):
    """A trial approved for the municipality."""

    trial: Annotated[str, Names("trial")]
    on: Day
    source: str


class NetworkMembership(Word):
    """Membership of a free-municipality network."""

    network: Annotated[str, Names("network")]
    in_force: Validity
    source: str


class Limit(Word):
    """A limit that the municipality has published."""

    limit: Annotated[str, Names("local-limit")]
    length: Amount
    in_force: Validity = Validity()
    source: str


class OrganisationFact(Word):
    """A dated fact about how the municipality is organised."""

    fact: Annotated[str, Names("organisation")]
    is_: Annotated[Scalar, Field(alias="is")] = True
    in_force: Validity = Validity()
    source: str


class Municipality(Word):
    """A municipality profile: what is known, and no more."""

    code: Annotated[int, Field(ge=100, le=999)]
    name: str
    networks: tuple[NetworkMembership, ...] = ()
    approvals: tuple[Approval, ...] = ()
    adopted: tuple[Adoption, ...] = ()
    not_adopted: tuple[Adoption, ...] = ()
    limits: tuple[Limit, ...] = ()
    organisation: tuple[OrganisationFact, ...] = ()


class MunicipalitiesFile(Word):
    """Profiles, and the codes and names of all municipalities."""

    codes: Mapping[str, str] = Field(default_factory=dict)
    municipalities: tuple[Municipality, ...] = ()


class Layer(Word):
    """A named set of rules."""

    id: str
    title: Text


class Regime(Word):
    """An ordered list of layers; with `options: false`, options are left out even where used."""

    id: str
    title: Text
    status: Literal["in-force", "repealed", "draft", "agreement"]
    layers: tuple[Annotated[str, Names("layer")], ...]
    options: bool = True


class RegimesFile(Word):
    """Layers and regimes."""

    layers: tuple[Layer, ...]
    regimes: tuple[Regime, ...]
