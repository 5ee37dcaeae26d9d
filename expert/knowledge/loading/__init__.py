"""Files and Python data, read into the model, every problem with its place."""
