"""A stand-in for Telegram on this machine, over HTTP, and its chat page.

`standin.StandIn` is the way in. `bot run` never imports this room.
"""
