"""A style sheet loses what no page has a use for, and nothing else."""

import pytest

from pages.theme.unused import names_in_page, names_in_script, without_unused

PAGE = """<!doctype html><html><body id="top" class="one two-three"><p class="one">Strong: four.
<input type="range"><span style="color: var(--spoken)"></span></p>
<script>add("five")</script></body></html>"""
NAMES = names_in_page(PAGE) | names_in_script('element.className = "six"; get("--read");')


def test_what_is_written_is_not_what_there_is():
    there = {"html", "range", "body", "p", "top", "one", "two-three", "five", "six", "--spoken"}
    assert there <= NAMES
    assert not NAMES & {"Strong", "four", "doctype"}


@pytest.mark.parametrize(
    "rule",
    [
        "p { color: red }",
        ".one p .two-three > #top { color: red }",
        ".one:not(.gone) { color: red }",
        ":is(.gone, b) { color: red }",
        "p:is(:not(.gone, b), [class~='gone,b']):hover::after { color: red }",
        "[type='range'], input:not([type=gone]):hover { color: red }",
        "[data-theme='dark'], ::backdrop, * { color: red }",
        "@media (width > 1.5em) { .five { color: red } }",
        "@keyframes turn { from { color: red } 50.5% { color: red } to { color: red } }",
        "p { --a: red; color: var(--b) } .six { --b: var( --a ) }",
        "p { --spoken: url('data:image/svg+xml;x'); --read: 1 }",
        "@font-face { font-family: 'A B'; src: url(a) } p { font: 1em A B }",
        "@page :first { margin: 0 }",
    ],
)
def test_what_can_apply_is_kept(rule):
    assert without_unused(rule, NAMES) == rule


@pytest.mark.parametrize(
    ("rule", "rest"),
    [
        (".gone{color:red}", ""),
        (".one .gone,.gone:hover::after{color:red}", ""),
        ("[type=gone]::before,[type='gone'] p,[type=range]{color:red}", "[type=range]{color:red}"),
        ("#gone,h6,p,:is(p) kbd{color:red}", "p{color:red}"),
        ("@media print{.gone{color:red}@supports (a: b){kbd{color:red}}}", ""),
        ("p{--a:1;color:red}", "p{color:red}"),
        ("p{--a:var(--c);--c:url('x;y');color:red;--d:\"}\"}", "p{color:red;}"),
        ("@font-face{font-family:A;src:url(a)}.gone{font-family:A}", ""),
    ],
)
def test_what_cannot_is_not(rule, rest):
    assert without_unused(f"b{{}}{rule}", NAMES | {"b"}) == f"b{{}}{rest}"
