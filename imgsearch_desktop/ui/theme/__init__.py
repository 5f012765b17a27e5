"""How everything looks: tokens, style sheets, icons, light and dark."""
