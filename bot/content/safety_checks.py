"""What has to hold in the red-flag catalogue before a scan may rest on it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from bot.content.documents import Document, Fault
from bot.content.safety_words import Gathered
from bot.domain.safety import Country, Course, Grading, Numbers, RedFlag, Second, Urgency
from bot.domain.scan_patterns import concepts_of, pattern_of
from bot.domain.scan_tongue import NOT, Wordings

ABROAD = ("de", "es", "fr", "it", "pt")
HOME = "en"
_LONGEST_SAY = 420
_LONGEST_ABROAD = 170
_KEY = re.compile(r"#\d+(\.\d+)?(-\d+(\.\d+)?)?|[^_*#\s]+\*?")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(/\S*)?")
_STOPS = (Urgency.NOW, Urgency.HUMAN, Urgency.TODAY)
_PLACE = "{emergency}"
Place = list[str | int]
Row = tuple[RedFlag, Document, int]


def check_flags(
    rows: Sequence[Row], languages: Sequence[Wordings], retired: tuple[str, ...]
) -> list[Fault]:
    """Ids, words, languages and patterns of every row."""
    faults: list[Fault] = []
    seen: set[str] = set(retired)
    ids = {row.id for row, _, _ in rows}
    for row, document, number in rows:
        where: Place = ["flags", number]
        if row.id in seen:
            faults.append(document.fault(f"the id {row.id!r} is taken or retired", [*where, "id"]))
        seen.add(row.id)
        unknown = [other for other in row.instead_of if other not in ids]
        faults += [
            document.fault(f"instead_of: no row has the id {other!r}", [*where, "instead_of"])
            for other in unknown
        ]
        for place, grading in enumerate(row.gradings):
            at: Place = [*where, "gradings", place]
            faults += [document.fault(m, [*at, *path]) for m, path in _words(grading)]
            faults += [document.fault(m, [*at, *path]) for m, path in _signs(grading, languages)]
    return faults


def check_numbers(numbers: Numbers, document: Document) -> list[Fault]:
    """Every country and every zone once, every number with its official page."""
    faults: list[Fault] = []
    seen: set[str] = set()
    zones: set[str] = set()
    for at, country in enumerate(numbers.countries):
        where: Place = ["countries", at]
        for code in country.codes:
            if not re.fullmatch(r"[A-Z]{2}", code) or code in seen:
                faults.append(document.fault(f"{code!r} is no new country code", [*where, "codes"]))
            seen.add(code)
        faults += [
            document.fault(f"{zone!r} is in two countries", [*where, "zones"])
            for zone in country.zones
            if zone in zones
        ]
        zones.update(country.zones)
        faults += [
            document.fault(f"{source!r} is no https address", where)
            for source in _sources(country)
            if not _ADDRESS.fullmatch(source)
        ]
    return faults


def check_second(second: Second, document: Document) -> list[Fault]:
    """Bars are probabilities; what was taken back needs more than what was not."""
    bars = asdict(second)
    faults = [
        document.fault(f"{value} is no probability above one half", ["second", name])
        for name, value in bars.items()
        if not 0.5 <= value <= 1
    ]
    if second.taken_back < second.bar:
        faults.append(document.fault("taken_back is below bar", ["second", "taken_back"]))
    return faults


def check_words(gathered: Iterable[Gathered]) -> list[Fault]:
    """Word lists whose phrases can be read, and concepts that exist."""
    faults: list[Fault] = []
    for language in gathered:
        names = {name for value, _ in language.files for name in value.concepts}
        for value, document in language.files:
            for table in ("concepts", "context"):
                for name, words in getattr(value, table).items():
                    faults += [
                        document.fault(f"{phrase!r} cannot be read", [table, name])
                        for phrase in words.split()
                        if not _readable(phrase, names)
                    ]
            for number, figure in enumerate(value.figures):
                message = _pattern_fault(figure, names)
                if message:
                    faults.append(document.fault(message, ["figures", number]))
    return faults


def _words(grading: Grading) -> Iterator[tuple[str, Place]]:
    if len(grading.say) > _LONGEST_SAY:
        yield f"say has {len(grading.say)} characters, {_LONGEST_SAY} are allowed", ["say"]
    if re.search(r"[{}]", grading.say.replace(_PLACE, "")):
        yield f"say: only {_PLACE} stands in braces", ["say"]
    for language in ABROAD:
        line = grading.abroad.get(language)
        if line is None:
            yield f"abroad: {language!r} is missing", ["abroad"]
        elif len(line) > _LONGEST_ABROAD:
            yield f"abroad: {len(line)} characters are too many", ["abroad", language]
    if grading.urgency in _STOPS and grading.follows.course is not Course.STOP:
        yield f"follows: {grading.urgency.value} stops every session", ["follows"]
    if grading.follows.course is Course.HOLD and not grading.follows.holds:
        yield "follows: a hold has to name what it holds", ["follows"]


def _signs(grading: Grading, languages: Sequence[Wordings]) -> Iterator[tuple[str, Place]]:
    concepts = {language.language: set(language.concepts) for language in languages}
    if not any(grading.signs.values()):
        yield "signs: at least one is needed", ["signs"]
    for key, signs in grading.signs.items():
        if key != "any" and key not in concepts:
            yield f"signs: no language {key!r}", ["signs"]
            continue
        names = concepts.get(HOME if key == "any" else key, set())
        for number, written in enumerate(signs):
            message = _pattern_fault(written, names)
            if message:
                yield message, ["signs", key, number]


def _pattern_fault(written: str, names: set[str]) -> str | None:
    try:
        pattern = pattern_of(written)
    except ValueError as error:
        return f"{written!r}: {error}"
    terms = (*pattern.terms, *pattern.absent)
    unknown = sorted({n for term in terms for n in concepts_of(term) if n not in names})
    return f"{written!r}: no concept {', '.join(unknown)}" if unknown else None


def _readable(phrase: str, names: set[str]) -> bool:
    if phrase.startswith("@"):
        return phrase[1:] in names
    return all(_KEY.fullmatch(key) for key in phrase.removeprefix(NOT).split("_"))


def _sources(country: Country) -> Iterator[str]:
    yield country.source
    for lines in (country.crisis, country.poison, country.violence):
        yield from (line.source for line in lines)
