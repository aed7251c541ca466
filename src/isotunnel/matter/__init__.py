"""Matter under pressure and heat: equations of state, thermal pressure, conventional phases."""
