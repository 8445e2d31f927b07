"""``aedesk recipes``."""

import json

from aedesk.files.recipe_file import read_shipped, shipped


def list_recipes(as_json: bool) -> int:
    """Print the shipped recipes, with what each shows."""
    recipes = [read_shipped(name) for name in shipped()]
    if as_json:
        print(json.dumps([recipe.document() for recipe in recipes]))
        return 0
    width = max(len(recipe.name) for recipe in recipes)
    for recipe in recipes:
        print(f"{recipe.name:{width}}  {recipe.summary}")
    return 0
