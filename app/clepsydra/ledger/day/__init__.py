"""One civil day until every minute has an owner or a reason."""
