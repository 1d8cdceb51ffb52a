"""Presets whose names are still true, for a reader may have changed what the sliders move."""

import numpy as np

from lib.live.arguments import chosen


def check_presets(presets, claims, tracks, results):
    """Return the presets that hold, and a sentence about those that do not.

    A preset holds if the sliders reach its values and, where ``claims`` has a function under its
    name, if that is true of the result there: ``claim(result, **values)``.

    Raises:
        TypeError: the presets are no dictionary of dictionaries.
        ValueError: a preset names no slider, or a claim no preset.
    """
    by_name = {track.name: track for track in tracks}
    _check(presets, claims, by_name)
    kept = {
        label: wish
        for label, wish in presets.items()
        if all(by_name[name].reaches(value) for name, value in wish.items())
        and _is_true(claims.get(label), wish, tracks, results)
    }
    lost = [f"“{label}”" for label in presets if label not in kept]
    if not lost:
        return kept, []
    return kept, [f"Left out, because it no longer fits this figure: {', '.join(lost)}."]


def _check(presets, claims, by_name):
    """Check that presets are of the right kind, and that they and the claims name what there is."""
    if not isinstance(presets, dict) or not all(isinstance(e, dict) for e in presets.values()):
        wanted = '{"too small": {"learning_rate": 0.001}}'
        raise TypeError(f"presets: got {presets!r}, wanted a dictionary such as {wanted}")
    for label, wish in presets.items():
        for name in wish:
            if name not in by_name:
                raise ValueError(
                    f"presets: {label!r} got {name!r}, wanted one of the sliders {sorted(by_name)}"
                )
    for label in claims:
        if label not in presets:
            raise ValueError(f"claims: got {label!r}, wanted one of the presets {sorted(presets)}")


def _is_true(claim, wish, tracks, results):
    """Return whether a claim holds where its preset leads, from the start of all other sliders."""
    if claim is None:
        return True
    at = [track.index(wish[track.name]) if track.name in wish else track.start for track in tracks]
    values = {track.name: track.values[index] for track, index in zip(tracks, at, strict=True)}
    place = np.ravel_multi_index(at, [len(track.values) for track in tracks])
    return bool(claim(results[place], **chosen(claim, values)))
