"""``python -m expert``."""

from expert.cli import main

if __name__ == "__main__":
    main()
