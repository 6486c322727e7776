"""Every kind of fault in a requirement, with the whole message: place, what was found, what was expected."""

from pathlib import Path

import pytest

from small import CLOCK, DUTY, RULES, WAIVER, changed, corpus, errors_in_rules, rule_errors


def with_key(line: str) -> tuple[str, str]:
    """A change of DUTY that adds a key."""
    return "    window:", f"    {line}\n    window:"


def test_the_small_corpus_is_sound() -> None:
    assert list(corpus(DUTY + WAIVER + CLOCK).requirements) == ["tl-1"]


CLOSES = "{after: {amount: 4, unit: months}}"
TERMS = [
    (("event: underretning", "event: underetning"), 7, "when.event", "an event", "underetning", "underretning"),
    (("produce: undersoegelse", "produce: handelplan"), 8, "must.produce", "a document", "handelplan", "handleplan"),
    (("produce: undersoegelse", "judge: behvo"), 8, "must.judge", "a question", "behvo", "behov"),
    (("produce: undersoegelse", "offer: tilbudd"), 8, "must.offer", "an offer", "tilbudd", "tilbud"),
    (("produce: undersoegelse", "start: xyz"), 8, "must.start", "a measure", "xyz", ""),
    (("child}\n    must", "child, by: skole}\n    must"), 7, "when.by", "a party", "skole", "skolen"),
    (("child}\n    must", "child, where: {grun: akut}}\n    must"), 7, "when.where.grun", "a detail", "grun", "grund"),
    ((CLOSES, "{local_limit: frister, of: child}"), 9, "window.closes.local_limit", "a local-limit", "frister", ""),
    ((CLOSES, "{set_in_case: rytmen, about: child}"), 9, "window.closes.set_in_case", "a setting", "rytmen", "rytme"),
    ((CLOSES, "{no_number: snart}"), 9, "window.closes.no_number", "a wording", "snart", "snarest"),
    (with_key("family: plan"), 9, "family", "a family", "plan", "planer"),
    (with_key("under: fritaget"), 9, "under", "a change", "fritaget", ""),
    (with_key("distinct_from: [tl-3]"), 9, "distinct_from", "a requirement", "tl-3", "tl-1"),
    (with_key("for_each: {sibling: {relation: soskend, of: child}}"), 9, "for_each.sibling.relation", "a relation", "soskend", "soeskende"),
    (with_key("for_each: {siblings: {relation: soeskende, of: child}}"), 9, "for_each.siblings", "a role", "siblings", "sibling"),
    (with_key("if: [{status: ydelsee, of: child, is: dagpenge}]"), 9, "if.0.status", "a status", "ydelsee", "ydelse"),
    (with_key("if: [{all: [{exists: {event: samtal, about: child}}]}]"), 9, "if.0.all.0.exists.event", "an event", "samtal", "samtale"),
    (with_key("unless: [{clock: ur, of: child, at_least: {amount: 1, unit: weeks}}]"), 9, "unless.0.clock", "a clock", "ur", ""),
    (with_key("while: [{member: kreds, who: child}]"), 9, "while.0.member", "a definition", "kreds", ""),
    (with_key("if: [{profile: udvalg, of: child}]"), 9, "if.0.profile", "an organisation", "udvalg", "faelles-udvalg"),
    (with_key("met_by: {document: min-pla, about: child}"), 9, "met_by.document", "a document", "min-pla", "min-plan"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "line", "path", "kind", "word", "near"), TERMS, ids=[row[2] for row in TERMS])
def test_an_unknown_term_is_named_with_the_nearest_known_one(
    tmp_path: Path, edit: tuple[str, str], line: int, path: str, kind: str, word: str, near: str
) -> None:
    message = f"unknown {kind.split()[1]} {word!r}; expected {kind} of rules/" + (
        f"; did you mean {near!r}?" if near else ""
    )
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{line}: requirements.0.{path}: {message}"]


@pytest.mark.parametrize(
    ("key", "path", "word", "near"),
    [
        ("source: {instrument: lta/2009/9, read: 2024-01-01}", "source.instrument", "lta/2009/9", "lta/2009/3"),
        ("in_force: {by: lta/2019/3}", "in_force.by", "lta/2019/3", "lta/2019/2"),
    ],
)
def test_an_unknown_instrument_is_named_with_the_nearest_known_one(
    tmp_path: Path, key: str, path: str, word: str, near: str
) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *with_key(key))) == [
        f"{RULES}:9: requirements.0.{path}: unknown instrument {word!r}; expected an instrument of legislation/; did you mean {near!r}?"
    ]


VALUES = [
    (with_key("if: [{status: ydelse, of: child, is: kontanthjaelpp}]"), 9, "if.0",
     "unknown value of the status 'ydelse' 'kontanthjaelpp'; expected one of kontanthjaelp, dagpenge, ledighedsydelse, sygedagpenge; "
     "did you mean 'kontanthjaelp'?"),
    (("{event: underretning, about: child}", "{status: visitation, of: child, is: [jobparat], from_value: [revalident]}"), 7, "when",
     "unknown value of the status 'visitation' 'revalident'; expected one of jobparat, aktivitetsparat, revalidend; "
     "did you mean 'revalidend'?"),
    (with_key("if: [{trigger: grund, is: hast}]"), 9, "if.0",
     "unknown value of the detail 'grund' 'hast'; expected one of akut, almindelig"),
    (("about: child}\n    must", "about: child, where: {grund: akutt}}\n    must"), 7, "when.where.grund",
     "unknown value of the detail 'grund' 'akutt'; expected one of akut, almindelig; did you mean 'akut'?"),
    (("about: child}\n    must", "about: child, where: {form: telefon}}\n    must"), 7, "when.where.form",
     "unknown form 'telefon'; expected one of personligt-fremmoede, telefonisk; did you mean 'telefonisk'?"),
    (with_key("per: episod"), 9, "per",
     "unknown value 'episod'; expected one of event, episode, person, pair, household, municipality; did you mean 'episode'?"),
    (with_key("confidence: lav"), 9, "confidence", "unknown value 'lav'; expected one of high, medium, low"),
    (("closes: {after: {amount: 4, unit: months}}", "closes: triger"), 9, "window.closes",
     "unknown value 'triger'; expected one of trigger, opens, today, ever; did you mean 'trigger'?"),
    (with_key("in_force: {from: 2019-02-30}"), 9, "in_force.from", "not a day: '2019-02-30'; expected YYYY-MM-DD, a day that exists"),
    (("id: tl-1", "id: TL 1"), 4, "id", "unexpected form 'TL 1'; expected text of the form ^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "line", "path", "message"), VALUES, ids=[row[2] for row in VALUES])
def test_an_unknown_value_is_named_with_the_nearest_known_one(
    tmp_path: Path, edit: tuple[str, str], line: int, path: str, message: str
) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{line}: requirements.0.{path}: {message}"]


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, "    window:", "    windoww:")) == [
        f"{RULES}:9: requirements.0.windoww: unknown key 'windoww'; expected one of id, provision, in_force, title, when, for_each, "
        "per, if, unless, while, must, must_not, may, actor, window, times, every, distinct_from, met_by, family, under, "
        "consents, documents, participants, quota, readings, source, confidence, note; did you mean 'window'?"
    ]


TRIGGERS = "any_of, none_of, missed, met, waived, clock, age, municipality, event, document, revision, measure, judged, consent, status"
ANCHORS = (
    "after, before, end_of, earliest_of, latest_of, cases, clock, local_limit, set_in_case, no_number, first, last, detail, "
    "birthday, status, proxy"
)
CONDITIONS = (
    "all, any, not, for_all, for_some, exists, none, age, judged, consent, relation, trigger, member, profile, municipality, "
    "clock, in_effect, status"
)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("event: underretning", "evnt: underretning"),
         "7: requirements.0.when: not a trigger: {'evnt': 'underretning', 'about': 'child'}; "
         f"expected a mapping with one of: {TRIGGERS}; did you mean 'event'?"),
        (("{event: underretning, about: child}", "underretning"),
         f"7: requirements.0.when: not a trigger: 'underretning'; expected a mapping with one of: {TRIGGERS}"),
        (("after:", "aftr:"),
         "9: requirements.0.window.closes: not an anchor: {'aftr': {'amount': 4, 'unit': 'months'}}; "
         f"expected a mapping with one of: {ANCHORS}; did you mean 'after'?"),
        (with_key("if: [{stattus: ydelse, of: child}]"),
         "9: requirements.0.if.0: not a condition: {'stattus': 'ydelse', 'of': 'child'}; "
         f"expected a mapping with one of: {CONDITIONS}; did you mean 'status'?"),
    ],
    ids=["trigger", "a plain text", "anchor", "condition"],
)  # fmt: skip
def test_an_unknown_word_is_named_with_the_nearest_known_one(
    tmp_path: Path, edit: tuple[str, str], expected: str
) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{expected}"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("must: {produce: undersoegelse, about: child}", "must: {produce: undersoegelse, revise: undersoegelse}"),
         "8: requirements.0.must: expected exactly one act of judge, decide, produce, revise, hold, offer, hear, obtain_consent, "
         "inform, forward, register, start, end, keep; found produce, revise"),
        (("    must: {produce: undersoegelse, about: child}\n", ""),
         "4: requirements.0: expected exactly one of must, must_not, may; found none"),
        (with_key("may: {produce: undersoegelse}"), "4: requirements.0: expected exactly one of must, must_not, may; found must, may"),
        (with_key("every: {from: last}"), "4: requirements.0: every needs an amount and a unit, or set_in_case"),
        (("    title: {da: Pligt, en: Duty}\n", ""), "4: requirements.0.title: the key 'title' is missing; expected a value"),
        (("{da: Pligt, en: Duty}", "{da: Pligt}"), "6: requirements.0.title.en: the key 'en' is missing; expected a value"),
    ],
    ids=["two acts", "no modality", "two modalities", "no interval", "no title", "no English title"],
)  # fmt: skip
def test_a_requirement_is_one_whole_sentence(tmp_path: Path, edit: tuple[str, str], expected: str) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{expected}"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("closes:", "close:"), "9: requirements.0.window.close: unknown key 'close'; "
         "expected one of opens, closes, not_before, lasts_at_most, max_gap, tolerance; did you mean 'closes'?"),
        (("unit: months", "unit: month"), "9: requirements.0.window.closes.after.unit: unknown value 'month'; expected one of hours, days, "
         "hverdage, arbejdsdage, bankdage, skoledage, weeks, months, whole-months, quarters, years; did you mean 'months'?"),
        (("about: child}\n    must", "abut: child}\n    must"), "7: requirements.0.when.abut: unknown key 'abut'; expected one of "
         "event, document, revision, measure, judged, consent, about, by, answer, state, basis, law, other_law_than, where, part, "
         "lasting, since, until, before; did you mean 'about'?"),
        (("about: child}\n    must", "about: child, where: {hours: {at_leas: 3}}}\n    must"),
         "7: requirements.0.when.where.hours.at_leas: unknown key 'at_leas'; expected one of at_least, below; did you mean 'at_least'?"),
        (with_key("if: [{any: [{age: child, blow: 3}]}]"),
         "9: requirements.0.if.0.any.0.blow: unknown key 'blow'; expected one of age, at_least, below, at; did you mean 'below'?"),
        (("{event: underretning, about: child}", "{event: underretning, document: handleplan, about: child}"),
         "7: requirements.0.when: expected exactly one of event, document, revision, measure, judged, consent; found event, document"),
        (with_key("participants: [skole]"),
         "9: requirements.0.participants: unknown party 'skole'; expected a party of rules/; did you mean 'skolen'?"),
        (with_key("in_force: {from: 2020-01-01, to: 2019-01-01}"),
         "9: requirements.0.in_force: ends on 2019-01-01, before it begins on 2020-01-01; expected days in order"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_own_place(tmp_path: Path, edit: tuple[str, str], expected: str) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{expected}"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("law: [TLL]", "law: unknown act 'TLL'; expected an act of legislation/; did you mean 'TL'?"),
        (
            "other_law_than: ALL",
            "other_law_than: unknown act 'ALL'; expected an act of legislation/; did you mean 'AL'?",
        ),
        ("basis: [TL § 4, TLL § 4]", "basis: unknown act 'TLL'; expected an act of legislation/; did you mean 'TL'?"),
        ("basis: BEK 1/2019 § 4", "basis: unknown act 'BEK 1/2019'; expected an act of legislation/"),
    ],
)
def test_a_filter_by_law_names_an_act_that_exists(tmp_path: Path, key: str, expected: str) -> None:
    text = changed(DUTY, "about: child}\n    must", f"about: child, {key}}}\n    must")
    assert errors_in_rules(tmp_path, text) == [f"{RULES}:7: requirements.0.when.{expected}"]


FORMS = [
    (("id: tl-1", "id: 3"), 4, "id", "unexpected value 3; expected a text"),
    (("{da: Pligt, en: Duty}", "Pligt"), 6, "title", "unexpected value 'Pligt'; expected a mapping of da, en"),
    (("{event: underretning, about: child}", "{age: child, reaches: 16.5}"), 7, "when.reaches",
     "unexpected value 16.5; expected a whole number"),
    (("{event: underretning, about: child}", "{age: child, reaches: -1}"), 7, "when.reaches", "unexpected value -1; expected 0 or more"),
    (("about: child}\n    must", "about: child, where: [grund]}\n    must"), 7, "when.where",
     "unexpected value ['grund']; expected a mapping of keys and values"),
    (("amount: 4", "amount: fire"), 9, "window.closes.after.amount", "unexpected value 'fire'; expected a whole number"),
    (with_key("if: {age: child}"), 9, "if", "unexpected value {'age': 'child'}; expected a list"),
    (with_key("if: [{any: []}]"), 9, "if.0.any", "unexpected value []; expected a list of 1 or more"),
    (with_key("if: [{age: child, below: meget}]"), 9, "if.0.below", "unexpected value 'meget'; expected a whole number"),
    (with_key("if: [{trigger: hours, below: meget}]"), 9, "if.0.below", "unexpected value 'meget'; expected a number"),
    (with_key("if: [{status: ydelse, of: child, is: {a: 1}}]"), 9, "if.0.is",
     "unexpected value {'a': 1}; expected true or false or a number or a text"),
    (with_key("for_each: {sibling: {relation: soeskende, of: child, expected: måske}}"), 9, "for_each.sibling.expected",
     "unexpected value 'måske'; expected true or false"),
    (with_key("actor: [skolen]"), 9, "actor", "unexpected value ['skolen']; expected a text or a mapping of municipality_of, when"),
    (with_key("quota: {at_least: 75, group: alle, period: {da: år, en: year}}"), 9, "quota.group",
     "unexpected value 'alle'; expected a mapping of da, en"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "line", "path", "message"), FORMS, ids=[f"{row[2]} {row[0][1][-24:]}" for row in FORMS]
)
def test_a_value_of_the_wrong_form_is_told_in_our_own_words(
    tmp_path: Path, edit: tuple[str, str], line: int, path: str, message: str
) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{line}: requirements.0.{path}: {message}"]


@pytest.mark.parametrize(
    ("edit", "line", "path", "role", "expected"),
    [
        (("must: {produce: undersoegelse, about: child}", "must: {produce: undersoegelse, about: parent}"),
         8, "must.about", "parent", "child"),
        (with_key("if: [{age: holder, below: 16}]"), 9, "if.0.age", "holder", "child"),
        (with_key("for_each: {sibling: {relation: soeskende, of: citizen}}"), 9, "for_each.sibling.of", "citizen", "child, sibling"),
        (("{after: {amount: 4, unit: months}}", "{birthday: 18, of: citizen}"), 9, "window.closes.of", "citizen", "child"),
        (with_key("if: [{exists: {event: samtale, by: holder}}]"), 9, "if.0.exists.by", "holder", "child"),
    ],
)  # fmt: skip
def test_a_role_that_nothing_binds_is_a_fault(
    tmp_path: Path, edit: tuple[str, str], line: int, path: str, role: str, expected: str
) -> None:
    message = f"the role {role!r} is not bound by when or for_each; expected one of {expected}"
    assert errors_in_rules(tmp_path, changed(DUTY, *edit)) == [f"{RULES}:{line}: requirements.0.{path}: {message}"]


def test_a_role_that_another_requirement_bound_is_taken_over_by_its_name(tmp_path: Path) -> None:
    follow = """  - id: tl-2
    provision: TL § 2
    title: {da: Så, en: Then}
    when: {missed: tl-1, renamed: {child: citizen}}
    must: {inform: samtale, about: child}
"""
    assert errors_in_rules(tmp_path, DUTY + follow) == [
        f"{RULES}:14: requirements.1.must.about: the role 'child' is not bound by when or for_each; expected one of citizen"
    ]


@pytest.mark.parametrize(
    ("provision", "message"),
    [
        ("TL § 11", "no such provision: TL § 11; expected a provision in legislation/; did you mean 'TL § 1'?"),
        ("TL § 1, stk. 3", "no such provision: TL § 1, stk. 3; expected a provision in legislation/; did you mean 'TL § 1, stk. 2'?"),
        ("TL 1", r"unexpected form 'TL 1'; expected text of the form ^[A-ZÆØÅ0-9-]+ (?:\d+/\d{4} )?§+ .+$"),
    ],
)  # fmt: skip
def test_a_rule_names_a_provision_that_exists(tmp_path: Path, provision: str, message: str) -> None:
    found = errors_in_rules(tmp_path, changed(DUTY, "provision: TL § 1", f"provision: {provision}"))
    assert found == [f"{RULES}:5: requirements.0.provision: {message}"]


def test_a_rule_is_in_force_on_some_day_of_its_provision(tmp_path: Path) -> None:
    ended = changed(DUTY, "provision: TL § 1\n", "provision: TL § 5\n    in_force: {from: 2020-01-01}\n")
    assert errors_in_rules(tmp_path, ended) == [
        f"{RULES}:5: requirements.0.provision: TL § 5 is not in force when this rule is; expected days that overlap those in legislation/"
    ]


@pytest.mark.parametrize("level", ["medium", "low"])
def test_a_confidence_below_high_needs_a_note(tmp_path: Path, level: str) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *with_key(f"confidence: {level}"))) == [
        f"{RULES}:9: requirements.0.confidence: confidence below high without a note; expected note: {{da: TEXT, en: TEXT}}"
    ]
    noted = changed(DUTY, *with_key(f"confidence: {level}\n    note: {{da: Tvivl, en: Doubt}}"))
    assert errors_in_rules(tmp_path / "2", noted) == []


def test_a_condition_names_municipalities_that_exist(tmp_path: Path) -> None:
    assert errors_in_rules(tmp_path, changed(DUTY, *with_key('if: [{municipality: ["190", "191"], of: child}]'))) == [
        f"{RULES}:9: requirements.0.if.0.municipality: unknown municipality code '191'; "
        "expected a three-digit code of a municipality; did you mean '190'?"
    ]


def test_the_head_of_a_rule_file_is_checked(tmp_path: Path) -> None:
    head = "act: TLX\nlayer: almindeligret\nsource: {instrument: lta/2009/1, read: 2024-02-30}\n"
    assert rule_errors(tmp_path, **{RULES: head + DUTY}) == [
        f"{RULES}:3: source.read: not a day: '2024-02-30'; expected YYYY-MM-DD, a day that exists"
    ]
    head = head.replace("2024-02-30", "2024-02-29")  # every rule inherits it: it is wrong once
    assert rule_errors(tmp_path / "2", **{RULES: head + DUTY}) == [
        f"{RULES}:1: act: unknown act 'TLX'; expected an act of legislation/; did you mean 'TL'?",
        f"{RULES}:2: layer: unknown layer 'almindeligret'; expected a layer of rules/; did you mean 'almindelig-ret'?",
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("source: {instrument: lta/2009/2, read: 2024-01-01}",
         "2: source.instrument: unknown instrument 'lta/2009/2'; expected an instrument of legislation/; did you mean 'lta/2019/2'?"),
        ("source: {instrument: lta/2009/1, read: 2024-01-01}\nin_force: {by: lta/2019/3}",
         "3: in_force.by: unknown instrument 'lta/2019/3'; expected an instrument of legislation/; did you mean 'lta/2019/2'?"),
    ],
)  # fmt: skip
def test_what_rules_inherit_is_wrong_once_in_the_head(tmp_path: Path, head: str, expected: str) -> None:
    assert rule_errors(tmp_path, **{RULES: f"act: TL\n{head}\n{DUTY}"}) == [f"{RULES}:{expected}"]
