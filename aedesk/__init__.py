"""AEDesk: build an autoencoder, watch it learn, and use it."""

import os

__version__ = "0.1.0"

# torch's threads otherwise wait for each other in long busy loops. On a machine with anything else
# to do (this program's own window, say) that made small networks learn a hundred times slower;
# waiting shortly and then sleeping keeps full speed where there is nothing else.
# It must be set before torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "2000")
