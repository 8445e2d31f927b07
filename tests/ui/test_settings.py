"""What is remembered from one start to the next, and what of it is not believed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from aedesk.ui.settings import Settings


@pytest.fixture
def settings(own_settings: Path) -> Settings:
    return Settings()


def written(key: str, value: object) -> Settings:
    """The settings after another program, or another version, wrote something into their file."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AEDesk", "AEDesk")
    store.setValue(key, value)
    store.sync()
    return Settings()


def test_at_the_first_start_there_is_nothing(settings):
    assert settings.geometry() is None and settings.layout() is None
    assert settings.theme() == "system"
    assert settings.folder() == Path.home()
    assert settings.recent_files() == []
    assert settings.offered_model() is None


def test_all_is_there_again_after_another_start(settings, tmp_path):
    recipe, model = tmp_path / "a b.toml", tmp_path / "ü.aedesk"
    for file in (recipe, model):
        file.touch()
        settings.add_recent_file(file)
    settings.set_window(QByteArray(b"\x00\x01geometry"), QByteArray(b"layout\xff"))
    settings.set_theme("dark")
    settings.set_offered_model(model)
    settings.sync()
    again = Settings()
    assert again.geometry() == b"\x00\x01geometry" and again.layout() == b"layout\xff"
    assert again.theme() == "dark"
    assert again.folder() == tmp_path
    assert again.recent_files() == [model, recipe]
    assert again.offered_model() == model
    again.set_offered_model(None)
    assert Settings().offered_model() is None


def test_recent_files_are_the_newest_ten_each_once(settings, tmp_path):
    files = [tmp_path / f"{number}.toml" for number in range(12)]
    for file in files:
        file.touch()
        settings.add_recent_file(file)
    assert settings.recent_files() == files[:1:-1]
    settings.add_recent_file(files[5])
    assert settings.recent_files()[:2] == [files[5], files[11]]
    assert len(settings.recent_files()) == 10


def test_a_single_recent_file_is_one(settings, tmp_path):
    file = tmp_path / "only.csv"
    file.touch()
    settings.add_recent_file(file)
    settings.sync()
    assert Settings().recent_files() == [file]


def test_files_that_are_gone_are_not_offered(settings, tmp_path):
    file, model = tmp_path / "here.toml", tmp_path / "kept.aedesk"
    for one in (file, model):
        one.touch()
    settings.add_recent_file(file)
    settings.set_offered_model(model)
    file.unlink()
    model.unlink()
    assert settings.recent_files() == [] and settings.offered_model() is None


def test_paths_are_remembered_wherever_the_next_start_is(settings, tmp_path, monkeypatch):
    (tmp_path / "here.toml").touch()
    monkeypatch.chdir(tmp_path)
    settings.add_recent_file(Path("here.toml"))
    assert settings.recent_files() == [tmp_path / "here.toml"]


@pytest.mark.parametrize("value", ["neon", 7, ["dark"], b"\xff\xfe", {"a": 1}])
def test_values_that_make_no_sense_count_as_not_there(own_settings, value):
    for key in ("window/theme", "window/geometry", "window/layout", "files/folder", "files/recent",
                "files/offered"):  # fmt: skip
        settings = written(key, value)
    assert settings.theme() == "system"
    assert settings.folder() == Path.home()
    assert settings.offered_model() is None
    assert settings.recent_files() == []
    for found in (settings.geometry(), settings.layout()):
        assert found is None or isinstance(found, QByteArray)


def test_a_settings_file_that_is_no_settings_file_does_not_stop_the_start(own_settings):
    file = Path(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AEDesk", "AEDesk").fileName())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(range(256)) * 20)
    settings = Settings()
    assert settings.theme() == "system" and settings.recent_files() == []
    settings.set_theme("dark")
    assert settings.theme() == "dark"
