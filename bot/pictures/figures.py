"""A figure of lines in profile, facing right: joints from angles, and its drawing.

Angles in degrees: a thigh, an upper arm from straight down, forward positive; `knee` and
`elbow` how far they are bent; `point` how far the toes point down from a right angle. Lengths
are shares of the body's height.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from bot.pictures.canvas import Canvas, Point
from bot.pictures.palette import ACCENT, FAINT, SOFT

_THIGH, _SHIN, _FOOT = 0.25, 0.245, 0.13
_TRUNK, _NECK, _HEAD = 0.29, 0.105, 0.066
_UPPER, _FORE = 0.165, 0.15
_THICK = 0.05


@dataclass(frozen=True, slots=True)
class Leg:
    thigh: float = 0.0
    knee: float = 0.0
    point: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    upper: float = 0.0
    elbow: float = 85.0


@dataclass(frozen=True, slots=True)
class Pose:
    """A moment of a drill. `lift`: how far the lowest point is off the ground."""

    near: Leg
    far: Leg
    near_arm: Arm = Arm()
    far_arm: Arm = Arm()
    lean: float = 3.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground below a figure, its slope in per cent."""

    slope: float = 0.0

    def height(self, x: float) -> float:
        return x * self.slope / 100


Limb = tuple[Point, ...]


def joints(pose: Pose) -> dict[str, Limb]:
    """The lines of the figure around the hip at (0, 0); y grows upward."""
    hip = (0.0, 0.0)
    shoulder = _step(hip, 180 - pose.lean, _TRUNK)
    return {
        "far arm": _arm(shoulder, pose.far_arm),
        "far leg": _leg(hip, pose.far),
        "trunk": (hip, shoulder),
        "near leg": _leg(hip, pose.near),
        "near arm": _arm(shoulder, pose.near_arm),
        "head": (_step(shoulder, 180 - pose.lean, _NECK),),
    }


def reach(pose: Pose) -> float:
    """How far the figure reaches to its wider side of where it stands, in bodies' heights."""
    left, right = _sides(pose)
    along = _along(pose)
    return max(right - along, along - left) + _THICK / 2


def _along(pose: Pose) -> float:
    """Where it stands: half-way between the hip and the middle of its width."""
    return sum(_sides(pose)) / 4


def _sides(pose: Pose) -> tuple[float, float]:
    xs = [x for limb in joints(pose).values() for x, _ in limb]
    return min(xs), max(xs)


def draw_figure(
    canvas: Canvas, foot: Point, height: float, pose: Pose, ground: Ground | None = None
) -> None:
    """The figure above the point `foot` of the ground; `height` in pixels is a body's.

    A long stride is moved back a little, so that it stays in the middle of its panel.
    """
    ground = ground or Ground()
    limbs = joints(pose)
    along = _along(pose)
    clear = min(y - ground.height(x - along) for limb in limbs.values() for x, y in limb)
    up = pose.lift - clear + _THICK / 2

    def at(point: Point) -> Point:
        return (foot[0] + (point[0] - along) * height, foot[1] - (point[1] + up) * height)

    for name, limb in limbs.items():
        colour = FAINT if name.startswith("far") else ACCENT
        if name == "head":
            canvas.disc(at(limb[0]), _HEAD * height, ACCENT)
        else:
            canvas.line([at(point) for point in limb], colour, _THICK * height)


def draw_ground(canvas: Canvas, foot: Point, half: float, ground: Ground | None = None) -> None:
    """A line `half` pixels to either side of `foot`."""
    rise = half * (ground.slope if ground else 0.0) / 100
    x, y = foot
    canvas.line([(x - half, y + rise), (x + half, y - rise)], SOFT, 4)


def _leg(hip: Point, leg: Leg) -> Limb:
    knee = _step(hip, leg.thigh, _THIGH)
    shin = leg.thigh - leg.knee
    ankle = _step(knee, shin, _SHIN)
    return (hip, knee, ankle, _step(ankle, shin + 90 - leg.point, _FOOT))


def _arm(shoulder: Point, arm: Arm) -> Limb:
    elbow = _step(shoulder, arm.upper, _UPPER)
    return (shoulder, elbow, _step(elbow, arm.upper + arm.elbow, _FORE))


def _step(start: Point, angle: float, length: float) -> Point:
    turn = radians(angle)
    return (start[0] + sin(turn) * length, start[1] - cos(turn) * length)
