"""The command line. Data goes to stdout, talk to stderr.

Exit codes: 0 done; 1 something found under --strict, or a scenario differs; 2 wrong use; 3 invalid case;
4 invalid rules; 5 internal.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "1"
)  # before pydantic is imported: looking for plugins takes longer than it does

import click

from enplan import __version__
from enplan.corpus import Corpus, at_or_below, load
from enplan.dates import HOLIDAY_YEARS
from enplan.problems import Invalid, InvalidRules, nearest

DISPLAYS = (
    "gælder",
    "fritaget",
    "erstattet",
    "konflikt",
    "mangler oplysning",
    "kræver skøn",
    "valgmulighed",
    "bortfaldet",
)
_regime = click.option("--regime", default="gaeldende-ret", metavar="ID", help="The set of layers to apply.")
_date = click.option(
    "--date", "on", metavar="YYYY-MM-DD", callback=lambda _c, _p, v: _day(v), help="Day of assessment."
)
_assume = click.option(
    "--assume", multiple=True, metavar="TRIAL", help="Assume that a trial is adopted; may be repeated."
)
_lang = click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; expected YYYY-MM-DD") from None
    if day.year not in HOLIDAY_YEARS:
        raise click.BadParameter(f"{day} lies outside the calendar; expected {HOLIDAY_YEARS[0]} to {HOLIDAY_YEARS[-1]}")
    return day


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="enplan")
def cli() -> None:
    """One plan, many laws: which requirements apply to a case, by when, and why.

    \b
    enplan check familie.yaml --date 2018-09-15
    enplan why familie.yaml sel-140-1
    """


@cli.command()
@click.argument("case_file", metavar="CASE", type=click.Path(allow_dash=True, path_type=Path))
@_regime
@_date
@_assume
@_lang
@_json
@click.option("--only", type=click.Choice(DISPLAYS), help="Only rows with this word.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a finding, or a limit that has passed.")
def check(case_file: Path, regime: str, on: date | None, assume: tuple[str, ...], lang: Any, as_json: bool,
          only: str | None, strict: bool) -> None:  # fmt: skip
    """Assess a case: every requirement with status, dates and reasons.

    \b
    enplan check familie.yaml --regime frikommune-en-plan --assume en-plan-minplan
    enplan check familie.yaml --json --only gælder
    """
    from enplan.report import NOW, Report

    corpus = load()
    case = _case(case_file, corpus)
    result = _assess(case, corpus, regime, on, assume)
    report = Report(result, case, corpus, lang)
    click.echo(json.dumps(report.data(only), ensure_ascii=False, indent=2) if as_json else report.text(only))
    passed = any(x.fulfilment in NOW for o in result.obligations for x in o.occurrences)
    if strict and (result.findings or passed):
        sys.exit(1)


@cli.command()
@click.argument("case_file", metavar="CASE", type=click.Path(allow_dash=True, path_type=Path))
@click.argument("requirement")
@_regime
@_date
@_assume
@_lang
def why(case_file: Path, requirement: str, regime: str, on: date | None, assume: tuple[str, ...], lang: Any) -> None:
    """Explain one requirement on a case, also one that does not bind.

    \b
    enplan why familie.yaml sel-140-1
    enplan why familie.yaml lab16-27-1 --assume en-plan-minplan --lang en
    """
    from enplan.report import why_text

    corpus = load()
    if requirement not in corpus.requirements:
        raise _unknown("requirement", requirement, corpus, corpus.requirements)
    case = _case(case_file, corpus)
    result = _assess(case, corpus, regime, on, assume)
    click.echo(why_text(result, case, corpus, requirement, lang))


@cli.group(invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> None:
    """List, show or validate the rules.

    \b
    enplan rules show bl-91-1-a
    enplan rules validate .
    """
    if context.invoked_subcommand is None:
        context.invoke(list_rules)


@rules.command("list")
@_lang
@_json
def list_rules(lang: Any = "da", as_json: bool = False) -> None:
    """All requirements and changes, one to a line.

    \b
    enplan rules list
    enplan rules list --json
    """
    from enplan.show import listing, listing_data

    corpus = load()
    click.echo(
        json.dumps(listing_data(corpus, lang), ensure_ascii=False, indent=2) if as_json else listing(corpus, lang)
    )


@rules.command()
@click.argument("name", metavar="ID")
@_lang
def show(name: str, lang: Any) -> None:
    """One rule as a sentence, with its source.

    \b
    enplan rules show bl-91-1-a
    enplan rules show fkb2-ep-minplan --lang en
    """
    from enplan.show import show as shown

    corpus = load()
    if name not in corpus.places:
        raise _unknown("rule", name, corpus, corpus.places)
    click.echo(shown(corpus, name, lang))


@rules.command()
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def validate(path: Path | None) -> None:
    """Check all files of rules and legislation: the shipped ones, or those of a folder that holds both.

    \b
    enplan rules validate
    enplan rules validate my-rules/
    """
    corpus = load(path)
    click.echo(
        f"{len(corpus.requirements)} requirements, {len(corpus.changes)} changes, {len(corpus.clocks)} clocks, "
        f"{len(corpus.definitions)} definitions, {len(corpus.provisions)} provisions, "
        f"{len(corpus.not_encoded)} provisions not encoded: valid"
    )


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@_json
@click.option("--coverage", is_flag=True, help="Which rules fired, did not fire, or were open, in which scenario.")
def scenarios(paths: tuple[Path, ...], as_json: bool, coverage: bool) -> None:
    """Run scenarios, the shipped ones unless paths are given, and say what differs.

    \b
    enplan scenarios
    enplan scenarios my-cases/ --coverage
    """
    from enplan import data
    from enplan.scenarios import files, run_files
    from enplan.show import coverage_data, coverage_text

    corpus = load()
    outcomes, seen = run_files(files(paths or (data.folder("scenarios"),)), corpus)
    differing = [outcome for outcome in outcomes if outcome.differences]
    if as_json:
        value: dict[str, Any] = {
            "runs": [
                {"scenario": o.scenario, "regime": o.regime, "date": o.date.isoformat(), "checked": o.checked,
                 "written": o.written, "differences": list(o.differences)} for o in outcomes
            ]
        }  # fmt: skip
        if coverage:
            value["coverage"] = coverage_data(corpus, seen)
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        for outcome in differing:
            click.echo(f"{outcome.scenario} ({outcome.regime}, {outcome.date}):")
            for difference in outcome.differences:
                click.echo(f"  {difference}")
        if coverage:
            click.echo(coverage_text(corpus, seen))
        checked = sum(outcome.checked for outcome in outcomes)
        click.echo(f"{len(outcomes)} runs of {len({o.scenario for o in outcomes})} scenarios, {checked} expectations: "
                   f"{len(differing)} runs differ")  # fmt: skip
    if differing:
        sys.exit(1)


@cli.command()
@click.argument("kind", required=False, default="case", type=click.Choice(["case", "rules", "legislation"]))
def schema(kind: str) -> None:
    """The JSON Schema of case, rule or legislation files, for editors.

    \b
    enplan schema case > case.schema.json
    enplan schema rules > rules.schema.json
    """
    from enplan.show import schema_of

    click.echo(json.dumps(schema_of(kind, load()), ensure_ascii=False, indent=2))


def _unknown(kind: str, name: str, corpus: Corpus, known: Iterable[str]) -> click.UsageError:
    """No rule of that name: the nearest, or those of the provision, where that is what was given."""
    ids = [r.id for r in corpus.requirements.values() if at_or_below(r.provision, name)]
    near = nearest(name, known)
    hint = f"; its requirements are {', '.join(ids)}" if ids else f"; did you mean {near!r}?" if near else ""
    return click.UsageError(f"no {kind} {name!r}{hint}")


def _case(path: Path, corpus: Corpus) -> Any:
    from enplan.casefile import load_case, parse_case

    if str(path) == "-":
        return parse_case(sys.stdin.buffer.read(), "<stdin>", corpus)
    if not path.exists():
        raise click.UsageError(f"no such file: {path}")
    return load_case(path, corpus)


def _assess(case: Any, corpus: Corpus, regime: str, on: date | None, assume: tuple[str, ...]) -> Any:
    from enplan.assess import NoDate, assess
    from enplan.regime import UnknownRegime

    trials = corpus.terms.get("trial", {})
    for trial in assume:
        if trial not in trials:
            near = nearest(trial, trials)
            raise click.UsageError(
                f"unknown trial {trial!r}; expected one of {', '.join(trials)}"
                + (f"; did you mean {near!r}?" if near else "")
            )
    first = next((run.date for run in case.expect if run.date), None)
    try:
        return assess(case, corpus, regime=regime, on=on or case.date or first, assume=assume)
    except UnknownRegime as error:
        raise click.UsageError(str(error)) from None
    except NoDate:
        raise click.UsageError("no day of assessment: give --date, or date: in the case") from None


def main() -> None:
    """The entry point of the command `enplan`."""
    gc.disable()  # one short answer: collecting costs more than it frees
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; no failure ends in a traceback."""
    from enplan.productions import Disagreement

    try:
        cli.main(arguments, prog_name="enplan", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 2
    except Invalid as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        count = len(error.problems)
        click.echo(f"{count} problem{'s' if count != 1 else ''} found", err=True)
        return 4 if isinstance(error, InvalidRules) else 3
    except Disagreement as error:
        click.echo(f"no answer is given: {error}", err=True)
        return 5
    except BrokenPipeError:
        return 0
    except SystemExit as error:
        return int(error.code or 0)
    except Exception as error:
        click.echo(
            f"internal error ({type(error).__name__}: {error}); please report it with the file that caused it", err=True
        )
        return 5
    return 0


if __name__ == "__main__":
    gc.disable()
    sys.exit(run_command(sys.argv[1:] or ["rules", "validate"]))
