"""The person's TOML files: read whole, validated whole, and edited without losing a comment."""
