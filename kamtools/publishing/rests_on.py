"""What a report rests on: its files, inputs and software, as it tells and as they are now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from kamtools.engagement import load
from kamtools.errors import InputError
from kamtools.publishing import case_run, catalogue, provenance
from kamtools.publishing.batch import place as batch_place
from kamtools.publishing.parameters import SET_BY_RUNNER
from kamtools.publishing.plan import Planned, plan_files
from kamtools.publishing.report import record_software
from kamtools.publishing.run import as_of
from kamtools.publishing.standing_report import StandingReport
from kamtools.publishing.written import changed_files
from kamtools.samples import locate, public
from kamtools.samples.locating import SAMPLE

_SETTINGS = "engagement.toml"
_OF_A_SAMPLE = re.compile(rf"({'|'.join((SAMPLE, *public.NAMES))})(?:-\d+)?-[0-9a-f]{{16}}")
"""How the folder of a sample in the user's cache is called, `samples.locate` made it."""


@dataclass(frozen=True)
class Standing:
    """What a report rests on, then and now; each a mapping of a name to what differs, in words.

    Attributes
    ----------
    files
        Files of the report that are not as they were written.
    inputs
        Files of the engagement, or of the case, that are others than then.
    software
        Notebooks, versions, code that are others than then; this alone breaks no report.
    """

    files: dict[str, str]
    inputs: dict[str, str]
    software: dict[str, str]

    @property
    def holds(self) -> bool:
        """Whether files and inputs are as they were."""
        return not self.files and not self.inputs


def engagement_of(report: StandingReport) -> Path:
    """Return the folder of the engagement that a report was made of, where it can be found.

    It is looked for around the report, then among the samples by its name.

    Raises
    ------
    InputError
        If it is not found.
    """
    told = str(report.record["engagement"]["folder"])
    around = report.folder.resolve().parent
    places = [around, around / "engagement"]
    if told and told == Path(told).name:
        places.append(around / told)
        if (around / batch_place.RECORD).is_file():  # a batch's: the firms stand beside it
            places += [around.parent / told, *sorted(around.parent.glob(f"*/{escape(told)}"))]
    for place in places:
        if (place / _SETTINGS).is_file():
            return place
    sample = _OF_A_SAMPLE.fullmatch(told)
    if sample:
        return locate(sample[1])
    raise InputError(
        f"{report.folder}: made of the engagement {told!r}, which is not beside the report; "
        "say where it is with --engagement DIR"
    )


def check_standing(report: StandingReport, *, folder: Path) -> Standing:
    """Compare the files of a report, its inputs and the software with what it tells of them.

    Parameters
    ----------
    report : from `standing_report.read_report`
    folder : of the engagement, or of the case

    Raises
    ------
    InputError
        If the report has no hashes, or the engagement cannot be read.
    """
    record = report.record
    planned = planned_again(report, folder)
    if "case" in record:
        files = [file for file in case_run.case_inputs(folder) if file.is_file()]
    else:
        files = list(load(folder, as_of=as_of(planned)).files)
    now = {entry["file"]: entry["sha256"] for entry in provenance.input_hashes(files, folder)}
    was = {entry["file"]: entry["sha256"] for entry in record["inputs"]}
    return Standing(changed_files(report), _changes(was, now), _software(record, planned))


def planned_again(report: StandingReport, folder: Path) -> dict[str, Planned]:
    """Return the package's notebooks with the parameters that a report tells of each.

    Raises
    ------
    InputError
        If this version has no such notebook or parameter.
    """
    told = report.record["notebooks"]
    is_case = "case" in report.record
    if is_case:
        files = {case_run.NAME: folder / case_run.NOTEBOOK}
    else:
        files = catalogue.choose(list(told), catalogue.notebooks_folder())
    set_by_us = (SET_BY_RUNNER, case_run.NAME)
    return {
        name: plan_files(
            {name: file},
            {key: value for key, value in told[name]["parameters"].items() if key not in set_by_us},
        )[name]
        for name, file in files.items()
    }


def _software(record: Mapping[str, Any], planned: Mapping[str, Planned]) -> dict[str, str]:
    now = record_software()
    was, versions = record["versions"], now["versions"]
    found = {
        name: f"was {was.get(name, 'not told')}, is {versions.get(name, 'not told')}"
        for name in dict.fromkeys([*was, *versions])
        if was.get(name) != versions.get(name)
    }
    if record.get("package_sha256") != now["package_sha256"]:
        found["the code of kamtools"] = "is another than then"
    for name, one in planned.items():
        if record["notebooks"][name]["sha256"] != provenance.sha256(one.file):
            found[f"the notebook {name}"] = "is another than then"
    return found


def _changes(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    gone = {name: "is missing" for name in was if name not in now}
    new = {name: "is new" for name in now if name not in was}
    changed = {name: "was changed" for name in was if now.get(name, was[name]) != was[name]}
    return dict(sorted((gone | new | changed).items()))
