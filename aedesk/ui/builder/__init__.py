"""The Builder: a recipe as forms, with the network drawn to scale above them."""
