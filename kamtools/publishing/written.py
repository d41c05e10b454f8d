"""Whether the files of a report are still as they were written, by the hashes in `run.json`."""

from pathlib import Path, PurePosixPath

from kamtools.errors import InputError
from kamtools.publishing.placing import RECORD
from kamtools.publishing.provenance import sha256
from kamtools.publishing.standing_report import StandingReport


def changed_files(report: StandingReport) -> dict[str, str]:
    """Return the files that are not as they were written, each with what is wrong: in words.

    Raises
    ------
    InputError
        If the report has no hashes, or names a file outside of its folder.
    """
    return {
        name: told
        for name, digest in file_hashes(report).items()
        if (told := _told(report.folder / name, digest))
    }


def file_hashes(report: StandingReport) -> dict[str, str]:
    """Return the hash of every file of a report by its name, as recorded.

    Raises
    ------
    InputError
        As `changed_files`.
    """
    files = report.record["files"]
    place = report.folder / RECORD
    if not isinstance(files, dict):
        raise InputError(f"{place}: has no hashes of the files, as older reports; run it again")
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise InputError(f"{place}: names the file {name!r}; expected names in the report")
    return {str(name): str(digest) for name, digest in files.items()}


def _told(path: Path, digest: str) -> str:
    if not path.is_file():
        return "is missing"
    return "" if sha256(path) == digest else "was changed"
