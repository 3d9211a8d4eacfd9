"""The figures that every screen shows at a glance, kept ready however long the log."""
