"""Who does what for a key account in the sample company, and five faults in it to be found.

The table is the firm's own, written by hand: one activity nobody answers for, one that two
answer for, one in which the key account manager judges the own work, one without a day on
which it goes further up, and a function in which nobody stands in for anybody.
"""

import pandas as pd

ACTIVITIES = pd.DataFrame(
    [
        ("Agree the year plan with the client", "client", "key account manager",
         "head of sales", "finance; production", "managing director",
         "second key account manager", 10),
        ("Visit the client's buyers and stores", "client", "key account manager",
         "head of sales", "", "sales office", "second key account manager", 5),
        ("Give notice of our own steps", "client", "key account manager",
         "head of strategy", "marketing", "sales office; production",
         "second key account manager", 3),
        ("Write the monthly market briefing", "client", "market analyst",
         "key account manager", "marketing", "head of sales", "second market analyst", 5),
        ("Plan promotions", "client", "key account manager",
         "head of marketing; head of sales", "finance; production", "sales office",
         "second key account manager", 5),
        ("Set the price floor", "finance", "pricing analyst",
         "head of finance", "key account manager", "head of sales", "controller", 2),
        ("Set the credit limit", "finance", "credit controller",
         "head of finance", "key account manager", "sales office", "controller", 2),
        ("Collect overdue invoices", "finance", "credit controller",
         "head of finance", "key account manager", "", "controller", 10),
        ("Report margin after service", "finance", "controller",
         "", "sales office", "key account manager; head of sales", "pricing analyst", 10),
        ("Buy ingredients and packaging for client labels", "purchasing", "buyer",
         "head of purchasing", "production; quality", "key account manager", "", 5),
        ("Watch prices of raw materials", "purchasing", "buyer",
         "head of purchasing", "finance", "key account manager", "", 5),
        ("Plan volumes for the festivals", "production", "production planner",
         "head of production", "key account manager; purchasing", "sales office",
         "shift leader", 3),
        ("Run the client's special packs", "production", "shift leader",
         "head of production", "quality", "key account manager", "production planner", None),
        ("Release new products", "production", "product developer",
         "head of production", "marketing; quality; finance", "key account manager",
         "production planner", 10),
        ("Enter and confirm orders", "after-sales", "sales office",
         "head of logistics", "", "key account manager", "dispatcher", 1),
        ("Deliver, and deliver express", "after-sales", "dispatcher",
         "head of logistics", "production", "sales office", "sales office", 1),
        ("Close complaints", "after-sales", "quality officer",
         "key account manager", "production", "head of quality", "sales office", 3),
        ("Handle returns and credit notes", "after-sales", "sales office",
         "head of logistics", "finance", "key account manager", "dispatcher", 5),
    ],
    columns=["activity", "function", "responsible", "accountable", "consulted", "informed",
             "deputy", "escalation_days"],
).astype({"escalation_days": float})  # fmt: skip

WORKLOAD_ASSUMPTIONS = pd.DataFrame(
    [
        ("base_other", 12, 6, 20, "hours a year of a shop or canteen",
         "Head of sales, December 2024"),
        ("hours_per_year", 1740, 1700, 1760, "hours that one manager works in a year",
         "Personnel office, 2024"),
        ("share_for_accounts", 0.75, 0.7, 0.8, "part of a manager's hours that goes to accounts",
         "Time sheets of two weeks in October 2024"),
    ],
    columns=["assumption", "value", "low", "high", "meaning", "source"],
).astype({"value": float, "low": float, "high": float})  # fmt: skip

# Of a row in `ACTIVITIES`, or of a function where it is named; what a validator must find.
FLAWS = (
    ("Report margin after service", "no_accountable", "Nobody answers for it."),
    ("Plan promotions", "two_accountable", "Marketing and sales both answer for it."),
    ("Close complaints", "manager_accountable",
     "The key account manager decides whether a complaint is settled."),
    ("Run the client's special packs", "no_escalation",
     "No day is set on which it goes to the head of production."),
    ("purchasing", "no_deputy", "Nobody stands in for the buyer."),
)  # fmt: skip
