"""From an engagement to a report: notebooks run with parameters, pages, tables, a record.

`tables` is for use inside notebooks (`keep`, `decide`). `run` is the whole main job, `case_run`
the same for a case study, `batch` for many firms (in it `jobs` says what is to be done, `job` does
one firm, `local` and `dask` share them out, `page` looks over all); `kernels` keeps a warm parent
that kernels are forked from. `documents` are what notebooks keep to be edited by the firm. `html`
makes the pages, `placing` puts a report in its place, `provenance` and `fingerprint` say what it
was made from.

`standing_report` reads a report back: `export` hands it over as slides (`deck`), workbook
(`workbook`, with `definitions`) and PDF (`pdf`), `verify` runs it once more. This module imports
none of them, so that `kam --help` answers at once.
"""
