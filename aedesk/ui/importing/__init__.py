"""The import page: how a table in text is read, corrected while its rows and curves are in view."""
