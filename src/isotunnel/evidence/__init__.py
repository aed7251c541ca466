"""Claims and theories judged by measurement: tests, fits, verdicts, scorecard."""
