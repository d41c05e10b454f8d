"""Who holds the power, and what restores the balance: pure functions on tables."""
