"""What the repository brings along is what its lock files say, and its versions agree."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import scripts

ROOT = Path(__file__).parents[1]
THEME = ROOT / "book/_ext/pages/theme"
WORKFLOW = ROOT / ".github/workflows/book.yml"
# Of each face the files that only browsers from before 2016 ask for, which are not kept.
OTHER_FILES = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)')


@pytest.fixture(scope="module")
def katex():
    """The folder of KaTeX's files, from npm, in the version and with the hash of the lock file."""
    scripts.install()
    return scripts.FOLDER / "node_modules" / "katex"


def test_katex_is_that_of_its_lock_file_byte_for_byte(katex):
    script = (katex / "dist" / "katex.min.js").read_bytes()
    assert (THEME / "renderer" / "katex.min.js").read_bytes() == script
    sheet = (katex / "dist" / "katex.min.css").read_text(encoding="utf-8")
    kept = (THEME / "static" / "katex" / "katex.min.css").read_text(encoding="utf-8")
    assert kept == OTHER_FILES.sub("", sheet)
    fonts = sorted((THEME / "static" / "katex" / "fonts").iterdir())
    assert {each.name for each in fonts} == set(re.findall(r"fonts/([^)]*)", kept))
    for font in fonts:
        assert font.read_bytes() == (katex / "dist" / "fonts" / font.name).read_bytes()
    for licence in (THEME / "renderer" / "LICENSE", THEME / "static" / "katex" / "LICENSE"):
        assert licence.read_bytes() == (katex / "LICENSE").read_bytes()


def test_versions_agree():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## ([\d.]+)$", changes, re.M)
    assert version == cited == released[0]


def test_a_tag_is_that_of_the_version():
    asked = ["git", "tag", "--points-at", "HEAD", "--list", "v*"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert set(done.stdout.split()) <= {f"v{version}"}


# The workflow: who runs code may not publish, who publishes runs none.


@pytest.fixture(scope="module")
def jobs():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    return workflow["jobs"]


def test_actions_are_named_by_digest():
    used = re.findall(r"uses: (\S+)( # v[\d.]+)?", WORKFLOW.read_text(encoding="utf-8"))
    assert used
    for action, version in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), action
        assert version, action


def test_what_may_publish_runs_no_code_of_the_repository(jobs):
    for name, job in jobs.items():
        writes = [each for each, right in job["permissions"].items() if right == "write"]
        runs = any("run" in step or "checkout" in step["uses"] for step in job["steps"])
        assert not (writes and runs), name


def test_each_job_ends_in_time_and_leaves_no_credentials(jobs):
    for name, job in jobs.items():
        assert job["timeout-minutes"] <= 60, name
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
