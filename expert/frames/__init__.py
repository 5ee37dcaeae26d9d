"""Many cases: the same rules over dataframes, files of rows, and Spark."""
