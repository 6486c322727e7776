"""What meets a duty: the records that count, by date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from enplan.context import Context
from enplan.corpus import Corpus
from enplan.dates import Span, latest
from enplan.language.acts import MetByAll, MetByAny, MetBySequence
from enplan.language.patterns import Pattern
from enplan.language.rules import Requirement
from enplan.matching import found
from enplan.truth import TRUE


class Deed(Struct, order=True, frozen=True, gc=False):
    """One thing done that may meet a duty: its day, the records, whether it certainly counts."""

    day: Span
    records: tuple[str, ...]
    sure: bool = True


def met_by(requirement: Requirement, corpus: Corpus, roles: tuple[str, ...]) -> Any:
    """What meets a requirement: as it says, else as its act implies; None when nothing recorded could."""
    if requirement.met_by is not None:
        return requirement.met_by
    act = requirement.act
    about = act.about or act.with_ or roles[:1] or None
    verb, term = act.verb, act.term

    def record(kind: str, **more: Any) -> Pattern:
        where = {"form": (act.form,)} if act.form else {}
        return Pattern.model_construct(**{kind: (term,), "about": about, "where": where, **more})

    if verb in ("hold", "hear", "inform", "register", "decide"):
        return record("event")
    if verb == "produce":
        parts = tuple(record("document", part=part) for part in act.parts)
        return MetByAll.model_construct(all=parts) if len(parts) > 1 else parts[0] if parts else record("document")
    if verb == "revise":
        return record("revision")
    if verb == "judge":
        return record("judged")
    if verb == "obtain_consent":
        return Pattern.model_construct(consent=(term,), by=about[0] if about else None)
    if verb in ("start", "end"):
        return record("measure", state="begun" if verb == "start" else "ended")
    if verb == "forward":
        return Pattern.model_construct(event=("dokument-sendt",), about=about, where={"what": (term,)})
    if verb == "offer":
        offered = Pattern.model_construct(event=("tilbud-givet",), about=about, where={"what": (term,)})
        kinds = [kind for kind in ("event", "document", "measure") if term in corpus.terms.get(kind, {})]
        return MetByAny.model_construct(any=(offered, *(record(kind) for kind in kinds)))
    return None


def patterns(way: Any) -> Iterator[Pattern]:
    """Every pattern in a way of meeting a duty."""
    if isinstance(way, Pattern):
        yield way
    elif way is not None:
        for part in getattr(way, "any", None) or getattr(way, "all", None) or way.sequence:
            yield from patterns(part)


def deeds(way: Any, context: Context, used: frozenset[str] = frozenset()) -> list[Deed]:
    """The deeds that meet a duty, less the records already counted elsewhere."""
    return [deed for deed in _deeds(way, context) if used.isdisjoint(deed.records)]


def _deeds(way: Any, context: Context) -> list[Deed]:
    if way is None:
        return []
    if isinstance(way, Pattern):
        return [
            Deed(record.day_of(way.state) or record.day, (record.path,), truth is TRUE)
            for record, truth in found(way, context)
        ]
    if isinstance(way, MetByAny):
        return [deed for part in way.any for deed in _deeds(part, context)]
    if isinstance(way, MetByAll):
        return _together([_from(part, context) for part in way.all])
    if isinstance(way, MetBySequence):
        return _in_turn(way, context)
    return []


def _from(part: Any, context: Context) -> list[Deed]:
    """The deeds of one part of several, on or after the window's opening."""
    start = context.opens.first if context.opens else None
    return sorted(deed for deed in _deeds(part, context) if start is None or deed.day.last >= start)


def _together(parts: list[list[Deed]]) -> list[Deed]:
    if not all(parts):
        return []
    chosen = [part[0] for part in parts]
    records = tuple(path for deed in chosen for path in deed.records)
    return [Deed(latest([deed.day for deed in chosen]), records, all(deed.sure for deed in chosen))]


def _in_turn(way: MetBySequence, context: Context) -> list[Deed]:
    chosen: list[Deed] = []
    for pattern in way.sequence:
        after = chosen[-1].day.first if chosen else None
        step = [deed for deed in _from(pattern, context) if after is None or deed.day.last >= after]
        if not step:
            return []
        chosen.append(step[0])
    return _together([[deed] for deed in chosen])
