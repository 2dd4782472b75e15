"""The demonstration year: two real bodies in 2024, loaded on request and never otherwise."""
