"""Networks: architectures, the autoencoder they make, and what it is asked to minimise."""
