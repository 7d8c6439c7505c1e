"""A place that a person may mean, for the sake of its clock."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """`zone` is an IANA id; `country` is empty for an offset; `population` is 0 where unknown."""

    name: str
    country: str
    zone: str
    population: int
