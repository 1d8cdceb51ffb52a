"""Which of the sliders a function takes, and its results at all positions."""

import itertools
from inspect import Parameter, signature

from lib.live.progress import counted

#: What comes before the sliders' values: in ``compute``, in ``readout`` and in ``draw``.
_BEFORE = ((), ("result",), ("ax", "result"))


def chosen(function, values):
    """Return those of the values that the function names as its arguments, all if it has ``**``."""
    names = _names(function)
    return values if names is None else {key: values[key] for key in values if key in names}


def compute_all(compute, tracks):
    """Return the result of ``compute`` at every position, each computed once.

    Positions that differ only in sliders that ``compute`` does not name share one result.
    """
    wanted, results, known = _names(compute), [], {}
    places = list(itertools.product(*(range(len(track.values)) for track in tracks)))
    for place in counted(places, 0, 2 * len(places)):  # the other half of the work is drawing
        here = [(track, k) for track, k in zip(tracks, place, strict=True)]
        here = [(t, k) for t, k in here if wanted is None or t.name in wanted]
        key = tuple(k for _, k in here)  # and not the values, which may be equal or unhashable
        if key not in known:
            known[key] = compute(**{track.name: track.values[k] for track, k in here})
        results.append(known[key])
    return results


def check_arguments(functions, names):
    """Check that the functions and the sliders fit each other.

    Args:
        functions: ``{what it is called: (function or None, how many arguments come before)}``.
        names: the names of the sliders.

    Raises:
        TypeError: a function wants a slider that is not there, or none takes a slider.
    """
    taken = set()
    for what, (function, before) in functions.items():
        if function is None:
            continue
        parameters = list(signature(function).parameters.values())
        first = [each.name for each in parameters[:before]]
        if taken_twice := sorted(set(first) & set(names)):
            wanted = ", ".join([*_BEFORE[before], *taken_twice])
            got = ", ".join(first)
            raise TypeError(f"{what}: got {what}({got}), wanted {what}({wanted})")
        parameters = parameters[before:]
        wanted = {each.name for each in parameters if _needed(each)}
        if wanted - set(names):
            missing = sorted(wanted - set(names))
            raise TypeError(f"{what}: it wants {missing}, got the sliders {sorted(names)}")
        known = _names(function)
        taken |= set(names) if known is None else known
    if set(names) - taken:
        idle = sorted(set(names) - taken)
        raise TypeError(f"sliders: got {idle}, which neither {' nor '.join(functions)} takes")


def _needed(parameter):
    stars = (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)
    return parameter.default is Parameter.empty and parameter.kind not in stars


def _names(function):
    parameters = signature(function).parameters.values()
    if any(each.kind is Parameter.VAR_KEYWORD for each in parameters):
        return None
    return {each.name for each in parameters}
