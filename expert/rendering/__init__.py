"""What people see of results: as text, and as pictures and pages."""
