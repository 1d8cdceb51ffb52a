"""How far the making of a figure is, for whoever wants to know, such as the page of a reader."""

#: Functions that are told so: ``watch(done, of)``, before each of the steps.
watchers = []


def counted(items, done, of):
    """Yield items, each a step of so many in all, of which some are done before the first."""
    for step, item in enumerate(items, done):
        for watch in watchers:
            watch(step, of)
        yield item
