"""Rules as decision tables, grouped by what they conclude, and the formats in which these can be written."""
