"""Days made safer: each easing that holds takes something away, and says so.

A softened day keeps every rule that the planned day kept: nothing gets longer or harder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import fitting
from bot.domain.library import Library
from bot.domain.offers import placed
from bot.domain.plan import HARDNESS, TOGETHER, Placed, PlanDay, Reason
from bot.domain.plan_rules import PlanRules
from bot.domain.standing import RUNS, Easing
from bot.domain.workouts import Grade, Kind, Session


@dataclass(frozen=True, slots=True)
class Softener:
    """What a softened session is made of."""

    library: Library
    rules: PlanRules
    rests: tuple[Placed, ...]


def softened(
    days: Iterable[PlanDay],
    easings: Sequence[Easing],
    softener: Softener,
    eve: PlanDay | None = None,
) -> tuple[PlanDay, ...]:
    """The days, oldest first, with all that eases them; what holds for some sessions is counted.

    `eve` is the day before them.
    """
    left = tuple(easings)
    done: list[PlanDay] = []
    for day in days:
        eased, left = _day(day, left, softener)
        if eve is not None and not eve.hard:
            eased = _only_rest(eased)
        done.append(eased)
        eve = eased
    return tuple(done)


def shortened(day: PlanDay, most: float, softener: Softener) -> PlanDay:
    """No run of the day longer than so many minutes: fewer repetitions, else something light."""
    sessions = [_within(s, most, day.date, softener) for s in day.sessions]
    if all(new is old for new, old in zip(sessions, day.sessions, strict=True)):
        return day
    return _tidied(day, sessions, softener)


def _within(planned: Placed, most: float, day: date, softener: Softener) -> Placed:
    if planned.run_minutes <= most:
        return planned
    fewer = (
        _refit(planned, fitting.scaled(planned.session, share, softener.library), softener)
        for share in softener.rules.shares
    )
    found = next((s for s in fewer if s.run_minutes <= most), None)
    found = found or _light(planned, day, softener, most)
    why = Reason("longest_run", {"minutes": int(most)})
    return replace(found, reasons=_with(found.reasons, why), eased=True)


def _only_rest(day: PlanDay) -> PlanDay:
    """Nobody rests from a hard day that was made an easy one."""
    if not any(reason.code == "rest_after_hard" for reason in day.reasons):
        return day
    other = (r for r in day.reasons if r.code != "rest_after_hard")
    return replace(day, reasons=(*other, Reason("rest")))


def used(easings: Sequence[Easing], day: PlanDay, kinds: Iterable[Kind]) -> tuple[Easing, ...]:
    """The easings after those kinds of that (softened) day were trained."""
    codes = {reason.code for reason in day.reasons}
    spent = {id(e) for kind in kinds for e in _holding(easings, day.date, kind) if e.code in codes}
    return _counted(easings, spent)


def _counted(easings: Sequence[Easing], spent: set[int]) -> tuple[Easing, ...]:
    return tuple(
        replace(e, times=e.times - 1) if id(e) in spent and e.times is not None else e
        for e in easings
    )


def _day(
    day: PlanDay, easings: tuple[Easing, ...], softener: Softener
) -> tuple[PlanDay, tuple[Easing, ...]]:
    sessions: list[Placed] = []
    touched: set[int] = set()
    for session in day.sessions:
        holding = [e for e in _holding(easings, day.date, session.kind) if _counts(e, session)]
        eased = _session(session, holding, day.date, softener) if holding else session
        sessions.append(eased)
        touched |= {id(e) for e in holding if eased is not session}
    if all(new is old for new, old in zip(sessions, day.sessions, strict=True)):
        return day, easings
    return _tidied(day, sessions, softener), _counted(easings, touched)


def _holding(easings: Sequence[Easing], day: date, kind: Kind) -> list[Easing]:
    """Those that hold for a session of that kind; of a queue the first alone."""
    found: list[Easing] = []
    queues: set[str] = set()
    for easing in easings:
        if not easing.on(day) or kind not in easing.kinds or easing.queue in queues:
            continue
        if easing.queue:
            queues.add(easing.queue)
        found.append(easing)
    return found


def _counts(easing: Easing, session: Placed) -> bool:
    return not easing.hard_only or session.grade is Grade.HARD


def _session(planned: Placed, holding: Sequence[Easing], day: date, softener: Softener) -> Placed:
    """The session with all that holds at once, the strictest of each; what took its share already,
    before the day was opened again, takes no second one."""
    found = planned
    for easing in sorted(holding, key=lambda e: HARDNESS[e.hardest]):
        before, why = found, Reason(easing.code, easing.facts)
        again = why in planned.reasons
        left = replace(easing, reps=1.0, sets=0, lighter=False) if again else easing
        found = _eased(before, left, day, softener)
        if found is not before:
            found = replace(found, reasons=_with(found.reasons, why), eased=True)
    return found


def _eased(planned: Placed, easing: Easing, day: date, softener: Softener) -> Placed:
    if planned.kind is Kind.REST:
        return planned
    if easing.hardest is Grade.REST:
        return _rest(planned, day, softener)
    if planned.kind is Kind.STRENGTH:
        return _strength(planned, easing, softener)
    if easing.run is not None:
        return _shorter_run(planned, easing, softener)
    if HARDNESS[easing.hardest] < min(HARDNESS[planned.grade], HARDNESS[Grade.MODERATE]):
        return _light(planned, day, softener)
    if planned.x and not easing.x and _bare(planned.session, softener) is None:
        return _light(planned, day, softener)
    return _refit(planned, _milder(planned.session, easing, softener), softener)


def _milder(session: Session, easing: Easing, softener: Softener) -> Session:
    """Fewer repetitions, easier ones, none of them a bound: as the easing asks."""
    library, rules = softener.library, softener.rules
    if easing.lighter:
        cut = fitting.eased(session, library, 1 - library.caps.cut.middle, easing.rpe)
        return replace(_bare(cut, softener) or cut, deload=True)
    if HARDNESS[easing.hardest] < HARDNESS[session.grade]:
        milder = fitting.eased(session, library, rules.milder_share, rules.milder_rpe)
        return _bare(milder, softener) or milder
    if session.x and not easing.x:
        return _bare(session, softener) or session
    if easing.reps < 1 and easing.rpe:
        return fitting.eased(session, library, easing.reps, easing.rpe)
    return fitting.scaled(session, easing.reps, library) if easing.reps < 1 else session


def _strength(planned: Placed, easing: Easing, softener: Softener) -> Placed:
    """Body weight where only light work is left; fewer sets; or the word about the load alone."""
    library = softener.library
    if easing.hardest is Grade.LIGHT and planned.grade is not Grade.LIGHT:
        names = softener.rules.gentle_lifts
        chosen = names[1 if planned.session.day == "B" else 0]
        return _in_place(planned, library.session(chosen), softener)
    if easing.lighter and not planned.session.deload:
        return _refit(planned, fitting.deloaded(planned.session, library), softener)
    if easing.sets:
        return _refit(planned, fitting.fewer_sets(planned.session, easing.sets), softener)
    return replace(planned) if Kind.STRENGTH in easing.kinds and easing.facts else planned


def _shorter_run(planned: Placed, easing: Easing, softener: Softener) -> Placed:
    """One of the easing's own sessions, the longest that is short enough; not more running than
    was planned, but for what is free."""
    most = min(easing.run or 0.0, max(planned.run_minutes, softener.rules.growth.free))
    chosen = [placed(softener.library.session(name), softener.library) for name in easing.sessions]
    fitting_in = [
        p
        for p in chosen
        if p.run_minutes <= most
        and p.minutes <= planned.minutes
        and HARDNESS[p.grade] <= min(HARDNESS[easing.hardest], HARDNESS[planned.grade])
    ]
    best = max(fitting_in, key=lambda p: p.run_minutes, default=None)
    return _light(planned, None, softener, most) if best is None else _stand_in(planned, best)


def _light(
    planned: Placed, day: date | None, softener: Softener, most: float | None = None
) -> Placed:
    """The longest light session that is no longer than the planned one; rest where there is none.

    `most`: minutes of running, where fewer than the planned ones.
    """
    limit = planned.run_minutes if most is None else min(most, planned.run_minutes)
    for name in softener.rules.light:
        found = placed(softener.library.session(name), softener.library)
        if found.minutes <= planned.minutes and found.run_minutes <= limit:
            return _stand_in(planned, found)
    return _rest(planned, day, softener)


def _rest(planned: Placed, day: date | None, softener: Softener) -> Placed:
    turn = day.toordinal() if day is not None else 0
    return _stand_in(planned, softener.rests[turn % len(softener.rests)])


def _stand_in(planned: Placed, found: Placed) -> Placed:
    """Run-walk intervals that stand in for a run are an easy run here."""
    kind = Kind.EASY if found.kind in RUNS else found.kind
    return replace(found, kind=kind, reasons=planned.reasons)


def _in_place(planned: Placed, session: Session, softener: Softener) -> Placed:
    found = placed(session, softener.library)
    return planned if found.minutes > planned.minutes else replace(found, reasons=planned.reasons)


def _refit(planned: Placed, session: Session, softener: Softener) -> Placed:
    """The changed session measured anew."""
    if session == planned.session:
        return planned
    found = placed(session, softener.library, planned.reasons)
    return replace(found, variant=planned.variant)


def _bare(session: Session, softener: Softener) -> Session | None:
    return fitting.without_x(session, softener.library) if session.x else None


def _tidied(day: PlanDay, sessions: Sequence[Placed], softener: Softener) -> PlanDay:
    """Of the light stand-ins one at most, rest only where nothing else is, the warm-up kept."""
    pairs = list(zip(day.sessions, sessions, strict=True))
    gone = tuple(old.kind for old, new in pairs if new.kind is not old.kind)
    own = [new for old, new in pairs if new.kind is old.kind]
    others = [new for old, new in pairs if new.kind is not old.kind and new.kind is not Kind.REST]
    if others and not any(s.kind in RUNS for s in own):
        own.insert(0, max(others, key=lambda s: (s.run_minutes, s.minutes)))
    chosen = own or [sessions[0]]
    chosen[0] = _warmed(chosen[0], day, softener)
    reasons = {r.code: r for s in sessions for r in s.reasons if r not in day.reasons}
    alone = TOGETHER if len(chosen) == 1 else ()
    kept = tuple(r for r in day.reasons if r.code not in reasons and r.code not in alone)
    return replace(
        day,
        sessions=tuple(chosen),
        reasons=(*reasons.values(), *kept),
        dropped=(*day.dropped, *gone),
    )


def _warmed(session: Placed, day: PlanDay, softener: Softener) -> Placed:
    """The first session of a day has a warm-up, where its own stood before another session."""
    first = day.sessions[0].session
    own = any(s.session.id == session.session.id for s in day.sessions[1:])
    if session.session.warm_up or not own or not first.warm_up or session.kind not in RUNS:
        return session
    whole = replace(session.session, warm_up=first.warm_up)
    found = placed(whole, softener.library, session.reasons)
    return replace(found, variant=session.variant, eased=session.eased)


def _with(reasons: tuple[Reason, ...], why: Reason) -> tuple[Reason, ...]:
    return reasons if why in reasons else (*reasons, why)
