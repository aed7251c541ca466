"""Studies on measured data: fits, spacing tests, hydrides, the state benchmark, known trends."""
