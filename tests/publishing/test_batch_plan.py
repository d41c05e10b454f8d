import pytest

from kamtools.errors import InputError
from kamtools.publishing.batch.jobs import read_jobs

PARAMETERS = [("code", "top: int = 3\nnote: str = ''", ["parameters"])]
OTHER = [("code", "budget: float = 1.0", ["parameters"])]


@pytest.fixture
def read(notebook_folder):
    """Return a function that reads jobs with the notebooks `selection` and `role`."""
    notebooks = notebook_folder(PARAMETERS)
    notebook_folder(OTHER, name="3_role")

    def read_with(source, names=(), **parameters):
        return read_jobs(source, notebooks=names, parameters=parameters, notebooks_source=notebooks)

    return read_with


@pytest.fixture
def write_plan(make_firms):
    """Return a function that writes a plan beside the firms tea and salt."""
    folder = make_firms("tea", "salt")

    def write(text, encoding="utf-8"):
        plan = folder / "plan.csv"
        plan.write_text(text, encoding=encoding)
        return plan

    return write


def test_folder_gives_a_job_for_each_engagement_in_the_order_of_names(make_firms, read):
    folder = make_firms("tea", "salt", "cocoa")
    (folder / "notes").mkdir()
    jobs = read(folder, top="5")
    assert [job.name for job in jobs] == ["cocoa", "salt", "tea"]
    assert jobs[0].folder == folder / "cocoa"
    assert jobs[0].notebooks == ("selection", "role")
    assert jobs[0].parameters == (("top", "5"),)


def test_notebooks_come_in_the_order_of_the_method(make_firms, read):
    assert read(make_firms("tea"), ["role", "selection"])[0].notebooks == ("selection", "role")


def test_parameter_goes_only_to_jobs_whose_notebooks_know_it(write_plan, read):
    jobs = read(write_plan("folder,notebooks\ntea,role\nsalt,selection\n"), top="5")
    assert [job.parameters for job in jobs] == [(), (("top", "5"),)]


def test_value_in_the_plan_goes_before_the_command_and_blank_cells_do_not(write_plan, read):
    jobs = read(write_plan("folder,top,budget\ntea,7,\nsalt,,2.5\n"), top="5")
    assert jobs[0].parameters == (("top", "7"),)
    assert jobs[1].parameters == (("budget", "2.5"), ("top", "5"))


def test_notebooks_of_a_row_go_before_those_of_the_command(write_plan, read):
    jobs = read(write_plan('folder,notebooks\ntea,"role, selection"\nsalt,\n'), ["role"])
    assert [job.notebooks for job in jobs] == [("selection", "role"), ("role",)]


def test_one_firm_may_have_several_jobs_under_names_of_their_own(write_plan, read):
    jobs = read(write_plan("folder,name,top\ntea,few,3\ntea,many,30\n"))
    assert [(job.name, job.folder.name) for job in jobs] == [("few", "tea"), ("many", "tea")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("folder;note\ntea;schön\n", "cp1252"),
        ("folder,note\ntea,schön\n", "utf-8-sig"),
        ("folder,note\n\n,,\ntea,schön\n", "utf-8"),
    ],
)
def test_plan_is_read_as_spreadsheets_write_it(write_plan, read, text, encoding):
    assert read(write_plan(text, encoding))[0].parameters == (("note", "schön"),)


def test_every_fault_of_a_plan_is_told_with_its_row_and_column(write_plan, read):
    plan = write_plan(
        "folder,name,notebooks,top,tpo\n"
        "tee,,,3,\n"
        "tea,,rolle,3,\n"
        "tea,a/b,selection,many,1\n"
        "salt,x,selection,3,\n"
        ",,,3,\n"
        "salt,X,selection,3,\n"
    )
    with pytest.raises(InputError) as caught:
        read(plan)
    told = str(caught.value).splitlines()
    assert told[0] == "plan.csv cannot be run as a batch:"
    for place in (
        "plan.csv, row 2, column folder: saw 'tee'; expected a folder with an engagement.toml",
        "plan.csv, row 3, column notebooks: no notebook 'rolle'; did you mean role?",
        "plan.csv, row 4, column name: saw 'a/b'; expected a name that every machine allows",
        "plan.csv, row 4, column top: saw 'many'; expected a whole number",
        "plan.csv, row 4, column tpo: no such parameter of selection; did you mean top?",
        "plan.csv, row 5, column name: saw 'x', which another job has too",
        "plan.csv, row 6, column folder: saw ''",
        "plan.csv, row 7, column name: saw 'X', which another job has too",
    ):
        assert any(line.strip().startswith(place) for line in told), place
    assert len([line for line in told if "row 4" in line]) == 3


def test_parameter_of_the_command_that_no_notebook_knows_is_told_once(make_firms, read):
    with pytest.raises(InputError, match="-p tpo: no such parameter of selection, role") as caught:
        read(make_firms("tea", "salt"), tpo="1")
    assert str(caught.value).count("tpo:") == 1


@pytest.mark.parametrize(
    "name", ["con", "NUL.txt", ".hidden", "a:b", "end.", "tea.failed", "batch.json", "x" * 101]
)
def test_name_that_is_no_name_of_a_folder_everywhere_is_refused(write_plan, read, name):
    with pytest.raises(InputError, match="expected a name that every machine allows"):
        read(write_plan(f"folder,name\ntea,{name}\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name\ntea\n", "one of them folder"),
        ("folder,top,top\ntea,1,2\n", "a header of different names"),
        ("folder\n", "saw no row"),
        ("folder\ntea\nsalt,1,2\n", "saw more cells than that in row 3"),
        ('folder\n"tea\n', "expected a CSV file"),
    ],
)
def test_file_that_is_no_plan_is_refused(write_plan, read, text, told):
    with pytest.raises(InputError, match=told):
        read(write_plan(text))


def test_source_that_is_neither_folder_of_engagements_nor_plan_is_refused(make_firms, read):
    folder = make_firms("tea")
    with pytest.raises(InputError, match="is one engagement, for which there is kam run"):
        read(folder / "tea")
    with pytest.raises(InputError, match="does not exist; expected a folder of engagements"):
        read(folder / "nowhere")
    with pytest.raises(InputError, match="is no CSV file"):
        read(folder / "tea" / "engagement.toml")
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match=r"sub-folders with an engagement\.toml; there is none"):
        read(folder / "empty")
