"""Where AEDesk finds what it ships with and keeps what a person makes."""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of shipped files: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of one shipped file, as in ``resource("recipes", "digits-dense.toml")``."""
    return resources().joinpath(*parts)


def cache() -> Path:
    """The user's cache folder, made if missing: what is in it can be made again."""
    return Path(platformdirs.user_cache_dir("aedesk", appauthor=False, ensure_exists=True))


def user_data() -> Path:
    """The user's data folder, made if missing: saved work that was not given a place."""
    return Path(platformdirs.user_data_dir("aedesk", appauthor=False, ensure_exists=True))


def logs() -> Path:
    """The folder of log files, made if missing."""
    return Path(platformdirs.user_log_dir("aedesk", appauthor=False, ensure_exists=True))
