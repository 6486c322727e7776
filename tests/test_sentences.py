"""Every rule reads as a sentence in both languages; the awkward provisions are pinned word for word."""

import re
from pathlib import Path

import pytest
import yaml

from enplan import data
from enplan.corpus import load
from enplan.language.patterns import Pattern
from enplan.sentence import Sentence
from enplan.validate import words_in

TABLE = Path(__file__).parent / "awkward.yaml"
AWKWARD = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus():
    return load()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_requirement_reads_as_a_sentence(corpus, lang):
    words = Sentence(corpus, lang)
    modals = {"must": ("skal", "must"), "must_not": ("må", "must not"), "may": ("kan", "may")}
    for rule in corpus.requirements.values():
        text = words.requirement(rule)
        assert text[0].isupper(), rule.id
        assert text.endswith("."), rule.id
        assert modals[rule.modality][lang == "en"] in text, rule.id
        assert "None" not in text, rule.id
        assert "  " not in text, rule.id


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_change_reads_as_a_sentence(corpus, lang):
    words = Sentence(corpus, lang)
    for change in corpus.changes.values():
        text = words.change(change)
        assert change.title[lang] in text
        assert "None" not in text


def test_no_two_roles_or_names_are_left_as_identifiers(corpus):
    """A term that the register does not hold would be printed as its identifier."""
    words = Sentence(corpus, "da")
    identifiers = {
        name for names in corpus.terms.values() for name, term in names.items() if name != term.da and "-" in name
    }
    for rule in corpus.requirements.values():
        spoken = set(words.requirement(rule).replace(",", " ").replace(".", " ").split())
        assert not spoken & (identifiers - {t.da for names in corpus.terms.values() for t in names.values()}), rule.id


def test_all_45_awkward_provisions_are_encoded_or_registered(corpus):
    assert sorted(AWKWARD) == list(range(1, 46))
    registered = [number for number, entry in AWKWARD.items() if "not_encoded" in entry]
    assert len(registered) <= 5
    for number, entry in AWKWARD.items():
        if "not_encoded" in entry:
            assert any(x.provision == entry["not_encoded"] for x in corpus.not_encoded), number
        else:
            assert entry["rules"], number
            for name in entry["rules"]:
                assert name in corpus.places, (number, name)


@pytest.mark.parametrize("number", sorted(AWKWARD))
def test_an_awkward_provision_has_a_case_with_its_dates(corpus, number):
    entry = AWKWARD[number]
    if "not_encoded" in entry:
        return
    files = sorted((data.folder("scenarios") / "bestemmelser").glob(f"{number:02d}-*.yaml"))
    assert files, f"no case for entry {number}"


def test_the_awkward_sentences_are_those_that_were_read(corpus):
    """tests/awkward-sentences.md holds the sentences as a lawyer read them; a change of wording is seen in review."""
    expected = (Path(__file__).parent / "awkward-sentences.md").read_text(encoding="utf-8")
    assert sentences_page(corpus) == expected


def sentences_page(corpus) -> str:
    lines = ["# The awkward provisions as sentences", ""]
    for number, entry in sorted(AWKWARD.items()):
        for name in entry.get("rules", ()):
            lines.append(f"## {number}. {name}")
            lines.append("")
            for lang in ("da", "en"):
                words = Sentence(corpus, lang)
                if name in corpus.requirements:
                    lines.append(words.requirement(corpus.requirements[name]))
                elif name in corpus.changes:
                    lines.append(words.change(corpus.changes[name]))
                elif name in corpus.clocks:
                    lines.append(words.clock(corpus.clocks[name]))
                else:
                    lines.append(words.definition(corpus.definitions[name]))
                lines.append("")
    return "\n".join(lines)


# --- nothing that changes the outcome is left out of the sentence


def test_a_consent_that_must_have_been_refused_reads_as_a_refusal(corpus):
    """Patterns of consents: `answer: false` is a no, in conditions as in what meets a duty."""
    asked = {
        rule.id: word
        for rule in corpus.requirements.values()
        for _, word in words_in(rule)
        if isinstance(word, Pattern) and word.kind == "consent" and word.answer == (False,)
    }
    assert len(asked) > 5
    for name in asked:
        rule = corpus.requirements[name]
        danish, english = (Sentence(corpus, lang).requirement(rule) for lang in ("da", "en"))
        assert re.search(r"sagt nej til|et nej til|afslået", danish), name
        assert re.search(r"refus", english), name


def test_a_prohibition_is_never_met_by_what_it_forbids(corpus):
    forbidden = [rule for rule in corpus.requirements.values() if rule.modality == "must_not"]
    assert len(forbidden) > 10
    for rule in forbidden:
        assert "Opfyldt ved" not in Sentence(corpus, "da").requirement(rule), rule.id
        assert "Met by" not in Sentence(corpus, "en").requirement(rule), rule.id
        assert re.search(r"\bmå .{3,80}? ikke ", Sentence(corpus, "da").requirement(rule)), rule.id


def test_every_word_that_changes_the_outcome_is_said(corpus):
    """Words of a requirement that move, multiply or join windows: each leaves its trace in both languages."""
    danish, english = Sentence(corpus, "da"), Sentence(corpus, "en")
    marks = [
        (lambda r: r.times > 1, "mindst {0.times} gange", "at least {0.times} times"),
        (lambda r: r.distinct_from, "Kommer ud over: ", "Comes on top of: "),
        (lambda r: r.window.opens == "ever", "gjort før, tæller med", "done before counts"),
        (lambda r: r.per == "episode", "giver ét krav", "raise one duty"),
        (lambda r: r.per not in ("event", "episode"), "Kravet gælder én gang", "The duty arises once"),
    ]
    for asked, da, en in marks:
        rules = [rule for rule in corpus.requirements.values() if asked(rule)]
        assert rules, da
        for rule in rules:
            assert da.format(rule) in danish.requirement(rule), rule.id
            assert en.format(rule) in english.requirement(rule), rule.id


def test_a_participant_is_named_also_when_the_act_is_about_them(corpus):
    rule = corpus.requirements["bl-95-2-a"]
    assert "child" in rule.participants
    assert "child" in rule.act.about
    assert "Deltagere: barnet" in Sentence(corpus, "da").requirement(rule)


def test_a_change_says_what_it_does_and_on_what_approval(corpus):
    danish, english = Sentence(corpus, "da"), Sentence(corpus, "en")
    for change in corpus.changes.values():
        da, en = danish.change(change), english.change(change)
        if change.gates.approval:
            assert "godkendt af ministeren" in da, change.id
            assert "approved by the minister" in en, change.id
        if change.verb == "re-time":
            assert "fristen bliver " in da, change.id
            assert "the limit becomes " in en, change.id
        if change.verb == "transfer":
            assert f" til {danish.someone(change.actor)}" in da, change.id
        if change.verb == "re-scope":
            assert "gælder ikke, hvis " in da, change.id
        if change.suspends:
            assert ("flyttes ikke" in da) is change.suspends.spares_statutory, change.id
            assert {"stop": "stopper", "lift": "ophæver", "extend": "forlænger", "extend-real": "forlænger",
                    "re-anchor": "udløbe"}[change.suspends.effect] in da, change.id  # fmt: skip
        if change.while_:
            assert "Kun så længe " in da, change.id


def test_clocks_and_definitions_are_sentences_of_what_they_count_and_hold(corpus):
    danish = Sentence(corpus, "da")
    for clock in corpus.clocks.values():
        text = danish.clock(clock)
        assert text.startswith("Tiden tælles "), clock.id
        assert ("begynder forfra" in text) is bool(clock.restarts or clock.same), clock.id
        assert ("Men ikke ved" in text) is bool(clock.not_restarted_by), clock.id
        assert ("tælles ikke" in text) is bool(clock.leaves_out or clock.leaves_out_first or clock.leaves_out_holidays)
    for definition in corpus.definitions.values():
        text = danish.definition(definition)
        assert ", når " in text, definition.id
        assert definition.title.da in text, definition.id
