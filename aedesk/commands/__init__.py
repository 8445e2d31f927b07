"""What each command of the terminal does. Heavy imports happen inside, when a command is run."""
