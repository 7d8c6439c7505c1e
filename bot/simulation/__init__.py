"""A year lived in minutes: synthetic people, a clock that jumps, and the coach as it is.

What people say goes through the handlers' own entrances, what goes out leaves by the pump, and
all of it stands in a real database. What was really sent is held against rules that are written
down here once more, in their own arithmetic.
"""
