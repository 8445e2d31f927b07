"""The adversaries: a new one is a new file here with a subclass of Adversary."""
