"""Sources, scaling, splitting and corruption: from a recipe's choices to a Dataset."""
