"""How good rigid muffin tins are: beside linear response, beside measured Tc, beside baselines."""
