"""How the files of the browser's Python are brought, checked and packed."""

import json
import os
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest

import python_runtime
from runtime import files, packing

TEXTS = {"one.txt": b"one", "two.txt": b"two"}


def wanted(texts=TEXTS):
    """Return a list that wants files of these texts."""
    return [files.Listed(name, len(t), sha256(t).hexdigest()) for name, t in texts.items()]


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Have no folder named, and packages from an empty folder only; return that."""
    monkeypatch.delenv(files.FOLDER_NAMED, raising=False)
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(packages))
    return packages


def carry(folder, monkeypatch, texts):
    """Put a package that carries files into a folder, and name it as the one to look in."""
    wheel = folder / "carrier-1.0-py3-none-any.whl"
    info = "carrier-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("carrier/__init__.py", "1 / 0")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
        for name, text in texts.items():
            archive.writestr(f"carrier/files/{name}", text)
    known = {"package": "carrier", "version": "1.0", "folder": "carrier/files"}
    known["sha256"] = sha256(wheel.read_bytes()).hexdigest()
    monkeypatch.setattr(files, "LIST", folder / "files.json")
    files.LIST.write_text(json.dumps({"carrier": known}), encoding="utf-8")
    return wheel


def test_the_list_is_of_what_a_page_needs():
    names = {each.name.split("-")[0] for each in files.listed()}
    assert names >= {"numpy", "matplotlib", "pyodide.asm.wasm", "pyodide.js"}
    assert all(len(each.sha256) == 64 and each.bytes > 0 for each in files.listed())


def test_files_of_a_named_folder_are_checked_and_kept(alone, tmp_path, monkeypatch):
    named = tmp_path / "named"
    named.mkdir()
    for name, text in TEXTS.items():
        (named / name).write_bytes(text)
    monkeypatch.setenv(files.FOLDER_NAMED, str(named))
    found = files.bring(tmp_path / "kept", wanted())
    monkeypatch.delenv(files.FOLDER_NAMED)
    assert files.bring(found, wanted()) == found
    assert {path.name: path.read_bytes() for path in found.iterdir()} == TEXTS


@pytest.mark.parametrize("text", [b"TWO", b"two and more", b""])
def test_a_file_that_is_another_is_an_error_that_names_it(text, alone, tmp_path, monkeypatch):
    for name, each in (TEXTS | {"two.txt": text}).items():
        (alone / name).write_bytes(each)
    monkeypatch.setenv(files.FOLDER_NAMED, str(alone))
    with pytest.raises(files.WrongFile, match=r"two\.txt from the folder of PYTHON_RUNTIME: got"):
        files.bring(tmp_path / "kept", wanted())


def test_what_is_nowhere_is_said(alone, tmp_path, monkeypatch):
    carry(alone, monkeypatch, {"one.txt": b"one"})
    with pytest.raises(files.Unavailable, match=r"not to be had: two\.txt"):
        files.bring(tmp_path / "kept", wanted())


def test_a_package_is_unpacked_and_not_run(alone, tmp_path, monkeypatch):
    carry(alone, monkeypatch, TEXTS | {"three.txt": b"three"})
    found = files.bring(tmp_path / "kept", wanted())
    assert {path.name: path.read_bytes() for path in found.iterdir()} == TEXTS


def test_a_package_that_is_another_is_an_error_that_names_it(alone, tmp_path, monkeypatch):
    wheel = carry(alone, monkeypatch, TEXTS)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("carrier/more.txt", "more")
    with pytest.raises(files.WrongFile, match=f"{wheel.name} from PyPI"):
        files.bring(tmp_path / "kept", wanted())
    carry(alone, monkeypatch, TEXTS | {"two.txt": b"TWO"})
    with pytest.raises(files.WrongFile, match=r"two\.txt from carrier==1\.0"):
        files.bring(tmp_path / "kept", wanted())


def test_what_the_cache_has_lost_or_cut_off_is_brought_again(alone, tmp_path, monkeypatch):
    carry(alone, monkeypatch, TEXTS)
    found = files.bring(tmp_path / "kept", wanted())
    (found / "one.txt").write_bytes(b"o")
    (found / "two.txt").unlink()
    files.bring(found, wanted())
    assert {path.name: path.read_bytes() for path in found.iterdir()} == TEXTS


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_files_the_book_has_no_run_and_ci_fails(ci, code, tmp_path, monkeypatch, capsys):
    def bring():
        raise files.Unavailable("not to be had: one.txt")

    (tmp_path / "python").mkdir()
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(files, "bring", bring)
    monkeypatch.setattr(python_runtime, "TARGET", tmp_path / "python")
    assert python_runtime.main() == code
    assert capsys.readouterr().out.count("without Run") == 1
    assert not (tmp_path / "python").exists()


@pytest.fixture(scope="module")
def brought():
    """The folder of the listed files; without it the test is skipped, and fails under CI."""
    try:
        return files.bring()
    except files.Unavailable as missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(missing))


def test_packing_twice_gives_the_same_bytes(brought, tmp_path):
    first, second = packing.packed(brought), packing.packed(brought, tmp_path)
    assert first != second
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_what_is_published_is_named_by_its_hash_and_small_enough(brought, tmp_path):
    (tmp_path / "old.zip").write_bytes(b"of a state before")
    lib = python_runtime.lib_archive()
    manifest = python_runtime.publish(tmp_path, packing.packed(brought), lib)
    assert manifest["gz"] <= python_runtime.MOST
    assert set(manifest["files"]) == {"loader", "asm", "wasm", "lock", "stdlib", "site", "lib"}
    for each in manifest["files"].values():
        data = (tmp_path / each["name"]).read_bytes()
        assert sha256(data).hexdigest()[:8] == each["name"].split(".")[1]
        assert len(data) == each["bytes"]
    others = {manifest["licences"], "manifest.json"}
    names = {each["name"] for each in manifest["files"].values()}
    assert {path.name for path in tmp_path.iterdir()} == names | others
    loader = (tmp_path / manifest["files"]["loader"]["name"]).read_text(encoding="utf-8")
    assert all(manifest["files"][name]["name"] in loader for name in ("asm", "wasm"))


def test_lib_is_packed_as_source_and_the_same_twice():
    data = python_runtime.lib_archive()
    assert data == python_runtime.lib_archive()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        source = archive.read("lib/descent.py").decode()
    assert '"""' in source
    wanted = {
        "inside/__init__.py",
        "IPython/display.py",
        "anywidget/__init__.py",
        "lib/palette.css",
    }
    assert wanted <= set(names)
    assert not [name for name in names if name.endswith((".pyc", ".woff2"))]


def test_the_archives_have_modules_compiled_and_no_tests(brought):
    folder = packing.packed(brought)
    known = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name in ("stdlib", "site"):
        names = zipfile.ZipFile(folder / known[name]["name"]).namelist()
        assert not [each for each in names if each.endswith(".py") or "/tests/" in each]
        assert len(names) > 300


def test_everything_that_is_shipped_has_its_licence(brought):
    folder = packing.packed(brought)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    text = (folder / manifest["licences"]).read_text(encoding="utf-8")
    assert len(manifest["contents"]) == len(files.listed()) - 2 + len(packing.ADDED)
    for name, version, licence in manifest["contents"]:
        assert f"---- {name} {version} ----" in text
        assert licence
