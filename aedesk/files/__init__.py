"""What is read from and written to disk: recipes, models, pictures, tables."""
