"""The actions of each screen, as rows for the one table: a file for each `ScreenName`, and `everywhere`."""
