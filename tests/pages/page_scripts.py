"""The page's scripts that read and judge, run in Node: what the page would say to what is typed."""

import json
import subprocess
from pathlib import Path

import scripts

STATIC = Path(__file__).parents[2] / "lib/questions"
NAMES = ("pieces", "grammar", "exact", "judge", "numbers")
TOLD = """
const told = (work) => {
  try {
    return work();
  } catch (error) {
    if (error instanceof pieces.Unread) return { unread: error.message, piece: error.piece };
    throw error;
  }
};
const TASKS = {
  read: ({ typed, letters, by }) => grammar.readings(typed, letters, by)
    .map(({ tree, isLikely }) => [grammar.shape(tree), isLikely, grammar.write(tree)]),
  number: ({ typed, check }) => numbers.number(typed, check),
  derivative: ({ typed, check }) => judge.derivative(typed, once(check)),
};
const checks = new Map(); // for the page prepares a question once
const once = (check) => {
  const name = JSON.stringify(check);
  if (!checks.has(name)) checks.set(name, check);
  return checks.get(name);
};
const tell = (cases) => cases.map(({ task, ...rest }) => told(() => TASKS[task](rest)));
"""
IN_NODE = """
let input = "";
process.stdin.on("data", (data) => (input += data)).on("end", () => {
  console.log(JSON.stringify(tell(JSON.parse(input))));
});
"""


def source():
    """Return the scripts with a function `tell(cases)`, which gives what they say to each."""
    files = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in NAMES]
    return "\n".join([*files, TOLD])


def run(cases):
    """Return what the scripts give for each case, a dictionary of a task and what it takes."""
    done = subprocess.run(
        [scripts.NODE, "-e", source() + IN_NODE],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def worded(told):
    """Return (state, words) for what the scripts gave each case, as the page shows them."""
    return [
        ("unread", each["unread"])
        if "unread" in each
        else ("right" if each["right"] else "wrong", each["words"])
        for each in told
    ]


def verdicts(cases):
    """Return (state, words) for each case, as the page shows them."""
    return worded(run(cases))
