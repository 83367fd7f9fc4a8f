"""What a client's check of one behaviour is given, and the words for what must hold."""

import inspect


class Failed(AssertionError):
    pass


def equal(found, wanted, what="value"):
    if found != wanted:
        raise Failed(f"{what}: {found!r} instead of {wanted!r}")


def holds(condition, what):
    if not condition:
        raise Failed(what)


async def settled(value):
    """What a call of either kind of client returns."""
    return await value if inspect.isawaitable(value) else value


async def collected(stream):
    """All of a stream, which may itself have to be waited for."""
    stream = await settled(stream)
    if hasattr(stream, "__aiter__"):
        return [piece async for piece in stream]
    return list(stream)


async def fails(kind, action, **members):
    """The error that `action` ends with, which must be of this kind and carry these members."""
    try:
        await settled(action())
    except kind as error:
        for name, wanted in members.items():
            equal(getattr(error, name), wanted, f"{kind.__name__}.{name}")
        return error
    except Exception as error:
        text = str(error)[:200]
        raise Failed(f"{type(error).__name__} instead of {kind.__name__}: {text}") from error
    raise Failed(f"no {kind.__name__}")


def checks():
    """A table of checks by the names of their rows, and the decorator that fills it."""
    table = {}

    def check(*rows):
        def add(function):
            for row in rows:
                if row in table:
                    raise ValueError(f"two checks of {row}")
                table[row] = function
            return function

        return add

    return table, check
