"""`python -m policy_ie`: the command line."""

from policy_ie.cli import main

if __name__ == "__main__":
    main()
