"""The deck's own words in one place: English here, other languages in their catalogues."""

from collections.abc import Callable

from kamtools.language import tr, using

Say = Callable[..., str]
"""Takes a key of `WORDS` and the values of its gaps; returns the text."""

WORDS: dict[str, str] = {
    # opening, foot, captions
    "subtitle": "What was decided, what it rests on, and what would change it",
    "as_of": "As of {day}",
    "case_subtitle": "A case study",
    "foot": "{firm}",
    "more_rows": "And {n} more in the workbook.",
    "source": "Source: {tables}",
    "whole_in_notes": "Texts that end in … stand whole in the notes.",
    "notes_source": "Where the numbers come from: {tables}.",
    "notes_asked": "What you may be asked:",
    "notes_whole": "Whole texts:",
    "nothing": "The report tells no decision.",
    "and_then": "; ",
    "and_more": "{names} and {n} more",
    "table_alt": "Table: {title}",
    # the decision
    "decision_chosen": "{n} key accounts, led by {first}",
    "decision_captive": "captive to {n} of {known} on the power map",
    "decision_cost": "{cost} a year to restore the balance",
    "decision_none": "No decision could be taken from what is known",
    "chosen_short": "Chosen as key accounts: {names}.",
    "q_readiness": "Are we ready?",
    "q_selection": "Which accounts are key?",
    "q_role": "Who looks after them?",
    "q_power": "Who holds the power?",
    "q_account_plan": "What happens on Monday?",
    "q_briefing": "What do we tell them?",
    "q_other": "What was found?",
    "h_question": "Question",
    "h_decision": "Decision",
    "ask_decision": "What would change it? The last paragraph of each notebook's decision says"
    " so: it stands below.",
    # readiness
    "readiness_title": "Readiness: weakest in {weak} ({low} of 5), strongest in {strong} ({high})",
    "readiness_axis": "Level, 1 to 5",
    "readiness_alt": "Bars: the level of readiness from 1 to 5 in {n} dimensions",
    "h_close_first": "Close first",
    "h_level": "Level",
    "ask_readiness": "Who gave the levels? The people who answered readiness.csv; a dimension"
    " is the mean of its statements.",
    "structure_title": "{n} of {known} known conditions point to {structure}",
    "form_title": "Fits the firm: {form}",
    "form_smaller": "Fits the firm: {form}; its conditions alone call for {called_for}",
    "h_condition": "Condition",
    "h_reads": "Here",
    "h_points_to": "Points to",
    "ask_structure": "What are the limits? They stand in the table structure_limits, each"
    " with its reason.",
    # selection
    "chosen_title": "{n} key accounts, led by {first}",
    "h_rank": "Rank",
    "h_account": "Account",
    "h_score": "Score",
    "h_reason": "Why",
    "ask_chosen": "Why not simply the largest? The score weighs several criteria; the table"
    " criteria has each with its weight, and a later slide compares with sales.",
    "sales_title": "{both} of {n} chosen accounts also lead by sales; {only} would be missed"
    " by sales alone",
    "sales_axis": "Sales of a year, {currency}",
    "sales_alt": "Bars: sales of a year of {n} accounts, the largest first, by whether each"
    " is chosen",
    "s_chosen": "Chosen",
    "s_sales_only": "Leads by sales, not chosen",
    "h_missed": "Chosen, though not among the largest",
    "h_sales_rank": "Rank by sales",
    "h_sales": "Sales",
    "ask_sales": "What does leaving a large account out cost? It stays a client; it only gets"
    " no key-account manager. Margin stands beside sales in the table sales_list.",
    "verdicts_title": "{sure} of {all} accounts are in under most weights; {open} are worth"
    " an argument",
    "verdicts_sure": "{sure} of {all} accounts are in under most weights; none is worth"
    " an argument",
    "verdicts_axis": "Part of the ways to weigh the criteria under which the account is in",
    "verdicts_alt": "Bars: for {n} accounts, the share of weightings under which each is chosen",
    "s_in": "In",
    "s_argue": "Argue about it",
    "s_out": "Out",
    "ask_verdicts": "What does the share mean? Weights were drawn at random many times; it is"
    " the share of draws in which the account is among the chosen.",
    "backtest_title": "Tested on the past, {horizon} months ahead: {measure} was {score} by"
    " {method} and {sales} by sales rank: {verdict}",
    "backtest_axis": "{measure}, lists of {top}, {horizon} months ahead",
    "backtest_alt": "Bars: {measure} for {n} ways of choosing accounts",
    "s_compared": "Compared in the title",
    "s_others": "Other ways",
    "ask_backtest": "Is the difference real? The table has for each way the range of the"
    " difference to sales rank, and a verdict.",
    "weights_title": "{label} weighs most, with {weight}, among {n} criteria",
    "weights_axis": "Weight",
    "weights_alt": "Bars: the weight of each of {n} criteria",
    "s_weight": "Weight",
    "ask_weights": "Who set the weights? The firm, or the default where none were set; the"
    " last slide tells which parameters were set.",
    # role
    "workload_title": "{n} key accounts need {hours} hours a year; {name} the most, {most}",
    "workload_even": "{n} key accounts need {hours} hours a year, {most} each",
    "workload_axis": "Hours a year",
    "workload_alt": "Bars: hours of work a year for {n} accounts",
    "s_hours": "Hours",
    "ask_workload": "Where do the hours come from? From the assumptions of the table"
    " workload_assumptions or from the log of service, as the column source says; low and"
    " high stand beside.",
    "managers_title": "{moves} of {n} accounts change managers; loads then lie between {low}"
    " and {high} of a fair share",
    "managers_title_stay": "{n} accounts have a manager each; loads lie between {low} and"
    " {high} of a fair share",
    "managers_axis": "Hours a year with key accounts",
    "managers_alt": "Columns: hours of {n} managers today, as proposed, and their capacity",
    "s_today": "Today",
    "s_proposed": "Proposed",
    "s_capacity": "Capacity",
    "ask_managers": "Why does this account move? The table moves gives the reason of each.",
    # power
    "map_title": "{n} of {known} accounts on the map hold us captive",
    "map_title_one": "1 of {known} accounts on the map holds us captive",
    "map_x": "Power imbalance: to the right the account is stronger",
    "map_y": "Mutual dependence",
    "map_alt": "Scatter chart: power imbalance and mutual dependence of {n} accounts, by zone",
    "ask_map": "How sure is a place on the map? The table power has low and high of both"
    " axes, and the probability of the zone.",
    "measures_title": "{n} measures bring {name} into the corridor for {cost} a year,"
    " {probability} sure",
    "measures_title_one": "1 measure brings {name} into the corridor for {cost} a year,"
    " {probability} sure",
    "measures_title_not": "{n} measures for {cost} a year leave {name} outside the corridor"
    " ({probability} sure to be in)",
    "measures_title_many": "{n} measures for {cost} a year bring {reached} of {accounts}"
    " accounts into the corridor",
    "h_measure": "Measure",
    "h_cost": "Cost a year, {currency}",
    "h_from": "Cost from",
    "h_to": "Cost to",
    "h_months": "Months to work",
    "h_legal": "Law",
    "h_guard": "Mind",
    "ask_measures": "How good are the costs and effects? They are assumptions of the library"
    " of measures, each with its grade of evidence; replace them by your own.",
    "losses_title": "A break with {name} would cost us {ours} of margin and them {theirs}",
    "losses_axis": "Margin lost until replaced, {currency}",
    "losses_alt": "Bars: margin that either side would lose, for {n} accounts",
    "s_ours": "We lose",
    "s_theirs": "They lose",
    "ask_losses": "Over what time? The months that either side needs to replace the other:"
    " the table losses has them, with low and high.",
    "exposure_title": "Without {name} a yearly profit of {before} would become {after}",
    "exposure_axis": "Share of our sales",
    "exposure_alt": "Bars: share of our sales of {n} key accounts",
    "s_share": "Share of our sales",
    "ask_exposure": "How is the profit after computed? Margin lost, less the fixed costs that"
    " can be saved; the table exposure has each step.",
    # account plan
    "actions_title": "{n} actions are in the plan, the first by {day}",
    "actions_title_one": "1 action is in the plan, by {day}",
    "h_action": "Action",
    "h_owner": "Owner",
    "h_by": "By",
    "ask_actions": "Are owners and dates agreed? They are proposals until the owners say yes.",
    "calendar_title": "{n} dates lie ahead until {last}; late already: {late}",
    "calendar_title_on_time": "{n} dates lie ahead until {last}; none is late",
    "calendar_axis": "Dates in the month",
    "calendar_alt": "Columns: dates of the calendar by month and kind",
    "h_next": "Next",
    "h_day": "Day",
    "ask_calendar": "Can it go into our own calendars? Yes: calendar.ics stands beside the table.",
    # briefing
    "briefing_title": "{n} of {all} lines may go out in the briefing",
    "h_event": "What happened",
    "h_competitor": "Who",
    "h_source_of": "Source",
    "ask_briefing": "May we say this? A person reads each line against its source before it"
    " goes out; the gate knows words, not meaning.",
    # cases and other notebooks
    "ask_table": "What do the columns mean? The notebook's page explains the table where it"
    " stands.",
    # assumptions and how it was made
    "assumptions_title": "{n} numbers are assumptions: replace them by your own where you can",
    "h_assumption": "Assumption",
    "h_value": "Value",
    "h_low": "Low",
    "h_high": "High",
    "h_meaning": "Meaning",
    "assumptions_title_one": "1 number is an assumption: replace it by your own if you can",
    "ask_assumptions": "What if one is wrong? Low and high went into the ranges; give your"
    " own value in the engagement's folder and run again.",
    "made_title": "Made from {n} files: the same files give the same figures again",
    "made_title_one": "Made from 1 file: the same file gives the same figures again",
    "h_what": "What",
    "h_told": "As recorded",
    "m_files": "Files, with the beginning of their SHA-256",
    "m_set": "Parameters that were set",
    "m_none_set": "none; all are as the notebooks come",
    "m_seeds": "Seeds of random numbers",
    "m_no_seeds": "none; no random numbers",
    "m_versions": "Versions",
    "m_commit": "Commit",
    "m_package": "hash of the package (SHA-256)",
    "m_as_of": "As of",
    "m_run": "Run",
    "ask_made": "Can it be repeated? Yes: kam verify with the folder of the report runs it"
    " again and compares.",
}


def lower_first(label: str) -> str:
    """Return a label as it stands within a sentence.

    Examples
    --------
    >>> lower_first("Sales rank"), lower_first("BG/NBD")
    ('sales rank', 'BG/NBD')
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def words_of(language: str) -> Say:
    """Return the function that says the deck's own words in a language.

    Where `n` is 1 and there is a key that ends in `_one`, it is that which is said.

    Examples
    --------
    >>> words_of("en")("more_rows", n=3)
    'And 3 more in the workbook.'
    """

    def say(key: str, **values: object) -> str:
        one = WORDS.get(f"{key}_one") if values.get("n") == 1 else None
        with using(language):
            return tr(one or WORDS[key]).format(**values)

    return say
