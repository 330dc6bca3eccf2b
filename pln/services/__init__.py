"""Use cases: one thin function per verb. No Qt, no SQL.

Every verb takes the `Context` first. Those that write are named after what the user does, take `origin` (who asks, so
that a view can pass over its own echo) and leave a step on the undo stack where something is removed or answered.
"""
