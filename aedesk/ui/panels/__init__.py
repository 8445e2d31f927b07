"""The panels around the views: each is a leaf that knows no other panel."""
