"""One run of the linter: settings, engine, result, allowances and the cache of results."""
