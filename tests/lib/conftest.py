"""What the tests of the live figures share."""

import pytest

from lib.live.paper import style


@pytest.fixture
def on_paper():
    """Draw in the style of the live figures."""
    with style():
        yield
