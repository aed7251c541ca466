"""Jobs: what takes longer than a request, in processes of their own, remembered in SQLite."""
