"""A page has one style sheet and one script, with all that its several had for it."""

import re
from types import SimpleNamespace

import pytest

from pages.theme import joining

PAGE = """<head>
<link rel="stylesheet" href="../_static/first.css?v=1" />
<link rel="stylesheet" href="../_static/faces/second.css" />
<script>inline()</script>
<script defer="defer" src="../_static/first.js?v=2"></script>
<script data-rest="more.js" defer="defer" src="../_static/second.js"></script>
<script defer src="../_static/search/table.js"></script>
</head><body class="seen"><p>Nothing is hidden from a word.</p></body>
"""


@pytest.fixture
def folder(tmp_path):
    static = tmp_path / "_static"
    (static / "faces").mkdir(parents=True)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.html").write_text(PAGE, encoding="utf-8")
    (static / "first.css").write_text("/* why */ .seen { color: red }\n", encoding="utf-8")
    second = "#late, .unseen { color: blue } .made, .unseen b { src: url(fonts/face.woff2) }"
    (static / "faces" / "second.css").write_text(second, encoding="utf-8")
    (static / "first.js").write_text('element.className = "made";', encoding="utf-8")
    (static / "second.js").write_text("later();", encoding="utf-8")
    (static / "more.js").write_text('element.id = "late";', encoding="utf-8")
    return tmp_path


def join(folder):
    joining.join(SimpleNamespace(outdir=folder, builder=SimpleNamespace(format="html")), None)
    return (folder / "book" / "page.html").read_text(encoding="utf-8")


def test_style_sheets_become_one_without_what_is_not_in_use(folder):
    page = join(folder)
    (sheet,) = (folder / "_static").glob("style-*.css")
    assert page.count("<link") == 1
    assert f'<link rel="stylesheet" href="../_static/{sheet.name}">' in page
    wanted = ".seen{color:red}#late{color:blue}.made{src:url(faces/fonts/face.woff2)}"
    assert sheet.read_text(encoding="utf-8") == wanted


def test_pages_that_ask_for_other_style_sheets_keep_other_rules(folder):
    other = PAGE.replace("first.css", "third.css").replace('class="seen"', 'class="unseen"')
    other = re.sub(r"<script.*</script>\n", "", other)
    (folder / "book" / "other.html").write_text(other, encoding="utf-8")
    (folder / "_static" / "third.css").write_text("p { color: red }", encoding="utf-8")
    before, after = join(folder), (folder / "book" / "other.html").read_text(encoding="utf-8")
    sheets = [re.search(r"_static/(style-.*\.css)", page)[1] for page in (before, after)]
    texts = [(folder / "_static" / sheet).read_text(encoding="utf-8") for sheet in sheets]
    assert ".made{" in texts[0]
    assert texts[1] == "p{color:red}.unseen{color:blue}"


def test_scripts_become_one_in_their_order_with_what_they_read(folder):
    page = join(folder)
    (script,) = (folder / "_static").glob("script-*.js")
    written = f'<script data-rest="more.js" defer src="../_static/{script.name}"></script>'
    assert page.count("<script") == 3  # the one within the page stays, and what is data
    assert page.index("inline()") < page.index(written) < page.index("search/table.js")
    text = script.read_text(encoding="utf-8")
    assert text == 'element.className="made";later();'


def test_colours_of_light_paper_come_first_where_pairs_may_be_unknown():
    sheet = joining.with_plain_colours(".a{margin:0;color:light-dark(red, blue)}")
    assert sheet == (
        ".a{margin:0;color:red}\n"
        "@supports (color: light-dark(red, red)) {.a{color:light-dark(red, blue)}}"
    )


def test_licences_come_first_and_what_stood_behind_them_stays(tmp_path):
    first, second = tmp_path / "first.css", tmp_path / "second.css"
    first.write_text("/*! MIT */p { color: red; /* why */ }", encoding="utf-8")
    second.write_text("/* two\nlines */ b { top: 0 } /*! BSD */", encoding="utf-8")
    sheet = joining.joined_sheets([first, second], {"p", "b"})
    assert sheet == "/*! MIT */\n/*! BSD */\np{color:red}b{top:0}"
