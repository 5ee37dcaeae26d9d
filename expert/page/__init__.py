"""The page that answers: a knowledge base compiled into one file of HTML, which runs its rules in the browser."""
