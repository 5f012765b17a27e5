"""The driven side: one package per port."""
