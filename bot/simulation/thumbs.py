"""Which button of a message somebody presses, if any."""

from collections.abc import Callable, Sequence

from bot.simulation.cast import Actor, Character

C = Character
_PEOPLE_SKIP = 0.15  # of the questions of the sign-up


def press(actor: Actor, data: tuple[str, ...]) -> str:
    """The data of the button; "" for none."""
    first = data[0] if data else ""
    if data and all(one.startswith("on:") for one in data):  # what else there is today
        return first
    kind, *rest = first.split(":")
    found = _BUTTONS.get(kind)
    return found(actor, data, rest) if found and rest else ""


def _rated(actor: Actor, _: Sequence[str], rest: Sequence[str]) -> str:
    number, field, *_ = rest
    chance = actor.chance
    match field:
        case "effort":
            days = actor.seen.sessions if actor.seen else ()
            top = max((session.session.srpe.high for session in days), default=5)
            over = chance.choices(_OVER, _FELT[actor.often(C.OVERREACHES)])[0]
            return f"r:{number}:effort:{min(max(round(top) + over, 0), 10)}"
        case "pain":
            value = chance.choices(range(8), _PAINS[actor.often(C.HURTS)])[0]
            return f"r:{number}:pain:{value}"
        case "soreness":
            value = chance.choices(range(9), _SORES[actor.often(C.OVERREACHES, C.HURTS)])[0]
            return f"r:{number}:soreness:{value}"
        case "where":
            return f"r:{number}:where:knee"
    return ""


def _consent(actor: Actor, _: Sequence[str], rest: Sequence[str]) -> str:
    return ":".join(("c", "yes" if actor.consents else "no", *rest[1:]))


def _screening(actor: Actor, data: Sequence[str], rest: Sequence[str]) -> str:
    match rest[0]:
        case "none":
            still = actor.limits and actor.chance.random() < 0.8
            return "s:some" if still else "s:none"
        case "turn":
            before = actor.screens[:-1]
            marked = any(screen[0].startswith("s:turn") for screen in before)
            left = f"s:turn:{actor.limits[0]}" if actor.limits else data[0]
            return "s:done" if marked else left
        case "cleared":
            return f"s:cleared:{'yes' if actor.cleared else 'no'}"
        case "age":
            return "s:age:18-49"
        case "agreed":
            return "s:agreed"
    return ""


def _sign_up(actor: Actor, data: Sequence[str], rest: Sequence[str]) -> str:
    """Any of the answers, or skipped; nobody of the cast is under 13."""
    if rest == ["start"]:
        return "q:start" if actor.asks else "q:end"
    skip = f"q:skip:{rest[0]}"
    if skip in data and actor.chance.random() < _PEOPLE_SKIP:
        return skip
    own = [one for one in data if one.startswith(f"q:{rest[0]}:") and "under13" not in one]
    return actor.chance.choice(own)


def _offer(actor: Actor, _: Sequence[str], rest: Sequence[str]) -> str:
    return actor.chance.choice((f"offer:{rest[0]}:yes", f"offer:{rest[0]}:no", ""))


def _pain(actor: Actor, _: Sequence[str], rest: Sequence[str]) -> str:
    if rest[0] == "seen":
        return actor.chance.choice(("pain:seen:yes", "pain:seen:no"))
    return "pain:none" if actor.chance.random() < 0.9 else f"pain:{rest[0]}"


def _delete(actor: Actor, data: Sequence[str], _: Sequence[str]) -> str:
    return actor.chance.choice((data[0], "del:no"))


_BUTTONS: dict[str, Callable[[Actor, Sequence[str], Sequence[str]], str]] = {
    "r": _rated,
    "c": _consent,
    "s": _screening,
    "q": _sign_up,
    "offer": _offer,
    "pain": _pain,
    "del": _delete,
}
_OVER = (-2, -1, 0, 1, 2, 3)
_FELT = {False: (8, 20, 55, 12, 4, 1), True: (0, 2, 15, 30, 33, 20)}
_PAINS = {False: (70, 20, 7, 1, 0.5, 0.3, 0.2, 0.1), True: (40, 20, 12, 12, 7, 5, 3, 1)}
_SORES = {
    False: (30, 30, 20, 10, 5, 3, 1, 1, 0.5),
    True: (10, 15, 15, 15, 12, 12, 10, 8, 3),
}
