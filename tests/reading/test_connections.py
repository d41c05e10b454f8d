import subprocess
import sys

ASK = """
from kamtools.reading.connections import new_connection
setting = "SELECT current_setting('enable_progress_bar')"
print(new_connection().raw_sql(setting).fetchall())
"""


def test_no_bar_of_the_database_stands_among_the_outputs():
    asked_as_a_person_would = [sys.executable, "-c", ASK]
    answer = subprocess.run(asked_as_a_person_would, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[(False,)]"
