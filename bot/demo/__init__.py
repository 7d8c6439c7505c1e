"""A stand-in for Telegram on this machine, over HTTP; its chat page; and the demo around both.

`standin.StandIn` is the way in for tests, `theatre.theatre` for the demo. `bot run` never imports
this room.
"""
