"""What a run and a model look like: plots and pictures."""
