"""From an engagement to a report: notebooks run with parameters, pages, tables, a record.

`tables` is for use inside notebooks (`keep`, `decide`). `run` is the whole main job, `case_run`
the same for a case study, `batch` for many firms (`batch_plan` what is to be done, `batch_job`
one firm, `batch_local` and `batch_dask` who does it, `batch_page` the page over all); `kernels`
keeps a warm parent that kernels are forked from. `html` makes the pages, `placing` puts a
report in its place, `provenance` and `fingerprint` say what it was made from.

`standing_report` reads a report back: `export` hands it over as slides (`deck`), workbook
(`workbook`, with `definitions`) and PDF (`pdf`), `verify` runs it once more. This module imports
none of them, so that `kam --help` answers at once.
"""
