"""A page has one style sheet and one script, with all that its several had for it."""

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
    second = ".unseen { color: blue } .made, .unseen b { src: url(fonts/face.woff2) }"
    (static / "faces" / "second.css").write_text(second, encoding="utf-8")
    (static / "first.js").write_text('element.className = "made";', encoding="utf-8")
    (static / "second.js").write_text("later();", encoding="utf-8")
    return tmp_path


def join(folder):
    joining.join(SimpleNamespace(outdir=folder, builder=SimpleNamespace(format="html")), None)
    return (folder / "book" / "page.html").read_text(encoding="utf-8")


def test_style_sheets_become_one_without_what_is_not_in_use(folder):
    page = join(folder)
    (sheet,) = (folder / "_static").glob("style-*.css")
    assert page.count("<link") == 1
    assert f'<link rel="stylesheet" href="../_static/{sheet.name}">' in page
    wanted = ".seen { color: red } .made, .unseen b { src: url(faces/fonts/face.woff2) }"
    assert " ".join(sheet.read_text(encoding="utf-8").split()) == wanted


def test_scripts_become_one_in_their_order_with_what_they_read(folder):
    page = join(folder)
    (script,) = (folder / "_static").glob("script-*.js")
    written = f'<script data-rest="more.js" defer src="../_static/{script.name}"></script>'
    assert page.count("<script") == 3  # the one within the page stays, and what is data
    assert page.index("inline()") < page.index(written) < page.index("search/table.js")
    text = script.read_text(encoding="utf-8")
    assert text == 'element.className = "made";\nlater();'


@pytest.mark.parametrize(
    "rule",
    [
        "b { color: red }",
        ".a b .c-d { color: red }",
        ".gone, .a { color: red }",
        ".a:not(.gone) { color: red }",
        ":is(.gone, b) { color: red }",
        "@media (width > 1.5em) { .a { color: red } }",
        "@font-face { src: url(a.gone) }",
        "@keyframes turn { 50.5% { color: red } }",
    ],
)
def test_a_rule_that_can_apply_is_kept(rule):
    assert joining.without_unused(rule, {"a", "c-d"}) == rule


@pytest.mark.parametrize("rule", [".gone{color:red}", ".a .gone,.gone:hover::after{color:red}"])
def test_a_rule_for_a_class_that_is_nowhere_is_not(rule):
    assert joining.without_unused(f"b{{}}{rule}", {"a"}) == "b{}"


def test_colours_of_light_paper_come_first_where_pairs_may_be_unknown():
    sheet = joining.with_plain_colours(".a{margin:0;color:light-dark(red, blue)}")
    assert sheet == (
        ".a{margin:0;color:red}\n"
        "@supports (color: light-dark(red, red)) {.a{color:light-dark(red, blue)}}"
    )
