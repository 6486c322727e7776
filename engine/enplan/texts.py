"""The one catalogue of what users read, Danish first and English beside it."""

from typing import Literal

Lang = Literal["da", "en"]

_TEXTS: dict[str, tuple[str, str]] = {
    # words of time
    "unit.hours": ("time|timer", "hour|hours"),
    "unit.days": ("dag|dage", "day|days"),
    "unit.hverdage": ("hverdag|hverdage", "weekday (Mon-Sat)|weekdays (Mon-Sat)"),
    "unit.arbejdsdage": ("arbejdsdag|arbejdsdage", "working day|working days"),
    "unit.bankdage": ("bankdag|bankdage", "banking day|banking days"),
    "unit.skoledage": ("skoledag|skoledage", "school day|school days"),
    "unit.weeks": ("uge|uger", "week|weeks"),
    "unit.months": ("måned|måneder", "month|months"),
    "unit.whole-months": ("hel kalendermåned|hele kalendermåneder", "whole calendar month|whole calendar months"),
    "unit.quarters": ("kvartal|kvartaler", "quarter|quarters"),
    "unit.years": ("år|år", "year|years"),
    # how a date was computed
    "step.trigger": ("regnet fra anledningen {gives}", "counted from the trigger {gives}"),
    "step.opens": ("regnet fra åbningen {gives}", "counted from the opening {gives}"),
    "step.closes": ("regnet fra lukningen {gives}", "counted from the closing {gives}"),
    "step.today": ("i dag {gives}", "today {gives}"),
    "step.after": ("+ {detail} = {gives}", "+ {detail} = {gives}"),
    "step.before": ("- {detail} = {gives}", "- {detail} = {gives}"),
    "step.end-of": ("udgangen af perioden ({detail}) = {gives}", "the end of the period ({detail}) = {gives}"),
    "step.earliest-of": ("den tidligste af dem: {gives}", "the earliest of them: {gives}"),
    "step.latest-of": ("den seneste af dem: {gives}", "the latest of them: {gives}"),
    "step.clock": ("uret {detail} giver {gives}", "the clock {detail} gives {gives}"),
    "step.clock-reading": ("oplyst tid på uret {detail} giver {gives}", "the clock as read {detail} gives {gives}"),
    "step.local-limit": ("+ kommunens frist på {detail} = {gives}", "+ the municipality's limit of {detail} = {gives}"),
    "step.set-in-case": ("fastsat i sagen ({detail}): {gives}", "set in the case ({detail}): {gives}"),
    "step.record": ("dagen i {detail}: {gives}", "the day in {detail}: {gives}"),
    "step.birthday": ("fylder {detail} år: {gives}", "turns {detail}: {gives}"),
    "step.status-begins": ("begyndte {gives} ({detail})", "began {gives} ({detail})"),
    "step.status-ends": ("ophørte {gives} ({detail})", "ended {gives} ({detail})"),
    "step.proxy": ("i stedet for: {detail}", "standing in for: {detail}"),
    "step.grid": ("vindue nr. {detail}: {gives}", "window no. {detail}: {gives}"),
    "step.last": ("regnet fra seneste opfyldelse {gives}", "counted from the last fulfilment {gives}"),
    "step.resumed": ("genoptaget efter fritagelsen: {gives}", "resumed after the exemption: {gives}"),
    "step.suspended": ("flyttet af {detail}: {gives}", "moved by {detail}: {gives}"),
    "step.lasts-at-most": ("+ højst {detail} = {gives}", "+ at most {detail} = {gives}"),
    "step.ended": ("ophørte {gives} ({detail})", "ended {gives} ({detail})"),
    "step.max-gap": ("+ {detail} = {gives}", "+ {detail} = {gives}"),
    "step.count-first-day": ("første dag talt med", "first day counted"),
    # fulfilment
    "fulfilment.met": ("opfyldt", "met"),
    "fulfilment.met-late": ("opfyldt for sent", "met late"),
    "fulfilment.partial": ("{done} af {needed}", "{done} of {needed}"),
    "fulfilment.not-recorded": ("ikke registreret inden fristen", "not recorded by the limit"),
    "fulfilment.overdue": ("overskredet", "overdue"),
    "fulfilment.cannot-be-repaired": ("kan ikke rettes op", "cannot be repaired"),
    "fulfilment.late-at-birth": ("fristen var forbi, da pligten opstod; skal ske nu", "late at birth; due at once"),
    "fulfilment.due-soon": ("snart", "due soon"),
    "fulfilment.later": ("senere", "later"),
    "fulfilment.suspended": ("sat i bero", "suspended"),
    "fulfilment.no-number": ("ingen frist i tal", "no number in law"),
    "fulfilment.set-in-case": ("fastsættes i sagen", "to be set in the case"),
    "fulfilment.local-limit-missing": ("kommunens frist mangler", "local limit missing"),
    "fulfilment.anchor-unknown": ("startdag ukendt", "anchor unknown"),
    "fulfilment.kept": ("overholdt", "kept"),
    "fulfilment.broken": ("brudt", "broken"),
    "fulfilment.waived": ("fritaget", "waived"),
    "fulfilment.carried": ("ført over til ny lov", "carried over to new law"),
    "fulfilment.not-applicable": ("bortfaldet", "lapsed"),
    # display
    "display.gælder": ("gælder", "applies"),
    "display.fritaget": ("fritaget", "waived"),
    "display.erstattet": ("erstattet", "replaced"),
    "display.konflikt": ("konflikt", "conflict"),
    "display.mangler oplysning": ("mangler oplysning", "information missing"),
    "display.kræver skøn": ("kræver skøn", "needs judgement"),
    "display.valgmulighed": ("valgmulighed", "option"),
    "display.bortfaldet": ("bortfaldet", "lapsed"),
    # binding
    "binding.binds": ("binder", "binds"),
    "binding.does-not-bind": ("binder ikke", "does not bind"),
    "binding.lapsed": ("bortfaldet", "lapsed"),
    "binding.open": ("åbent", "open"),
    "binding.group": ("pligt for gruppen eller kommunen", "group duty"),
    "binding.option": ("valgmulighed", "option"),
    # truth
    "truth.true": ("ja", "yes"),
    "truth.false": ("nej", "no"),
    "truth.unknown": ("ikke oplyst", "not given"),
    # gates
    "gate.in-force": ("ingen udgave i kraft den dag", "no version in force on the day"),
    "gate.network": ("kommunen er med i netværket", "the municipality is in the network"),
    "gate.started": ("forsøget er godkendt og startet i tide", "the trial was approved and started in time"),
    "gate.adoption": ("forsøget står i kommunens vedtægt", "the trial stands in the municipality's vedtægt"),
    "gate.municipality": ("kommunen er ikke undtaget", "the municipality is not left out"),
    "gate.group": ("borgeren er i målgruppen", "the citizen is in the target group"),
    "gate.conditions": ("betingelserne er opfyldt", "the conditions are met"),
    "gate.while": ("tilstanden varer ved", "the state lasts"),
    "gate.portfolio": ("en betingelse for hele sagsstammen, som ikke kan afgøres på én sag",
                       "a condition on the whole caseload, not decidable on one case"),
    "gate.partial": ("vinduet er kun delvist dækket, og loven tier", "the window is only partly covered, and the law is silent"),
    # labels of literals
    "label.trigger": ("anledningen er sket", "the trigger occurred"),
    "question.depends": ("det er afklaret, om »{title}« gælder ({provision})", "it is settled whether “{title}” applies ({provision})"),
    "question.means": ("(dvs.: {conditions})", "(that is: {conditions})"),
    "question.trigger": ("anledningen er denne: {trigger}", "the trigger is this: {trigger}"),
    "label.roles": ("personerne er kendt", "the persons are known"),
    "label.under": ("fritagelsen virker", "the exemption is in effect"),
    # findings
    "finding.duplicate-plan": ("{count} planer kræves samtidig: {plans}.", "{count} plans are required at once: {plans}."),
    "finding.duplicate-plan.dissolved": (
        "Én helhedsorienteret plan efter {options}, med de samtykker som hver bestemmelse kræver.",
        "One holistic plan under {options}, with the consents that each provision requires."),
    "finding.duplicate-plan.undissolved": (
        "Ingen bestemmelse i regelsættet lader én plan træde i stedet.", "No provision of the regime lets one plan stand in."),
    "finding.mergeable-meetings": ("{count} samtaler med {person} kan holdes på samme dag, senest {day}.",
                                   "{count} talks with {person} can be held on one day, by {day}."),
    "finding.mergeable-meetings.dissolved": ("Den snævreste frist følger af {provision}.", "The tightest limit follows from {provision}."),
    "finding.consent-missing": ("{consent} fra {person} er ikke registreret.", "{consent} from {person} is not recorded."),
    "finding.consent-missing.soft": ("{consent} fra {person} er ikke registreret; det skal så vidt muligt foreligge.",
                                     "{consent} from {person} is not recorded; it should be there as far as possible."),
    "finding.consent-missing.dissolved": ("Registrér samtykket fra {person}, eller hvorfor det ikke kan fås.",
                                          "Record the consent of {person}, or why it cannot be had."),
    "finding.consent-missing.option": (
        "Uden samtykket træder den fælles plan ikke i stedet for {provisions}. Indhent det, eller lav planerne hver for sig.",
        "Without it the common plan does not stand in for {provisions}. Obtain it, or make the plans one by one."),
    "finding.dangling-duty": ("{provision} forudsætter {document}, som {source} har fjernet.",
                              "{provision} presupposes the {document}, which {source} has removed."),
    "finding.dangling-duty.dissolved": (
        "Lad den fælles plan rumme det, som bestemmelsen forudsætter, eller fritag også fra den.",
        "Let the common plan hold what the provision presupposes, or exempt from that too."),
    "finding.expired-exemption": ("Fritagelsen ({changes}) er udløbet, og {provision} gælder igen.",
                                  "The exemption ({changes}) has expired, and {provision} applies again."),
    "finding.expired-exemption.dissolved": ("Opfyld kravet, eller find en hjemmel der stadig gælder.",
                                            "Meet the requirement, or find a legal basis still in force."),
    # kinds of finding
    "kind.duplicate-plan": ("Dobbelte planer", "Duplicate plans"),
    "kind.mergeable-meetings": ("Samtaler der kan slås sammen", "Talks that can be merged"),
    "kind.consent-missing": ("Samtykke mangler", "Consent missing"),
    "kind.dangling-duty": ("Pligt uden grundlag efter fritagelse", "Dangling duty after an exemption"),
    "kind.expired-exemption": ("Udløbet fritagelse", "Expired exemption"),
    # report
    "report.heading": ("{title}: regnet pr. {date} efter {regime}", "{title}: as of {date} under {regime}"),
    "report.assumed-unused": ("  Intet krav i denne beregning afhænger af det.", "  No requirement of this computation hangs on it."),
    "report.advice": ("Vejledende beregning, ikke en afgørelse; sagsbehandleren vurderer.",
                      "A guiding calculation, not a decision; the caseworker judges."),
    "report.assumed": ("Antaget: {trials} er vedtaget i kommunen. Det er ikke dokumenteret.",
                       "Assumed: {trials} adopted in the municipality. This is not documented."),
    "report.now": ("Skal ske nu", "Due now"),
    "report.soon": ("Inden 14 dage", "Within 14 days"),
    "report.later": ("Senere", "Later"),
    "report.undated": ("Uden fast dato", "Without a fixed date"),
    "report.open": ("Kan gælde: mangler oplysning eller skøn", "May apply: information or judgement missing"),
    "report.changed": ("Fritaget eller erstattet", "Waived or replaced"),
    "report.done": ("Opfyldt", "Met"),
    "report.lapsed": ("Bortfaldet", "Lapsed"),
    "report.options": ("Valgmuligheder", "Options"),
    "report.groups": ("Pligter for kommunen som helhed", "Duties of the municipality as a whole"),
    "report.findings": ("Fund", "Findings"),
    "report.missing": ("Det vil afklare mest at vide", "Most useful to know"),
    "report.settles": ("afklarer {count} af rækkerne", "settles {count} of the rows"),
    "report.not-encoded": ("Lov der kan betyde noget her, men ikke er kodet (vurderes i hånden)",
                           "Law that may matter here but is not encoded (judge by hand)"),
    "report.by": ("senest {day}", "by {day}"),
    "report.working": ("(sidste arbejdsdag før: {day})", "(last working day before: {day})"),
    "report.days-over": ("{days} dage over", "{days} days over"),
    "report.day-over": ("1 dag over", "1 day over"),
    "report.days-left": ("om {days} dage", "in {days} days"),
    "report.day-left": ("i morgen", "tomorrow"),
    "report.today": ("i dag", "today"),
    "report.counts": ("{rows} krav: {parts}", "{rows} requirements: {parts}"),
    "report.engines": ("Regnet af {engines}", "Computed by {engines}"),
    "report.law": ("Reglerne er læst i: {law}", "The rules were read in: {law}"),
    "report.until": ("til {day}", "until {day}"),
    "report.instead": ("i stedet: {titles}", "instead: {titles}"),
    "report.assumption": ("antaget", "assumed"),
    "report.might-change": ("kan være ændret af {provision}: det er ikke oplyst, om {gate}",
                            "may be changed by {provision}: it is not known whether {gate}"),
    "report.proxy": ("startdagen er skønnet ud fra: {detail}", "the anchor stands in for: {detail}"),
    "report.forecast": ("prognose", "forecast"),
    "report.confidence": ("kodningens sikkerhed: {level}", "confidence of the encoding: {level}"),
    "report.carried": ("Fortsætter efter nye regler", "Goes on under new rules"),
    "report.before": (
        "{count} krav om tidligere år er ikke vist: de hænger på en alder nået, før noget er registreret i sagen",
        "{count} requirements of earlier years are not shown: they hang on an age reached before anything was recorded",
    ),
    "report.nothing": ("Ingen krav udløst.", "No requirement raised."),
    "confidence.high": ("høj", "high"),
    "confidence.medium": ("middel", "medium"),
    "confidence.low": ("lav", "low"),
    # why
    "why.trigger": ("Anledning: {kind} den {day}", "Trigger: {kind} on {day}"),
    "why.also": ("Også: {kind} den {day}", "Also: {kind} on {day}"),
    "why.row": ("{mark} {text} ({truth}{value})", "{mark} {text} ({truth}{value})"),
    "why.window": ("Frist: {steps}", "Limit: {steps}"),
    "why.gap": ("Frist: {reason}", "Limit: {reason}"),
    "why.met": ("Opfyldt {day} ved {records}", "Met {day} by {records}"),
    "why.change": ("{verb}: {provision}", "{verb}: {provision}"),
    "why.change.no": ("Ikke ændret af {provision}: {gate}: {truth}", "Not changed by {provision}: {gate}: {truth}"),
    "why.never": ("{provision} er ikke udløst i denne sag: anledningen er ikke sket mens reglen gjaldt ({validity}).",
                  "{provision} is not raised in this case: its trigger has not occurred while the rule was in force ({validity})."),
    "why.not-in-force": ("{provision} var ikke i kraft på anledningens dag ({validity}).",
                         "{provision} was not in force on the day of its trigger ({validity})."),
    "why.other-regime": ("{provision} hører ikke til regelsættet {regime}.", "{provision} is not part of the regime {regime}."),
    "why.lapsed": ("Bortfaldet {day}", "Lapsed on {day}"),
    "why.reading": ("Kan også læses sådan: {title}: {day}", "Also read so: {title}: {day}"),
    "verb.waive": ("fritaget", "waived"),
    "verb.replace": ("erstattet", "replaced"),
    "verb.re-time": ("anden frist", "re-timed"),
    "verb.re-scope": ("uden for området", "out of scope"),
    "verb.transfer": ("overført til en anden", "transferred"),
    "verb.suspend": ("sat i bero", "suspended"),
    "verb.add": ("tilføjet", "added"),
    "verb.repeal": ("ophævet", "repealed"),
}  # fmt: skip


def say(key: str, lang: Lang, **values: object) -> str:
    """The text of a key in a language, filled in."""
    return _TEXTS[key][0 if lang == "da" else 1].format(**values)


def both(key: str, **values: tuple[str, str] | object) -> tuple[str, str]:
    """The text in both languages; a value that is a pair is one text for each."""

    def pick(index: int) -> dict[str, object]:
        return {name: value[index] if isinstance(value, tuple) else value for name, value in values.items()}

    danish, english = _TEXTS[key]
    return danish.format(**pick(0)), english.format(**pick(1))


def amount(number: int, unit: str, lang: Lang) -> str:
    """A number with its unit: `1 måned`, `3 måneder`."""
    one, many = say(f"unit.{unit}", lang).split("|")
    return f"{number} {one if number == 1 else many}"


def has(key: str) -> bool:
    """Whether the catalogue has a key."""
    return key in _TEXTS
