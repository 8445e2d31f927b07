"""Learning: from a Recipe and a Dataset to events and a TrainedModel."""
