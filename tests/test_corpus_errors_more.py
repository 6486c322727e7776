"""Every kind of fault in changes, clocks, terms, regimes and files of law, and in all files at once."""

from pathlib import Path

import pytest

from small import CLOCK, DUTY, HEAD, LAW, ROOT, RULES, WAIVER, changed, errors_in_rules, rule_errors

NOTHING = "16: changes.0.reaches: the change reaches no requirement; expected requirements, families or provisions that are encoded"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{requirements: [tl-1]}", "{families: [planer]}", [NOTHING]),
        ("{requirements: [tl-1]}", "{provisions: [TL § 2]}", [NOTHING]),
        ("{requirements: [tl-1]}", "{requirements: [tl-1]}\n    never: [tl-1]", [NOTHING]),
        ("{requirements: [tl-1]}", "{requirements: [tl-2]}",
         [NOTHING,
          "16: changes.0.reaches.requirements: unknown requirement 'tl-2'; expected a requirement of rules/; did you mean 'tl-1'?"]),
        ("{requirements: [tl-1]}", "{requirements: [tl-1], numbered_as_in: lta/1/1}",
         ["16: changes.0.reaches.numbered_as_in: unknown instrument 'lta/1/1'; expected an instrument of legislation/; "
          "did you mean 'lta/2018/12'?"]),
        ("verb: waive", "verb: transfer", ["11: changes.0: transfer needs actor"]),
        ("verb: waive", "verb: re-time", ["11: changes.0: re-time needs window, every or times"]),
        ("verb: waive", "verb: re-scope", ["11: changes.0: re-scope needs unless"]),
        ("verb: waive", "verb: suspend", ["11: changes.0: suspend needs suspends"]),
        ("kind: exemption", "kind: transition", ["11: changes.0: a transition needs carries"]),
        ("    provision: FL § 1\n", "", ["11: changes.0: expected a provision, or versions with their provisions"]),
        ("verb: waive", "verb: waiv",
         ["13: changes.0.verb: unknown value 'waiv'; expected one of waive, replace, re-time, re-scope, transfer, suspend, add, repeal; "
          "did you mean 'waive'?"]),
        ("    reaches:", "    gates: {network: proevenettet}\n    reaches:",
         ["16: changes.0.gates.network: unknown network 'proevenettet'; expected a network of rules/; did you mean 'proevenet'?"]),
        ("    reaches:", "    gates: {adoption: proeve-c}\n    reaches:",
         ["16: changes.0.gates.adoption: unknown trial 'proeve-c'; expected a trial of rules/; did you mean 'proeve-b'?"]),
        ("    reaches:", "    gates: {conditions: [{in_effect: fl-2}]}\n    reaches:",
         ["16: changes.0.gates.conditions.0.in_effect: unknown change 'fl-2'; expected a change of rules/; did you mean 'fl-1'?"]),
        ("    reaches:", "    gates: {adopted: proeve-a}\n    reaches:",
         ["16: changes.0.gates.adopted: unknown key 'adopted'; expected one of network, started_by, approval, adoption, not_in, group, "
          "conditions, portfolio; did you mean 'adoption'?"]),
        ("    reaches:", "    gates: {not_in: [101, 191]}\n    reaches:",
         ["16: changes.0.gates.not_in: unknown municipality code 191; expected a three-digit code of a municipality; "
          "did you mean '190'?"]),
        ("    reaches:", "    gates: {conditions: [{age: citizen, below: 18}]}\n    reaches:",
         ["16: changes.0.gates.conditions.0.age: the role 'citizen' is not bound by what the change reaches; expected one of child"]),
        ("    reaches:", "    gates: {group: [{exists: {event: samtale, by: holder}}]}\n    reaches:",
         ["16: changes.0.gates.group.0.exists.by: the role 'holder' is not bound by what the change reaches; expected one of child"]),
        ("    reaches:", "    confidence: low\n    reaches:",
         ["16: changes.0.confidence: confidence below high without a note; expected note: {da: TEXT, en: TEXT}"]),
        ("    reaches:", "    instead: [fl-1-plan]\n    reaches:",
         ["16: changes.0.instead: unknown requirement 'fl-1-plan'; expected a requirement of rules/"]),
    ],
)  # fmt: skip
def test_a_change_reaches_something_and_has_what_its_verb_needs(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert errors_in_rules(tmp_path, DUTY + changed(WAIVER, old, new)) == [f"{RULES}:{line}" for line in expected]


@pytest.mark.parametrize(
    "days",
    [
        "in_force: {from: 2012-01-01}",
        "versions: [{provision: FL § 1, instrument: lta/2016/10, in_force: {from: 2012-01-01}}]",
    ],
)
def test_a_change_reaches_what_is_in_force_on_some_day_of_it(tmp_path: Path, days: str) -> None:
    duty = changed(DUTY, "    window:", "    in_force: {to: 2011-12-31}\n    window:")
    assert errors_in_rules(tmp_path, duty + changed(WAIVER, "    reaches:", f"    {days}\n    reaches:")) == [
        f"{RULES}:18: changes.0.reaches: the change reaches tl-1, which is not in force while the change is; "
        "expected a target in force on some day of the change"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[kontanthjaelp]", "[kontanthjælp]",
         "15: clocks.0.counts.0: unknown value of the status 'ydelse' 'kontanthjælp'; "
         "expected one of kontanthjaelp, dagpenge, ledighedsydelse, sygedagpenge; did you mean 'kontanthjaelp'?"),
        ("continuous", "continous",
         "14: clocks.0.mode: unknown value 'continous'; expected one of continuous, accumulated, sliding; did you mean 'continuous'?"),
        ("mode: continuous", "mode: accumulated\n    same: ydelse", "11: clocks.0: same belongs to a continuous clock alone"),
        ("mode: continuous", "mode: sliding", "11: clocks.0: a sliding clock needs within, and only a sliding clock"),
        ("    counts:", "    within: {amount: 1, unit: years}\n    counts:",
         "11: clocks.0: a sliding clock needs within, and only a sliding clock"),
        ("    counts:", "    restarts: [{status: visitation, from: [jobparatt]}]\n    counts:",
         "15: clocks.0.restarts.0: unknown value of the status 'visitation' 'jobparatt'; "
         "expected one of jobparat, aktivitetsparat, revalidend; did you mean 'jobparat'?"),
        ("    counts:", "    same: ydelser\n    counts:",
         "15: clocks.0.same: unknown status 'ydelser'; expected a status of rules/; did you mean 'ydelse'?"),
        ("id: ur", "id: tl-1", f"11: clocks.0: the id 'tl-1' is already used in {RULES}:4; expected each id once"),
    ],
)  # fmt: skip
def test_the_faults_of_a_clock(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert errors_in_rules(tmp_path, DUTY + changed(CLOCK, old, new)) == [f"{RULES}:{expected}"]


def test_alternatives_of_a_change_may_speak_of_the_roles_of_different_requirements(tmp_path: Path) -> None:
    either = "gates: {conditions: [{any: [{age: child, below: 18}, {age: citizen, below: 18}]}]}"
    assert errors_in_rules(tmp_path, DUTY + changed(WAIVER, "    reaches:", f"    {either}\n    reaches:")) == []


def test_a_definition_speaks_of_its_own_role(tmp_path: Path) -> None:
    text = """definitions:
  - id: i-kreds
    provision: TL § 1
    title: {da: i kredsen, en: in the circle}
    role: child
    holds:
      - {age: child, below: 18}
      - {for_some: {parent: {relation: foraelder, of: child}}, hold: [{status: ydelse, of: parent, is: dagpenge}]}
      - {status: ydelse, of: citizen, is: dagpenge}
"""
    assert errors_in_rules(tmp_path, DUTY + text) == [
        f"{RULES}:18: definitions.0.holds.2.of: the role 'citizen' is not the role of the definition; expected one of child"
    ]


def test_an_id_is_used_once_in_all_files(tmp_path: Path) -> None:
    assert rule_errors(tmp_path, **{RULES: HEAD + DUTY, "rules/employment/al.yaml": HEAD + DUTY}) == [
        f"rules/employment/al.yaml:4: requirements.0: the id 'tl-1' is already used in {RULES}:4; expected each id once"
    ]


def test_a_term_is_registered_once(tmp_path: Path) -> None:
    assert rule_errors(tmp_path, **{"rules/terms/zz.yaml": "terms:\n  event:\n    underretning: {da: u, en: u}\n"}) == [
        "rules/terms/zz.yaml:3: terms.event.underretning: the event 'underretning' is already used in rules/terms/terms.yaml:46; "
        "expected each event once"
    ]


def test_a_term_names_an_act_and_both_titles(tmp_path: Path) -> None:
    text = "terms:\n  event:\n    ny: {da: ny, en: new, act: TLL}\n"
    assert rule_errors(tmp_path, **{"rules/terms/zz.yaml": text}) == [
        "rules/terms/zz.yaml:3: terms.event.ny.act: unknown act 'TLL'; expected an act of legislation/; did you mean 'TL'?"
    ]
    assert rule_errors(tmp_path / "2", **{"rules/terms/zz.yaml": "terms:\n  event:\n    ny: {da: ny}\n"}) == [
        "rules/terms/zz.yaml:3: terms.event.ny.en: the key 'en' is missing; expected a value"
    ]


def test_a_layer_a_regime_and_a_municipality_stand_once(tmp_path: Path) -> None:
    regimes = (ROOT / "rules/regimes.yaml").read_text(encoding="utf-8")
    again = "  - {id: uden-proeve, title: {da: Uden, en: Without}, status: draft, layers: [almindelig-ret]}\n"
    text = regimes.replace("regimes:", "  - {id: proeve, title: {da: P, en: P}}\nregimes:") + again
    profiles = (ROOT / "rules/municipalities.yaml").read_text(encoding="utf-8") + "  - {code: 190, name: Furesø}\n"
    assert rule_errors(tmp_path, **{"rules/regimes.yaml": text, "rules/municipalities.yaml": profiles}) == [
        "rules/municipalities.yaml:22: municipalities.4: the municipality '190' is already used in rules/municipalities.yaml:7; "
        "expected each municipality once",
        "rules/regimes.yaml:4: layers.2: the layer 'proeve' is already used in rules/regimes.yaml:3; expected each layer once",
        "rules/regimes.yaml:8: regimes.2: the regime 'uden-proeve' is already used in rules/regimes.yaml:7; expected each regime once",
    ]


def test_a_profile_is_that_of_a_municipality(tmp_path: Path) -> None:
    profiles = (ROOT / "rules/municipalities.yaml").read_text(encoding="utf-8")
    assert rule_errors(tmp_path, **{"rules/municipalities.yaml": profiles + "  - {code: 191, name: Furesø}\n"}) == [
        "rules/municipalities.yaml:22: municipalities.4.code: unknown municipality code 191; "
        "expected a three-digit code of a municipality; did you mean '190'?"
    ]


def test_a_regime_names_layers_that_exist(tmp_path: Path) -> None:
    text = "layers: []\nregimes: [{id: r, title: {da: r, en: r}, status: draft, layers: [proev]}]\n"
    assert rule_errors(tmp_path, **{"rules/zz.yaml": text}) == [
        "rules/zz.yaml:2: regimes.0.layers: unknown layer 'proev'; expected a layer of rules/; did you mean 'proeve'?"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('ref: "§ 2"', 'ref: "§ 1"',
         f"{LAW}:13: provisions.2: TL § 1 stands twice for the same days; expected validity that does not overlap"),
        ('  - {ref: "§ 6"', '  - {ref: "§ 5", title: {da: a, en: a}, in_force: {from: 2019-12-31}}\n  - {ref: "§ 6"',
         f"{LAW}:19: provisions.8: TL § 5 stands twice for the same days; expected validity that does not overlap"),
        ("en: Second duty}", "en: Second duty}, becomes: [TL § 22]",
         f"{LAW}:13: provisions.2.becomes: no such provision: TL § 22; expected a provision in legislation/; did you mean 'TL § 2'?"),
        ("en: Second duty}", "en: Second duty}, presupposes: [min-plann]",
         f"{LAW}:13: provisions.2.presupposes: unknown document 'min-plann'; expected a document of rules/; did you mean 'min-plan'?"),
        ("actor: kommunen", "actor: komunen",
         f"{LAW}:5: actor: unknown actor 'komunen'; expected an actor of rules/; did you mean 'kommunen'?"),
        ("lta/2019/2, title", "lta/2009/3, title",
         "legislation/employment/al.yaml:7: instruments.0: the instrument lta/2009/3 is described in two ways; "
         "expected the same title and dates everywhere"),
    ],
)  # fmt: skip
def test_the_faults_of_a_file_of_law(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert rule_errors(tmp_path, **{LAW: changed((ROOT / LAW).read_text(encoding="utf-8"), old, new)}) == [expected]


def test_one_section_may_stand_twice_for_days_that_adjoin(tmp_path: Path) -> None:
    law = changed((ROOT / LAW).read_text(encoding="utf-8"), '  - {ref: "§ 6"',
                  '  - {ref: "§ 5", title: {da: a, en: a}, in_force: {from: 2020-01-01}}\n  - {ref: "§ 6"')  # fmt: skip
    assert rule_errors(tmp_path, **{LAW: law}) == []


def test_requirements_that_wait_for_each_others_outcome_are_a_ring(tmp_path: Path) -> None:
    one = changed(
        DUTY, "{event: underretning, about: child}", "{any_of: [{event: underretning, about: child}, {missed: tl-2}]}"
    )
    other = one.replace("tl-2", "tl-1").replace("id: tl-1", "id: tl-2").removeprefix("requirements:\n")
    assert errors_in_rules(tmp_path, one + other) == [
        f"{RULES}:4: requirements.0: requirements depend on each other in a ring: tl-1 → tl-2 → tl-1; expected an order of strata"
    ]


def test_changes_that_wait_for_each_other_are_a_ring(tmp_path: Path) -> None:
    one = changed(WAIVER, "    reaches:", "    gates: {conditions: [{in_effect: fl-2}]}\n    reaches:")
    other = one.replace("fl-2", "fl-1").replace("id: fl-1", "id: fl-2").removeprefix("changes:\n")
    assert errors_in_rules(tmp_path, DUTY + one + other) == [
        f"{RULES}:11: changes.0: changes depend on each other in a ring: fl-1 → fl-2 → fl-1; expected an order of changes"
    ]


def test_requirements_that_may_not_share_records_have_an_order_too(tmp_path: Path) -> None:
    one = DUTY + "    distinct_from: [tl-2]\n"
    other = one.replace("tl-2", "tl-1").replace("id: tl-1", "id: tl-2").removeprefix("requirements:\n")
    assert errors_in_rules(tmp_path, one + other) == [
        f"{RULES}:4: requirements.0: requirements depend on each other in a ring: tl-1 → tl-2 → tl-1; expected an order of strata"
    ]


def test_all_faults_of_all_files_are_told_at_once_in_file_order(tmp_path: Path) -> None:
    faulty = changed(DUTY, "event: underretning", "event: underetning").replace("TL § 1", "TL § 11")
    files = {
        "rules/zz.yaml": "a: [1, 2",
        RULES: HEAD + faulty + WAIVER.replace("FL § 1", "FL § 11"),
        "rules/terms/more.yaml": "terms:\n  event:\n    ny: {da: ny, en: new, act: TLL}\n",
        LAW: changed((ROOT / LAW).read_text(encoding="utf-8"), "actor: kommunen", "actor: komunen"),
    }
    assert rule_errors(tmp_path, **files) == [
        f"{LAW}:5: actor: unknown actor 'komunen'; expected an actor of rules/; did you mean 'kommunen'?",
        f"{RULES}:5: requirements.0.provision: no such provision: TL § 11; expected a provision in legislation/; did you mean 'TL § 1'?",
        f"{RULES}:7: requirements.0.when.event: unknown event 'underetning'; expected an event of rules/; did you mean 'underretning'?",
        f"{RULES}:15: changes.0.provision: no such provision: FL § 11; expected a provision in legislation/; did you mean 'FL § 1'?",
        "rules/terms/more.yaml:3: terms.event.ny.act: unknown act 'TLL'; expected an act of legislation/; did you mean 'TL'?",
        "rules/zz.yaml:2: not valid YAML: did not find expected ',' or ']'",
    ]


UNREADABLE = "2: not valid YAML: did not find expected ',' or ']'"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (LAW, "a: [1, 2", UNREADABLE),
        (LAW, "act: TL\ntitle: {da: a, en: a}\nsector: children\nactor: kommunen",
         "1: instruments: the key 'instruments' is missing; expected a value"),
        ("rules/terms/terms.yaml", "a: [1, 2", UNREADABLE),
        ("rules/terms/terms.yaml", "terms: {event: []}", "1: terms.event: unexpected value []; expected a mapping of keys and values"),
        ("rules/regimes.yaml", "a: [1, 2", UNREADABLE),
        ("rules/municipalities.yaml", "a: [1, 2", UNREADABLE),
        ("rules/employment/al.yaml", "a: [1, 2", UNREADABLE),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_makes_no_name_of_its_kind_unknown_elsewhere(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    rules = (
        DUTY + changed(WAIVER, "    reaches:", "    gates: {network: proevenet, not_in: [190]}\n    reaches:") + CLOCK
    )
    if name == "rules/employment/al.yaml":
        rules = changed(rules, "    window:", "    distinct_from: [al-1]\n    window:")
    assert rule_errors(tmp_path, **{RULES: HEAD + rules, name: text}) == [f"{name}:{expected}"]
