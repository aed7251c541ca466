"""Critical temperatures of hydrides from published fits to the ELF's networking value."""
