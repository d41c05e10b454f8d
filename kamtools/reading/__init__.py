"""From files and databases as they are to typed tables, or to a list of their faults.

`text` finds out how a CSV file is written (encoding, separator), `sources` opens any kind
of file or database as an Ibis table of what stands in it, `values` recognises how numbers
and dates are written and reads them, `writing` tells it in words. Nothing here
knows what the columns mean.
"""
