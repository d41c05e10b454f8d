"""From an engagement to a report: notebooks run with parameters, pages, tables, a record.

`tables` is for use inside notebooks (`keep`, `decide`); `run` is the whole main job;
`case_run` does the same for a case study; `html` makes the pages, `placing` puts a report in
its place, `provenance` says what it was made from. This module imports none of them, so that
`kam --help` answers at once.
"""
