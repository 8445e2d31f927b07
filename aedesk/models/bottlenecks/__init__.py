"""The bottlenecks: a new one is a new file here with a subclass of Bottleneck."""
