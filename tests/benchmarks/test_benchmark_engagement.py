from benchmarks.engagement import load, read_as_text, write_firm


def test_both_readings_see_every_line_of_the_file(tmp_path):
    write_firm(tmp_path, 5_000)
    assert load(tmp_path) == read_as_text(tmp_path) == 5_000
