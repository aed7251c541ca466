"""What several claims gather and measure in the same way."""
