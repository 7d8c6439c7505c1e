"""The three telling moments of each drill, as angles of our own (see `figures`).

They follow the `positions` of `content/workouts/drills.yaml`. Carioca and stair bounds are not
among them: seen from the side, a figure of lines does not teach them.
"""

from bot.pictures.figures import Arm, Ground, Leg, Pose

Moments = tuple[Pose, Pose, Pose]

_TALL = Leg(0, 2)
_ON_TOES = Leg(-3, 3, 35)
_LEVEL = Leg(88, 95, -5)
_FRONT, _BACK = Arm(40, 95), Arm(-42, 75)
_HANG = Arm(-12, 60)
_LONG = Leg(-3, 4, 35)

_POSES: dict[str, Moments] = {
    "a-march": (
        Pose(_LEVEL, _TALL, _BACK, _FRONT, 2),
        Pose(Leg(30, 38), Leg(-8, 4, 10), Arm(-10, 85), Arm(5, 85), 2),
        Pose(_TALL, _LEVEL, _FRONT, _BACK, 2),
    ),
    "a-skip": (
        Pose(_LEVEL, _ON_TOES, _BACK, _FRONT, 2),
        Pose(_LEVEL, Leg(-3, 3, 45), _BACK, _FRONT, 2, 0.08),
        Pose(Leg(28, 45, 10), Leg(4, 18, 15), Arm(-5, 85), Arm(5, 85), 3),
    ),
    "b-march": (
        Pose(Leg(85, 85), _TALL, _BACK, _FRONT, 2),
        Pose(Leg(62, 18, -5), _TALL, Arm(-25, 80), Arm(25, 90), 2),
        Pose(Leg(8, 6), Leg(-8, 6, 12), Arm(-5, 85), Arm(5, 85), 2),
    ),
    "b-skip": (
        Pose(_LEVEL, Leg(-3, 3, 45), _BACK, _FRONT, 2, 0.06),
        Pose(Leg(66, 14, -5), Leg(-4, 4, 35), Arm(-25, 80), Arm(28, 90), 2),
        Pose(Leg(10, 8, 12), Leg(-6, 22, 20), Arm(-5, 85), Arm(5, 85), 3),
    ),
    "high-knees": (
        Pose(Leg(98, 105, -5), _ON_TOES, _BACK, _FRONT, 2),
        Pose(Leg(38, 62, 5), Leg(6, 20, 20), Arm(0, 90), Arm(5, 90), 3, 0.02),
        Pose(_ON_TOES, Leg(98, 105, -5), _FRONT, _BACK, 2),
    ),
    "butt-kicks": (
        Pose(Leg(18, 138, 30), Leg(-3, 4, 20), _BACK, _FRONT, 4),
        Pose(Leg(8, 62, 25), Leg(10, 40, 20), Arm(0, 90), Arm(5, 90), 4, 0.02),
        Pose(Leg(-3, 4, 20), Leg(18, 138, 30), _FRONT, _BACK, 4),
    ),
    "ankling": (
        Pose(Leg(2, 4), Leg(20, 26, -18), Arm(-12, 80), Arm(14, 85), 3),
        Pose(Leg(-6, 6, 22), Leg(24, 22, -12), Arm(6, 85), Arm(-4, 80), 4),
        Pose(Leg(-18, 4, 42), Leg(20, 14, -5), Arm(22, 88), Arm(-20, 78), 5),
    ),
    "pogo": (
        Pose(Leg(12, 24, -2), Leg(14, 26, -2), _HANG, _HANG, 5),
        Pose(Leg(0, 3, -5), Leg(2, 4, -5), Arm(18, 80), Arm(20, 80), 1, 0.13),
        Pose(Leg(8, 16, 22), Leg(10, 18, 22), _HANG, _HANG, 4),
    ),
    "single-leg-pogo": (
        Pose(Leg(14, 28, -2), Leg(20, 80, 15), _HANG, Arm(5, 80), 5),
        Pose(Leg(0, 4, -3), Leg(25, 88, 15), Arm(18, 80), Arm(22, 80), 1, 0.11),
        Pose(Leg(9, 18, 22), Leg(20, 80, 15), _HANG, Arm(5, 80), 4),
    ),
    "straight-leg-run": (
        Pose(Leg(42, 3, -12), Leg(-8, 4, 22), Arm(-35, 70), Arm(35, 85), -2),
        Pose(Leg(6, 3, 18), Leg(-4, 8, 15), Arm(-5, 80), Arm(5, 80), 1),
        Pose(Leg(-18, 3, 40), Leg(30, 4, -10), Arm(32, 85), Arm(-32, 72), 2),
    ),
    "straight-leg-bound": (
        Pose(Leg(55, 4, -12), Leg(-16, 4, 42), Arm(-42, 60), Arm(42, 80), 0),
        Pose(Leg(8, 4, 18), Leg(-22, 12, 25), Arm(-8, 75), Arm(10, 80), 3),
        Pose(Leg(-24, 6, 38), Leg(40, 5, -10), Arm(42, 80), Arm(-42, 60), 2, 0.1),
    ),
    "bound": (
        Pose(Leg(75, 92), Leg(-26, 4, 42), Arm(-55, 60), Arm(55, 80), 7),
        Pose(Leg(86, 88), Leg(-38, 42, 35), Arm(-60, 50), Arm(62, 70), 5, 0.14),
        Pose(Leg(24, 20, 0), Leg(-12, 70, 25), Arm(-10, 75), Arm(15, 80), 6),
    ),
    "uphill-bound": (
        Pose(Leg(82, 92, -8), Leg(-22, 4, 38), Arm(-55, 60), Arm(55, 80), 14),
        Pose(Leg(94, 90, -8), Leg(-34, 44, 35), Arm(-60, 50), Arm(62, 70), 12, 0.18),
        Pose(Leg(34, 28, -6), Leg(-8, 72, 25), Arm(-10, 75), Arm(15, 80), 12),
    ),
}
_GROUNDS = {"uphill-bound": Ground(16)}


def moments(drill: str) -> Moments | None:
    """The drill's three poses; None: words alone."""
    return _POSES.get(drill)


def ground_of(drill: str) -> Ground:
    return _GROUNDS.get(drill, Ground())
