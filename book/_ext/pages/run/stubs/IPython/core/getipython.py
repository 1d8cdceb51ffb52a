"""There is no IPython to be got."""


def get_ipython():
    return None
